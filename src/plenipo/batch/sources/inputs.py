"""The files that the words IN of a command line name: files, folders of fact files, patterns, situations, stdin."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plenipo.batch.file_kinds import Kind, kind_by_name
from plenipo.batch.metadata import METADATA_ENDING
from plenipo.batch.output.destination import REJECTS_ENDING
from plenipo.batch.resume import PARTS_ENDING
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted, shown
from plenipo.rulebook import locations
from plenipo.rulebook.files import STDIN, STDIN_NAME


@dataclass(frozen=True)
class InputFile:
    """
    A file to read: where it is, None meaning standard input, and what messages call it.

    `once` says that it can be read only once: standard input, a pipe, a device.
    """

    path: Path | None
    name: str
    once: bool


def find_files(words: Sequence[str]) -> list[InputFile]:
    """
    Return the files that words name, in the order of the words.

    Raises:
        UsageError: a pattern matches nothing, a folder holds no fact file, or what can be read once is named twice.
        SituationError: a folder cannot be listed.
    """
    if list(words).count(STDIN) > 1:
        raise UsageError("stdin can be read once, and `-` is given more than once")
    files = [file for word in words for file in _files(word)]
    flowing = [file.path for file in files if file.once]
    for path in flowing:
        if flowing.count(path) > 1:
            raise UsageError(f"{quoted(shown(path or Path(STDIN)))} can be read once, and is given more than once")
    return files


def _files(word: str) -> Iterator[InputFile]:
    if word == STDIN:
        yield InputFile(None, STDIN_NAME, once=True)
        return
    for path in _paths(word):
        # a situation that comes with plenipo is called by its name, any other file by its path
        bundled = path.stem == word and not Path(word).exists()
        once = _flows(path)
        yield InputFile(path, word if bundled and not once else shown(path), once)


def _flows(path: Path) -> bool:
    """Return whether a path leads to neither a file nor a folder, so that what was read of it is gone."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _paths(word: str) -> Iterator[Path]:
    if not word.strip():
        raise UsageError("the name of an input is empty")
    path = locations.resolve(word)
    if path.is_dir():
        yield from _folder(path)
    elif not path.exists() and glob.has_magic(word):
        named = set(path.parts)
        found = (Path(each) for each in glob.glob(word, recursive=True))  # noqa: PTH207 - it takes any pattern
        matching = sorted(each for each in found if not any(map(_is_ours, set(each.parts) - named)))
        if not matching:
            raise UsageError(f"nothing matches {quoted(word)}")
        for each in matching:
            yield from _folder(each) if each.is_dir() else (each,)
    else:
        yield path


def _folder(folder: Path) -> Iterator[Path]:
    files = [Path(each) for each in _below(str(folder))]
    if not files:
        endings = ", ".join(sorted(Kind.FACTS.endings))
        help = (f"fact files end in {endings}; name tables one by one, or by a pattern",)
        raise UsageError(f"the folder {quoted(shown(folder))} holds no fact file", help=help)
    yield from files


def _below(folder: str) -> Iterator[str]:
    """Yield the fact files in a folder and below, sorted by name, without hidden ones, as patterns do it."""
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        message = f"this folder cannot be listed: {(error.strerror or str(error)).lower()}"
        raise SituationError((Diagnostic("unreadable", message, Location(shown(Path(folder)))),)) from error
    for entry in entries:
        if entry.name.startswith(".") or _is_ours(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(entry.path)
        elif kind_by_name(entry.name) is Kind.FACTS and entry.is_file():
            yield entry.path


def _is_ours(name: str) -> bool:
    """Return whether a batch gives such a name to a file or a folder beside OUT."""
    return name.endswith((METADATA_ENDING, REJECTS_ENDING, PARTS_ENDING))
