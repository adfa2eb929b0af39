"""
The faults plenipo can report: what was wrong, where, and what was expected.

    PlenipoError                 anything plenipo says no to; knows its exit code
    ├── UsageError               what is asked for cannot be had (2)
    │   └── UnknownNameError     it is asked for by a name that nothing has
    ├── EngineError              an engine broke off; never the user's doing (70)
    └── FaultsError              files with faults, each one a Diagnostic
        ├── RulebookError        the rulebook is wrong (3)
        └── SituationError       the facts are wrong (4)

Messages are part of the interface: lower case, one sentence, the author's own words in backticks, what was found and
what was expected, the nearest name where there is one. This module knows nothing of YAML, rules or screens.
"""

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

#: Words longer than this are cut in messages.
LONGEST_WORD = 60
#: Paths are told whole, as far as a system would take them.
LONGEST_PATH = 4096


class Severity(StrEnum):
    """How much a diagnostic matters: an error stops the work, a remark does not."""

    ERROR = "error"
    REMARK = "remark"


class Location(NamedTuple):
    """A place in a file; lines and columns count from 1, and 0 means that the whole file (or line) is meant."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.file, *(str(number) for number in (self.line, self.column) if number)])


@dataclass(frozen=True)
class Diagnostic:
    """
    One fault: which check found it, where, what it found and what it expected.

    `also` names other places that belong to the fault (the first definition of a duplicate, say), each with a word on
    why; `help` says what to do about it. The text is `place: error[check]: message`, then a line for each of those.
    """

    check: str
    message: str
    location: Location
    also: tuple[tuple[Location, str], ...] = ()
    help: tuple[str, ...] = ()
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        lines = [f"{self.location}: {self.severity}[{self.check}]: {self.message}"]
        lines += [f"  also: {place}: {why}" for place, why in self.also]
        lines += [f"  help: {text}" for text in self.help]
        return "\n".join(lines)


class PlenipoError(Exception):
    """Anything plenipo says no to; `exit_code` is what the command line ends with."""

    exit_code = 2


class UsageError(PlenipoError):
    """The command line names something that is not there, or asks for what cannot be had, in `argument` if known."""

    def __init__(self, message: str, *, help: Iterable[str] = (), argument: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.help = tuple(help)
        self.argument = argument

    def __str__(self) -> str:
        return "\n".join([f"plenipo: {self.message}", *(f"  help: {text}" for text in self.help)])


class UnknownNameError(UsageError):
    """Something is asked for by a name, and nothing has that name."""


def already_there(name: str) -> UsageError:
    """Return the fault of a file or folder that would be overwritten."""
    return UsageError(f"`{printable(name, LONGEST_PATH)}` already exists", help=("--force overwrites it",))


class EngineError(PlenipoError):
    """An engine broke off: a fault of ours, never of the input."""

    exit_code = 70


class FaultsError(PlenipoError):
    """Files that cannot be used; every fault of every file, in the order of their places."""

    def __init__(self, diagnostics: Iterable[Diagnostic] = ()) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda found: (found.location, found.check)))
        super().__init__(str(self))

    def __str__(self) -> str:
        return "\n".join(str(found) for found in self.diagnostics)


class RulebookError(FaultsError):
    """The rulebook is wrong: its rules, its vocabulary or its sources."""

    exit_code = 3


class SituationError(FaultsError):
    """The facts are wrong: a fact file, or facts given on the command line."""

    exit_code = 4


def printable(text: str, longest: int = LONGEST_WORD) -> str:
    r"""
    Return the text as messages show it: on one line, not too long, and with no character that is not seen.

    >>> printable("red\x1b[31m" + "!" * 100)
    'red\\x1b[31m!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!...'
    """
    cut = text if len(text) <= longest else text[: longest - 1]
    seen = "".join(each if each.isprintable() else each.encode("unicode_escape").decode() for each in cut)
    return seen if len(text) <= longest else f"{seen}..."


def quoted(text: str) -> str:
    """Return the author's words in backticks."""
    return f"`{printable(text)}`"


def counted(number: int, one: str, many: str = "") -> str:
    """
    Return how many there are of something.

    >>> counted(1, "verdict"), counted(3, "way"), counted(2, "is", "are"), counted(12_000, "row")
    ('1 verdict', '3 ways', '2 are', '12,000 rows')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def is_or_are(number: int, one: str) -> str:
    """
    Return that there are so many of something, as "there" goes on.

    >>> is_or_are(1, "fault"), is_or_are(3, "fault")
    ('is 1 fault', 'are 3 faults')
    """
    return f"{'is' if number == 1 else 'are'} {counted(number, one)}"


def with_small_letter(title: str) -> str:
    """
    Return a title with a small first letter, as in a list, unless its first word keeps its capitals everywhere.

    >>> with_small_letter("Hold talks"), with_small_letter("UN aid"), with_small_letter("McCoy")
    ('hold talks', 'UN aid', 'McCoy')
    """
    first = title.partition(" ")[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]


def quoted_list(words: Iterable[str], *, last: str = "or") -> str:
    """
    Return the words in backticks as a list in a sentence.

    >>> quoted_list(["low", "moderate", "high"])
    '`low`, `moderate` or `high`'
    """
    *most, end = [quoted(word) for word in words]
    return f"{', '.join(most)} {last} {end}" if most else end


def shown(path: Path) -> str:
    """Return the name by which messages call a file: from the current folder when inside, else as it was given."""
    with contextlib.suppress(OSError, ValueError):
        path = path.absolute().relative_to(Path.cwd())
    return printable(str(path), LONGEST_PATH)
