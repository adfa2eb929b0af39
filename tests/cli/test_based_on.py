"""`based_on` and `readers` on the command line: what answers say of what was taken over, and of what readers judge."""

from __future__ import annotations

import json
from pathlib import Path

import plenipo
from tests.cli.conftest import Run


def test_every_answer_says_what_was_taken_over(run: Run, good: str, boats: Path) -> None:
    Path("mine.yaml").write_text("based_on: good\nfacts: {}\n")
    facts = plenipo.load_situation("good.yaml", rulebook=plenipo.load_rulebook(boats)).facts
    count = f"{len(facts)} taken over from good"
    for command in (["advise", "mine.yaml"], ["outlook", "mine.yaml"], ["change", "mine.yaml", "sail", "avoid"]):
        assert count in " ".join(run(*command).out.split())
        document = json.loads(run(*command, "--format", "json").out)
        assert document["situation"]["taken_over"] == dict.fromkeys(facts, "good")
    assert "(taken over from good)" in " ".join(run("explain", "mine.yaml", "sail").out.split())
    Path("empty.yaml").write_text("facts: {}\n")
    given = run("advise", "empty.yaml", "--based-on", "good", "--format", "json")
    assert json.loads(given.out)["situation"]["facts"] == dict(facts)
    assert "taken_over" not in json.loads(run("advise", good, "--format", "json").out)["situation"]
    ran = run("advise", "empty.yaml", "--based-on", "goood")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("--based-on goood: error[unknown-situation]")


def test_a_batch_takes_over_as_well(run: Run, good: str) -> None:
    Path("mine.yaml").write_text("based_on: good\nfacts: {}\n")
    assert run("batch", "mine.yaml", good, "-o", "out.csv").code == 0
    mine, other = Path("out.csv").read_text().splitlines()[1:]
    assert mine.split(",")[1:] == other.split(",")[1:]


def test_what_readers_judge_is_reported_and_fails_nothing(run: Run) -> None:
    Path("read.yaml").write_text("facts: {sky: dark, wind: storm}\nexpect: {sail: avoid}\nreaders: {sail: done}\n")
    ran = run("test", "read.yaml")
    assert ran.code == 0
    assert "sail: readers judge done, and the advice is avoid" in ran.out
    document = json.loads(run("test", "read.yaml", "--format", "json").out)
    (case,) = document["situations"].values()
    assert case["readers"] == {"sail": {"judged": "done", "got": "avoid"}}
