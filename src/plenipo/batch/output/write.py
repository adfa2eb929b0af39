"""Frames written to one file of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from plenipo.batch.cell_text import as_text
from plenipo.batch.job import Reasons
from plenipo.batch.metadata import METADATA_KEY, Metadata
from plenipo.batch.sources.source import part_size
from plenipo.csv_safety import GUARD, START, guarded, inner
from plenipo.rulebook.model import FALSE, TRUE
from plenipo.situations.file_kinds import Kind

_Schema = Mapping[str, pl.DataType]


def write_frames(frames: Iterator[pl.DataFrame], schema: _Schema, target: Path, kind: Kind, metadata: Metadata) -> None:
    """
    Write frames, as they come, into a file of a kind; the same frames always give the same bytes.

    A row group of Parquet and a batch of Arrow have as many rows as a part.

    Raises:
        OSError: the file cannot be written (the disk is full, say). What the frames themselves raise is passed on.
    """
    raised: list[BaseException] = []

    def watched() -> Iterator[pl.DataFrame]:
        try:
            yield from frames
        except BaseException as error:
            raised.append(error)
            raise

    try:
        if kind in {Kind.PARQUET, Kind.ARROW}:
            _write_table(watched(), schema, target, kind, metadata)
        else:
            _write_text(watched(), schema, target, kind, metadata.facts)
    except Exception as error:
        if raised:
            raise raised[0] from None
        raise error if isinstance(error, OSError) else OSError(str(error)) from error


def guarded_frame(frame: pl.DataFrame, separator: str) -> pl.DataFrame:
    """Return a frame in which no cell, and no name of a column, can become a formula; numbers stay numbers."""
    where = inner(separator)
    columns = {column.name: column.alias("cells") for column in frame}
    texts = {
        str(place): as_text(column)
        for place, (name, column) in enumerate(columns.items())
        # ids are words, and most of the file
        if not (name in {"fired", "_fired"} or _is_harmless(column.dtype, separator))
    }
    # all columns in one call, of which there may be thousands
    found = pl.DataFrame(texts).select(pl.all().str.contains(f"{START}|{where}").any())
    risky = {name for name in texts if found.height and found[name].item()}
    for place, name in enumerate(columns):
        cells = texts.get(str(place), columns[name])
        if str(place) in risky:
            cells = cells.str.replace_all(where, f"${{1}}{GUARD}${{2}}").str.replace(START, f"{GUARD}${{0}}")
        columns[name] = cells
    return pl.DataFrame({guarded(name, separator): cells for name, cells in columns.items()})


def _is_harmless(kind: pl.DataType, separator: str) -> bool:
    """Return whether no cell of a type needs a guard, as hardly a text of an enumeration does."""
    if not isinstance(kind, pl.Enum):
        return kind.is_numeric() or kind == pl.Boolean
    pattern = re.compile(f"{START}|{inner(separator)}")
    return not any(pattern.search(text) for text in kind.categories)


def _write_table(frames: Iterator[pl.DataFrame], schema: _Schema, target: Path, kind: Kind, metadata: Metadata) -> None:
    def source(columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        return frames if columns is None else (frame[columns] for frame in frames)

    answers = register_io_source(source, schema=dict(schema))
    rows = part_size(ids=metadata.reasons == Reasons.IDS)
    if kind is Kind.ARROW:
        answers.sink_ipc(target, compression="lz4", record_batch_size=rows)
        return
    # The least and the greatest of a few words help no reader, and finding them takes as long as writing.
    answers.sink_parquet(
        target,
        compression="zstd",
        compression_level=1,
        statistics=False,
        row_group_size=rows,
        metadata={METADATA_KEY: metadata.text()},
    )


def _write_text(
    frames: Iterator[pl.DataFrame], schema: _Schema, target: Path, kind: Kind, facts: Iterable[str]
) -> None:
    """
    Write text a frame at a time, while the next one is worked out.

    Polars' own sinks would hold much of it if the disk is slow.
    """
    separator = "\t" if kind is Kind.TSV else ","
    # JSON has words of its own for yes and no
    yes_or_no = [pl.col(id) == TRUE for id in facts if schema[id] in {pl.Enum([TRUE, FALSE]), pl.Enum([FALSE, TRUE])}]

    def write(frame: pl.DataFrame, *, header: bool = False) -> None:
        if kind is not Kind.JSONL:
            guarded_frame(frame, separator).write_csv(file, separator=separator, include_header=header)
        elif not header:
            frame.with_columns(*yes_or_no).write_ndjson(file)

    with target.open("wb") as file, ThreadPoolExecutor(1) as writer:
        written = writer.submit(write, pl.DataFrame(schema=dict(schema)), header=True)
        for frame in frames:
            written.result()
            written = writer.submit(write, frame)
        written.result()
