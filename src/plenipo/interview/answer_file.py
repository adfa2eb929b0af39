"""
The answer file of a questionnaire: written anew after each answer.

A file is replaced in one step, so that whatever happens it holds either all answers or all but the last. It is read
again before each writing, and only the answer that was given is changed in it: what somebody else writes into it
meanwhile stays. A file that cannot be written so is left alone, and the answers go to a new one beside it.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shlex
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from plenipo.situations.edit import FactFileText, UnwritableError, blank, fresh
from plenipo.situations.read import load_situation
from plenipo.whole_file import alone_in, free_path, make_file, may_write, replace_file


class UnkeptError(UsageError):
    """Answers could not be written; `path` is the file that they were for, and is as it was."""

    def __init__(self, path: Path, reason: OSError) -> None:
        self.path = path
        self.reason = (reason.strerror or str(reason) or "the system refused").casefold()
        super().__init__(f"answers cannot be written to `{path}`: {self.reason}")


class ContestedError(UsageError):
    """
    Somebody else has changed the answers on the same facts since the file was last read, and nothing was written.

    `held` is what stands there now: fact -> value, `unknown`, or None where an answer was taken out.
    """

    def __init__(self, path: Path, held: Mapping[str, str | None]) -> None:
        self.held = held
        super().__init__(f"somebody else has changed `{path}` meanwhile: {', '.join(held)}")


class AnswerFile:
    """
    The file of one questionnaire.

    `path` is where answers go; `moved` says that it is another file than at first, because they could not be written
    into that one; `remade`, that it was gone at the last writing, and was made again. `situation` and `declined` are
    what the file said when it was last read or written, and `own` is that without what it takes over.
    """

    def __init__(self, path: Path, text: FactFileText, *, new: bool) -> None:
        self.path = free_path(path) if new else path
        self.moved = self.remade = False
        self._new = new
        self._take(text)

    @property
    def kept(self) -> bool:
        """Whether anything has been written yet, so that the file exists."""
        return not self._new

    @property
    def held(self) -> Mapping[str, str]:
        """The answers that can be read in the file now, `unknown` among them; none where there is no such file."""
        try:
            text = None if self._new else self._now()
            return {} if text is None else _answers(text)
        except (OSError, UnicodeDecodeError, SituationError):
            return {}

    def entitle(self, title: str = "", as_of: str = "", based_on: str = "") -> tuple[str, ...]:
        """
        Give the situation a title, a time and a base, and return those of the keys that its file has already and keeps.

        A new file has them from its first answer on. In a file that exists, what it lacks is written at once.

        Raises:
            SituationError: there is no situation of the name `based_on`, or it has faults.
            UsageError: they cannot be written without risk to the rest of the file.
            UnkeptError: the system refuses; the file is as it was.
        """
        given = {"title": title, "as_of": as_of, "based_on": based_on}
        old = {} if self._new else {key: getattr(self.situation, key) for key in given}
        heads = {key: said for key, said in given.items() if said and not old.get(key)}
        if heads:
            try:
                text = self._text.with_heads(heads)
            except UnwritableError as fault:
                if based_on and isinstance(fault.__cause__, SituationError):
                    raise fault.__cause__ from None
                message = f"`{'`, `'.join(heads)}` cannot be written into `{self.path}` without risk to the rest"
                raise UsageError(message, help=("write it there yourself, and go on without the option",)) from None
            if self._new:
                self._take(text)
            else:
                self._write(text, self.path, new=False)
        return tuple(key for key, said in given.items() if said and key not in heads)

    @property
    def own(self) -> Situation:
        """What the file itself said when it was last read or written."""
        return self._text.said.situation

    def keep(self, answers: Mapping[str, str], over: Mapping[str, str | None] | None = None) -> None:
        """
        Write answers (fact -> value or `unknown`) to the file; what it says of other facts stays as it is there now.

        What somebody else has put there meanwhile on the same facts gives way only as far as `over` names it.

        Raises:
            ContestedError: somebody else has changed the answers on the same facts; nothing was written.
            UnkeptError: the system refuses; the file is as it was, and keeping the answers can be tried again.
        """
        with alone_in(self.path.parent):
            try:
                text, path, new = self._with(answers, over or {})
            except OSError as fault:
                raise UnkeptError(self.path, fault) from fault
            self._write(text, path, new=new)

    def _write(self, text: FactFileText, path: Path, *, new: bool) -> None:
        try:
            if text is self._text and not (new or self.remade):
                return
            if new:
                path = make_file(path, text.text)
            else:
                replace_file(path, text.text)
        except OSError as fault:
            raise UnkeptError(self.path, fault) from fault
        self.moved = self.moved or path != self.path
        self.path, self._new = path, False
        self._take(text)

    def _with(self, answers: Mapping[str, str], over: Mapping[str, str | None]) -> tuple[FactFileText, Path, bool]:
        """Return what is to be written, to which file, and whether that is a new one."""
        try:
            now = None if self._new else self._now()
            self.remade = not self._new and now is None
            if now is not None and now is not self._text and (contested := self._contested(now, answers, over)):
                raise ContestedError(self.path, contested)
            return (now or self._text).with_answers(answers), self.path, self._new
        except (UnwritableError, UnicodeDecodeError, SituationError):
            return self._afresh().with_answers(answers), self._beside, True

    def _contested(
        self, now: FactFileText, answers: Mapping[str, str], over: Mapping[str, str | None]
    ) -> Mapping[str, str | None]:
        """Return what somebody else has made of the same facts, apart from what says the same or may give way."""
        before, after = _answers(self._text), _answers(now)
        changed = {id: after.get(id) for id in answers if after.get(id) not in {before.get(id), answers[id]}}
        return {id: value for id, value in changed.items() if id not in over or over[id] != value}

    def _now(self) -> FactFileText | None:
        """Return what the file says now, if it still exists; it is parsed anew only where somebody else wrote it."""
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise OSError(errno.EINVAL, "it is no file any more")
            text = self.path.read_bytes().decode("utf-8-sig")
            return self._text if text == self._text.text else replace(self._text, text=text)
        return None

    def _take(self, text: FactFileText) -> None:
        self._text = text
        self.situation = replace(text.situation, name=str(self.path))
        self.declined = text.declined

    def _afresh(self) -> FactFileText:
        """Return what the file said when it was last understood, in our own layout."""
        text = fresh(self._text.rulebook, self.situation, self.declined)
        return replace(self._text, text=text)

    @property
    def _beside(self) -> Path:
        return free_path(self.path.with_suffix(".yaml"))


def open_answer_file(rulebook: Rulebook, path: Path) -> AnswerFile:
    """
    Return the answer file that a fact file is.

    Raises:
        SituationError: something is wrong with the file.
        UsageError: it may not be written, or nothing can be written in its folder.
    """
    _require_folder(path)
    text = _read(rulebook, path)
    if not may_write(path):
        other = free_path(Path(path.with_suffix(".yaml").name))
        elsewhere = shlex.join(["plenipo", "ask", str(other), "--based-on", str(path)])
        raise UsageError(
            f"answers cannot be written to `{path}`: it may not be written",
            help=(f"`{elsewhere}` goes on from it in another file",),
        )
    return AnswerFile(Path(os.path.realpath(path)), text, new=False)


def copied_answer_file(rulebook: Rulebook, original: Path, path: Path) -> AnswerFile:
    """
    Return an answer file that goes on from what another file says, and leaves that file alone.

    The verdicts that the other file expects, and those of its readers, are not taken along: they are about its facts,
    not about other answers.

    Raises:
        SituationError: something is wrong with the file.
        UsageError: nothing can be written in the folder.
    """
    _require_folder(path)
    return AnswerFile(path, _read(rulebook, original).without_verdicts(), new=True)


def new_answer_file(rulebook: Rulebook, path: Path, *, title: str, as_of: str) -> AnswerFile:
    """
    Return an answer file without answers; it is made with the first one.

    Where there is such a file by then, the next free name is taken: nothing is ever overwritten.

    Raises:
        UsageError: nothing can be written in the folder.
    """
    _require_folder(path)
    return AnswerFile(path, FactFileText(rulebook, blank(title, as_of), str(path), path), new=True)


def _answers(text: FactFileText) -> dict[str, str]:
    """Return the answers that stand in a text itself, `unknown` among them."""
    return {**dict.fromkeys(text.declined, UNKNOWN), **text.said.situation.facts}


def _require_folder(path: Path) -> None:
    folder = Path(os.path.realpath(path)).parent
    if not folder.is_dir():
        raise UsageError(f"there is no folder `{path.parent}` to keep the answers in")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UsageError(f"nothing can be written in the folder of `{path}`", help=("name a file elsewhere",))


def _read(rulebook: Rulebook, path: Path) -> FactFileText:
    load_situation(rulebook, path)
    return FactFileText(rulebook, path.read_bytes().decode("utf-8-sig"), str(path), path)
