"""`plenipo report`: a file that is whole or not there, and that nothing overwrites unasked."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

import plenipo
from plenipo.cli.main import main
from tests.report.web_page import checked

SITUATION = "late-summer-2020"
OTHER = "november-2020-transition"


def told(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> str:
    assert main(["report", *arguments]) == code
    said = capsys.readouterr()
    return said.err if code else said.out


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("advice.html", "<!doctype html>"),
        ("ADVICE.HTM", "<!doctype html>"),
        ("advice.md", "# Late summer 2020"),
        ("advice.txt", "Late summer 2020"),
        ("advice.json", "{"),
    ],
)
def test_the_name_says_what_to_write(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, begins: str
) -> None:
    assert told(capsys, SITUATION, "-o", str(tmp_path / name)) == ""
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_format_says_it_for_any_name_and_for_stdout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told(capsys, SITUATION, "-o", str(tmp_path / "advice"), "--format", "html")
    printed = told(capsys, SITUATION, "-o", "-", "--format", "html")
    assert (tmp_path / "advice").read_text(encoding="utf-8") == printed
    assert "plenipo report late-summer-2020 -o advice.html" in checked(printed).said
    assert told(capsys, SITUATION, "--width", "80").startswith("Late summer 2020: the American campaign")


def test_what_is_set_beside_the_files_is_in_the_command_that_makes_it_again(
    capsys: pytest.CaptureFixture[str],
) -> None:
    flags = ("--set", "us_china_friction=low", "--considering", "four_party_talks")
    document = json.loads(told(capsys, SITUATION, OTHER, *flags, "--format", "json"))
    assert [each["advice"]["situation"]["facts"]["us_china_friction"] for each in document["situations"]] == ["low"] * 2
    printed = told(capsys, SITUATION, OTHER, *flags, "--format", "html")
    assert f"plenipo report {SITUATION} {OTHER} {' '.join(flags)} -o advice.html" in checked(printed).said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("advice", "does not say what to write"),
        ("advice.docx", "word processors open `.html`"),
        ("advice.svg", "this answer cannot be written as a `.svg` file"),
        ("advice.CSV", "let the name end in `.html`, `.md`, `.txt`, `.json` or `.pdf`"),
        ("missing/advice.html", "there is no folder"),
        (".", "does not say what to write"),
    ],
)
def test_what_cannot_be_written_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, said: str
) -> None:
    assert said in told(capsys, SITUATION, "-o", str(tmp_path / name), code=2)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "advice.html"
    out.write_text("mine")
    out.chmod(0o600)
    refused = told(capsys, SITUATION, "-o", str(out), code=2)
    assert "already exists" in refused
    assert "--force overwrites it" in refused
    assert out.read_text() == "mine"
    told(capsys, SITUATION, "-o", str(out), "--force")
    checked(out.read_text(encoding="utf-8"))
    assert stat.S_IMODE(out.stat().st_mode) == 0o600


def test_a_fact_file_is_never_overwritten(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mine = tmp_path / "mine.yaml"
    mine.write_text("facts: {us_china_friction: high}\n")
    link = tmp_path / "link.html"
    link.symlink_to(mine)
    for out in (mine, link):
        refused = told(capsys, str(mine), "-o", str(out), "--format", "html", "--force", code=2)
        assert "is an input, and would be overwritten" in refused
    assert mine.read_text() == "facts: {us_china_friction: high}\n"


def test_where_a_file_is_wrong_nothing_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("facts: {us_china_frictoin: high}\n")
    out = tmp_path / "advice.html"
    assert "did you mean `us_china_friction`" in told(capsys, SITUATION, str(wrong), "-o", str(out), code=4)
    assert not out.exists()


def test_several_situations_are_no_one_page_of_advice(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["advise", SITUATION, OTHER, "--format", "html"]) == 2
    assert f"`plenipo report {SITUATION} {OTHER} -o advice.html`" in capsys.readouterr().err


def test_any_answer_can_be_written_to_a_file(tmp_path: Path) -> None:
    plenipo.write_answer(plenipo.brief(SITUATION), tmp_path / "brief.md")
    plenipo.write_answer(plenipo.show("four_party_talks"), tmp_path / "entry.html")
    assert (tmp_path / "brief.md").read_text(encoding="utf-8") == plenipo.render(plenipo.brief(SITUATION), "md")
    checked((tmp_path / "entry.html").read_text(encoding="utf-8"))
