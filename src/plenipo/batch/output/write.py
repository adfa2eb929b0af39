"""Outputs: frames written to one file of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import polars as pl
from polars.io.plugins import register_io_source

from plenipo.batch.file_kinds import Kind
from plenipo.batch.metadata import METADATA, About
from plenipo.batch.output.cell_text import safe
from plenipo.batch.sources.source import size


def sink(
    frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], target: Path, kind: Kind, about: About
) -> None:
    """
    Write frames, as they come, into a file of a kind; the same frames always give the same bytes.

    A row group of Parquet and a batch of Arrow have as many rows as a part.

    Raises:
        OSError: it cannot be written (the disk is full, say). Whatever the frames themselves raise is raised.
    """
    write = _table if kind in {Kind.PARQUET, Kind.ARROW} else _text
    raised: list[BaseException] = []

    def given() -> Iterator[pl.DataFrame]:
        try:
            yield from frames
        except BaseException as error:
            raised.append(error)
            raise

    try:
        write(given(), schema, target, kind, about)
    except Exception as error:
        if raised:
            raise raised[0] from None
        raise error if isinstance(error, OSError) else OSError(str(error)) from error


def _table(
    frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], target: Path, kind: Kind, about: About
) -> None:
    def give(columns: list[str] | None, *_: object) -> Iterator[pl.DataFrame]:
        return frames if columns is None else (frame.select(columns) for frame in frames)

    answers = register_io_source(give, schema=dict(schema))
    group = size(ids="fired" in schema)
    if kind is Kind.ARROW:
        answers.sink_ipc(target, compression="lz4", record_batch_size=group)
        return
    # The least and the greatest of a few words tell a reader nothing, and take as long as writing them.
    answers.sink_parquet(
        target,
        compression="zstd",
        compression_level=1,
        statistics=False,
        row_group_size=group,
        metadata={METADATA: about.text()},
    )


def _text(
    frames: Iterator[pl.DataFrame], schema: Mapping[str, pl.DataType], target: Path, kind: Kind, _: About
) -> None:
    """Write text a frame at a time: Polars' own sinks would hold much of it, should the disk be slow."""
    with target.open("wb") as file:
        if kind is Kind.JSONL:
            for frame in frames:
                frame.write_ndjson(file)
            return
        separator = "\t" if kind is Kind.TSV else ","
        safe(pl.DataFrame(schema=dict(schema)), separator).write_csv(file, separator=separator)
        for frame in frames:
            safe(frame, separator).write_csv(file, separator=separator, include_header=False)
