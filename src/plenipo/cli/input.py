"""What the command line says of situations: files, names, stdin, and facts set beside them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence

import plenipo
from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.model import Rulebook, Situation

#: The exit code when a situation could not be used.
WRONG_FACTS = SituationError.exit_code


def changes_of(assignments: Sequence[str] | None) -> Mapping[str, str]:
    """
    Return the facts that `--set` gives, the last one where a fact is given twice.

    >>> changes_of(["us_china_friction=low", "us_china_friction=high"])
    {'us_china_friction': 'high'}

    Raises:
        UsageError: one of them has no equals sign.
    """
    given = assignments or ()
    for assignment in given:
        if "=" not in assignment:
            help = ("write `--set fact=value`",)
            raise UsageError(f"`--set {assignment}` names no value", help=help)
    return {fact.strip(): value.strip() for fact, _, value in (each.partition("=") for each in given)}


def listed(given: Sequence[str] | None) -> tuple[str, ...]:
    """
    Return the words of an option that takes several, parted by commas or given again.

    >>> listed(["one, two", "three"])
    ('one', 'two', 'three')
    """
    return tuple(word.strip() for each in given or () for word in each.split(",") if word.strip())


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
