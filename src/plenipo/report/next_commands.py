"""Commands that an answer or a message names: each repeats the rulebook that was asked for, and can be pasted."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

RULEBOOK = "--rulebook"
#: Commands in a message that take a rulebook, up to the end of what somebody would type.
_NAMED = re.compile(r"`(plenipo (?!diff\b|--|help\b)[^`]*)`")
_folder: ContextVar[str] = ContextVar("folder", default="")


@contextmanager
def rulebook_of(arguments: Sequence[str]) -> Iterator[None]:
    """Let commands name the rulebook meanwhile that a command line names."""
    token = _folder.set(_folder_in(arguments))
    try:
        yield
    finally:
        _folder.reset(token)


def next_command(*words: str) -> str:
    """
    Return a command to paste, with the rulebook that was asked for.

    >>> with rulebook_of(["advise", "mine.yaml", "--rulebook", "my book"]):
    ...     next_command("show", "options")
    "plenipo show options --rulebook 'my book'"
    """
    folder = _folder.get()
    return shlex.join(["plenipo", *words, *((RULEBOOK, folder) if folder else ())])


def with_rulebook(text: str) -> str:
    """
    Return a message in which each command in backticks repeats the rulebook that was asked for.

    >>> with rulebook_of(["show", "x", "--rulebook=book"]):
    ...     with_rulebook("`plenipo show facts` lists them; `plenipo --help` shows the rest")
    '`plenipo show facts --rulebook book` lists them; `plenipo --help` shows the rest'
    """
    folder = shlex.quote(_folder.get()) if _folder.get() else ""
    return (
        _NAMED.sub(lambda found: found[0] if RULEBOOK in found[1] else _repeated(found[1], folder), text)
        if folder
        else text
    )


def _repeated(command: str, folder: str) -> str:
    before, pipe, after = command.partition(" > ")
    return f"`{before} {RULEBOOK} {folder}{pipe}{after}`" if "--help" not in command else f"`{command}`"


def _folder_in(arguments: Sequence[str]) -> str:
    for number, word in enumerate(arguments):
        name, equals, value = word.partition("=")
        if name == RULEBOOK:
            return value if equals else next(iter(arguments[number + 1 :]), "")
    return ""
