"""
Keeping rulebooks: one that has been loaded is written to the user's cache folder, and next time is only recognised.

A kept rulebook is never stale: it is found by the digest of its files, by that of plenipo's own loading code and by
Python's version, never by a time stamp. Reading one back creates the plain classes of the model and nothing else, and a
file that is foreign, damaged or unreadable is as good as none. What goes wrong here is never reported: plenipo then
parses the files, as it would without a cache.
"""

import contextlib
import hashlib
import io
import os
import pickle
import stat
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO

from plenipo.errors import Location
from plenipo.rulebook import conditions, model, rules, vocabulary
from plenipo.rulebook.files import RulebookFiles
from plenipo.rulebook.model import Rulebook

#: Names the folder; `off` keeps nothing.
VARIABLE = "PLENIPO_CACHE"
OFF = "off"
CACHE_ENDING = ".rulebook"
#: So many rulebooks are kept, the newest ones.
MOST_KEPT = 16
#: How a kept rulebook begins.
SIGN = b"plenipo rulebook\n"
SEAL = hashlib.sha256().digest_size
#: The folders of the code that makes a rulebook from files: if any of it changes, nothing that was kept is taken.
CODE = (Path(__file__).parent, Path(__file__).parent / "checks", Path(__file__).parent.parent)
#: The classes of the model, by the module and the name that a pickle gives.
MODEL = {
    (held.__module__, name): held
    for module in (model, conditions, rules, vocabulary)
    for name, held in vars(module).items()
    if isinstance(held, type) and held.__module__ == module.__name__
}


def kept_rulebook(files: RulebookFiles) -> Rulebook | None:
    """Return the kept rulebook of these files, or None when there is none to be trusted."""
    with contextlib.suppress(Exception):
        place = _place(files.digest)
        if place is None:
            return None
        with _opened_own(place) as file:
            sign, seal, pickled = file.read(len(SIGN)), file.read(SEAL), file.read()
        if sign != SIGN:
            return None
        if hashlib.sha256(pickled).digest() == seal:
            kept = _unpickled(pickled, tuple((file.path, file.name) for file in files.files))
            return kept if isinstance(kept, Rulebook) and kept.digest == files.digest else None
    return None


def keep_rulebook(rulebook: Rulebook, files: RulebookFiles) -> None:
    """Keep the rulebook of these files, with its order worked out; or do without."""
    with contextlib.suppress(Exception):
        place = _place(files.digest)
        if place is None:
            return
        # What is asked for at every start is worked out now; the model keeps it with the rulebook.
        _ = rulebook.order, rulebook.propositions, rulebook.overriders
        pickled = _pickled(rulebook, {file.name: file.path for file in files.files})
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        from plenipo.whole_file import write_whole  # noqa: PLC0415 - it costs more than reading a rulebook back

        write_whole(place, SIGN + hashlib.sha256(pickled).digest() + pickled)
        _drop_oldest(place.parent)


def folder() -> Path | None:
    """Return the folder in which rulebooks are kept, or None when they are not."""
    chosen = os.environ.get(VARIABLE)
    if chosen:
        return None if chosen.casefold() == OFF else Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "plenipo"


class _Unpickler(pickle.Unpickler):
    """Creates the classes of the model, and locations in files of other `names`, and refuses everything else."""

    def __init__(self, pickled: bytes, names: Mapping[str, str]) -> None:
        super().__init__(io.BytesIO(pickled))
        self._names = names

    def find_class(self, module: str, name: str) -> Any:
        """Return what a name in the file means."""
        if (module, name) == (Location.__module__, Location.__name__):
            return lambda path, line, column: Location(self._names.get(path, path), line, column)
        if (module, name) in MODEL:
            return MODEL[module, name]
        raise pickle.UnpicklingError(name)


@lru_cache(maxsize=4)
def _unpickled(pickled: bytes, names: tuple[tuple[str, str], ...]) -> Any:
    """Return what was kept, and the same again within a process, with all that was worked out of it meanwhile."""
    return _Unpickler(pickled, dict(names)).load()


def _pickled(rulebook: Rulebook, paths: Mapping[str, str]) -> bytes:
    """Return the rulebook with every place within its folder, as the user may be elsewhere next time."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol=5)
    pickler.dispatch_table = {
        Location: lambda place: (Location, (paths.get(place.file, place.file), place.line, place.column))
    }
    pickler.dump(rulebook)
    return out.getvalue()


def _place(key: str) -> Path | None:
    kept_in = folder()
    return kept_in / f"{_fingerprint(key)}{CACHE_ENDING}" if kept_in else None


def _fingerprint(key: str) -> str:
    """Return what a rulebook is kept under: its files, the code that loaded it, and Python's version."""
    total = hashlib.sha256(f"{key} {sys.version}".encode())
    for where in CODE:
        for entry in sorted(os.scandir(where), key=lambda entry: entry.name):
            if entry.name.endswith(".py"):
                code = Path(entry).read_bytes()
                total.update(f" {entry.name} {len(code)} ".encode())
                total.update(code)
    return total.hexdigest()


def _drop_oldest(kept_in: Path) -> None:
    """Remove the oldest of the kept rulebooks where there are too many; nothing that is not known as ours."""
    ours = []
    for entry in os.scandir(kept_in):
        if entry.name.endswith(CACHE_ENDING):
            with contextlib.suppress(OSError), _opened_own(Path(entry.path)) as file:
                if file.read(len(SIGN)) == SIGN:
                    ours.append((os.fstat(file.fileno()).st_mtime, entry.path))
    for _, path in sorted(ours, reverse=True)[MOST_KEPT:]:
        Path(path).unlink(missing_ok=True)


def _opened_own(place: Path) -> BinaryIO:
    """Open a regular file of this user, without waiting for anybody, as a pipe of that name would."""
    file = open(os.open(place, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb")  # noqa: PTH123, SIM115 - the caller closes it
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode) or status.st_uid != os.geteuid():
        file.close()
        raise PermissionError(place)
    return file
