"""The situations that come with one's own rulebook: their names, and every way in which they are named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.generated import ROOT

EXPECTING = "title: A calm day\nfacts: {wind: calm}\nexpect: {sail: recommend}\n"


@pytest.fixture
def own(boats: Path, tmp_path: Path) -> Path:
    """A rulebook with situations of every ending."""
    folder = tmp_path / "own"
    shutil.copytree(boats, folder)
    (folder / "facts").mkdir()
    (folder / "facts" / "calm.yaml").write_text(EXPECTING)
    (folder / "facts" / "gale.yml").write_text("facts: {wind: storm}\nexpect: {sail: silent}\n")
    (folder / "facts" / "night.json").write_text('{"facts": {"sky": "dark"}, "expect": {"sail": "avoid"}}')
    (folder / "facts" / "Noon.YAML").write_text("based_on: calm\nfacts: {sky: clear}\nexpect: {sail: recommend}\n")
    return folder


@pytest.mark.parametrize("name", ["calm", "gale", "night", "Noon"])
@pytest.mark.parametrize(
    "command",
    [
        "advise NAME",
        "explain NAME sail",
        "test NAME",
        "batch NAME",
        "show NAME",
        "outlook NAME",
        "trace NAME",
        "compare NAME calm --set tide=yes",
        "sweep NAME --over tide",
        "roadmap NAME",
        "advise - --based-on NAME",
    ],
)
def test_a_name_belongs_to_the_rulebook_in_use(
    run: Run, own: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str
) -> None:
    words = command.replace("NAME", name).split()
    if "-" in words:
        (own / "none.yaml").write_text("facts: {}\n")
        words[words.index("-")] = str(own / "none.yaml")
    ran = run(*words, "--rulebook", str(own))
    assert (ran.code, ran.err) == (0, "")
    monkeypatch.setenv("PLENIPO_RULEBOOK", str(own))
    assert run(*words).code == 0


def test_every_fact_file_of_the_rulebook_is_tested_and_shown(run: Run, own: Path) -> None:
    assert "4 of 4 expectations hold in 4 situations" in run("test", "--rulebook", str(own)).out
    shown = json.loads(run("show", "--rulebook", str(own), "--format", "json").out)["situations"]
    assert sorted(shown) == ["Noon", "calm", "gale", "night"]
    (own / "facts" / "gale.yml").write_text("facts: {wind: storm}\nexpect: {sail: recommend}\n")
    assert run("test", "--rulebook", str(own)).code == 1
    assert run("test", "--coverage", "--min", "0", "--rulebook", str(own)).code == 1


def test_two_files_of_one_name_are_told_apart(run: Run, own: Path) -> None:
    (own / "facts" / "calm.yml").write_text("facts: {wind: calm}\nexpect: {sail: avoid}\n")
    for command in (["advise", "calm"], ["batch", "calm"], ["test", "calm"]):
        ran = run(*command, "--rulebook", str(own))
        assert ran.code == 2
        assert "2 situations are called `calm`: " in ran.err
        assert "calm.yaml` and `" in ran.err
        assert "help: name one of the files" in ran.err
    assert run("advise", "calm.yml", "--rulebook", str(own)).code == 0
    assert "4 of 5 expectations hold" in run("test", "--rulebook", str(own)).out.replace("\n", " ")


@pytest.mark.parametrize("command", ["advise", "test", "outlook", "trace"])
def test_a_situation_of_another_rulebook_is_one_line(run: Run, own: Path, command: str) -> None:
    ran = run(command, str(ROOT / "facts" / "late-summer-2020.yaml"), "--rulebook", str(own))
    assert ran.code == 4
    assert ran.err.count("error[") == 1
    assert "facts are not in this rulebook: it was written for another" in ran.err
    ran = run(command, "late-summer-2020", "--rulebook", str(own))
    assert ran.code == 2
    assert "it comes with the bundled rulebook" in ran.err


@pytest.mark.parametrize("facts", ["{wnid: calm}", "{Wind: calm, Sky: dark, Tide: yes}", "{wind: calm, x: y, z: y}"])
def test_a_slip_is_still_told_fact_by_fact(run: Run, own: Path, facts: str) -> None:
    (own / "mine.yaml").write_text(f"facts: {facts}\n")
    ran = run("advise", str(own / "mine.yaml"), "--rulebook", str(own))
    assert "it was written for another" not in ran.err


def test_only_a_near_name_is_suggested_for_a_file(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(EXPECTING)
    assert "did you mean" not in run("advise", "nosuch.yaml").err
    assert "did you mean" not in run("advise", "nosuch.json").err
    assert "did you mean `mine.yaml`?" in run("advise", "mien.yaml").err
    assert "did you mean `mine.yaml`?" in run("advise", "mine.json").err
    assert "did you mean `calm`?" in run("advise", "clam", "--rulebook", str(own)).err


EMPTY = ["facts: {wind: calm}\n", "facts: {wind: calm}\nexpect:\n", "facts: {wind: calm}\nexpect: {}\n"]


@pytest.mark.parametrize("text", [*EMPTY, "facts: {wind: calm}\n# expect:\n#   sail: avoid\n"])
def test_what_expects_nothing_does_not_pass(run: Run, tmp_path: Path, text: str) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text(text)
    for named in ("cases/a.yaml", "cases", "cases/*.yaml", "cases/"):
        ran = run("test", named)
        assert (ran.code, ran.err) == (1, "")
        assert "nothing was tested: nothing is expected" in ran.out
    assert json.loads(run("test", "cases", "--format", "json").out)["passed"] is False
    (tmp_path / "cases" / "b.yml").write_text(EXPECTING)
    ran = run("test", "cases")
    assert ran.code == 0
    assert "1 of 1 expectation holds in 2 situations; 1 situation expects nothing" in ran.out


def test_folders_and_patterns_name_fact_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases" / "below").mkdir(parents=True)
    (tmp_path / "cases" / "a.yaml").write_text(EXPECTING)
    (tmp_path / "cases" / "below" / "b.JSON").write_text('{"facts": {"wind": "calm"}, "expect": {"sail": "avoid"}}')
    assert run("test", "cases").code == 1
    assert run("test", "cases/*.yaml").code == 0
    assert len(run("advise", "cases", "--format", "json").out.splitlines()) == 2
    assert len(run("advise", "cases/**", "cases/a.yaml", "--format", "json").out.splitlines()) == 3
    (tmp_path / "empty").mkdir()
    for word, said in (("empty", "holds no fact file"), ("cases/*.yml", "nothing matches"), ("", "is empty")):
        for command in ("test", "advise"):
            ran = run(command, word)
            assert (ran.code, ran.out) == (2, "")
            assert said in ran.err


def test_one_of_something_is_not_called_several(run: Run, own: Path) -> None:
    for rules in (own / "rules").glob("*.yaml"):
        if rules.stem == "constraints":
            rules.unlink()
    (own / "rules" / "constraints.yaml").write_text(
        "constraints: {dry: {never: {sky: clear, wind: storm}, because: No.}}\n"
    )
    several = [
        f"1 {word}s " for word in ("rule", "fact", "finding", "constraint", "proposition", "paragraph", "situation")
    ]
    for command in (["show"], ["check"], ["sources"], ["test", "calm"]):
        said = " ".join(run(*command, "--rulebook", str(own)).out.replace(",", " ").replace(";", " ").split())
        assert said
        assert [each for each in several if f" {each}" in f" {said} "] == []
    assert "1 constraint," in run("show", "--rulebook", str(own)).out
