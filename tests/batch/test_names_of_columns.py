"""Columns with any name, and ids that are names of the batch's own columns: none is lost, and none ends the program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import plenipo
from tests.batch.test_command import KINDS, read
from tests.cli.conftest import Run
from tests.conftest import seed, write_rulebook
from tests.tables import save

NAMES = ("", "*", "^id$", "^.*$", " ", "a b", "'", '"', "fired by", "self", "key", "0", "é", "{}")


def table(path: Path, name: str) -> str:
    """Write a table with a column of this name beside a fact."""
    return save(pl.DataFrame({name: ["a", "b"], "sky": ["dark", "clear"]}), path).name


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_column_of_any_name_is_kept_or_is_the_key(run: Run, tmp_path: Path, name: str, kind: str) -> None:
    cases = table(tmp_path / f"cases.{kind}", name)
    outs = ["out.csv", "out.parquet"] if kind == "csv" else [f"out.{kind}"]
    for option, out in product((("--extra", "keep"), ("--key", name)), outs):
        ran = run("batch", cases, "-o", out, *option, "--force")
        assert ran.code == 0, ran.err
        found = read(tmp_path / out, Path(out).suffix[1:])
        written = f"'{name}" if name == "'" and kind in {"csv", "tsv"} and out != "out.parquet" else name
        if name not in {"", '"'} or kind not in {"csv", "tsv"}:  # Polars reads these names otherwise
            assert found[written].to_list() == ["a", "b"]
        assert found["sail"].cast(pl.String).to_list() == ["avoid", "silent"]
    assert run("explain", "--case", "b", f"out.{kind}", "sail").code == 0


def test_what_pandas_writes_is_kept(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text(",case,sky\n0,a,dark\n1,b,clear\n")
    assert run("batch", "cases.csv", "-o", "out.jsonl", "--key", "case", "--extra", "keep").code == 0
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [(row["case"], row[""], row["sail"]) for row in rows] == [("a", "0", "avoid"), ("b", "1", "silent")]
    refused = run("batch", "cases.csv", "--key", "case")
    assert (refused.code, "a column without a name is not a fact" in refused.err) == (4, True)


@pytest.mark.parametrize("name", ["fired", "fired_0", "_fired", "_plenipo_record"])
def test_a_column_named_as_one_of_the_answers_is_refused_in_words(run: Run, tmp_path: Path, name: str) -> None:
    cases = table(tmp_path / "cases.csv", name)
    for option in (("--extra", "keep"), ("--key", name)):
        ran = run("batch", cases, "-o", "out.csv", *option)
        assert (ran.code, f"the column `{name}` cannot be" in ran.err) == (2, True)


IDS = (
    "fired",
    "fired_0",
    "fired_1",
    "self",
    "key",
    "value",
    "case_",
    "exprs",
    "rows",
    "wrong",
    "record",
    "index",
    "len",
    "count",
    "counts",
    "cell",
    "times",
    "literal",
)


def rulebook(folder: Path, fact: str, option: str) -> Path:
    files: dict[str, str | bytes] = {
        "rules/facts.yaml": "facts:\n  g:\n"
        f"    {fact}: {{ask: q, values: boolean}}\n    zz: {{ask: q, values: boolean}}\n",
        "rules/options.yaml": f"options:\n  h:\n    {option}: {{title: O}}\n",
        "rules/findings.yaml": "findings: {}\n",
        "rules/constraints.yaml": f"constraints:\n  c: {{never: {{{fact}: yes, zz: yes}}, because: No.}}\n",
        "rules/t.yaml": f"- {{id: r, when: {{{fact}: yes}}, then: {{recommend: {option}}}, because: B.,"
        " cite: [A01], basis: stated, strength: must}\n",
        "seeds/A.yaml": seed("A"),
    }
    return write_rulebook(folder, files)


def rows(path: Path) -> Iterator[dict[str, Any]]:
    yield from read(path, path.suffix[1:]).iter_rows(named=True)


@pytest.mark.parametrize(("fact", "option"), [(id, "oo") for id in IDS] + [("ff", id) for id in IDS])
def test_an_id_is_never_a_column_of_ours(tmp_path: Path, fact: str, option: str) -> None:
    book = plenipo.load_rulebook(rulebook(tmp_path / "book", fact, option))
    (tmp_path / "in.csv").write_text(f"{fact},zz\nyes,N/A\nN,no\nYES,yes\n")
    for kind, reasons in (("csv", "ids"), ("jsonl", "bits"), ("parquet", "bits"), ("arrow", "ids")):
        out = tmp_path / f"out.{kind}"
        found = plenipo.batch(tmp_path / "in.csv", out, rulebook=book, reasons=reasons, force=True)
        assert (found.situations, found.rejected) == (2, 1)
        assert found.fired == {"r": 1}
        told = [(str(row[fact]).lower(), row[option]) for row in rows(out)]
        assert told == [("true", "recommend"), ("false", "silent")]
        assert [plenipo.find_case(out, key, rulebook=book).fired for key in (1, 2)] == [{"r"}, frozenset()]
    assert plenipo.batch(tmp_path / "in.csv", rulebook=book).verdicts == {option: {"recommend": 1, "silent": 1}}
