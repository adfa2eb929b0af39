"""`plenipo advise` and `plenipo explain`: answers, formats, faults and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from plenipo.rulebook.verdict import Verdict
from tests.cli.conftest import BAD, GOOD, Run, process


def test_says_what_to_do_and_ends_with_0(run: Run, good: str) -> None:
    ran = run("advise", good)
    assert (ran.code, ran.err) == (0, "")
    assert "A quiet morning" in ran.out
    assert "Set sail" in ran.out


@pytest.mark.parametrize("form", ["text", "md"])
def test_is_plain_where_there_is_no_terminal(run: Run, good: str, form: str) -> None:
    assert "\x1b" not in run("advise", good, "--format", form).out


def test_json_has_the_verdicts_where_they_are_promised(run: Run, good: str) -> None:
    document = json.loads(run("advise", good, "--format", "json").out)
    assert document["schema_version"] == 2
    assert document["options"]["sail"]["verdict"] == "recommend"
    assert document["options"]["paint"]["verdict"] == "silent"


def test_json_names_a_bundled_situation_by_its_name_and_a_file_as_a_file(
    run: Run, good: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = json.loads(run("advise", good, "--format", "json").out)["situation"]
    assert (told["name"], told["file"]) == (good, good)
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    bundled = run("advise", "late-summer-2020", "--set", "escap_member=no", "--format", "json")
    told = json.loads(bundled.out)["situation"]
    assert (told["name"], "file" in told) == ("late-summer-2020", False)


def test_json_of_one_file_is_laid_out_and_of_several_is_one_line_each(run: Run, good: str) -> None:
    one = run("advise", good, "--format", "json").out
    two = run("advise", good, good, "--format", "json").out
    assert len(one.splitlines()) > 10
    assert [json.loads(line) for line in two.splitlines()] == [json.loads(one)] * 2


def test_answers_the_good_files_and_tells_the_faults_of_the_bad(run: Run, good: str, bad: str) -> None:
    ran = run("advise", good, bad, "missing.yaml", good, "--format", "json")
    assert ran.code == 4
    assert len(ran.out.splitlines()) == 2
    assert "bad.yaml:4:3: error[unknown-fact]: no fact is called `wnid`\n  help: did you mean `wind`?" in ran.err
    assert "bad.yaml:5:9: error[unknown-value]" in ran.err
    assert "missing.yaml: error[unreadable]" in ran.err


def test_several_answers_in_text_are_apart(run: Run, good: str) -> None:
    assert run("advise", good, good).out.count("A quiet morning") == 2


def test_sets_facts_over_those_of_the_file(run: Run, good: str) -> None:
    document = json.loads(run("advise", good, "--set", "sky=dark", "--format", "json").out)
    assert document["options"]["sail"]["verdict"] == "avoid"
    document = json.loads(run("advise", good, "--set", "wind=unknown", "--format", "json").out)
    assert document["options"]["sail"]["verdict"] == "silent"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--set", "wind"], 2, "names no value"),
        (["--set", "wind=calm", "--set", "wind = storm"], 2, "`--set` gives `wind` twice: `calm` and `storm`"),
        (["--set", "wnid=calm"], 4, "did you mean `wind`?"),
        (["--set", "wind=clam"], 4, "did you mean `calm`?"),
        (["--considering", "sial"], 4, "did you mean `sail`?"),
        (["--source", "C"], 2, "no source is called `C`"),
        (["--source", "A", "--by-source"], 2, "--by-source"),
        (["--width", "3"], 2, "--width"),
        (["--rulebook", "nowhere"], 3, "nowhere"),
    ],
)
def test_refuses_what_is_not_there(run: Run, good: str, arguments: list[str], code: int, said: str) -> None:
    ran = run("advise", good, *arguments)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_speaks_first_of_what_is_under_discussion(run: Run, good: str) -> None:
    assert "Paint the boat" not in run("advise", good).out
    assert "Paint the boat" in run("advise", good, "--considering", "paint").out


def test_gives_the_advice_of_one_essay_alone_and_of_both_side_by_side(run: Run, good: str) -> None:
    alone = json.loads(run("advise", good, "--set", "sky=dark", "--source", "A", "--format", "json").out)
    assert alone["options"]["sail"]["verdict"] == "recommend"
    ran = run("advise", good, "--set", "sky=dark", "--by-source")
    assert ran.code == 0
    assert "sail" in ran.out


def test_fits_the_width_it_is_given(run: Run, good: str) -> None:
    for width in (60, 120):
        assert max(map(len, run("advise", good, "--full", "--width", str(width)).out.splitlines())) <= width


def test_reads_stdin_once(boats: Path) -> None:
    ran = process("advise", "-", "--rulebook", str(boats), "--format", "json", input=GOOD.encode())
    assert json.loads(ran.stdout)["options"]["sail"]["verdict"] == "recommend"
    ran = process("advise", "-", "--rulebook", str(boats), input=BAD.encode())
    assert ran.returncode == 4
    assert ran.stderr.startswith(b"<stdin>:4:3: error[unknown-fact]")
    assert process("advise", "-", "-", "--rulebook", str(boats)).returncode == 2


def test_takes_the_name_of_a_bundled_situation(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    document = json.loads(run("advise", "late-summer-2020", "--format", "json").out)
    assert document["options"]["four_party_talks"]["verdict"] == "defer"
    ran = run("advise", "late-sumer-2020")
    assert ran.code == 2
    assert "did you mean `late-summer-2020`?" in ran.err


def test_goes_down_to_the_facts(run: Run, good: str) -> None:
    ran = run("explain", good, "sail")
    assert ran.code == 0
    for word in ("sail-when-safe", "The sea is safe.", "calm-is-safe", "How strong is the wind?"):
        assert word in ran.out


def test_says_why_another_verdict_was_not_given(run: Run, good: str) -> None:
    assert "no-sailing-in-the-dark" in run("explain", good, "sail", "--why-not", "avoid").out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sial"], "did you mean `sail`?"),
        (["sail", "--why-not", "avoyd"], "did you mean `avoid`?"),
        (["sail", "--texts", "nowhere"], "nowhere"),
        (["sail", "--texts", "."], "holds none of the sources"),
    ],
)
def test_explain_refuses_what_is_not_there(run: Run, good: str, arguments: list[str], said: str) -> None:
    ran = run("explain", good, *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_wrong_file_ends_with_4(run: Run, bad: str) -> None:
    assert run("explain", bad, "sail").code == 4


def test_every_verdict_may_be_asked_for(run: Run, good: str) -> None:
    for verdict in Verdict:
        assert run("explain", good, "sail", "--why-not", verdict).code == 0
