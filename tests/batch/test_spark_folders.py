"""`plenipo explain --case` on a batch that is a folder of parts, as Spark writes it; no Spark is needed to read one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.batch.test_command import ROWS, table
from tests.cli.conftest import Run

NAME = "part-{:05}-6f1c0d3e-9a52-4b8e-8f0e-2d5a7c1b9e44-c000{}"
KINDS: dict[str, tuple[str, Callable[[pl.DataFrame, Path], object]]] = {
    "parquet": (".snappy.parquet", lambda frame, path: frame.write_parquet(path, compression="snappy")),
    "csv": (".csv", lambda frame, path: frame.write_csv(path)),
    "tsv": (".csv", lambda frame, path: frame.write_csv(path, separator="\t")),
    "jsonl": (".json", lambda frame, path: frame.write_ndjson(path)),
}


def in_parts(run: Run, folder: Path, kind: str, *told: str, rows: int = 2) -> None:
    """Make a batch and write it as Spark does: a folder of parts, what it says of itself beside it."""
    given = folder.parent / "given.jsonl"
    if not given.exists():
        table(given)
    assert run("batch", given.name, "-o", "whole.arrow", "--key", "id", *told).code == 0
    plain = pl.read_ipc(folder.with_name("whole.arrow"))
    answers = plain.cast({pl.Enum: pl.String, pl.UInt32: pl.Int64})
    ending, write = KINDS[kind]
    folder.mkdir()
    for number, part in enumerate(answers.iter_slices(rows)):
        write(part, folder / NAME.format(number, ending))
        (folder / f".{NAME.format(number, ending)}.crc").write_bytes(b"crc")
    (folder / "_SUCCESS").touch()
    folder.with_name("whole.arrow.about.json").replace(folder.with_name(f"{folder.name}.about.json"))


@pytest.mark.parametrize("name", ["out.{}", "out"])
@pytest.mark.parametrize("reasons", ["bits", "ids", "none"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_case_is_explained_in_the_words_of_a_single_file(
    run: Run, tmp_path: Path, kind: str, reasons: str, name: str
) -> None:
    out = name.format(kind)
    in_parts(run, tmp_path / out, kind, "--reasons", reasons)
    for case, facts in (("dawn", "{sky: clear, wind: calm, tide: yes}"), ("dusk", "{sky: dark}")):
        (tmp_path / "one.yaml").write_text(f"facts: {facts}\n")
        alone = run("explain", "one.yaml", "sail")
        told = run("explain", "--case", case, f"{out}/", "sail")
        assert (told.code, told.err) == (0, "")
        (said, _), (said_of_case, again) = (ran.out.split("plenipo explain") for ran in (alone, told))
        assert said_of_case == said.replace("one.yaml", f"{out}, id {case}")
        assert run("explain", *again.split()).code == 0


def test_the_parts_are_one_batch(run: Run, tmp_path: Path) -> None:
    table(tmp_path / "given.jsonl", [*ROWS, ROWS[0]])
    in_parts(run, tmp_path / "out.parquet", "parquet")
    ran = run("explain", "--case", "dawn", "out.parquet", "sail")
    assert (ran.code, ran.out) == (2, "")
    assert "2 rows of `out.parquet` have the id `dawn`" in ran.err
    assert "unlike `id`" in ran.err
    ran = run("explain", "--case", "midnight", "out.parquet", "sail")
    assert (ran.code, ran.out) == (2, "")
    assert "no row of `out.parquet` has the id `midnight`" in ran.err


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_a_part_without_rows_is_passed_over(run: Run, tmp_path: Path, kind: str) -> None:
    in_parts(run, tmp_path / "out", kind)
    (tmp_path / "out" / NAME.format(9, KINDS[kind][0])).touch()
    assert run("explain", "--case", "night", "out", "sail").code == 0


def test_a_folder_without_what_it_says_of_itself_is_no_batch(run: Run, tmp_path: Path) -> None:
    in_parts(run, tmp_path / "out.parquet", "parquet")
    (tmp_path / "out.parquet.about.json").unlink()
    for folder in ("out.parquet", ".", "/", ".."):
        ran = run("explain", "--case", "dawn", folder, "sail")
        assert (ran.code, ran.out) == (2, "")
        assert "is not a batch that plenipo wrote" in ran.err
    assert "`out.parquet.about.json` beside it" in run("explain", "--case", "dawn", "out.parquet", "sail").err


def test_a_folder_that_holds_something_else_is_refused(run: Run, tmp_path: Path) -> None:
    in_parts(run, tmp_path / "out.parquet", "parquet")
    (tmp_path / "out.parquet" / "notes.txt").write_text("mine")
    ran = run("explain", "--case", "dawn", "out.parquet", "sail")
    assert (ran.code, ran.out) == (2, "")
    assert "`out.parquet/notes.txt` is not part of a batch\n  help: a batch of Spark is a folder of" in ran.err


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_that_cannot_be_read_is_named(run: Run, tmp_path: Path, kind: str) -> None:
    in_parts(run, tmp_path / "out", kind)
    part = tmp_path / "out" / NAME.format(0, KINDS[kind][0])
    for content in (b"PAR1 and no more", b"[1]\n", b'{"sky": "dark"}\n'):
        part.write_bytes(content)
        ran = run("explain", "--case", "night", "out", "sail")
        assert (ran.code, ran.out) == (4, "")
        assert f"out/{part.name[:50]}" in ran.err
        assert "is not as `plenipo batch` wrote it" in ran.err


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "arrow"])
def test_a_key_that_could_be_a_formula_is_found_in_every_kind_of_file(run: Run, tmp_path: Path, kind: str) -> None:
    table(tmp_path / "cases.jsonl", [{"=id": "=1", "sky": "dark"}, {"=id": "'=2", "sky": "dark"}, {"=id": "b"}])
    run("batch", "cases.jsonl", "-o", f"out.{kind}", "--key", "=id")
    for key in ("=1", "'=2", "b"):
        ran = run("explain", "--case", key, f"out.{kind}", "sail", "--format", "json")
        assert (ran.code, ran.err) == (0, "")
        assert json.loads(ran.out)["verdict"] == ("silent" if key == "b" else "avoid")
