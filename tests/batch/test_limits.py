"""Input that cannot be meant: lines without an end, bombs, claims. A bound says so, and an option raises it."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any
from unittest.mock import Mock, patch

import polars as pl
import pytest

from plenipo.batch import limits
from plenipo.batch.limits import size_of
from plenipo.batch.sources import csv_tables, json_lines, temporary_copies
from plenipo.batch.sources.temporary_copies import _zstd
from plenipo.errors import UsageError
from tests.cli.conftest import Run

LONG = "x" * 3000
PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda data: _zstd().compress(data),
}


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("cases.jsonl", f'{{"sky": "dark"}}\n{{"sky": "{LONG}', "line 2"),
        ("cases.jsonl", f'{{"sky": "dark"}}\n{{"note": "{LONG}"}}\n', "line 2"),
        ("cases.jsonl", f'\n\n{{"note": "{LONG}"}}', "line 3"),
        ("cases.csv", f'sky\ndark\n"{LONG}', "row 2"),
        ("cases.csv", f"sky\n{LONG}", "row 1"),
        ("cases.tsv", f"sky\tnote\ndark\tx\ndark\t{LONG}", "row 2"),
        ("cases.csv", LONG, "the header"),
        ("cases.json", f'[{{"sky": "dark"}}, {{"note": ["{LONG}"]}}]', "an element of this array"),
        ("cases.json", f'[{{"sky": "dark"}}, {{"note": [{"[]," * 1000}[]]}}]', "an element of this array"),
    ],
)
def test_a_row_ends_in_so_many_bytes(run: Run, tmp_path: Path, name: str, text: str, what: str) -> None:
    (tmp_path / name).write_text(text)
    with patch.multiple(csv_tables, _BLOCK=256, _STRICT_BLOCK=64), patch.object(json_lines, "_BLOCK", 64):
        ran = run("batch", name, "-o", "out.csv", "--extra", "keep", "--max-row", "1000")
        assert ran.code == 4
        assert f"{name}: error[too-large]: {what} does not end in 1,000 bytes" in ran.err
        assert "raise the bound: `--max-row 1MB`" in ran.err
        assert not (tmp_path / "out.csv").exists()
        raised = run("batch", name, "-o", "out.csv", "--extra", "keep", "--max-row", "1MB")
    assert "too-large" not in raised.err


@pytest.mark.parametrize("ending", PACKERS)
@pytest.mark.parametrize("layers", [1, 2])
def test_a_packed_file_unpacks_to_so_many_bytes(run: Run, tmp_path: Path, ending: str, layers: int) -> None:
    data = b"sky\n" + b"dark\n" * 20_000
    for _ in range(layers):
        data = PACKERS[ending](data)
    (tmp_path / f"cases.csv{ending}").write_bytes(data)
    with patch.object(limits, "MOST_UNPACKED", 50_000), patch.object(limits, "USUAL_RATIO", 2):
        ran = run("batch", f"cases.csv{ending}")
        assert ran.code == 4
        assert f"cases.csv{ending}: error[too-large]: this file unpacks to more than " in ran.err
        assert "raise the bound: `--max-unpacked " in ran.err
        assert run("batch", f"cases.csv{ending}", "--max-unpacked", "200KB").code == 0
    assert run("batch", f"cases.csv{ending}").code == 0


def test_what_is_packed_well_may_be_long(run: Run, tmp_path: Path) -> None:
    random = Random(1)
    data = b"sky\n" + b"".join(random.choice([b"dark\n", b"clear\n", b"cloudy\n"]) for _ in range(20_000))
    (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(data, 1))
    with patch.object(limits, "MOST_UNPACKED", 1000):
        assert run("batch", "cases.csv.gz").code == 0


def test_nobody_packs_a_file_for_ever(run: Run, tmp_path: Path) -> None:
    # a file can be made that unpacks to itself
    data = b"sky\ndark\n"
    for _ in range(limits.MOST_LAYERS + 1):
        data = gzip.compress(data)
    (tmp_path / "cases.csv.gz").write_bytes(data)
    ran = run("batch", "cases.csv.gz")
    assert (ran.code, "it was packed more than 4 times" in ran.err) == (4, True)


def test_an_array_is_read_whole_and_so_has_a_bound(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text(json.dumps([{"sky": "dark"}] * 100))
    with patch.object(limits, "LONGEST_ARRAY", 1000):
        ran = run("batch", "cases.json")
        assert (ran.code, "this JSON array has more than 1,000 bytes" in ran.err) == (4, True)
        assert run("batch", "cases.json", "--max-unpacked", "10KB").code == 0


def tables(columns: int) -> dict[str, Callable[[Path], object]]:
    names = [f"c{number}" for number in range(columns)]
    frame = pl.DataFrame({name: ["x", "=y", None] for name in names})
    return {
        "wide.csv": frame.write_csv,
        "wide.tsv": lambda path: frame.write_csv(path, separator="\t"),
        "wide.jsonl": frame.write_ndjson,
        "wide.parquet": frame.write_parquet,
        "wide.arrow": frame.write_ipc,
    }


@pytest.mark.parametrize("name", tables(1))
def test_a_table_has_so_many_columns(run: Run, tmp_path: Path, name: str) -> None:
    tables(60)[name](tmp_path / name)
    ran = run("batch", name, "--extra", "keep", "-o", "out.parquet", "--max-columns", "50")
    assert (ran.code, "this table has more than 50 columns" in ran.err) == (4, True)
    assert run("batch", name, "--extra", "keep", "-o", "out.parquet").code == 0


@pytest.mark.parametrize("name", tables(1))
@pytest.mark.parametrize("out", ["out.csv", "out.jsonl", "out.parquet"])
def test_the_work_grows_as_the_columns_do(run: Run, tmp_path: Path, name: str, out: str) -> None:
    # Polars makes a list of all names each time it is asked for them
    asked = []
    for columns in (50, 100):
        tables(columns)[name](tmp_path / name)
        names: Any = pl.DataFrame.columns
        count = Mock(side_effect=names.fget)
        with patch.object(pl.DataFrame, "columns", property(count, names.fset)):
            assert run("batch", name, "--extra", "keep", "-o", out, "--force").code == 0
        asked.append(count.call_count)
    assert asked[0] == asked[1] > 0


def test_a_file_that_has_fewer_rows_than_it_says_is_damaged(run: Run, tmp_path: Path) -> None:
    pl.DataFrame({"sky": ["dark"] * 3}).write_parquet(tmp_path / "cases.parquet")
    with patch("plenipo.batch.sources.parquet_and_arrow.ParquetTable.records", 10**15):
        ran = run("batch", "cases.parquet")
    assert ran.code == 4
    assert "it says that it has 1,000,000,000,000,000 rows" in ran.err


@pytest.mark.parametrize("text", ["", "0", "-1", "64 apples", "1.5GB", "MB", "1e9"])
def test_what_is_no_size_is_refused(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    assert run("batch", "cases.csv", f"--max-row={text}").code == 2
    with pytest.raises(UsageError, match="is not a size for"):
        size_of(text, "--max-unpacked")


def test_what_asks_for_more_memory_than_there_is_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(b"sky\ndark\n"))
    with patch.object(temporary_copies, "decompressed", side_effect=MemoryError):
        ran = run("batch", "cases.csv.gz")
    assert (ran.code, "it asks for more memory than there is" in ran.err) == (4, True)
