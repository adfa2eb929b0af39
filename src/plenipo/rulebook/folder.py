"""
A rulebook's folder: which of its files belong to the rulebook, and their bytes.

Rules and vocabulary stand in `rules/`, sources in `seeds/`; what a file is follows from its name. Nothing is parsed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plenipo.errors import Location
from plenipo.rulebook.faults import Faults, shown
from plenipo.rulebook.files import take_in

ENDINGS = (".yaml", ".yml", ".json")
#: Files known by their names without the ending; every other file in rules/ is a track of rules.
VOCABULARY = ("facts", "options", "findings", "parties", "subjects", "constraints", "accepted")
#: A rulebook may do without the others, but not without these.
NEEDED = ("facts", "options")
RULES, SOURCES = "rules", "sources"


@dataclass(frozen=True)
class File:
    """One file: what it holds (`kind`), its path within the folder, the name messages call it by, and its bytes."""

    kind: str
    path: str
    name: str
    data: bytes

    @property
    def stem(self) -> str:
        """Its name without folder and ending; for rules, their track."""
        return Path(self.path).stem


@dataclass(frozen=True)
class Folder:
    """The files of a rulebook that could be read, and the kinds of which something is missing."""

    files: tuple[File, ...]
    lacking: frozenset[str] = frozenset()


def read_folder(folder: Path, faults: Faults) -> Folder:
    """Return the files of the rulebook in a folder; what is missing or cannot be read is added to `faults`."""
    files: list[File] = []
    lacking: set[str] = set()
    if not (folder / "rules").is_dir():
        help = ("a rulebook's folder holds `rules` and `seeds`",)
        faults.add("unreadable", "there is no folder `rules` in this one", Location(shown(folder)), help=help)
        return Folder((), frozenset({RULES, SOURCES, *VOCABULARY}))
    for path in [*_listed(folder / "rules"), *_listed(folder / "seeds")]:
        data = take_in(path, faults, regular=True)
        kind = _kind(path)
        if data is None:
            lacking.add(kind)
        else:
            files.append(File(kind, path.relative_to(folder).as_posix(), shown(path), data))
    for kind in NEEDED:
        if kind not in lacking and not any(file.kind == kind for file in files):
            lacking.add(kind)
            missing = shown(folder / "rules" / f"{kind}.yaml")
            faults.add("unreadable", "there is no such file, and a rulebook needs it", Location(missing))
    return Folder(tuple(files), frozenset(lacking))


def digest(files: Iterable[File]) -> str:
    """Return the SHA-256 of all the files: other bytes, or another name, give another one."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.path):
        total.update(f"{file.path}\0{len(file.data)}\0".encode())
        total.update(file.data)
    return total.hexdigest()


def _listed(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.suffix in ENDINGS and not path.name.startswith("."))


def _kind(path: Path) -> str:
    if path.parent.name == "seeds":
        return SOURCES
    return path.stem if path.stem in VOCABULARY else RULES
