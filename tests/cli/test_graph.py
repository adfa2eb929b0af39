"""`plenipo graph`: what it draws for the words that it is given, and where it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture(autouse=True)
def bundled(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("word", ["four_party_talks", "four-party talks", "Hold four-party talks with China"])
def test_an_option_alone_is_drawn_as_the_rulebook_has_it(run: Run, word: str) -> None:
    ran = run("graph", word, "--format", "json")
    assert ran.code == 0
    drawn = json.loads(ran.out)
    assert run("graph", word).out.startswith("The rulebook")
    assert drawn["option"] == "four_party_talks"
    assert run("graph", "late-summer-2020", word).out.startswith("Late summer 2020")
    assert [each["id"] for each in drawn["nodes"] if each["kind"] == "option"] == ["four_party_talks"]


def test_a_file_and_a_situation_come_before_an_option_of_that_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "four_party_talks").write_text("title: Mine\nfacts: {us_china_friction: high}\n")
    assert run("graph", "four_party_talks").out.startswith("Mine")
    assert run("graph", "late-summer-2020").out.startswith("Late summer 2020")


@pytest.mark.parametrize("word", ["summit", "us_china_friction", "nosuch"])
def test_a_word_that_is_no_option_is_a_situation_that_is_missing(run: Run, word: str) -> None:
    ran = run("graph", word)
    assert ran.code == 2
    assert f"no file and no bundled situation is called `{word}`" in ran.err


@pytest.mark.parametrize("command", ["graph", "roadmap"])
@pytest.mark.parametrize("ending", ["svg", "html", "md", "json"])
def test_what_is_written_is_told(run: Run, tmp_path: Path, command: str, ending: str) -> None:
    ran = run(command, "late-summer-2020", "-o", f"out.{ending}")
    assert (ran.code, ran.out, ran.err) == (0, "", f"out.{ending} is written.\n")
    assert (tmp_path / f"out.{ending}").stat().st_size > 0
    assert run(command, "late-summer-2020", "--format", ending).err == ""


@pytest.mark.parametrize("name", ["slide.png", "slide.JPG", "slide.webp"])
def test_pictures_of_points_are_refused_with_what_to_write_instead(run: Run, tmp_path: Path, name: str) -> None:
    for command in ("graph", "roadmap"):
        ran = run(command, "late-summer-2020", "-o", name)
        assert ran.code == 2
        assert "slides and documents take `.svg`" in ran.err
    assert list(tmp_path.iterdir()) == []
    assert "slides" not in run("report", "late-summer-2020", "-o", name).err
