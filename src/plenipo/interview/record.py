"""
The record: the file in which answers are kept, written anew after each of them.

A file is replaced in one step, so that whatever happens it holds either all answers or all but the last. It is read
again before each writing, and only answers are changed in it: what somebody else writes there meanwhile stays. A file
that cannot be written so is left alone, and the answers go to a new one beside it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from yaml import YAMLError

from plenipo.errors import UsageError
from plenipo.interview.headed import headed
from plenipo.interview.sheet import Sheet, UnwritableError, blank, fresh
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.situation import load_situation

ENDING = ".yaml"


class Record:
    """
    The file of one questionnaire.

    `path` is where answers go, `moved` tells that it is another file than the one that was read, because that one
    cannot be written into. `situation` and `declined` are what the file told when it was opened.
    """

    def __init__(self, rulebook: Rulebook, path: Path, sheet: Sheet, *, new: bool) -> None:
        self.path = _free(path) if new else path
        self.moved = False
        self.situation = sheet.situation(str(path))
        self.declined = _declined(sheet)
        self._rulebook = rulebook
        self._sheet = sheet
        self._new = new
        if not _writable(rulebook, sheet):
            self._move(fresh(rulebook, self.situation))

    @property
    def kept(self) -> bool:
        """Whether anything has been written yet, so that the file is there."""
        return not self._new

    def entitle(self, title: str, as_of: str) -> tuple[str, ...]:
        """
        Give the situation a title and a time, and return those of the two keys that its file has already and keeps.

        A new file has them from its first answer on. In a file that is there, what it lacks is written at once.

        Raises:
            UsageError: they cannot be written without risk to the rest of the file.
            OSError: the system refuses; the file is as it was.
        """
        given = {key: said for key, said in (("title", title), ("as_of", as_of)) if said}
        kept = () if self._new else tuple(key for key in given if getattr(self.situation, key))
        heads = {key: said for key, said in given.items() if key not in kept}
        if heads:
            try:
                sheet = headed(self._sheet, heads)
            except UnwritableError:
                message = f"`{'`, `'.join(heads)}` cannot be written into `{self.path}` without risk to the rest"
                raise UsageError(message, help=("write it there yourself, and go on without the option",)) from None
            if not self._new:
                _replace(self.path, sheet.text)
            self._sheet, self.situation = sheet, sheet.situation(str(self.path))
        return kept

    def keep(self, answers: Mapping[str, str]) -> None:
        """
        Write the answers (fact -> value or `unknown`) to the file, which holds all of them once this returns.

        Raises:
            OSError: the system refuses; the file is as it was.
        """
        try:
            if not self._new:
                self._read_again()
            self._sheet = self._sheet.with_answers(answers)
        except (UnwritableError, UnicodeDecodeError):
            self._move(fresh(self._rulebook, replace(self.situation, facts={})).with_answers(answers))
        if self._new:
            self.path = _put(self.path, self._sheet.text)
            self._new = False
        else:
            _replace(self.path, self._sheet.text)

    def _read_again(self) -> None:
        """Take up what the file says now, if it is still there."""
        with contextlib.suppress(FileNotFoundError):
            text = self.path.read_bytes().decode("utf-8-sig")
            if text != self._sheet.text:
                self._sheet = Sheet(self._rulebook, text)

    def _move(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.path = _free(self.path.with_suffix(ENDING))
        self.moved = self._new = True


def open_record(rulebook: Rulebook, path: Path) -> Record:
    """
    Return the record in a file that is there.

    Raises:
        SituationError: something is wrong with the file.
        UsageError: nothing can be written in its folder.
    """
    _require_folder(path)
    return Record(rulebook, Path(os.path.realpath(path)), _read(rulebook, path), new=False)


def copied_record(rulebook: Rulebook, original: Path, path: Path) -> Record:
    """
    Return a record that goes on from what another file says, and leaves that file alone.

    Raises:
        SituationError: something is wrong with the file.
        UsageError: nothing can be written in the folder.
    """
    _require_folder(path)
    return Record(rulebook, path, _read(rulebook, original), new=True)


def new_record(rulebook: Rulebook, path: Path, *, title: str, as_of: str) -> Record:
    """
    Return a record in which nothing is told yet; its file is made with the first answer.

    Where there is such a file by then, the next free name is taken: nothing is ever overwritten.

    Raises:
        UsageError: nothing can be written in the folder.
    """
    _require_folder(path)
    return Record(rulebook, path, Sheet(rulebook, blank(title, as_of)), new=True)


def _require_folder(path: Path) -> None:
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise UsageError(f"there is no folder `{path.parent}` to keep the answers in")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"nothing can be written in the folder of `{path}`", help=("name a file elsewhere",))


def _read(rulebook: Rulebook, path: Path) -> Sheet:
    load_situation(rulebook, path)
    return Sheet(rulebook, path.read_bytes().decode("utf-8-sig"))


def _declined(sheet: Sheet) -> tuple[str, ...]:
    try:
        return sheet.declined
    except (UnwritableError, YAMLError):
        return ()


def _writable(rulebook: Rulebook, sheet: Sheet) -> bool:
    """Return whether an answer to each question could be written into a sheet."""
    declined = {id: UNKNOWN for id in rulebook.facts if id not in sheet.situation("sheet").facts}
    try:
        sheet.with_answers(declined)
    except UnwritableError:
        return False
    return True


def _written_beside(path: Path, text: str) -> Path:
    """Write a text to a file of our own in the folder, for the file to be replaced by it in one step."""
    beside = path.with_name(f".{path.name}.{os.getpid()}~")
    with beside.open("wb") as file:
        file.write(text.encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())
    return beside


def _replace(path: Path, text: str) -> None:
    beside = _written_beside(path, text)
    with contextlib.suppress(OSError):
        beside.chmod(stat.S_IMODE(path.stat().st_mode))
    beside.replace(path)


def _put(path: Path, text: str) -> Path:
    """Write a text to a file that is not there yet, under the first free name, and return its path."""
    beside = _written_beside(path, text)
    try:
        for name in _names(path):
            with contextlib.suppress(FileExistsError):
                _claim(name, beside)
                return name
    finally:
        beside.unlink()
    raise AssertionError  # the numbers never end


def _names(path: Path) -> Iterator[Path]:
    """Yield a path, and then those with a number in their name."""
    yield path
    for number in count(2):
        yield path.with_stem(f"{path.stem}-{number}")


def _free(path: Path) -> Path:
    """Return the first of its names that nothing has now."""
    return next(name for name in _names(path) if not os.path.lexists(name))


def _claim(name: Path, beside: Path) -> None:
    """Give a file of ours another name, which nothing else has; some file systems can only copy it."""
    try:
        name.hardlink_to(beside)
    except FileExistsError:
        raise
    except OSError:
        with name.open("xb") as file:
            file.write(beside.read_bytes())
