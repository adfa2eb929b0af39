"""`plenipo sweep`: tables of cases, faults and exit codes."""

from __future__ import annotations

import csv
import json

import pytest

from tests.cli.conftest import Run


def test_csv_has_a_row_for_each_case(run: Run, good: str) -> None:
    ran = run("sweep", good, "--over", "sky,wind", "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    rows = list(csv.DictReader(ran.out.splitlines()))
    assert [(row["case"], row["sky"], row["wind"]) for row in rows][:4] == [
        ("1", "clear", "calm"),
        ("2", "clear", "breeze"),
        ("3", "clear", "storm"),
        ("4", "cloudy", "calm"),
    ]
    assert [row["sail"] for row in rows] == ["recommend", "recommend", "silent"] * 2 + ["avoid"] * 3


def test_json_lines_have_a_line_for_each_case(run: Run, good: str) -> None:
    ran = run("sweep", good, "--over", "tide", "--unknown", "--about", "sail", "--format", "jsonl")
    lines = [json.loads(line) for line in ran.out.splitlines()]
    assert [line["facts"]["tide"] for line in lines] == [True, False, "unknown"]
    assert lines[0] == {"schema_version": 2, "case": 1, "facts": {"tide": True}, "verdicts": {"sail": "recommend"}}


def test_json_counts(run: Run, good: str) -> None:
    document = json.loads(run("sweep", good, "--over", "sky", "--format", "json").out)
    assert (document["kind"], document["over"]) == ("sweep", {"sky": ["clear", "cloudy", "dark"]})
    assert document["options"]["sail"] == {
        "title": "Set sail",
        "varies": True,
        "cases": {"avoid": 1, "recommend": 2},
    }
    assert len(document["cases"]) == 3


def test_text_and_markdown_tell_what_varies(run: Run, good: str) -> None:
    assert "recommend in 2 and avoid in 1" in run("sweep", good, "--over", "sky").out
    assert "## Verdicts that vary (1)" in run("sweep", good, "--over", "sky", "--format", "md").out
    assert "The same in every case: 5 silent." in run("sweep", good, "--over", "moon", "--set", "wind=storm").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--over", "skye"), "no fact is called `skye`\n  help: did you mean `sky`?"),
        (("--over", "sky", "--about", "sial"), "no option is called `sial`\n  help: did you mean `sail`?"),
        (("--over", ","), "there is nothing to sweep over"),
    ],
)
def test_what_cannot_be_is_refused_with_help(run: Run, good: str, arguments: tuple[str, ...], said: str) -> None:
    ran = run("sweep", good, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
