"""What the command line says of situations: files, names, stdin, and facts set beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import plenipo
from plenipo.errors import Diagnostic, SituationError, UsageError, printable
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.situations.read import situation_from

#: The exit code when a situation could not be used.
WRONG_FACTS = SituationError.exit_code


def changes_of(
    assignments: Sequence[str] | None, rulebook: Rulebook | None = None, flag: str = "--set"
) -> Mapping[str, str]:
    """
    Return the facts that `--set`, or another flag, gives, held against a rulebook if there is one.

    >>> changes_of(["us_china_friction=low", "escap_member=no"])
    {'us_china_friction': 'low', 'escap_member': 'no'}

    Raises:
        UsageError: one of them has no equals sign, or a fact is given two values.
        SituationError: the rulebook has no such fact or value.
    """
    changes: dict[str, str] = {}
    for assignment in assignments or ():
        fact, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals:
            raise UsageError(f"`{flag} {assignment}` names no value", help=(f"write `{flag} fact=value`",))
        if changes.setdefault(fact, value) != value:
            message = f"`{flag}` gives `{fact}` twice: `{changes[fact]}` and `{value}`"
            raise UsageError(message, help=("a fact has one value; leave one of them out",))
    if rulebook is not None:
        _held_against(rulebook, {f"{flag} {fact}={value}": ({fact: value}, ()) for fact, value in changes.items()})
    return changes


def considered(options: Sequence[str] | None, rulebook: Rulebook) -> Sequence[str]:
    """
    Return the options that `--considering` gives.

    Raises:
        SituationError: the rulebook has no such option.
    """
    _held_against(rulebook, {f"--considering {option}": ({}, (option,)) for option in options or ()})
    return options or ()


def source_of(source: str | None, rulebook: Rulebook) -> str | None:
    """Return the id of the source that `--source` gives, in its own letters; what is no source stays as it is."""
    known = {id.casefold(): id for id in rulebook.sources}
    return source if source is None or source in rulebook.sources else known.get(source.casefold(), source)


def alone(source: str | None) -> str:
    """Return the remark that an answer is that of one essay alone, or nothing."""
    return f"essay {source} alone" if source else ""


def _held_against(rulebook: Rulebook, given: Mapping[str, tuple[Mapping[str, str], Sequence[str]]]) -> None:
    """Refuse facts and options that are not there, each under the words that gave it."""
    found: list[Diagnostic] = []
    for words, (facts, options) in given.items():
        try:
            situation_from(rulebook, facts, considering=options, name=printable(words))
        except SituationError as faults:
            found += faults.diagnostics
    if found:
        raise SituationError(found)


def listed(given: Sequence[str] | None) -> tuple[str, ...]:
    """
    Return the words of an option that takes several, parted by commas or given again.

    >>> listed(["one, two", "three"])
    ('one', 'two', 'three')
    """
    return tuple(word.strip() for each in given or () for word in each.split(",") if word.strip())


def accompanying(folder: Path | None) -> list[str]:
    """
    Return what names the situations that come with a rulebook, the bundled one without a folder.

    Raises:
        UsageError: none do.
    """
    from plenipo.rulebook import locations

    found = locations.situations(folder)
    if folder is not None and not found:
        message = f"no situations come with the rulebook in `{folder}`, which has none in a folder `facts`"
        raise UsageError(message, help=("name the fact files that are to be held against it",))
    return list(found) if folder is None else [str(path) for path in found.values()]


class Situations:
    """
    The situations of a command line, read one after another.

    Iterating yields those that can be used, and tells the faults of the others on stderr; `failed` says whether there
    were any.
    """

    def __init__(
        self,
        files: Sequence[str],
        rulebook: Rulebook,
        changes: Mapping[str, str] | None = None,
        considering: Sequence[str] = (),
    ) -> None:
        if files.count("-") > 1:
            raise UsageError("stdin can be read once, and `-` is given more than once")
        self.failed = False
        self._files = files
        self._rulebook = rulebook
        self._changes = changes or {}
        self._considering = considering

    def __iter__(self) -> Iterator[Situation]:
        for file in self._files:
            try:
                yield self._read(file)
            except SituationError as faults:
                self.failed = True
                sys.stdout.flush()
                print(faults, file=sys.stderr)

    def _read(self, file: str) -> Situation:
        return plenipo.load_situation(
            file, rulebook=self._rulebook, changes=self._changes, considering=self._considering
        )
