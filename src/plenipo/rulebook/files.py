"""
Files: from a path, or standard input, to bytes; and which files of a folder make up its rulebook.

Rules and vocabulary are in `rules/`, sources in `seeds/`; the kind of a file follows from its name. Nothing here knows
what the bytes mean, and nothing costs more than reading them, so that a rulebook can be recognised by its bytes before
anything is loaded that could parse it.
"""

import contextlib
import hashlib
import stat
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plenipo.did_you_mean import Suggestion, nearest
from plenipo.errors import Location, shown
from plenipo.rulebook.fault_list import Faults

#: No file of a rulebook and no situation is anywhere near this long (in bytes).
LARGEST = 1 << 20
#: Few files are longer, and memory for the longest takes longer to get than such a file to read.
USUAL_SIZE = 1 << 16
STDIN = "-"
#: The endings of the files of a rulebook, and of fact files.
FILE_ENDINGS = (".yaml", ".yml", ".json")
#: The name by which messages call standard input.
STDIN_NAME = "<stdin>"
#: Files known by their names without the ending; every other file in rules/ is a track of rules.
VOCABULARY = ("facts", "options", "findings", "parties", "subjects", "constraints", "accepted")
#: A rulebook may do without the others, but not without these.
NEEDED = ("facts", "options")
RULES, SOURCES = "rules", "sources"


@dataclass(frozen=True)
class RulebookFile:
    """One file: what it holds (`kind`), its path within the folder, the name messages call it by, and its bytes."""

    kind: str
    path: str
    name: str
    data: bytes


@dataclass(frozen=True)
class RulebookFiles:
    """The files of a rulebook that could be read, and the kinds of which something is missing."""

    files: tuple[RulebookFile, ...]
    lacking: frozenset[str] = frozenset()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of all the files: other bytes, or another name, give another one."""
        total = hashlib.sha256()
        for file in sorted(self.files, key=lambda file: file.path):
            total.update(f"{file.path}\0{len(file.data)}\0".encode())
            total.update(file.data)
        return total.hexdigest()


def take_in(path: Path, faults: Faults, *, name: str | None = None, regular: bool = False) -> bytes | None:
    """
    Return what a file holds, or None after adding to `faults` why it cannot be had.

    Never reads much more than `LARGEST` bytes, so that an endless device is refused as fast as a large file. A pipe is
    as good as a file, except where only a `regular` one will do: opening others may wait for ever.
    """
    name = name or shown(path)
    try:
        mode = path.stat().st_mode if regular else stat.S_IFREG
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            help = ("a rulebook is made of regular files: a pipe, a socket or a device cannot be part of it",)
            faults.add("unreadable", "this is not a regular file", Location(name), help=help)
            return None
        with path.open("rb") as file:
            data = file.read(USUAL_SIZE)
            if len(data) == USUAL_SIZE:
                data += file.read(LARGEST + 1 - USUAL_SIZE)
    except (OSError, ValueError) as error:
        faults.add("unreadable", _why_not(path, error), Location(name), help=_neighbour(path, error))
        return None
    return _bounded(data, name, faults)


def take_in_stdin(faults: Faults) -> bytes | None:
    """Return what comes on standard input, or None after adding to `faults` why it cannot be had."""
    try:
        stream = getattr(sys.stdin, "buffer", sys.stdin)
        data = stream.read(LARGEST + 1)
    except (OSError, ValueError, AttributeError):
        faults.add("unreadable", "standard input cannot be read", Location(STDIN_NAME))
        return None
    return _bounded(data if isinstance(data, bytes) else data.encode(errors="surrogatepass"), STDIN_NAME, faults)


def read_rulebook_files(folder: Path, faults: Faults) -> RulebookFiles:
    """Return the files of the rulebook in a folder; what is missing or cannot be read is added to `faults`."""
    files: list[RulebookFile] = []
    lacking: set[str] = set()
    if not (folder / "rules").is_dir():
        help = ("a rulebook's folder holds `rules` and `seeds`",)
        faults.add("unreadable", _no_rules(folder), Location(shown(folder)), help=help)
        return RulebookFiles((), frozenset({RULES, SOURCES, *VOCABULARY}))
    for path in [*_listed(folder / "rules"), *_listed(folder / "seeds")]:
        data = take_in(path, faults, regular=True)
        kind = SOURCES if path.parent.name == "seeds" else path.stem if path.stem in VOCABULARY else RULES
        if data is None:
            lacking.add(kind)
        else:
            files.append(RulebookFile(kind, path.relative_to(folder).as_posix(), shown(path), data))
    for kind in NEEDED:
        if kind not in lacking and not any(file.kind == kind for file in files):
            lacking.add(kind)
            missing = shown(folder / "rules" / f"{kind}.yaml")
            faults.add("unreadable", "there is no such file, and a rulebook needs it", Location(missing))
    return RulebookFiles(tuple(files), frozenset(lacking))


def _no_rules(folder: Path) -> str:
    if folder.is_dir():
        return "there is no folder `rules` in this one"
    return "this is a file, not a folder" if folder.exists() else "there is no such folder"


def _bounded(data: bytes, name: str, faults: Faults) -> bytes | None:
    if len(data) <= LARGEST:
        return data
    message = f"this holds more than {LARGEST // 1024} KiB, which no rulebook or fact file needs"
    faults.add("too-large", message, Location(name), help=("is it the right file?",))
    return None


def _why_not(path: Path, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "this link leads nowhere" if path.is_symlink() else "there is no such file"
    if isinstance(error, IsADirectoryError) or (isinstance(error, PermissionError) and path.is_dir()):
        return "this is a folder, not a file"
    if isinstance(error, PermissionError):
        return "you have no permission to read this file"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"this file cannot be read: {reason.lower()}"


def _neighbour(path: Path, error: Exception) -> tuple[str, ...]:
    """Return the help that names the file of the same folder whose name is nearest to one that is not there."""
    if isinstance(error, FileNotFoundError):
        with contextlib.suppress(OSError, ValueError):
            files = sorted(other for other in path.parent.iterdir() if other.name != path.name and other.is_file())
            likely = [other for other in files if other.suffix.lower() in {*FILE_ENDINGS, path.suffix.lower()}]
            for others in (likely, files):
                # an ending that they have in common makes no two names alike
                stems = {_stem(other): other.name for other in reversed(others)}
                if near := nearest(_stem(path), stems):
                    return (Suggestion(stems[near]),)
    return ()


def _stem(path: Path) -> str:
    return path.name.partition(".")[0] or path.name


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(
        path for path in folder.iterdir() if path.suffix.lower() in FILE_ENDINGS and not path.name.startswith(".")
    )
