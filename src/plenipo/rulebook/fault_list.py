"""
The list of faults: every place that reads adds to one, so that the faults of all files are reported at once.

Here are also the ids of the faults that reading can find before anybody asks what the words mean; the others are the
modules of `checks`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import Diagnostic, Location, Severity, is_or_are

#: What reading can find before anybody asks what the words mean; each has its page under docs/checks.
READING_FAULTS = {
    "alias": "there is an anchor or an alias in the file",
    "duplicate-key": "a key occurs twice in one mapping",
    "empty-file": "there is nothing in the file",
    "missing-key": "a key that is needed is not there",
    "not-utf8": "the file is not UTF-8 text",
    "several-documents": "the file holds more than one document",
    "tab": "a tab is used for indentation",
    "tag": "there is a YAML tag in the file",
    "too-deep": "lists or mappings are nested too deeply",
    "too-large": "the file is larger than any file of a rulebook should be",
    "too-many": "there are more faults than anybody wants to read at once",
    "unknown-key": "a key is not known in this place",
    "unprintable": "there is a control character in the file",
    "unreadable": "the file cannot be read",
    "wrong-shape": "there is a text, a list or a mapping where another of them is expected",
    "wrong-value": "a value is not one of those allowed there",
    "yaml-syntax": "the file is not well-formed YAML",
}

#: What can only be wrong with a fact file.
SITUATION_FAULTS = {
    "given-and-likely": "a fact is given and called likely at once",
    "impossible-facts": "facts exclude one another by a constraint, or leave no value for another fact",
    "unknown-situation": "there is no situation to take facts over from",
}

#: After so many faults the rest are only counted: no file makes plenipo print or think for ever.
MOST_FAULTS = 200


@dataclass(frozen=True)
class Fault:
    """
    What a check finds: a diagnostic that does not know yet which check it belongs to.

    `near` is a word, and the known names among which to look for the one that was meant.
    """

    message: str
    location: Location
    also: tuple[tuple[Location, str], ...] = ()
    help: tuple[str, ...] = ()
    near: tuple[str, Iterable[str]] | None = None


class Faults:
    """
    The faults found so far; iterating yields each one, in the order in which they were found.

    Beyond `MOST_FAULTS` faults the others are counted, and reported in one last diagnostic.
    """

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._more: list[Location] = []

    def add(  # noqa: PLR0913 - these are the parts of a diagnostic
        self,
        check: str,
        message: str,
        location: Location,
        *,
        also: Iterable[tuple[Location, str]] = (),
        help: Iterable[str] = (),
        near: tuple[str, Iterable[str]] | None = None,
    ) -> None:
        """Add an error that reading finds; its parts are those of a `Fault`."""
        self.take(check, Fault(message, location, tuple(also), tuple(help), near))

    def take(self, check: str, fault: Fault, severity: Severity = Severity.ERROR) -> None:
        """Add what a check finds."""
        if severity is Severity.ERROR and len(self._found) >= MOST_FAULTS:
            self._more.append(fault.location)
            return
        help = (*(did_you_mean(*fault.near) if fault.near else ()), *fault.help)
        self._found.append(Diagnostic(check, fault.message, fault.location, fault.also, help, severity))

    def __iter__(self) -> Iterator[Diagnostic]:
        yield from self._found
        if self._more:
            message = f"there {is_or_are(len(self._more), 'more fault')}, not shown"
            yield Diagnostic("too-many", message, min(self._more), help=("mend those that are shown first",))

    @property
    def full(self) -> bool:
        """Whether there are too many faults to be worth looking for more."""
        return len(self._more) >= MOST_FAULTS

    @property
    def fatal(self) -> bool:
        """Whether any of them is more than a remark."""
        return any(found.severity is Severity.ERROR for found in self._found)
