"""`--errors json`: stderr is nothing but JSON, an object for each fault."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from plenipo.cli import main as entry
from plenipo.report.output_schemas import output_schemas
from tests.cli.conftest import BAD, Ran, Run


def faults(ran: Ran) -> list[dict[str, Any]]:
    """Return what stderr says, after making sure that each line is as the schema has it."""
    found = [json.loads(line) for line in ran.err.splitlines()]
    assert found
    for each in found:
        jsonschema.validate(each, output_schemas()["fault"])
    return found


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["advize"], 2, ("usage", None, "advise")),
        (["sources", "verfy"], 2, ("usage", None, "verify")),
        (["help", "advize"], 2, ("usage", None, "advise")),
        (["advise"], 2, ("usage", "FILE...", None)),
        (["explain", "good.yaml"], 2, ("usage", "OPTION", None)),
        (["advise", "good.yaml", "--fomat", "json"], 2, ("usage", "--fomat", "--format")),
        (["advise", "good.yaml", "--format"], 2, ("usage", "--format", None)),
        (["advise", "good.yaml", "--format", "jsn"], 2, ("usage", "--format", "json")),
        (["robust", "good.yaml", "--samples", "none"], 2, ("usage", "--samples", None)),
        (["explain", "good.yaml", "sial"], 2, ("usage", None, "sail")),
        (["advise", "good.yaml", "--set", "wnid=calm"], 4, ("unknown-fact", "--set wnid=calm", "wind")),
        (["check", "--rulebook", "nowhere"], 3, ("unreadable", None, None)),
        (["batch", "nowhere.csv"], 4, ("unreadable", None, None)),
        (["ask"], 2, ("usage", None, None)),
    ],
)
def test_a_fault_is_an_object(
    run: Run, good: str, arguments: list[str], code: int, expected: tuple[str | None, ...]
) -> None:
    ran = run(*arguments, "--errors", "json")
    said = faults(ran)
    assert (ran.code, ran.out) == (code, "")
    assert tuple(said[0][key] for key in ("check", "argument", "nearest")) == expected
    assert {each["exit_code"] for each in said} == {code}
    assert {each["severity"] for each in said} == {"error"}


def test_the_option_may_come_first_and_in_one_word(run: Run, bad: str) -> None:
    first, last = run("--errors=json", "advise", bad), run("advise", bad, "--errors=json")
    assert first == last
    assert [each["place"] for each in faults(first)] == [
        {"file": "bad.yaml", "line": 4, "column": 3, "row": None},
        {"file": "bad.yaml", "line": 5, "column": 9, "row": None},
    ]
    assert run("advise", bad).err.startswith("bad.yaml:4:3: error[unknown-fact]")
    assert run("advise", bad, "--errors", "text").err == run("advise", bad).err


def test_the_nearest_name_is_told_with_another_rulebook_too(
    run: Run, good: str, boats: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    for arguments, nearest in (
        (["explain", good, "sial"], "sail"),
        (["show", "wnid"], "wind"),
        (["sweep", good, "--over", "tyde"], "tide"),
        (["change", good, "sail", "avoyd"], "avoid"),
    ):
        (fault,) = faults(run(*arguments, "--rulebook", str(boats), "--errors", "json"))
        assert fault["nearest"] == nearest


def test_a_word_that_is_taken_for_a_name_is_a_remark(run: Run, good: str) -> None:
    ran = run("advise", good, "--set", "Wind=Storm", "--errors", "json")
    assert ran.code == 0
    assert {(each["severity"], each["check"], each["exit_code"]) for each in faults(ran)} == {("remark", "note", None)}


def test_a_form_that_there_is_not_is_refused(run: Run) -> None:
    for arguments in (["show", "--errors"], ["--errors", "jsn", "show"], ["show", "--errors="]):
        ran = run(*arguments)
        assert (ran.code, ran.out) == (2, "")
        assert "there is no form" in ran.err
        assert "write `--errors json`" in ran.err


def test_faults_of_one_of_several_files_do_not_mix_with_words(run: Run, good: str, bad: str) -> None:
    ran = run("advise", good, bad, "--format", "json", "--errors", "json")
    assert ran.code == 4
    assert [each["nearest"] for each in faults(ran)] == ["wind", None]
    assert json.loads(ran.out)["situation"]["name"] == "good.yaml"


def test_a_row_of_a_table_has_its_row_and_column(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky,wind\nclear,calm\ndrak,calm\n")
    (tmp_path / "cases.jsonl").write_text('{"sky": "clear"}\n{"sky": "drak"}\n')
    for name, place in (("cases.csv", (None, 2)), ("cases.jsonl", (2, None))):
        ran = run("batch", name, "-o", "out.csv", "--force", "--errors", "json")
        first, *others = faults(ran)
        assert (ran.code, ran.out) == (4, "")
        assert (first["check"], first["nearest"]) == ("unknown-value", "dark")
        assert first["place"]["column"] == "sky"
        assert (first["place"]["line"], first["place"]["row"]) in (place, place[::-1])
        assert [each["severity"] for each in others] == ["remark"]
        assert "1 situation answered" in others[-1]["message"]


def test_a_summary_on_stderr_is_json_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky,wind\nclear,calm\n")
    ran = run("batch", "cases.csv", "-o", "-", "--format", "csv", "--summary", "--errors", "json")
    assert [json.loads(line)["kind"] for line in ran.err.splitlines()] == ["batch-summary"]


def test_an_interruption_and_a_fault_of_ours_are_objects(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for raised, code, check in (
        (KeyboardInterrupt(), 130, "interrupted"),
        (ZeroDivisionError("0"), 70, "internal-error"),
    ):

        def broken(_: object, raised: BaseException = raised) -> int:
            raise raised

        monkeypatch.setattr("plenipo.cli.app.run", broken)
        ran = run("show", "--errors", "json")
        assert (ran.code, [(each["check"], each["exit_code"]) for each in faults(ran)]) == (code, [(check, code)])
    assert entry.main(["--version"]) == 0


def test_the_next_command_line_of_a_process_speaks_in_words_again(run: Run) -> None:
    assert run("advize", "--errors", "json").err.startswith("{")
    assert run("advize").err.startswith("plenipo: ")


def test_nothing_in_a_fault_commands_a_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text(BAD.replace("wnid", '"w\\x1b[31m"'))
    for arguments in (["advise", "odd.yaml"], ["\x1b[31mred"], ["show", "\x9b31m"]):
        assert not set("\x1b\x07\x9b") & set(run(*arguments, "--errors", "json").err)
