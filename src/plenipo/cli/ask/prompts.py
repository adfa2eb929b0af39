"""What can be chosen on a terminal, and which of the two ways of letting somebody choose it can show."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from plenipo.report.page import FINE, Page


@dataclass(frozen=True)
class MenuChoice:
    """Something to choose: `key` is what is typed for it, `label` what it says; `side` tells it from the answers."""

    value: str
    key: str
    label: str
    side: bool = False


class Prompts(Protocol):
    """A way of letting somebody choose."""

    def choose(self, message: str, choices: Sequence[MenuChoice], default: str | None = None, note: str = "") -> str:
        """
        Return the value of the choice that was made, with Enter alone the default; a note is a line under the message.

        Raises:
            KeyboardInterrupt: the user broke off.
            EOFError: the terminal is gone, or the user said that no more input comes.
        """


def prompts(page: Page, *, plain: bool) -> Prompts:
    """Return lists to move through where the terminal can show them, else, or with `plain`, numbered lines."""
    from plenipo.cli.ask.plain_prompts import PlainPrompts

    if plain or os.environ.get("TERM", "dumb") == "dumb" or page.marks is not FINE:
        return PlainPrompts(page)
    try:
        from plenipo.cli.ask.list_prompts import ListPrompts

        return ListPrompts(page)
    except Exception:  # whatever keeps prompt-toolkit from running, plain lines do
        return PlainPrompts(page)


def as_typed(text: str) -> str:
    r"""
    Return what was typed without regard to capitals and to the width of letters and digits.

    >>> as_typed("S"), as_typed("\uff11"), as_typed("\uff33")
    ('s', '1', 's')
    """
    return unicodedata.normalize("NFKC", text).casefold()
