"""Choosing on any terminal: numbered lines, and an answer typed as a number, a letter or a word."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from plenipo.cli.ask.prompts import MenuChoice, as_typed
from plenipo.report.page import Page


class PlainPrompts:
    """Numbered lines, and an answer typed as a number, a letter or a word."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def choose(self, message: str, choices: Sequence[MenuChoice], default: str | None = None, note: str = "") -> str:
        """Ask until the answer is one of the choices; see `Prompts`."""
        self._page.measure()
        self._show(message, choices, default, note)
        while True:
            typed = _line().strip()
            self._page.measure()
            if not typed and default is not None:
                return default
            if (found := _meant(typed, choices)) is not None:
                return found
            keys = ", ".join(choice.key for choice in choices)
            self._page.paragraph(f"Please type one of {keys}." if typed else f"Type one of {keys}, and Enter.")

    def _show(self, message: str, choices: Sequence[MenuChoice], default: str | None, note: str) -> None:
        self._page.paragraph((message, "bold"))
        if note:
            self._page.paragraph((note, "dim"), indent=1)
        for choice in choices:
            if not choice.side or choice.value == default:
                held = ("  (Enter)", "dim") if choice.value == default else ""
                mark = (choice.key, "bold")
                self._page.paragraph(f"\xa0{choice.label}", held, indent=max(4 - len(choice.key), 1), hang=1, mark=mark)
        if side := [choice for choice in choices if choice.side and choice.value != default]:
            keys = " · ".join(f"{choice.key}\xa0{choice.label.replace(' ', chr(0xA0))}" for choice in side)
            self._page.paragraph((keys, "dim"), indent=2)


def _line() -> str:
    """
    Return the line that is typed next, whatever bytes it is made of.

    `input` ends a line at a byte of zero, and takes one that begins so for the end of all input.
    """
    print("> ", end="", flush=True)
    line = sys.stdin.buffer.readline()
    if not line:
        raise EOFError
    return line.decode(sys.stdin.encoding, "backslashreplace")


def _meant(typed: str, choices: Sequence[MenuChoice]) -> str | None:
    """Return the choice that is typed in full, or the only one whose label begins so."""
    word = as_typed(typed)
    for choice in choices:
        if word in (choice.key, as_typed(choice.value), as_typed(choice.label)):
            return choice.value
    begun = [choice.value for choice in choices if len(word) > 1 and as_typed(choice.label).startswith(word)]
    return begun[0] if len(begun) == 1 else None
