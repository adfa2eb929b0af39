"""Files that are something else than their name says, or than any table that is read."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run

FRAME = pl.DataFrame({"id": ["a", "b"], "sky": ["dark", "clear"]})


@pytest.mark.parametrize("name", ["cases.csv", "cases.txt", "cases.jsonl", "cases.json", "cases.xlsx", "cases"])
@pytest.mark.parametrize("kind", ["parquet", "arrow", "stream"])
def test_a_packed_table_is_read_whatever_its_name(run: Run, tmp_path: Path, name: str, kind: str) -> None:
    writers: Mapping[str, Callable[[Path], None]] = {
        "parquet": FRAME.write_parquet,
        "arrow": FRAME.write_ipc,
        "stream": FRAME.write_ipc_stream,
    }
    writers[kind](tmp_path / name)
    ran = run("batch", name, "--key", "id", "-o", "out.csv")
    assert (ran.code, ran.err) == (0, "2 situations answered in out.csv\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
@pytest.mark.parametrize("packed", [False, True])
def test_json_lines_that_are_called_json_are_read(run: Run, tmp_path: Path, end: str, packed: bool) -> None:
    data = "".join(f'{{"id": "{id}", "sky": "dark"}}{end}' for id in "ab").encode()
    (tmp_path / "part-0.json").write_bytes(gzip.compress(data) if packed else data)
    assert run("batch", "part-0.json", "--key", "id", "-o", "out.csv").code == 0
    assert [line[0] for line in (tmp_path / "out.csv").read_text().splitlines()[1:]] == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [
        ("cases.sav", b"$FL2@(#) SPSS DATA FILE", "a file of SPSS"),
        ("cases.dta", b"<stata_dta><header>", "a file of Stata"),
        ("cases.rds", gzip.compress(b"X\n\0\0\0\3", mtime=0), "a file of R"),
        ("cases.csv", b"%PDF-1.4\n", "a PDF file"),
        ("cases.xls", b"\n<html><body><table>", "a web page, whatever its name says"),
        ("cases.xls", b'<?xml version="1.0"?><Workbook/>', "an XML file"),
        ("cases", b"SQLite format 3\0", "a database of SQLite"),
        ("cases.pkl", b"\x80\x04\x95", "a pickle of Python"),
    ],
)
def test_what_is_not_read_is_called_what_it_is(run: Run, tmp_path: Path, name: str, data: bytes, what: str) -> None:
    (tmp_path / name).write_bytes(data)
    ran = run("batch", name, "-o", "out.csv")
    assert (ran.code, ran.err.splitlines()[0]) == (4, f"{name}: error[unreadable]: this is {what}, which is not read")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize(
    "data",
    [
        {"sky": {"0": "dark"}, "tide": {"0": True}},
        {"sky": ["dark", "clear"]},
        {"columns": ["sky"], "data": [["dark"]]},
        {"type": "FeatureCollection", "features": [{"properties": {"sky": "dark"}}]},
        [["id", "sky"], ["a", "dark"]],
    ],
)
def test_json_in_another_shape_than_rows_is_told_which_shape(run: Run, tmp_path: Path, data: object) -> None:
    (tmp_path / "cases.json").write_text(json.dumps(data))
    ran = run("batch", "cases.json")
    assert ran.code == 4
    assert "a table in JSON is an array of rows, as in `[{" in ran.err


def test_objects_over_several_lines_are_told_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps({"id": id, "sky": "dark"}, indent=2) for id in "ab"))
    ran = run("batch", "cases.jsonl")
    assert (ran.code, ran.err.count("error[")) == (4, 1)
    assert "cases.jsonl:1: error[wrong-shape]: an object goes over several lines here" in ran.err


def test_text_that_is_kept_as_bytes_is_read(run: Run, tmp_path: Path) -> None:
    pl.DataFrame({"id": [1, 2], "sky": [b"dark", b"clear"]}).write_parquet(tmp_path / "cases.parquet")
    assert run("batch", "cases.parquet", "--key", "id", "-o", "out.csv").code == 0
    assert pl.read_csv(tmp_path / "out.csv")["sky"].to_list() == ["dark", "clear"]
