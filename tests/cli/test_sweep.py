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
    assert (lines[0]["case"], lines[0]["verdicts"]) == (1, {"sail": "recommend"})
    assert (lines[0]["lead"], lines[0]["reasons"], lines[0]["cautions"]) == (["sail"], {"sail": ["sail-when-safe"]}, {})


def test_json_says_what_leads_and_why_in_each_case(run: Run, good: str) -> None:
    clear, cloudy, dark = json.loads(run("sweep", good, "--over", "sky", "--format", "json").out)["cases"]
    assert clear["lead"] == cloudy["lead"] == ["sail"]
    assert (dark["lead"], dark["beware"]) == ([], ["sail"])
    assert dark["reasons"] == {"sail": ["no-sailing-in-the-dark"]}


def test_two_facts_make_a_table_with_its_letters_below(run: Run, good: str) -> None:
    ran = run("sweep", good, "--over", "sky,wind")
    lines = [line.split() for line in ran.out.splitlines()]
    assert ["down", "/", "across", "none", "some", "much"] in lines
    assert ["clear", "A", "A", "B", "1+0"] in lines
    assert ["dark", "B", "1+0", "B", "1+0", "B", "1+0"] in lines
    assert ["A:", "Set", "sail"] in lines
    assert ["B:", "nothing"] in lines
    table = run("sweep", good, "--over", "sky,wind", "--format", "md").out
    assert "| clear | A | A | B 1+0 |" in table


def test_one_fact_makes_a_list(run: Run, good: str) -> None:
    ran = run("sweep", good, "--over", "sky")
    assert "down / across" not in ran.out
    assert "1 of 3 cases\n   where" in ran.out
    assert "leads: Set sail" in ran.out


def test_json_counts(run: Run, good: str) -> None:
    document = json.loads(run("sweep", good, "--over", "sky", "--format", "json").out)
    assert (document["kind"], document["over"]) == ("sweep", {"sky": ["clear", "cloudy", "dark"]})
    assert document["options"]["sail"] == {
        "title": "Set sail",
        "varies": True,
        "cases": {"avoid": 1, "recommend": 2},
    }
    assert len(document["cases"]) == 3


def test_text_and_markdown_say_what_varies(run: Run, good: str) -> None:
    assert "recommend in 2 and avoid in 1" in run("sweep", good, "--over", "sky").out
    assert "## Verdicts that vary (1)" in run("sweep", good, "--over", "sky", "--format", "md").out
    assert "The same in every case: 5 silent." in run("sweep", good, "--over", "moon", "--set", "wind=storm").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--over", "skye"), "no fact is called `skye`\n  help: did you mean `sky`?"),
        (("--over", "sky", "--about", "sial"), "no option is called `sial`\n  help: did you mean `sail`?"),
        (("--over", ","), "leaves something out beside a comma"),
    ],
)
def test_what_cannot_be_is_refused_with_help(run: Run, good: str, arguments: tuple[str, ...], said: str) -> None:
    ran = run("sweep", good, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
