"""Texts that are not UTF-8, written anew as UTF-8, a piece at a time."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from pathlib import Path
from typing import IO

from plenipo.batch.sources.temporary_copies import unreadable
from plenipo.errors import Diagnostic, Location, SituationError
from plenipo.text_encoding import called, guess, marked

_PIECE = 1 << 20
#: Bytes of lines that are not ASCII from which an encoding is guessed.
_SAMPLE = 1 << 14
_SAID = "`--encoding` says so if it is another one"


class Encodings:
    """
    What is known of the encodings of the texts of a batch; copies go to a folder.

    `given` is the encoding that the user names; `remark` is called with what is guessed.
    """

    def __init__(self, folder: Path, given: str | None, remark: Callable[[str], None]) -> None:
        self._folder, self._given, self._remark = folder, given, remark
        self._count = 0

    def as_utf8(self, path: Path, name: str) -> Path:
        """
        Return a file that holds a text as UTF-8, with or without a mark: the file itself, if it does.

        A text of which most is UTF-8 is returned as it is, so that only the lines with the faults are refused.

        Raises:
            SituationError: it cannot be read, or is not what it has to be.
        """
        try:
            with path.open("rb") as file:
                encoding, why = self._encoding(file, name)
                if encoding is None:
                    return path
                file.seek(0)
                self._count += 1
                target = self._folder / f"utf-8.{self._count}"
                with target.open("wb") as copy:
                    _copy(file, copy, encoding, name, why)
        except OSError as error:
            raise unreadable(name, error) from error
        return target

    def _encoding(self, file: IO[bytes], name: str) -> tuple[str | None, str]:
        """Return the encoding of a text that is not UTF-8, or None, and how it is known."""
        if self._given is not None:
            same = codecs.lookup(self._given).name in {"utf-8", "utf-8-sig"}
            return None if same else self._given, "which `--encoding` names"
        if found := marked(file.read(4096)):
            return found, "as its first bytes show"
        file.seek(0)
        found = guess(_odd_lines(file))
        if found:
            self._remark(f"{name}: read as {called(found)}, which is a guess; {_SAID}")
        return found, "which was guessed"


def utf8_start(start: bytes) -> bytes:
    """Return how a text begins, as UTF-8 where it is one of the kinds of UTF-16."""
    encoding = marked(start)
    return start.decode(encoding, "ignore").encode(errors="ignore") if encoding else start


def _odd_lines(file: IO[bytes]) -> list[bytes]:
    """Return lines that are not ASCII, from the first on that is not UTF-8 either; none if there is no such line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    wrong = False
    lines: list[bytes] = []
    size = 0
    while size < _SAMPLE and (piece := file.read(_PIECE)):
        if piece.isascii():
            continue
        if not wrong:
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                wrong = True
        odd = [line for line in piece.splitlines() if not line.isascii()]
        # the first and the last line of a piece may be cut
        lines += odd[:200]
        size = sum(map(len, lines)) if wrong else 0
        lines = lines[-1000:]
    return lines if wrong else []


def _copy(file: IO[bytes], copy: IO[bytes], encoding: str, name: str, why: str) -> None:
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    while True:
        piece = file.read(_PIECE)
        try:
            text = decoder.decode(piece, final=not piece)
            data = text.encode()
        except UnicodeError as error:
            line += _lines_before(error, encoding)
            help = ("`--encoding NAME` says which it is, as in `--encoding windows-1252`",)
            message = f"this is not text in {called(encoding)}, {why}"
            raise SituationError((Diagnostic("not-utf8", message, Location(name, line), help=help),)) from error
        line += text.count("\n")
        copy.write(data)
        if not piece:
            return


def _lines_before(error: UnicodeError, encoding: str) -> int:
    """Return how many lines end before what cannot be decoded."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[: error.start].decode(encoding, "ignore").count("\n")
    return 0
