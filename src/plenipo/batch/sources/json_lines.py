"""JSON Lines: an object a line, whose keys are columns; a cell is a text, true or false, a number or null."""

from __future__ import annotations

import codecs
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import chain, zip_longest
from pathlib import Path
from typing import IO, Any

import polars as pl

from plenipo.batch.limits import USUAL, Limits
from plenipo.batch.rejects import Reject
from plenipo.batch.sources.json_plain import PlainLines, read_plain
from plenipo.batch.sources.json_spoilt import sound_cells
from plenipo.batch.sources.line_blocks import LineBlock, lines_in
from plenipo.batch.sources.source import PART_SIZE, RECORD, SourcePart
from plenipo.batch.sources.temporary_copies import unreadable
from plenipo.did_you_mean import nearest
from plenipo.errors import Diagnostic, Location, SituationError, printable, quoted, quoted_list
from plenipo.rulebook.model import LooseReading

#: The columns are the facts and the keys of this many lines.
FIRST_LINES = 1000
#: Lines in a part, and bytes after which a part ends with the line.
LINES_IN_PART = 50_000
_BYTES_IN_PART = 1 << 26
#: Bytes that are read at a time: what stays in the memory beside the processor is worked on twice as fast.
_BLOCK = 1 << 21
#: Where not all lines are plain, so many of them are read with care; more are tried again in so many pieces.
_FEW = 64
_PIECES = 8
#: How many keys that are left out are remembered.
_REMEMBERED = 100
#: How much a key is like a fact that it is taken for: a word with a letter or two wrong.
_MISSPELT = 0.85
#: What most cells are; nothing else has to be checked in them.
_TEXT = {str, type(None)}


_Read = tuple[LineBlock, PlainLines | None]


