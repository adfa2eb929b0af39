"""Situations on the command line: files, names, stdin, and what options set beside them."""

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from glob import has_magic
from pathlib import Path

import plenipo
from plenipo.cli.messages import tell_faults
from plenipo.errors import SituationError, UsageError, quoted
from plenipo.rulebook.loose_names import meant, taken
from plenipo.rulebook.model import Fact, Rulebook, Situation, Source
from plenipo.situations.read import UNCHANGED, Changes, read_changes

#: The exit code when a situation could not be used.
WRONG_FACTS = SituationError.exit_code


def changes_of(
    rulebook: Rulebook,
    assignments: Sequence[str] | None = None,
    considering: Sequence[str] | None = None,
    based_on: str | None = None,
    flag: str = "set",
) -> Changes:
    """
    Return what `--set`, or another `flag` for facts, `--considering` and `--based-on` say, read against a rulebook.

    Raises:
        UsageError: a `--set` has no equals sign, or two give a fact different values.
        SituationError: the rulebook has no such fact, value or option; each fault names the words that gave it.
    """
    facts: dict[str, str] = {}
    for assignment in assignments or ():
        fact, equals, value = (part.strip() for part in assignment.partition("="))
        if not equals:
            raise UsageError(f"`--{flag} {assignment}` names no value", help=(f"write `--{flag} fact=value`",))
        if facts.setdefault(fact, value) != value:
            message = f"`--{flag}` gives `{fact}` twice: `{facts[fact]}` and `{value}`"
            raise UsageError(message, help=("a fact has one value; leave one of them out",))
    return read_changes(
        rulebook, facts, considering or (), based_on or "", words="--{} {}" if flag == "set" else f"--{flag} {{1}}"
    )


def source_of(source: str | None, rulebook: Rulebook) -> str | None:
    """
    Return the id of the source that `--source` names; a word that names none is returned unchanged.

    Raises:
        UsageError: it can mean several.
    """
    return source if source is None else taken(rulebook, source, Source)


def alone(source: str | None) -> str:
    """Return the remark that an answer is that of one source alone, or nothing."""
    return f"source {source} alone" if source else ""


def asked(file: str, options: Mapping[str, str | Sequence[str] | None], folder: Path | None) -> tuple[str, ...]:
    """
    Return the words of a command line that ask for a situation again, or none where it came from stdin.

    >>> asked("mine.yaml", {"--source": None, "--set": ["friction=low"]}, Path("book"))
    ('mine.yaml', '--set', 'friction=low', '--rulebook', 'book')
    """
    known = folder is None or str(folder) == os.environ.get("PLENIPO_RULEBOOK")
    given = {**options, "--rulebook": None if known else str(folder)}
    repeated = (
        (flag, value)
        for flag, values in given.items()
        for value in ([values] if isinstance(values, str) else values or ())
    )
    return () if file == "-" else (file, *(word for pair in repeated for word in pair))


def accompanying(folder: Path | None) -> list[str]:
    """
    Return what names the situations that come with a rulebook, the bundled one without a folder.

    Raises:
        UsageError: none do.
    """
    from plenipo.rulebook import locations

    found = locations.situations(folder)
    if folder is not None and not found:
        message = f"no situations come with the rulebook in `{folder}`: it has no folder `facts` with fact files"
        raise UsageError(message, help=("name the fact files to test",))
    return list(found)


def held_and_varied(rulebook: Rulebook, held: Mapping[str, str], varied: Iterable[str], flag: str, does: str) -> None:
    """
    Refuse facts that one option sets and another one, `flag`, varies: what it `does` to them.

    Raises:
        UsageError: there is such a fact.
    """
    for fact in (id for word in varied for id in meant(rulebook, word, Fact)):
        if fact in held:
            message = f"`--set` gives {quoted(fact)} a value, and `--{flag}` {does}"
            raise UsageError(message, help=(f"leave it out of `--set` or of `--{flag}`",))


def named(words: Sequence[str], folder: Path | None) -> list[str]:
    """
    Return what names each situation that words name: a folder, and a pattern, are the fact files in them.

    Raises:
        UsageError: a pattern matches nothing, or a folder holds no fact file.
        SituationError: a folder cannot be listed.
    """
    found: list[str] = []
    for word in words:
        if word.strip() and (has_magic(word) or os.path.isdir(word)):  # noqa: PTH112 - a path may be too long to look at
            from plenipo.batch.sources.inputs import find_files

            found += [file.name for file in find_files([word], folder)]
        else:
            found.append(word)
    return found


class Situations:
    """
    The situations of a command line, read one after another.

    Iterating yields those that can be used, and prints the faults of the others on stderr; `failed` says whether there
    were any. `several` says whether there may be more than one, as with a folder or a pattern.
    """

    def __init__(self, files: Sequence[str], rulebook: Rulebook, changes: Changes = UNCHANGED) -> None:
        if files.count("-") > 1:
            raise UsageError("stdin can be read once, and `-` is given more than once")
        self.failed = False
        self._files = named(files, rulebook.folder)
        self.several = len(files) > 1 or self._files != list(files)
        self._rulebook = rulebook
        self._changes = changes

    @property
    def count(self) -> int:
        """How many there are at most."""
        return len(self._files)

    def __iter__(self) -> Iterator[Situation]:
        return (situation for _, situation in self.by_file())

    def by_file(self) -> Iterator[tuple[str, Situation]]:
        """Yield each situation that can be used, with the words that named it."""
        for file in self._files:
            try:
                yield file, plenipo.load_situation(file, rulebook=self._rulebook, changes=self._changes)
            except SituationError as faults:
                self.failed = True
                sys.stdout.flush()
                tell_faults(faults)
