"""The other commands: what they print and with which exit code they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import GOOD, RULES, Run
from tests.conftest import write_rulebook


def test_show_knows_every_name_and_the_nearest_one(run: Run) -> None:
    for name in ("wind", "sail", "safe", "sail-when-safe", "A01", "B"):
        assert name in run("show", name).out
    ran = run("show", "sial")
    assert (ran.code, ran.err) == (
        2,
        "plenipo: nothing in the rulebook is called `sial`\n  help: did you mean `sail`?\n",
    )


def test_show_alone_is_the_overview(run: Run) -> None:
    ran = run("show")
    assert "4 facts, 5 options, 3 findings, 3 rules, 0 constraints, 18 propositions" in ran.out
    assert json.loads(run("show", "--format", "json").out)["tracks"] == {"boats": 3}


def test_the_situations_shown_and_tested_are_those_of_the_rulebook(
    run: Run, boats: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Situations" not in run("show").out
    ran = run("test")
    assert (ran.code, ran.out) == (2, "")
    assert "no situations come with the rulebook in" in ran.err
    own = tmp_path / "own"
    shutil.copytree(boats, own)
    (own / "facts").mkdir()
    (own / "facts" / "quiet.yaml").write_text(GOOD)
    assert "quiet: A quiet morning" in run("show", "--rulebook", str(own)).out
    assert "no-sailing-in-the-dark" in run("test", "--rulebook", str(own)).out, "no situation fires it"
    ran = run("test", "--rulebook", str(own), "--format", "json")
    assert (ran.code, len(json.loads(ran.out)["situations"])) == (0, 1)
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    assert "late-summer-2020" in run("show").out


@pytest.mark.parametrize("arguments", [["template"], ["template", "--full"]])
def test_a_template_is_a_situation_in_which_nothing_is_known(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "mine.yaml").write_text(run(*arguments).out)
    ran = run("advise", "mine.yaml", "--format", "json")
    assert ran.code == 0
    assert {option["verdict"] for option in json.loads(ran.out)["options"].values()} == {"silent"}


def test_test_holds_situations_against_what_they_expect(run: Run, good: str, tmp_path: Path) -> None:
    assert run("test", good).code == 0
    (tmp_path / "wrong.yaml").write_text(GOOD.replace("recommend", "avoid"))
    ran = run("test", good, "wrong.yaml")
    assert ran.code == 1
    assert "sail: expected avoid, and the advice is recommend" in ran.out
    assert "sail-when-safe" in ran.out
    assert "2 of 3 rules fire in at least one" in ran.out
    assert "no-sailing-in-the-dark" not in ran.out, "these are not all situations there are"


def test_test_says_what_a_file_without_expectations_lacks(run: Run, bad: str, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("facts: {sky: clear}\n")
    told = run("test", "mine.yaml").out
    assert "mine.yaml: this file expects nothing" in told
    assert "add `expect:`" in told
    ran = run("test", bad)
    assert (ran.code, "rules fire" in ran.out) == (4, False)


def test_test_with_a_file_that_is_wrong_ends_with_4(run: Run, good: str, bad: str) -> None:
    ran = run("test", good, bad, "--format", "json")
    assert ran.code == 4
    assert list(json.loads(ran.out)["situations"]) == [good]


def test_check_finds_what_is_neither_cited_nor_background(run: Run) -> None:
    ran = run("check")
    assert ran.code == 1
    assert "uncited-proposition" in ran.out
    assert "source A: 9 propositions, 2 cited, 0 background, 7 neither" in ran.out
    assert json.loads(run("check", "--format", "json").out)["coverage"]["A"]["cited"] == 2


def test_a_rulebook_that_cannot_be_loaded_ends_with_3(run: Run, tmp_path: Path, boats: Path) -> None:
    files: dict[str, str | bytes] = {
        path.relative_to(boats).as_posix(): path.read_bytes() for path in boats.rglob("*.yaml")
    }
    files["rules/boats.yaml"] = RULES.replace("find: safe", "find: saef").encode()
    broken = write_rulebook(tmp_path / "broken", files)
    for arguments in (["check"], ["show"], ["advise", "late-summer-2020"]):
        ran = run(*arguments, "--rulebook", str(broken))
        assert (ran.code, ran.out) == (3, "")
        assert "error[unknown-finding]" in ran.err
        assert "did you mean `safe`?" in ran.err


def test_sources_lists_and_verifies(run: Run, tmp_path: Path) -> None:
    assert "9 propositions" in run("sources").out
    assert list(json.loads(run("sources", "--format", "json").out)["sources"]) == ["A", "B"]
    (tmp_path / "essay.txt").write_text("Nothing of the kind.\n")
    assert run("sources", "verify", "essay.txt").code == 1
    assert run("sources", "verify", "missing.txt").code == 2


def test_schema_prints_or_writes(run: Run, tmp_path: Path) -> None:
    printed = json.loads(run("schema").out)
    assert "situation" in printed
    ran = run("schema", "--out", "schemas")
    assert (ran.code, ran.err) == (0, "")
    assert len(list((tmp_path / "schemas").glob("*.json"))) == len(printed)
