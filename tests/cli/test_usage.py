"""Wrong command lines, help and completion."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Run, process


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["advize"], "there is no command `advize`\n  help: did you mean `advise`?"),
        (["sources", "verfy"], "there is no command `verfy`\n  help: did you mean `verify`?"),
        (["advise", "--fomat", "json"], "there is no option `--fomat`\n  help: did you mean `--format`?"),
        (["--fomat"], "there is no option `--fomat`"),
        (["advise"], "missing argument"),
        (["advise", "--format"], "option `--format` needs a value"),
        (["advise", "x.yaml", "--format", "jsn"], "`jsn` is not one of"),
        (
            ["roadmap", "good.yaml", "surplus"],
            "cannot take `surplus` as well\n  help: a name of several words needs quotes",
        ),
    ],
)
def test_a_wrong_command_line_is_answered_in_house_words(run: Run, arguments: list[str], said: str) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("plenipo: ")
    assert said in ran.err


@pytest.mark.parametrize(
    ("arguments", "command", "said"),
    [
        (["ask", "-o", "my.yaml"], "plenipo ask my.yaml", "goes on with the answers in it"),
        (["ask", "--out=my.yaml", "--plain"], "plenipo ask my.yaml --plain", "goes on with the answers in it"),
        (["ask", "--output", "new one.yaml"], "plenipo ask 'new one.yaml'", "keeps the answers there"),
        (["ask", "late-summer-2020", "-o", "x.yaml"], "plenipo ask x.yaml --based-on late-summer-2020", "keeps the"),
        (["ask", "a", "--plain", "-o", "x.yaml"], "plenipo ask x.yaml --based-on a --plain", "keeps the answers there"),
        (["template", "-o", "mine.yaml"], "plenipo template > mine.yaml", "writes it to that file"),
        (["template", "-o", "cases.xlsx"], "plenipo template --table cases.xlsx", "writes a table"),
        (["advise", "x.yaml", "-o", "a.md"], "plenipo advise x.yaml --format md > a.md", "writes it to that file"),
        (["trace", "x.yaml", "-o", "a.txt", "--full"], "plenipo trace x.yaml --full > a.txt", "writes it to that file"),
        (["explain", "x", "y", "--out", "a", "--format", "json"], "plenipo explain x y --format json > a", "writes it"),
    ],
)
def test_a_file_to_write_is_named_by_what_can_be_pasted_instead(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], command: str, said: str
) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    Path("my.yaml").write_text("facts: {}\n")
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines()[1].startswith(f"  help: `{command}` {said}")


@pytest.mark.parametrize(
    "arguments",
    [
        ["advise", "x.yaml", "-o", "there.md"],
        ["template", "-o", "there.yaml"],
        ["advise", "x.yaml", "-o", "a.docx"],
        ["compare", "x.yaml", "y.yaml", "--output", "a.png"],
        ["advise", "x.yaml", "-o", "a.pdf"],
        ["template", "--table", "x.csv", "-o", "y"],
        ["template", "--table", "x.csv", "-o", "y.csv"],
    ],
)
def test_nothing_is_suggested_that_empties_a_file_or_writes_what_its_name_does_not_say(
    run: Run, arguments: list[str]
) -> None:
    for name in ("there.md", "there.yaml"):
        Path(name).write_text("facts: {}\n")
    ran = run(*arguments)
    assert (ran.code, ">" in ran.err) == (2, False)
    assert ("plenipo report" in ran.err) == (arguments[-1] == "a.pdf")


def test_a_file_to_write_has_no_help_of_its_own_where_there_is_such_an_option_or_no_name(run: Run) -> None:
    assert "did you mean `--out`?" in run("batch", "x.csv", "--output", "y.csv").err
    for arguments in (["advise", "x.yaml", "-o"], ["serve", "-o", "x.html"]):
        assert run(*arguments).err.count("help:") == 1
    assert "`plenipo report` writes a PDF, with `-o advice.pdf`" in run("advise", "x.yaml", "--format", "pdf").err


def test_without_a_situation_a_command_that_can_be_pasted_is_suggested(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    asked = ["--set", "talks_stage=opening", "--considering", "four_party_talks"]
    ran = run("advise", *asked)
    named, nothing = re.findall(r"help: (?:name a situation|start from nothing): `(.*)`", ran.err)
    assert shlex.split(named) == ["plenipo", "advise", "late-summer-2020", *asked]
    echoed, _, advising = nothing.partition(" | ")
    assert shlex.split(advising) == ["plenipo", "advise", "-", *asked]
    ran_on = process(*shlex.split(advising)[1:], input=shlex.split(echoed)[1].encode(), cwd=tmp_path)
    assert (ran_on.returncode, ran_on.stderr) == (0, b"")
    assert "describe a situation of your own: `plenipo template > mine.yaml`" in run("outlook").err
    assert "`plenipo explain late-summer-2020 OPTION`" in run("explain").err


@pytest.mark.parametrize(
    ("arguments", "example"),
    [
        (["explain", "late-summer-2020"], "plenipo explain late-summer-2020 four_party_talks"),
        (["change", "late-summer-2020"], "plenipo change late-summer-2020 four_party_talks consider"),
        (
            ["change", "late-summer-2020", "four_party_talks"],
            "plenipo change late-summer-2020 four_party_talks consider",
        ),
        (["sweep", "late-summer-2020"], "plenipo sweep late-summer-2020 --over us_china_friction,dprk_wants_china"),
        (["batch"], "plenipo batch cases.csv"),
    ],
)
def test_where_something_is_missing_an_example_is_given_unless_it_would_not_do(
    run: Run, monkeypatch: pytest.MonkeyPatch, arguments: list[str], example: str
) -> None:
    assert "for example" not in run(*arguments).err
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    ran = run(*arguments)
    assert ran.code == 2
    assert f"\n  help: for example: `{example}`\n" in ran.err
    assert "for example" not in run(*arguments, "--rulebook", "boats").err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("explain late-summer-2020 four party talks", "`plenipo explain` cannot take `party talks` as well"),
        ("show joint offer", "`plenipo show` cannot take `offer` as well"),
        ("change late-summer-2020 four party talks", "`plenipo change` cannot take `talks` as well"),
    ],
)
def test_words_that_are_too_many_may_be_a_name_without_quotes(run: Run, arguments: str, said: str) -> None:
    ran = run(*arguments.split())
    assert ran.code == 2
    assert ran.err.startswith(f"plenipo: {said}\n  help: a name of several words needs quotes\n")


@pytest.mark.parametrize("command", ["compare late-summer-2020", "roadmap", "explain late-summer-2020"])
def test_more_situations_than_a_command_takes_are_for_a_report(run: Run, command: str) -> None:
    ran = run(*command.split(), "november-2020-transition", "biden-first-spring-2021")
    assert ran.code == 2
    assert "`plenipo report` sets several situations side by side" in ran.err


def test_words_from_the_command_line_cannot_command_the_terminal(run: Run) -> None:
    for arguments in (["\x1b[31mred"], ["show", "\x1b]0;owned\x07"], ["advise", "a\x9b31m.yaml"]):
        assert not set("\x1b\x07\x9b") & set(run(*arguments).err)


def test_help_is_at_hand_everywhere_and_has_examples(run: Run) -> None:
    for command in ("advise", "explain", "show", "template", "test", "check", "sources", "schema"):
        for flag in ("--help", "-h"):
            ran = run(command, flag)
            assert ran.code == 0
            assert f"plenipo {command}" in ran.out.partition("Examples:")[2]


def test_no_arguments_print_the_help(run: Run) -> None:
    assert run().out == run("--help").out == run("-h").out
    assert run("--version").out == "plenipo 0.1.0\n"


def offered(words: str, boats: Path, tmp_path: Path) -> list[str]:
    environment = {
        **os.environ,
        "_PLENIPO_COMPLETE": "complete_bash",
        "COMP_WORDS": words.replace(" ", "\n"),  # as the script for bash puts them
        "COMP_CWORD": str(len(words.split(" ")) - 1),
        "PLENIPO_RULEBOOK": str(boats),
    }
    ran = process(env=environment, cwd=tmp_path)
    assert ran.stderr == b""
    return ran.stdout.decode().split()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("plenipo adv", ["advise"]),
        ("plenipo explain good.yaml sa", ["sail"]),
        ("plenipo show sa", ["sail", "safe", "sail-when-safe"]),
        ("plenipo advise --set wi", ["wind=calm", "wind=breeze", "wind=storm", "wind=unknown"]),
        ("plenipo advise --set wind=c", ["wind=calm"]),
        ("plenipo advise goo", ["good.yaml"]),
        ("plenipo advise --rulebook OTHER al", ["alone", "also"]),
        ("plenipo show --rulebook OTHER al", ["alone", "also"]),
        ("plenipo explain --rulebook OTHER wro", ["wrong"]),
        ("plenipo explain good.yaml sail --why-not a", ["avoid"]),
        ("plenipo advise --source ", ["A", "B"]),
        ("plenipo advise --considering pa", ["paint"]),
    ],
)
def test_ids_values_and_names_are_offered(
    boats: Path, good: str, tmp_path: Path, words: str, expected: list[str]
) -> None:
    other = tmp_path / "other"
    shutil.copytree(boats, other)
    (other / "facts").mkdir()
    for name, text in {"alone.yml": "facts: {}", "also.JSON": '{"facts": {}}', "wrong.yaml": "facts: {x: y}"}.items():
        (other / "facts" / name).write_text(text)
    assert offered(words.replace("OTHER", str(other)), boats, tmp_path) == expected


def test_a_rulebook_with_faults_offers_nothing(tmp_path: Path) -> None:
    assert offered("plenipo show s", tmp_path / "nowhere", tmp_path) == []


@pytest.mark.parametrize("number", ["nan", "inf"])
@pytest.mark.parametrize(
    "command",
    [["check", "--seconds"], ["diff", ".", ".", "--seconds"], ["test", "--seconds"], ["test", "--coverage", "--min"]],
)
def test_what_is_no_number_is_refused(run: Run, command: list[str], number: str) -> None:
    ran = run(*command, number)
    assert (ran.code, ran.out) == (2, "")
    assert f"invalid value for {command[-1]}: {number} is not" in ran.err.replace("`", "")
