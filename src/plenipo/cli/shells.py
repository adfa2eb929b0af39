"""
What shells need for completion beside the scripts that Typer installs.

Zsh loads the script at the first Tab, which then only defines what completes; a line more makes it complete. Bash takes
a word apart at every `=` and `:`, asks about the last piece, and puts in an answer for that piece alone, just as it is.
So the pieces are joined before they are completed, and answers are cut and quoted afterwards.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path

#: What asks for a script, or prints it; how one for zsh begins, where it is put, and the line that it lacks.
INSTALL, SHOW = "--install-completion", "--show-completion"
_ZSH, _ZSH_FILE = "#compdef ", "~/.zfunc/_plenipo"
_AT_ONCE = '[ "$funcstack[1]" = _plenipo ] && _plenipo_completion "$@"\n'
#: Bash's question, as Typer's script asks it: words, one a line, and the number of the one to complete.
ASKED, WORDS, PLACE = "_PLENIPO_COMPLETE", "COMP_WORDS", "COMP_CWORD"
BASH = "complete_bash"
#: Zsh's question: the line up to the place to complete.
ZSH_WORDS = "_TYPER_COMPLETE_ARGS"
ZSH = "complete_zsh"
_BREAKS = "=:"
_PLAIN = re.compile(r"[^\w@%+=:,./~-]")


@contextmanager
def scripts_mended(arguments: Sequence[str]) -> Iterator[None]:
    """Add the line to a script for zsh that is installed or printed meanwhile."""
    if not {INSTALL, SHOW} & set(arguments):
        yield
        return
    printed = StringIO()
    try:
        with redirect_stdout(printed):
            yield
    finally:
        script = printed.getvalue()
        sys.stdout.write(script + (_AT_ONCE if script.startswith(_ZSH) else ""))
        file = Path(_ZSH_FILE).expanduser()
        if INSTALL in arguments and file.is_file() and _AT_ONCE not in (held := file.read_text(encoding="utf-8")):
            file.write_text(f"{held.rstrip()}\n{_AT_ONCE}", encoding="utf-8")


@contextmanager
def whole_words() -> Iterator[None]:
    """Complete what a shell asks about meanwhile, if it asks, as words that are whole."""
    if os.environ.get(ASKED) == ZSH and (option := _option(os.environ.get(ZSH_WORDS, "").rpartition(" ")[2])):
        sys.stdout.write(f"compset -P '{option}'; ")
    if os.environ.get(ASKED) != BASH:
        yield
        return
    words, place, cut = joined(*_asked(os.environ.get(WORDS, ""), os.environ.get(PLACE, "")))
    os.environ[WORDS], os.environ[PLACE] = "\n".join(words), str(place)
    found = StringIO()
    try:
        with redirect_stdout(found):
            yield
    finally:
        for answer in found.getvalue().splitlines():
            sys.stdout.write(_PLAIN.sub(r"\\\g<0>", answer[cut:]) + "\n")


def _asked(line: str, place: str) -> tuple[list[str], int]:
    """Return the words of a line, which stand on lines of their own or else have blanks between, and which is meant."""
    words = line.split("\n" if "\n" in line else " ")
    number = int(place) if place.isdecimal() else len(words) - 1
    return [*words, *[""] * (number + 1 - len(words))], number


def joined(words: Sequence[str], place: int) -> tuple[list[str], int, int]:
    """
    Return words joined again where bash took them apart, the place of one of them, and what of it bash keeps.

    >>> joined(["plenipo", "advise", "x", "--set", "sky", "=", "da"], 6)
    (['plenipo', 'advise', 'x', '--set', 'sky=da'], 4, 4)
    >>> joined(["plenipo", "advise", "x", "--set", "sky", "="], 5)
    (['plenipo', 'advise', 'x', '--set', 'sky='], 4, 4)
    >>> joined(["plenipo", "advise", "x", "--set", "=", "sky", "=", "da"], 7)
    (['plenipo', 'advise', 'x', '--set=sky=da'], 3, 4)
    >>> joined(["plenipo", "show", "la"], 2)
    (['plenipo', 'show', 'la'], 2, 0)
    """
    whole: list[str] = []
    found, cut = place, 0
    for number, word in enumerate(words):
        kept = 0
        if number > 1 and (_is_break(word) or _is_break(words[number - 1])):
            kept = len(whole[-1])
            whole[-1] += word
        else:
            whole.append(word)
        if number == place:
            found, cut = len(whole) - 1, kept + len(word) if _is_break(word) else kept
    return whole, found, max(0, cut - len(_option(whole[found])))


def _option(word: str) -> str:
    """Return the option in the word of its value, which answers leave out."""
    found = re.match(r"--[\w-]+=", word)
    return found[0] if found else ""


def _is_break(word: str) -> bool:
    return bool(word) and not word.strip(_BREAKS)