@dataclass
class JsonLines:
    """
    A file of JSON Lines; empty lines are skipped. `facts` are columns, in whichever line they come first.

    Any other key that comes after the first lines is a fault of its line, unless it is one to `keep` and no misspelt
    fact: then it is left out and counted. `meant` says which facts a key means: one that means one fact is read as it.
    `absent` are the facts that the first lines do not name.
    """

    path: Path
    name: str
    facts: Collection[str] = ()
    meant: Callable[[str], tuple[str, ...]] = lambda _: ()
    keep: bool = False
    limits: Limits = USUAL
    columns: Mapping[str, pl.DataType] = field(init=False)
    by_line: bool = True

    def __post_init__(self) -> None:
        self._left_out: list[str] = []
        self._odd_in_a_row = 0
        self._usual: dict[str, None] = {}
        done = size = 0
        try:
            with self.path.open("rb") as file:
                while block := self._block(file, done, FIRST_LINES - done):
                    self._learn(block)
                    done += block.count
                    size += len(block.text)
        except OSError as error:
            raise unreadable(self.name, error) from error
        self.columns = dict.fromkeys([*self._usual, *self.facts], pl.String())
        self.absent = frozenset(self.facts) - self._usual.keys()
        self.records = self.path.stat().st_size * done // (size or 1)

    def parts(self, skip: int = 0, most: int = PART_SIZE) -> Iterator[SourcePart]:
        """Yield the lines in parts."""
        with self.path.open("rb") as file:
            done = 0
            while block := self._block(file, done, skip - done):
                done += block.count
            while read := self._read(file, done, min(most, LINES_IN_PART)):
                part = _joined([*self._pieces(read)])
                done += part.records
                yield part

    def _read(self, file: IO[bytes], done: int, most: int) -> list[_Read]:
        """Return the next blocks, each with what it holds if it is plain; while one is read, others are worked on."""
        # twice as many as Polars has: half of them wait for the interpreter
        with ThreadPoolExecutor(2 * pl.thread_pool_size()) as pool:
            waiting = [(block, pool.submit(self._plain, block)) for block in self._blocks(file, done, most)]
            return [(block, plain.result()) for block, plain in waiting]

    def _blocks(self, file: IO[bytes], done: int, most: int) -> Iterator[LineBlock]:
        """Yield the next lines, up to `most`, until they are many bytes; `done` lines come before them."""
        size, end = 0, done + most
        while size < _BYTES_IN_PART and (block := self._block(file, done, end - done)):
            yield block
            done += block.count
            size += len(block.text)

    def _block(self, file: IO[bytes], done: int, most: int) -> LineBlock | None:
        """Return the next lines of a file, `most` or fewer, each of them whole; `done` lines come before them."""
        text = file.read(_BLOCK) if most > 0 else b""
        if text and not text.endswith(b"\n"):
            text += file.readline(self.limits.row)
            last = text.rfind(b"\n", 0, -1) + 1
            if len(text) - last > self.limits.row:
                raise self.limits.refuse_row(self.name, f"line {done + lines_in(text[:last]) + 1}")
        count = lines_in(text)
        if count > most:
            *lines, rest = text.split(b"\n", most)
            file.seek(-len(rest), os.SEEK_CUR)
            text, count = b"\n".join([*lines, b""]), most
        return LineBlock(text, done, count) if text else None

    def _learn(self, block: LineBlock) -> None:
        """Learn the keys of some of the first lines."""
        start = block.text[:4]
        if not block.done and (start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in start):
            raise SituationError((Diagnostic("not-utf8", "this is not UTF-8 text", Location(self.name, 1)),))
        if not block.done and next(filter(None, map(bytes.strip, io.BytesIO(block.text))), b"") == b"{":
            raise self._over_several_lines()
        for number, line in block.lines():
            row = _parsed(line)
            if b'"facts"' in line and "facts" not in self.facts:
                self._refuse_fact_file(number, row)
            self._usual |= dict.fromkeys(row if isinstance(row, dict) else ())
            self.limits.check_columns(self.name, len(self._usual))

    def _pieces(self, read: Iterable[_Read]) -> Iterator[SourcePart]:
        """Yield what blocks hold, the plain ones as Polars reads them, and what lies between them read with care."""
        odd: list[tuple[int, bytes]] = []
        for block, plain in self._sorted_out(read):
            if plain is None:
                odd += block.lines()
                continue
            if odd:
                yield self._part(odd)
                odd = []
            yield self._as_part(block, plain)
        if odd:
            yield self._part(odd)

    def _sorted_out(self, read: Iterable[_Read]) -> Iterator[_Read]:
        """Yield the plain lines in blocks as large as may be, and the others in small ones."""
        for block, plain in read:
            if plain is None and block.count > _FEW:
                yield from self._sorted_out((some, self._plain(some)) for some in block.cut(_PIECES))
                continue
            self._odd_in_a_row = 0 if plain else self._odd_in_a_row + 1
            yield block, plain

    def _plain(self, block: LineBlock) -> PlainLines | None:
        # where so many small blocks have been odd, most of the next ones are not even tried
        if block.count <= _FEW and self._odd_in_a_row > _PIECES and self._odd_in_a_row % _PIECES:
            return None
        names = [*self.columns, *self._left_out]
        plain = read_plain(block.text, block.count, names)
        # to look for them takes long, so it is done only where something is odd
        if plain is None and block.has_blank_lines:
            lines = [line for _, line in block.lines() if line.strip()]
            plain = read_plain(b"".join(lines), len(lines), names)
        return plain

    def _as_part(self, block: LineBlock, plain: PlainLines) -> SourcePart:
        if plain.count < block.count:
            numbers = pl.Series([number for number, line in block.lines() if line.strip()], dtype=pl.UInt32())
        else:
            numbers = pl.int_range(block.done + 1, block.done + 1 + block.count, dtype=pl.UInt32(), eager=True)
        left_out = {name: times for name, times in plain.keys.items() if times and name not in self.columns}
        cells = {name: plain.texts[name] for name in self.columns}
        return SourcePart(pl.DataFrame({RECORD: numbers, **cells}), block.count, left_out=left_out)

    def _part(self, lines: Sequence[tuple[int, bytes]]) -> SourcePart:
        """Return what lines with their numbers hold, each of them read with care."""
        names = list(self._usual)
        usual: Set[str] = self._usual.keys()
        numbers: list[int] = []
        rows: list[tuple[str | None, ...]] = []
        rejects: list[Reject] = []
        left_out: Counter[str] = Counter()
        read_as: Counter[LooseReading] = Counter()
        for number, line in lines:
            row = _parsed(line)
            if not isinstance(row, dict):
                if line.strip():
                    rejects.append(self._no_object(number, line, row))
                continue
            if not row.keys() <= usual:
                row = self._named(row, read_as)
                names += [key for key in row if key in self.columns and key not in names]
                usual = set(names)
            cells = tuple(map(row.get, names))
            if not (row.keys() <= usual and set(map(type, cells)) <= _TEXT):
                if faults := list(self._faults(number, row)):
                    rejects += faults
                    continue
                left_out.update(row.keys() - self.columns.keys())
                cells = tuple(map(_cell, cells))
            numbers.append(number)
            rows.append(cells)
        found = dict(zip(names, zip_longest(*rows), strict=False))
        nothing = pl.repeat(None, len(rows), dtype=pl.String(), eager=True)
        cells_by_name = {name: found.get(name, nothing) for name in self.columns}
        frame = pl.DataFrame({RECORD: numbers, **cells_by_name}, schema={RECORD: pl.UInt32(), **self.columns})
        self._left_out = [*dict.fromkeys([*self._left_out, *left_out])][:_REMEMBERED]
        return SourcePart(frame, len(lines), tuple(rejects), left_out, read_as)

    def _named(self, row: dict[str, Any], read_as: Counter[LooseReading]) -> dict[str, Any]:
        """Return a line in which a late key that means one fact alone, which the line does not give, is that fact."""
        named: dict[str, Any] = {}
        for key, value in row.items():
            (fact, *others) = (key,) if key in self.columns else self.meant(key) or (key,)
            if fact == key or others or fact in row or fact in named:
                named[key] = value
            else:
                named[fact] = value
                read_as[LooseReading(key, fact)] += 1
        return named

    def _refuse_fact_file(self, number: int, row: object) -> None:
        if isinstance(row, dict) and isinstance(row.get("facts"), dict):
            message = "this line is a fact file; in a line of JSON Lines the facts themselves are the keys"
            facts = {id: value for id, value in row["facts"].items() if id in self.facts} or {"fact": "value"}
            help = (f"write {json.dumps(dict([*facts.items()][:2]))}", "or put each fact file into a file of its own")
            raise SituationError((Diagnostic("wrong-shape", message, Location(self.name, number), help=help),))

    def _over_several_lines(self) -> SituationError:
        message = "an object goes over several lines here, and JSON Lines has an object a line"
        help = ('write each on one line, or all of them as an array: `[{"fact": "value"}, {"fact": "value"}]`',)
        return SituationError((Diagnostic("wrong-shape", message, Location(self.name, 1), help=help),))

    def _no_object(self, number: int, line: bytes, reason: object) -> Reject:
        text = printable(line.decode(errors="backslashreplace").strip())
        why = reason if isinstance(reason, str) else "this line is no JSON object"
        return Reject(self.name, number, None, None, text, why, record=number, cells=sound_cells(line))

    def _faults(self, number: int, row: Mapping[str, object]) -> Iterator[Reject]:
        cells = {key: cell for key, value in row.items() if isinstance(cell := _cell(value), str)}
        for key, value in row.items():
            if key not in self.columns:
                found = self.meant(key)
                near = nearest(key, self.facts) if len(found) != 1 else found[0]
                if not self.keep or found or (near and SequenceMatcher(None, key, near).ratio() >= _MISSPELT):
                    reason = _why(found)
                    yield Reject(self.name, number, None, key, _cell(value), reason, near, number, cells=cells)
            elif isinstance(value, dict | list):
                reason = "a text should stand here, not a list or an object"
                yield Reject(self.name, number, None, key, json.dumps(value)[:60], reason, record=number, cells=cells)


