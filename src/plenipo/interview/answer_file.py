"""
The record: the file in which answers are kept, written anew after each of them.

A file is replaced in one step, so that whatever happens it holds either all answers or all but the last. It is read
again before each writing, and only the answer that was given is changed in it: what somebody else writes there
meanwhile stays. A file that cannot be written so is left alone, and the answers go to a new one beside it.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path

from yaml import YAMLError

from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from plenipo.situations.edit import Sheet, UnwritableError, blank, fresh, without_expected
from plenipo.situations.edit_header import headed
from plenipo.situations.read import load_situation

ENDING = ".yaml"


class UnkeptError(UsageError):
    """Answers could not be written; `path` is the file that they were for, and is as it was."""

    def __init__(self, path: Path, reason: OSError) -> None:
        self.path = path
        self.reason = (reason.strerror or str(reason) or "the system refused").casefold()
        super().__init__(f"answers cannot be written to `{path}`: {self.reason}")


class Record:
    """
    The file of one questionnaire.

    `path` is where answers go, `moved` tells that it is another file than the one that was read, because that one
    cannot be written into. `situation` and `declined` are what the file told when it was last read or written.
    """

    def __init__(self, rulebook: Rulebook, path: Path, sheet: Sheet, *, new: bool) -> None:
        self.path = _free(path) if new else path
        self.moved = False
        self._rulebook = rulebook
        self._new = new
        self._take(sheet)
        if not _writable(rulebook, sheet):
            self.path, self.moved, self._new = self._beside, True, True
            self._take(self._afresh())

    @property
    def kept(self) -> bool:
        """Whether anything has been written yet, so that the file is there."""
        return not self._new

    @property
    def held(self) -> Mapping[str, str]:
        """The answers that can be read in the file now, `unknown` among them; none where there is no such file."""
        try:
            sheet = None if self._new else self._now()
            return {} if sheet is None else _answers(sheet, sheet.situation(str(self.path)))
        except (OSError, UnicodeDecodeError, SituationError):
            return {}

    def entitle(self, title: str, as_of: str) -> tuple[str, ...]:
        """
        Give the situation a title and a time, and return those of the two keys that its file has already and keeps.

        A new file has them from its first answer on. In a file that is there, what it lacks is written at once.

        Raises:
            UsageError: they cannot be written without risk to the rest of the file.
            UnkeptError: the system refuses; the file is as it was.
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
            if self._new:
                self._take(sheet)
            else:
                self._write(sheet, self.path, new=False)
        return kept

    def keep(self, answers: Mapping[str, str]) -> None:
        """
        Write answers (fact -> value or `unknown`) to the file; what it says of other facts stays as it is there now.

        Raises:
            UnkeptError: the system refuses; the file is as it was, and keeping the answers can be tried again.
        """
        try:
            sheet, path, new = self._with(answers)
        except OSError as fault:
            raise UnkeptError(self.path, fault) from fault
        self._write(sheet, path, new=new)

    def _write(self, sheet: Sheet, path: Path, *, new: bool) -> None:
        try:
            if new:
                path = _put(path, sheet.text)
            else:
                _replace(path, sheet.text)
        except OSError as fault:
            raise UnkeptError(self.path, fault) from fault
        self.moved = self.moved or path != self.path
        self.path, self._new = path, False
        self._take(sheet)

    def _with(self, answers: Mapping[str, str]) -> tuple[Sheet, Path, bool]:
        """Return what is to be written, to which file, and whether that is a new one."""
        try:
            sheet = self._sheet if self._new else self._now() or self._sheet
            return sheet.with_answers(answers), self.path, self._new
        except (UnwritableError, UnicodeDecodeError):
            return self._afresh().with_answers(answers), self._beside, True

    def _now(self) -> Sheet | None:
        """Return what the file says now, if it is still there."""
        with contextlib.suppress(FileNotFoundError):
            return Sheet(self._rulebook, self.path.read_bytes().decode("utf-8-sig"))
        return None

    def _take(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self.situation = sheet.situation(str(self.path))
        self.declined = _declined(sheet)

    def _afresh(self) -> Sheet:
        """Return what the file told when it was last understood, in our own layout."""
        return fresh(self._rulebook, self.situation).with_answers(dict.fromkeys(self.declined, UNKNOWN))

    @property
    def _beside(self) -> Path:
        return _free(self.path.with_suffix(ENDING))


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

    The verdicts that the other file expects are not taken along: they are expected of its facts, not of other answers.

    Raises:
        SituationError: something is wrong with the file.
        UsageError: nothing can be written in the folder.
    """
    _require_folder(path)
    return Record(rulebook, path, without_expected(_read(rulebook, original)), new=True)


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


def _answers(sheet: Sheet, situation: Situation) -> Mapping[str, str]:
    return {**dict.fromkeys(_declined(sheet), UNKNOWN), **situation.facts}


def _writable(rulebook: Rulebook, sheet: Sheet) -> bool:
    """Return whether an answer to each question could be written into a sheet."""
    declined = {id: UNKNOWN for id in rulebook.facts if id not in sheet.situation("sheet").facts}
    try:
        sheet.with_answers(declined)
    except UnwritableError:
        return False
    return True


@contextlib.contextmanager
def _written_beside(path: Path, text: str) -> Iterator[Path]:
    """Write a text to a file of our own in the folder, which is gone afterwards unless it got another name."""
    beside = path.with_name(f".{path.name}.{os.getpid()}~")
    try:
        with beside.open("wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        yield beside
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


def _replace(path: Path, text: str) -> None:
    with _written_beside(path, text) as beside:
        with contextlib.suppress(OSError):
            beside.chmod(stat.S_IMODE(path.stat().st_mode))
        beside.replace(path)


def _put(path: Path, text: str) -> Path:
    """Write a text to a file that is not there yet, under the first free name, and return its path."""
    with _written_beside(path, text) as beside:
        for name in _names(path):
            with contextlib.suppress(FileExistsError):
                _claim(name, beside)
                return name
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
            try:
                file.write(beside.read_bytes())
                file.flush()
            except BaseException:
                name.unlink()
                raise
