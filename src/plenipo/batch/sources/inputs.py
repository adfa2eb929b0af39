"""The files that the words IN of a command line name: files, folders of fact files, patterns, situations, stdin."""

from __future__ import annotations

import fnmatch
import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from plenipo.batch.metadata import METADATA_ENDING
from plenipo.batch.output.destination import REJECTS_ENDING
from plenipo.batch.resume import PARTS_ENDING
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted, shown
from plenipo.rulebook import locations
from plenipo.rulebook.files import STDIN, STDIN_NAME
from plenipo.situations.file_kinds import Kind, kind_by_name


@dataclass(frozen=True)
class InputFile:
    """
    A file to read: where it is, None meaning standard input, and what messages call it.

    `once` says that it can be read only once: standard input, a pipe, a device.
    """

    path: Path | None
    name: str
    once: bool


def find_files(words: Sequence[str], folder: Path | None = None) -> list[InputFile]:
    """
    Return the files that words name, in the order of the words; a file that is named again is read once.

    Names of situations are those of the rulebook in `folder`, or of the bundled one.

    Raises:
        UsageError: a pattern matches nothing, a folder holds no fact file, or what can be read once is named twice.
        SituationError: a folder cannot be listed.
    """
    if list(words).count(STDIN) > 1:
        raise UsageError("stdin can be read once, and `-` is given more than once")
    files = [file for word in words for file in _files(word, folder)]
    flowing = [file.path for file in files if file.once]
    for path in flowing:
        if flowing.count(path) > 1:
            raise UsageError(f"{quoted(shown(path or Path(STDIN)))} can be read once, and is given more than once")
    first: dict[Path | None, InputFile] = {}
    for file in files:
        first.setdefault(file.path and file.path.parent.resolve() / file.path.name, file)
    return list(first.values())


def _files(word: str, folder: Path | None) -> Iterator[InputFile]:
    if word == STDIN:
        yield InputFile(None, STDIN_NAME, once=True)
        return
    for path in _paths(word, folder):
        # a situation that comes with the rulebook is called by its name, any other file by its path
        bundled = word in (path.stem, path.name) and not Path(word).exists()
        once = _flows(path)
        yield InputFile(path, word if bundled and not once else shown(path), once)


def _flows(path: Path) -> bool:
    """Return whether a path leads to neither a file nor a folder, so that what was read of it is gone."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _paths(word: str, folder: Path | None) -> Iterator[Path]:
    if not word.strip():
        raise UsageError("the name of an input is empty")
    if glob.has_magic(word) and not Path(word).exists():
        yield from _matched(word)
        return
    path = locations.resolve(word, folder)
    if path.is_dir():
        yield from _folder(path)
    else:
        yield path


def _matched(pattern: str) -> Iterator[Path]:
    """Yield the files that a pattern matches, and the fact files in the folders that it matches."""
    given = Path(pattern)
    matches = sorted(map(Path, set(_matches(given.anchor, given.relative_to(given.anchor).parts))))
    if not matches:
        raise UsageError(f"nothing matches {quoted(pattern)}")
    folders = [each for each in matches if each.is_dir()]
    found = [path for each in matches for path in (map(Path, _below(str(each))) if each.is_dir() else (each,))]
    if not found:
        yield from _folder(folders[0])
    yield from found


def _matches(folder: str, parts: Sequence[str]) -> Iterator[str]:
    """
    Yield what the parts of a pattern match in a folder, as `glob` does.

    No part with a wildcard leads through a link to a folder, which may lead back, nor to what a batch wrote.
    """
    if not parts:
        yield folder
        return
    part, rest = parts[0], parts[1:]
    if part == "**":
        yield from _matches(folder, rest or ["*"])
    if glob.has_magic(part):
        for entry in _entries(folder, hidden=part.startswith(".")):
            fits = entry.is_dir(follow_symlinks=False) or not (rest or part == "**" or entry.is_dir())
            if fits and fnmatch.fnmatchcase(entry.name, part):
                yield from _matches(entry.path, parts if part == "**" else rest)
    elif os.path.lexists(path := os.path.join(folder, part)):  # noqa: PTH118 - as `os.scandir` joins them
        yield from _matches(path, rest)


def _entries(folder: str, *, hidden: bool) -> Sequence[os.DirEntry[str]]:
    """Return what a folder holds apart from what a batch wrote; what cannot be listed matches no pattern."""
    try:
        with os.scandir(folder or ".") as listed:
            entries = [entry for entry in listed if not _is_ours(entry.name)]
    except OSError:
        return ()
    return [entry for entry in entries if hidden or not entry.name.startswith(".")]


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
