"""What cells say: words for unknown, yes and no in tables, text after a closing quote, and what is said of rejects."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import plenipo
from plenipo.rulebook.model import Rulebook
from tests.batch.test_command import KINDS
from tests.batch.test_rows import rejects
from tests.cli.conftest import Run
from tests.tables import save


@pytest.mark.parametrize("kind", KINDS)
def test_words_for_unknown_are_read_and_counted(run: Run, tmp_path: Path, kind: str) -> None:
    words = ["N/A", "n/a", "-", "?", "NaN", "None", "NA", " - ", "dark"]
    save(pl.DataFrame({"sky": words, "tide": [*words[:5], "Y", "n", "1", "0"]}), tmp_path / f"cases.{kind}")
    ran = run("batch", f"cases.{kind}", "-o", "out.parquet", "--summary")
    assert ran.code == 0, ran.err
    out = pl.read_parquet("out.parquet")
    assert out["sky"].cast(pl.String).to_list() == [None] * 8 + ["dark"]
    assert out["tide"].cast(pl.String).to_list() == [None] * 5 + ["true", "false", "true", "false"]
    assert "read as unknown: `-` 3, `?` 2, `N/A` 2, `NaN` 2, `n/a` 2, `NA` 1, `None` 1" in ran.out.replace("\n", " ")
    found = json.loads(run("batch", f"cases.{kind}", "--format", "json").out)
    assert found["unknown"] == {"-": 3, "?": 2, "N/A": 2, "NaN": 2, "n/a": 2, "NA": 1, "None": 1}


@pytest.mark.parametrize("cells", [[1, 0, None], [1.0, 0.0, float("nan")], [True, False, None], ["yes", "No", ""]])
def test_yes_and_no_may_be_numbers(run: Run, tmp_path: Path, cells: list[Any]) -> None:
    pl.DataFrame({"tide": cells}, strict=False).write_parquet(tmp_path / "cases.parquet")
    assert run("batch", "cases.parquet", "-o", "out.parquet").code == 0
    assert pl.read_parquet("out.parquet")["tide"].cast(pl.String).to_list() == ["true", "false", None]


@pytest.mark.parametrize("cell", ["2", "10", "yn", "n / a", "--", "nothing"])
def test_other_words_are_still_wrong(run: Run, tmp_path: Path, cell: str) -> None:
    (tmp_path / "cases.csv").write_text(f"tide\n{cell}\n")
    ran = run("batch", "cases.csv")
    assert (ran.code, f"; found `{cell}`" in ran.err) == (4, True)
    (tmp_path / "one.yaml").write_text("facts: {tide: N/A}\n")
    assert run("batch", "one.yaml").code == 4


@pytest.mark.parametrize("kind", KINDS)
def test_none_is_a_value_before_it_is_nothing(tmp_path: Path, kind: str) -> None:
    book = plenipo.load_rulebook()
    fact = next(each for each in book.facts.values() if "none" in each.values)
    save(pl.DataFrame({fact.id: ["none", "NONE", "None", None, "N/A"]}), tmp_path / f"cases.{kind}")
    found = plenipo.batch(tmp_path / f"cases.{kind}", tmp_path / "out.parquet", rulebook=book)
    assert (found.situations, found.rejected, found.unknown) == (4, 1, {"N/A": 1})
    assert pl.read_parquet(tmp_path / "out.parquet")[fact.id].cast(pl.String).to_list() == ["none", "none", None, None]
    assert (
        f": error[unknown-value]: `None` may be the value `none` of the fact `{fact.id}`, "
        "or mean that it is not known: write `none` for the one, `unknown` for the other"
    ) in str(found.first[0].diagnostic())


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("csv", 'a,"he said \\"no\\" again",dark'),
        ("csv", 'a,"Fire" speech,dark'),
        ("csv", 'a,"x" and "y",dark'),
        ("csv", '"A" team,x,dark'),
        ("csv", 'a,"x,y"z,dark'),
        ("tsv", 'a\t"Fire" speech\tdark'),
        ("tsv", '"A" team\tx\tdark'),
        ("tsv", 'a\tx\t"dark"er'),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_after_a_closing_quote_makes_a_bad_row(run: Run, tmp_path: Path, kind: str, row: str, end: str) -> None:
    cut = "\t" if kind == "tsv" else ","
    lines = ["id,note,sky", "x,fine,dark", row, 'y,"fine, too",dark', 'z,"fine" ,dark', 'u,5" pipe,dark', ""]
    content = end.join(line if line == row else line.replace(",", cut) for line in lines)
    (tmp_path / f"cases.{kind}").write_bytes(content.encode())
    run("batch", f"cases.{kind}", "--key", "id", "--extra", "keep", "-o", "out.parquet")
    out = pl.read_parquet("out.parquet")
    assert out["id"].to_list() == ["x", "y", "z", "u"]
    assert out["note"].to_list() == ["fine", f"fine{cut} too", "fine", '5" pipe']
    (told,) = rejects(tmp_path / "out.parquet.rejects.jsonl")
    assert (told["row"], told["value"]) == (2, row.replace("\t", "\\t"))
    assert "goes on after its closing quote" in told["reason"]
    assert told["case"] == (None if row.startswith('"') else "a")


def test_a_row_is_called_a_row_and_keeps_its_key(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text('case,note,sky\na,"two\nlines",dark\n\nb,x,dakr\nc,y,clear,more\n')
    ran = run("batch", "cases.csv", "--key", "case", "--extra", "keep", "-o", "out.csv")
    assert "cases.csv, row 3 (b): error[unknown-value]" in ran.err
    assert "cases.csv, row 4 (c): error[bad-row]" in ran.err
    assert [each["case"] for each in rejects(tmp_path / "out.csv.rejects.jsonl")] == ["b", "c"]


@pytest.mark.parametrize("kind", ["tsv", "parquet", "arrow"])
def test_rows_of_other_tables_are_rows_and_lines_are_lines(run: Run, tmp_path: Path, kind: str) -> None:
    rows = pl.DataFrame({"id": ["a", "b"], "sky": ["dark", "dakr"]})
    save(rows, tmp_path / f"cases.{kind}")
    save(rows, tmp_path / "cases.jsonl")
    assert f"cases.{kind}, row 2 (b): error[unknown-value]" in run("batch", f"cases.{kind}", "--key", "id").err
    save(rows.rename({"id": "note"}), tmp_path / f"notes.{kind}")
    assert f"notes.{kind}, row 2: error[unknown-value]" in run("batch", f"notes.{kind}", "--extra", "keep").err
    assert "cases.jsonl:2: error[unknown-value]" in run("batch", "cases.jsonl", "--key", "id").err
    assert f"cases.{kind}, row 2 (b)" in run("batch", f"cases.{kind}", "--key", "id", "--strict").err


@pytest.mark.parametrize("cell", ["18", "1", "from", "under_1", "age", "value", "yes or"])
def test_what_was_found_is_always_said(book: Callable[..., Rulebook], tmp_path: Path, cell: str) -> None:
    facts = "facts:\n  g:\n    age: {ask: Age?, values: {under_18: below, from_18: above}}\n"
    boats = book(facts=facts + "    sky: {ask: Sky?, values: {clear: Clear, dark: Dark}}\n", rules="[]\n")
    (tmp_path / "cases.csv").write_text(f"age\n{cell}\n")
    found = plenipo.batch(tmp_path / "cases.csv", rulebook=boats)
    assert f"; found `{cell}`" in str(found.first[0].diagnostic())


@pytest.mark.parametrize("kind", ["csv", "tsv", "jsonl", "parquet", "arrow"])
def test_words_for_unknown_are_counted_in_every_kind_of_table(run: Run, tmp_path: Path, kind: str) -> None:
    words = ["N/A", "n.a.", "-", "?", "<NA>", ".", "\\N", "None"]
    tide = [1.0, float("nan"), 0.0, None, 1.0, float("nan"), 0.0, 1.0]
    save(pl.DataFrame({"id": range(8), "sky": words, "tide": tide}), tmp_path / f"cases.{kind}")
    ran = run("batch", f"cases.{kind}", "--key", "id", "--format", "json")
    assert ran.code == 0
    # JSON has no NaN: Polars writes null
    expected = dict.fromkeys(words, 1) | ({} if kind == "jsonl" else {"NaN": 2})
    assert json.loads(ran.out)["unknown"] == expected
    text = run("batch", f"cases.{kind}", "--key", "id", "-o", "out.csv").err
    assert all(f"`{word}` {times}" in text.replace("\n", " ") for word, times in expected.items())
    found = pl.read_csv(tmp_path / "out.csv", infer_schema=False)
    assert found["tide"].to_list() == ["true", None, "false", None, "true", None, "false", "true"]


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet", "arrow", "xlsx"])
def test_none_beside_a_value_none_is_two_things_in_every_kind_of_table(
    book: Callable[..., Rulebook], tmp_path: Path, kind: str
) -> None:
    facts = "facts:\n  g:\n    catch: {ask: Catch?, values: {none: No fish, some: Some fish}}\n"
    boats = book(facts=facts + "    sky: {ask: Sky?, values: {clear: Clear, dark: Dark}}\n", rules="[]\n")
    frame = pl.DataFrame({"id": ["a", "b", "c"], "catch": ["None", "none", "NONE "], "sky": ["None", "dark", None]})
    if kind == "xlsx":
        frame.write_excel(tmp_path / "cases.xlsx")
    else:
        save(frame, tmp_path / f"cases.{kind}")
    found = plenipo.batch(tmp_path / f"cases.{kind}", key="id", rulebook=boats)
    assert (found.situations, found.rejected, found.unknown) == (2, 1, {"None": 1})
    said = str(found.first[0].diagnostic())
    assert "(a): " in said or ":1: " in said
    assert "write `none` for the one, `unknown` for the other" in said