def _why(found: Sequence[str]) -> str:
    """Return what is wrong with a late key that means these facts."""
    if len(found) > 1:
        return f"this key can mean more than one fact: {quoted_list(found)}"
    return (
        f"this line gives {quoted(found[0])} twice" if found else f"no line among the first {FIRST_LINES} has this key"
    )


def _joined(pieces: Sequence[SourcePart]) -> SourcePart:
    rejects = tuple(chain.from_iterable(piece.rejects for piece in pieces))
    left_out = sum((Counter(piece.left_out) for piece in pieces), Counter[str]())
    read_as = sum((Counter(piece.read_as) for piece in pieces), Counter[LooseReading]())
    return SourcePart(
        pl.concat([piece.frame for piece in pieces]),
        sum(piece.records for piece in pieces),
        rejects,
        left_out,
        read_as,
    )


def _parsed(line: bytes) -> object:
    """Return the object of a line, a text that says why it cannot be read, or None if it is something else."""
    try:
        row = _decoded(line.removeprefix(codecs.BOM_UTF8).decode())
        if b"\\" in line and b"\\u" in line:
            json.dumps(row, ensure_ascii=False).encode()
    except UnicodeDecodeError:
        return "this is not UTF-8 text"
    except UnicodeEncodeError:
        return "there is half a surrogate pair in this line, which is no text"
    except _DuplicateKeyError as error:
        return f"the key {quoted(error.key)} stands twice in this line"
    except (ValueError, RecursionError):
        return "this line is not well-formed JSON"
    return row if isinstance(row, dict) else None


class _DuplicateKeyError(Exception):
    """An object has a key twice."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    row = dict(pairs)
    if len(row) < len(pairs):
        keys = [key for key, _ in pairs]
        raise _DuplicateKeyError(next(key for key in keys if keys.count(key) > 1))
    return row


_decoded = json.JSONDecoder(object_pairs_hook=_object).decode


def _cell(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value)
