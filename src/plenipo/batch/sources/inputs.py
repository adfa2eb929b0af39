"""Inputs: what the words IN of a command line stand for, as sources in the order in which they were given."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plenipo.batch.file_kinds import ENDINGS, Kind, named, packing, sniffed
from plenipo.batch.metadata import SIDECAR
from plenipo.batch.output.destination import REJECTS
from plenipo.batch.resume import ENDING
from plenipo.batch.sources.arrow_stream import Stream
from plenipo.batch.sources.csv_tables import Delimited
from plenipo.batch.sources.fact_files import FactFiles
from plenipo.batch.sources.json_lines import Lines
from plenipo.batch.sources.parquet import Table
from plenipo.batch.sources.source import Source
from plenipo.batch.sources.temporary_copy import Spool, beginning, unpacking
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted, shown
from plenipo.rulebook import locations
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN, STDIN_NAME, take_in
from plenipo.rulebook.model import Rulebook

_FACT_ENDINGS = {ending for ending, kind in ENDINGS.items() if kind is Kind.FACTS}


def sources(rulebook: Rulebook, inputs: Sequence[str], spool: Spool, kind: Kind | None = None) -> list[Source]:
    """
    Return the sources that files, folders of fact files, patterns, names of bundled situations and `-` stand for.

    `kind` says what they are where neither name nor content is to be asked.

    Raises:
        UsageError: something is not there.
        SituationError: something cannot be read.
    """
    found: list[Source] = []
    facts: list[tuple[Path, str]] = []
    for path, name in _files(inputs, spool):
        told = kind or named(name) or named(path.name) or _sniffed(path, name)
        if told is Kind.FACTS:
            facts.append((path, name))
            continue
        if facts:
            found.append(FactFiles(rulebook, facts))
            facts = []
        found.append(_table(rulebook, spool, path, name, told))
    return [*found, FactFiles(rulebook, facts)] if facts else found


def once(inputs: Iterable[str]) -> bool:
    """Return whether something among inputs can be read only once: standard input, a pipe, a device."""
    words = list(inputs)
    return STDIN in words or any(_flows(path) for path in paths(words))


def paths(inputs: Iterable[str]) -> Iterator[Path]:
    """
    Yield the files that inputs stand for, standard input apart.

    Raises:
        UsageError: something is not there.
        SituationError: a folder cannot be listed.
    """
    for word in inputs:
        if word != STDIN:
            yield from _expanded(word)


def _files(inputs: Sequence[str], spool: Spool) -> Iterator[tuple[Path, str]]:
    if list(inputs).count(STDIN) > 1:
        raise UsageError("stdin can be read once, and `-` is given more than once")
    given = [(word, path) for word in inputs for path in ([None] if word == STDIN else _expanded(word))]
    flowing = [path for _, path in given if path and _flows(path)]
    for each in flowing:
        if flowing.count(each) > 1:
            raise UsageError(f"{quoted(shown(each))} can be read once, and is given more than once")
    for word, path in given:
        if path is None:
            yield spool.stdin(), STDIN_NAME
        elif path in flowing:
            yield spool.once(path, shown(path)), shown(path)
        else:
            yield path, _called(word, path)


def _called(word: str, path: Path) -> str:
    """Return what messages call a file: a situation that comes with plenipo has a name, any other file its path."""
    return word if path.stem == word and not Path(word).exists() else shown(path)


def _flows(path: Path) -> bool:
    """Return whether a path leads to neither a file nor a folder, so that what was read of it is gone."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _expanded(word: str) -> Iterator[Path]:
    if not word.strip():
        raise UsageError("the name of an input is empty")
    path = locations.resolve(word)
    if path.is_dir():
        yield from _folder(path)
    elif not path.exists() and glob.has_magic(word):
        told = set(path.parts)
        found = (Path(each) for each in glob.glob(word, recursive=True))  # noqa: PTH207 - it takes any pattern
        matching = sorted(each for each in found if not any(map(_ours, set(each.parts) - told)))
        if not matching:
            raise UsageError(f"nothing matches {quoted(word)}")
        for each in matching:
            yield from _folder(each) if each.is_dir() else (each,)
    else:
        yield path


def _folder(folder: Path) -> Iterator[Path]:
    files = [Path(each) for each in _below(str(folder))]
    if not files:
        help = (f"fact files end in {', '.join(sorted(_FACT_ENDINGS))}; name tables one by one, or by a pattern",)
        raise UsageError(f"the folder {quoted(shown(folder))} holds no fact file", help=help)
    yield from files


def _below(folder: str) -> Iterator[str]:
    """Yield the fact files in a folder and below, by their names; what is hidden is left out, as patterns do it."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        message = f"this folder cannot be listed: {(error.strerror or str(error)).lower()}"
        raise SituationError((Diagnostic("unreadable", message, Location(shown(Path(folder)))),)) from error
    for entry in entries:
        if entry.name.startswith(".") or _ours(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif named(entry.name) is Kind.FACTS and entry.is_file():
            yield entry.path


def _ours(name: str) -> bool:
    """Return whether a name is one of those that a batch gives to what it puts beside OUT."""
    return name.endswith((SIDECAR, REJECTS, ENDING))


def _sniffed(path: Path, name: str) -> Kind:
    """Return what a file is by how it begins."""
    _be_there(path, name)
    start = beginning(path, name)
    if ending := packing(start):
        try:
            with unpacking(path, ending) as packed:
                start = packed.read(len(start) or 1)
        except Exception:
            start = b""
    return sniffed(start)


def _be_there(path: Path, name: str) -> None:
    """Refuse what is no file in the words in which a fact file is refused that is not there."""
    faults = Faults()
    if not path.exists() or path.is_dir():
        take_in(path, faults, name=name)
        raise SituationError(tuple(faults))


def _table(rulebook: Rulebook, spool: Spool, path: Path, name: str, kind: Kind) -> Source:
    _be_there(path, name)
    path = spool.plain(path, name)
    if kind in {Kind.CSV, Kind.TSV}:
        return Delimited(path, name, kind)
    if kind is Kind.JSONL:
        return Lines(path, name, rulebook.facts)
    if kind is Kind.ARROW and not beginning(path, name).startswith(b"ARROW1"):
        return Stream(path, name)
    return Table(path, name, kind)
