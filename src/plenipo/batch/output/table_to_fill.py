"""A table to fill in, which a batch then answers: a column for the key, and one for each fact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from plenipo.batch.decide_columns import KEYS
from plenipo.batch.output.destination import Destination
from plenipo.batch.output.workbook import MOST_ROWS, OPTIONS, head
from plenipo.batch.sources.workbooks import EXPLAINED, FACTS
from plenipo.csv_safety import guarded
from plenipo.errors import UsageError, quoted
from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook, Situation
from plenipo.situations.file_kinds import Kind, kind_by_name

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_CASES = "Cases"


def write_table(rulebook: Rulebook, path: Path, situations: Iterable[Situation], *, force: bool) -> None:
    """
    Write a table with a row for each of some situations, or none, whole or not at all.

    In a workbook each fact offers its values, and a second sheet explains them.

    Raises:
        UsageError: the file is there and `force` does not say that it may go, or its name shows no kind of table, or
            it cannot be written.
    """
    kind = kind_by_name(path.name)
    if kind not in {Kind.CSV, Kind.TSV, Kind.WORKBOOK} or path.suffix.casefold() not in {
        ".csv",
        ".tsv",
        ".tab",
        ".xlsx",
    }:
        message = f"the name {quoted(path.name or str(path))} does not show which kind of table to write"
        raise UsageError(message, help=("let it end in .csv, .tsv or .xlsx",))
    destination = Destination(str(path), force=force, alone=True)
    header, rows = _header(rulebook), [_row(rulebook, each) for each in situations]
    if kind is Kind.WORKBOOK:
        data = _workbook(rulebook, header, rows)
    else:
        data = _text(header, rows, "\t" if kind is Kind.TSV else ",").encode()
    with destination.written({}) as target:
        target.write_bytes(data)


def _facts(rulebook: Rulebook) -> list[Fact]:
    """Return the facts in the order of their columns: what places a situation first, the others subject by subject."""
    return sorted(rulebook.facts.values(), key=lambda fact: not fact.orienting)


def _header(rulebook: Rulebook) -> list[str]:
    key = next((name for name in KEYS if name not in {*rulebook.facts, *rulebook.options}), "row")
    return [key, *(fact.id for fact in _facts(rulebook))]


def _row(rulebook: Rulebook, situation: Situation) -> list[str]:
    def cell(fact: Fact) -> str:
        value = situation.facts.get(fact.id)
        return "" if value is None else _spelling(fact)[value]

    return [Path(situation.name).stem, *map(cell, _facts(rulebook))]


def _spelling(fact: Fact) -> Mapping[str, str]:
    """Return how people write the values of a fact."""
    return dict(zip(fact.values, fact.spelled, strict=True))


def _text(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str) -> str:
    with io.StringIO() as file:
        writer = csv.writer(file, delimiter=separator, lineterminator="\n")
        writer.writerows([guarded(cell, separator) for cell in row] for row in (header, *rows))
        return file.getvalue()


def _workbook(rulebook: Rulebook, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - rarely needed

    with io.BytesIO() as file:
        book = xlsxwriter.Workbook(file, {**OPTIONS, "constant_memory": False, "in_memory": True})
        cases = head(book, _CASES, {name: max(len(name) + 4, 14) for name in header})
        texts = book.add_format({"num_format": "@"})
        for place, name in enumerate(header):
            cases.set_column(place, place, max(len(name) + 4, 14), texts)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                cases.write_string(number, place, cell, texts)
        for place, (fact, (first, last)) in enumerate(_explain(book, rulebook), 1):
            offered = {
                "validate": "list",
                "source": f"={FACTS}!$D${first}:$D${last}",
                "input_title": fact.id[:32],
                "input_message": fact.ask[:255],
                "error_title": "no value of this fact",
                "error_message": f"The sheet {FACTS} lists the values; an empty cell means unknown.",
            }
            cases.data_validation(1, place, MOST_ROWS - 1, place, offered)
        book.close()
        return file.getvalue()


def _explain(book: Workbook, rulebook: Rulebook) -> Iterator[tuple[Fact, tuple[int, int]]]:
    """Add the sheet that explains the facts, and yield each with the first and the last row of its values."""
    sheet = head(book, FACTS, EXPLAINED)
    number = 1
    for fact in _facts(rulebook):
        meanings = {**dict(zip(fact.spelled, fact.values.values(), strict=True)), UNKNOWN: "not known"}
        for place, (value, meaning) in enumerate(meanings.items()):
            cells = (fact.id, rulebook.subject(fact.group), fact.ask, value, meaning)
            for column, cell in enumerate(cells):
                sheet.write_string(number + place, column, cell)
        yield fact, (number + 1, number + len(meanings))
        number += len(meanings)
    sheet.autofilter(0, 0, number - 1, len(EXPLAINED) - 1)
