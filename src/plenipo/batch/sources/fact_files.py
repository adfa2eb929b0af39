"""Fact files as a source: each is one record, read as a single fact file is, and rejected with every fault it has."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from plenipo.batch.rejects import Reject
from plenipo.batch.sources.partitions import partitions_of
from plenipo.batch.sources.source import RECORD, SourcePart
from plenipo.batch.sources.temporary_copies import decompressed
from plenipo.did_you_mean import suggested
from plenipo.errors import Diagnostic, Location, SituationError, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import LARGEST, take_in
from plenipo.rulebook.loose_names import meant
from plenipo.rulebook.model import Fact, LooseReading, Rulebook
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.fact_file import KEYS, read_fact_file
from plenipo.situations.file_kinds import compression
from plenipo.situations.read import complete
from plenipo.text_encoding import called, guess, marked

#: Files in a part: reading one takes about as long as answering hundreds of rows.
FILES_IN_PART = 1000
_NOT_UTF8 = "this is not UTF-8 text"
#: The column that holds a file's name.
FILE = "_plenipo_file"


@dataclass
class FactFiles:
    """Some fact files, each with the name that messages call it; `encoding` is that of all, where it is not UTF-8."""

    rulebook: Rulebook
    files: Sequence[tuple[Path, str]]
    encoding: str | None = None
    by_line = True

    @property
    def name(self) -> str:
        """What messages call them all."""
        return self.files[0][1]

    @property
    def columns(self) -> Mapping[str, pl.DataType]:
        """Every fact, and the name of the file."""
        return {FILE: pl.String(), **dict.fromkeys(self.rulebook.facts, pl.String())}

    @property
    def records(self) -> int:
        """How many files there are."""
        return len(self.files)

    def parts(self, skip: int = 0, most: int = FILES_IN_PART) -> Iterator[SourcePart]:
        """Yield the situations of the files in parts."""
        size = min(most, FILES_IN_PART)
        for start in range(skip, len(self.files), size):
            yield self._part(start, self.files[start : start + size])

    def _part(self, start: int, files: Sequence[tuple[Path, str]]) -> SourcePart:
        numbers: list[int] = []
        names: list[str] = []
        known: list[Mapping[str, str]] = []
        rejects: list[Reject] = []
        read_as: Counter[LooseReading] = Counter()
        for record, (path, name) in enumerate(files, start + 1):
            faults = Faults()
            root: Node | None = None
            try:
                root = parse(self._text(path, name), name, faults)
                if root is None:
                    raise SituationError(tuple(faults))
                situation = complete(self.rulebook, read_fact_file(self.rulebook, root, name, faults), faults, path)
            except SituationError as wrong:
                rejects += self._rejects(record, name, root, wrong.diagnostics)
            else:
                numbers.append(record)
                names.append(name)
                read_as.update(situation.read_as)
                folders = partitions_of(path, self.rulebook).items()
                facts = ((meant(self.rulebook, name, Fact), value) for name, value in folders if value)
                beside = {ids[0]: value for ids, value in facts if len(ids) == 1}
                known.append({**beside, **situation.facts})
        cells = {id: [facts.get(id) for facts in known] for id in self.rulebook.facts}
        schema: dict[str, pl.DataType] = {RECORD: pl.UInt32(), **self.columns}
        frame = pl.DataFrame({RECORD: numbers, FILE: names, **cells}, schema=schema)
        return SourcePart(frame, len(files), tuple(rejects), read_as=read_as)

    def _text(self, path: Path, name: str) -> bytes | str:
        data = _bytes(path, name)
        try:
            text = data.decode(self.encoding or "utf-8")
        except UnicodeError as error:
            line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
            likely = None if self.encoding else marked(data) or guess(data.splitlines())
            reason = (
                f"this is not text in {called(self.encoding)}, which `--encoding` names" if self.encoding else _NOT_UTF8
            )
            reason += f"; it looks like {called(likely)}, so try `--encoding {called(likely)}`" if likely else ""
            raise SituationError((Diagnostic("not-utf8", reason, Location(name, line)),)) from error
        return text if self.encoding else data

    def _rejects(self, record: int, name: str, root: Node | None, faults: Sequence[Diagnostic]) -> Iterator[Reject]:
        if root and (reason := _no_fact_file(root, name)):
            yield Reject(name, root.place.line, name, None, None, reason, None, record, "wrong-shape")
            return
        given = _given(root)
        for fault in faults:
            column, value = given.get(fault.location, (None, None))
            near = suggested(fault.help)
            yield Reject(name, fault.location.line, name, column, value, fault.message, near, record, fault.check)


def _no_fact_file(root: Node, name: str) -> str:
    """Return what is wrong with a file of JSON that is a table in another shape than rows, or nothing."""
    nested = any(not isinstance(node.value, str) for node in (*root.entries.values(), *root.items))
    if ".json" not in name.casefold() or not nested or not root.entries.keys().isdisjoint(KEYS):
        return ""
    what = "a list, but not of objects" if root.items else "an object without `facts`"
    return f'this is {what}; a table in JSON is an array of rows, as in `[{{"fact": "value"}}, {{"fact": "value"}}]`'


def _given(root: Node | None) -> Mapping[Location, tuple[str, str | None]]:
    """Return where a file gives what: the place of a fact or of its value -> the fact and the value."""
    given: dict[Location, tuple[str, str | None]] = {}
    facts = root.entries.get("facts") if root else None
    if facts is not None:
        for id, node in facts.entries.items():
            given[facts.keys[id]] = given[node.place] = (id, node.text)
    return given


def _bytes(path: Path, name: str) -> bytes:
    """Return what a fact file holds, decompressed, and never much more than a fact file may hold."""
    faults = Faults()
    data = take_in(path, faults, name=name)
    if data is None:
        raise SituationError(tuple(faults))
    ending = compression(data)
    if ending is None:
        return data
    try:
        with decompressed(io.BytesIO(data), ending) as file:
            plain = file.read(LARGEST + 1)
    except Exception as error:
        reason = f"this file cannot be unpacked as {quoted(ending)}"
        raise SituationError((Diagnostic("unreadable", reason, Location(name)),)) from error
    if len(plain) > LARGEST:
        raise SituationError((Diagnostic("too-large", "this is too long for a fact file", Location(name)),))
    return plain
