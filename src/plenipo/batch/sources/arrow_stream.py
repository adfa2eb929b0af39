"""
Arrow streams, read a record batch at a time; Polars would take in the whole of one.

A stream is a row of messages: first the schema, then dictionaries and record batches. Polars reads each batch as a
small stream of its own, which begins with all that came before it but the other batches. See the Arrow columnar format,
"Serialization and Interprocess Communication".
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO

import polars as pl

from plenipo.batch.sources.parquet import BROKEN
from plenipo.batch.sources.source import PART, RECORD, Part, recut
from plenipo.batch.sources.temporary_copy import unreadable

_CONTINUES = b"\xff\xff\xff\xff"
_END = _CONTINUES + bytes(4)
#: What the header of a message may be, as the format numbers it.
_BATCH = 3
#: The fields of a message, and of a record batch, that are read here, as the format numbers them.
_HEADER_TYPE, _HEADER, _BODY_LENGTH = 1, 2, 3
_ROWS = 0
#: The longest description of a message that is believed.
_LONGEST = 1 << 28


@dataclass(frozen=True)
class _Message:
    """A message: where it begins, how many bytes it has, and the rows of the record batch that it is, if it is one."""

    start: int
    length: int
    rows: int | None


@dataclass
class Stream:
    """An Arrow stream: its columns stand in its first message, and each message says how many rows it brings."""

    path: Path
    name: str
    columns: Mapping[str, pl.DataType] = field(init=False)

    def __post_init__(self) -> None:
        with self._reading() as file:
            first = next(_messages(file), None)
            if first is None:
                raise ValueError("there is nothing in it")
            self.columns = dict(pl.read_ipc_stream(io.BytesIO(_bytes(file, first) + _END)).schema)

    @cached_property
    def records(self) -> int:
        """How many rows there are."""
        with self._reading() as file:
            return sum(message.rows or 0 for message in _messages(file))

    def parts(self, skip: int = 0, most: int = PART) -> Iterator[Part]:
        """Yield the rows in parts, in the order of the stream."""
        start = 0
        for frame in recut(self._batches(), most):
            if start >= skip:
                yield Part(frame.with_row_index(RECORD, offset=start + 1), frame.height)
            start += frame.height

    def _batches(self) -> Iterator[pl.DataFrame]:
        with self._reading() as file:
            before = b""
            for message in _messages(file):
                if message.rows is None:
                    before += _bytes(file, message)
                else:
                    yield pl.read_ipc_stream(io.BytesIO(before + _bytes(file, message) + _END))

    @contextmanager
    def _reading(self) -> Iterator[IO[bytes]]:
        try:
            with self.path.open("rb") as file:
                yield file
        except (*BROKEN, ValueError) as error:
            raise unreadable(self.name, error) from error


def _messages(file: IO[bytes]) -> Iterator[_Message]:
    start = 0
    size = file.seek(0, io.SEEK_END)
    while start < size:
        file.seek(start)
        length = file.read(4)
        prefix = 4
        if length == _CONTINUES:
            length, prefix = file.read(4), 8
        (described,) = struct.unpack("<i", length.ljust(4, b"\xff"))
        if described == 0:
            return
        if not 0 < described <= min(_LONGEST, size):
            raise ValueError("it is no Arrow stream")
        try:
            body, rows = _described(file.read(described))
        except struct.error as error:
            raise ValueError("it is no Arrow stream") from error
        whole = prefix + described + body
        if body < 0 or start + whole > size:
            raise ValueError("it ends too early")
        yield _Message(start, whole, rows)
        start += whole


def _described(text: bytes) -> tuple[int, int | None]:
    """Return the length of a message's body and the rows of its record batch, from the flatbuffer that describes it."""
    (message,) = struct.unpack_from("<I", text)
    body = _field(text, message, _BODY_LENGTH)
    (kind,) = struct.unpack_from("<B", text, at) if (at := _field(text, message, _HEADER_TYPE)) else (0,)
    length = struct.unpack_from("<q", text, body)[0] if body else 0
    header = _field(text, message, _HEADER)
    if kind != _BATCH or not header:
        return length, None
    rows = _field(text, header + struct.unpack_from("<I", text, header)[0], _ROWS)
    return length, struct.unpack_from("<q", text, rows)[0] if rows else 0


def _field(text: bytes, table: int, number: int) -> int:
    """Return where a field of a table of a flatbuffer stands, 0 where it is left out."""
    (back,) = struct.unpack_from("<i", text, table)
    slots = table - back
    (size,) = struct.unpack_from("<H", text, slots)
    slot = 4 + 2 * number
    (offset,) = struct.unpack_from("<H", text, slots + slot) if slot < size else (0,)
    return table + offset if offset else 0


def _bytes(file: IO[bytes], message: _Message) -> bytes:
    file.seek(message.start)
    return file.read(message.length)
