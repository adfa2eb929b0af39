"""Wrong rows, lines and files: the others are answered, and each fault is reported with what was likely meant."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import plenipo
from plenipo.errors import SituationError
from plenipo.rulebook.model import Rulebook
from tests.batch.test_command import read
from tests.cli.conftest import Run


def rejects(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_bad_row_does_not_stop_the_good_ones(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(
        "id,sky,wind\na,clear,calm\nb,dakr,clam\nc,dark,\n,clear,calm\nd,clear,calm,too much\n\ne,dark,storm\n"
    )
    ran = run("batch", "cases.csv", "-o", "out.csv", "--key", "id")
    assert ran.code == 4
    assert ran.err.count("error[unknown-value]") == 2
    assert ran.err.count("error[missing-key]") == 1
    assert "  help: did you mean `dark`?\n" in ran.err
    assert ran.err.endswith(
        "and 1 more fault, all in out.csv.rejects.jsonl\n"
        "3 situations answered in out.csv; 3 rows rejected for 4 faults, listed in out.csv.rejects.jsonl\n"
    )
    assert read(tmp_path / "out.csv", "csv").select("id", "sail").rows() == [
        ("a", "recommend"),
        ("c", "avoid"),
        ("e", "avoid"),
    ]
    told = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert [(each["row"], each["case"], each["column"], each["value"], each["nearest"]) for each in told] == [
        (2, "b", "sky", "dakr", "dark"),
        (2, "b", "wind", "clam", "calm"),
        (4, None, "id", None, None),
        (5, "d", None, "too much", None),
    ]
    assert told[0]["file"] == "cases.csv"
    assert told[0]["reason"] == "no value of the fact `sky`: its values are `clear`, `cloudy` or `dark`"
    assert told[3]["reason"] == "there are 4 cells in this row, and 3 in the header"


def test_strict_stops_at_the_first_bad_row(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\nclear\ndakr\nblack\n")
    ran = run("batch", "cases.csv", "-o", "out.csv", "--strict")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("cases.csv, row 2: error[unknown-value]: no value of the fact `sky`")
    assert "did you mean `dark`?" in ran.err
    assert "black" not in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["cases.csv"]


def test_a_bad_fact_file_is_a_bad_row(run: Run, tmp_path: Path, good: str, bad: str) -> None:
    (tmp_path / "broken.yaml").write_text("facts: [")
    (tmp_path / "value.yaml").write_text("facts:\n  sky: dakr\n")
    ran = run("batch", good, bad, "broken.yaml", "value.yaml", "gone.yaml", "-o", "out.csv")
    assert ran.code == 4
    assert read(tmp_path / "out.csv", "csv").select("case", "sail").rows() == [("good.yaml", "recommend")]
    told = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert {each["file"] for each in told} == {"bad.yaml", "broken.yaml", "value.yaml", "gone.yaml"}
    by_column = {each["column"]: each for each in told if each["column"]}
    assert (by_column["wnid"]["row"], by_column["wnid"]["nearest"]) == (4, "wind")
    assert (by_column["sky"]["row"], by_column["sky"]["value"], by_column["sky"]["nearest"]) == (2, "dakr", "dark")


def test_bad_lines_of_json_are_bad_rows(run: Run, tmp_path: Path) -> None:
    lines = [
        b'{"sky": "dark"}',
        b"{",
        b"[1]",
        b'{"sky": ["dark"]}',
        b'{"sky": "\xff"}',
        b'{"sky": 1}',
        b"",
        b'{"sky": null}',
        '{"é": null}'.encode(),
    ]
    (tmp_path / "cases.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    assert run("batch", "cases.jsonl", "-o", "out.csv", "--extra", "keep").code == 4
    answered = read(tmp_path / "out.csv", "csv").select("case", "sail").rows()
    assert answered == [("1", "avoid"), ("8", "silent"), ("9", "silent")]
    reasons = {each["row"]: each["reason"] for each in rejects(tmp_path / "out.csv.rejects.jsonl")}
    assert reasons[2] == "this line is not well-formed JSON"
    assert reasons[3] == "this line is no JSON object"
    assert reasons[4] == "a text should stand here, not a list or an object"
    assert reasons[5] == "this is not UTF-8 text"
    assert reasons[6].startswith("no value of the fact `sky`")


def test_facts_that_exclude_one_another_make_a_bad_row(tmp_path: Path) -> None:
    book = plenipo.load_rulebook()
    constraint = book.constraints[0]
    never = {atom.name: atom.values[0] for atom in constraint.never.every_atom()}
    (tmp_path / "cases.jsonl").write_text(json.dumps(never) + "\n" + json.dumps(dict.fromkeys(never)) + "\n")
    found = plenipo.batch(tmp_path / "cases.jsonl", tmp_path / "out.jsonl")
    assert (found.situations, found.rejected) == (1, 1)
    (told,) = rejects(tmp_path / "out.jsonl.rejects.jsonl")
    assert constraint.because in told["reason"]
    assert set(told["column"].split(", ")) <= never.keys()


def test_rows_are_refused_for_what_a_fact_file_is_refused_for(book: Callable[..., Rulebook], tmp_path: Path) -> None:
    constraints = (
        "constraints:\n"
        "  not-in: {never: {sky: clear, wind: calm}, because: One.}\n"
        "  not-out: {never: {sky: clear, wind: [breeze, storm]}, because: Other.}\n"
        "  aside: {never: {moon: no, any: [{wind: storm}, {sky: dark}]}, because: Third.}\n"
    )
    boats = book(constraints=constraints)
    names = ["sky", "wind", "moon"]
    cases = list(product(*(["", *boats.facts[name].values] for name in names)))
    pl.DataFrame(cases, schema=names, orient="row").write_csv(tmp_path / "cases.csv")
    plenipo.batch(tmp_path / "cases.csv", tmp_path / "out.csv", rulebook=boats)
    told = rejects(tmp_path / "out.csv.rejects.jsonl")
    refused: dict[int, list[list[str]]] = {}
    for row, case in enumerate(cases, 1):
        try:
            plenipo.load_situation(dict(zip(names, case, strict=True)), rulebook=boats)
        except SituationError as error:
            refused[row] = sorted(sorted(f"{fault.message}: {fault.help[0]}".split()) for fault in error.diagnostics)
    assert any("no value of `wind` satisfies the constraints" in each["reason"] for each in told)
    assert refused == {
        row: sorted(sorted(each["reason"].split()) for each in told if each["row"] == row)
        for row in {each["row"] for each in told}
    }
    assert {each["check"] for each in told} == {"impossible-facts"}


def test_text_of_csv_that_only_python_can_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bytes.csv").write_bytes(b'note;sky\n"two\nlines";dark\nfine;cl\xffar\nfine;clear\n\xc3\xa9;dark\n')
    run("batch", "bytes.csv", "-o", "out.csv", "--extra", "keep")
    out = read(tmp_path / "out.csv", "csv")
    assert out.select("note", "sail").rows() == [("two\nlines", "avoid"), ("fine", "silent"), ("é", "avoid")]
    (told,) = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert (told["row"], told["column"], told["reason"]) == (2, "sky", "this is not UTF-8 text")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "there is no header in this file"),
        (b"sky,sky\nclear,dark\n", "the header has the column `sky` twice"),
        (b"sky,\xff\xc3\xa9\nclear,\xc3\xa9\n", "this is not UTF-8 text"),
    ],
)
def test_headers_that_cannot_be_read(run: Run, tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "cases.csv").write_bytes(content)
    ran = run("batch", "cases.csv", "-o", "out.csv")
    assert ran.code == 4
    assert said in ran.err


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_a_broken_table_is_told(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / f"cases.{kind}").write_bytes(b"PAR1 and nothing else")
    ran = run("batch", f"cases.{kind}", "-o", "out.csv")
    assert ran.code == 4
    assert ran.err.startswith(f"cases.{kind}: error[unreadable]: ")
    assert run("batch", f"gone.{kind}").code == 4
