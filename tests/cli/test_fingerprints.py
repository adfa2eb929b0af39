"""`plenipo sources fingerprint`: what an author of a rulebook needs to write a source down, without another tool."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import yaml

import plenipo
from plenipo.rulebook.essays import fingerprint
from tests.cli.conftest import Run
from tests.conftest import write_rulebook
from tests.made_up import single

TEXT = "On rain\r\n\r\nRain makes\r\n  people wet.\r\n\r\nSnow does, too.\r\n"


def test_what_is_printed_can_be_pasted_into_a_source_and_verified(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(TEXT)
    printed = run("sources", "fingerprint", "rain.txt")
    assert (printed.code, printed.err) == (0, "")
    source = (
        f"id: P\nauthor: A walker\nfile: rain.txt\npropositions:\n  P01: {{paragraph: 2, kind: premise, "
        f"strength: plain, says: So.}}\n{printed.out}"
    )
    write_rulebook(tmp_path / "own", {**single.FILES, "seeds/P.yaml": source})
    verified = run("sources", "verify", "rain.txt", "--rulebook", "own")
    assert (verified.code, "3 of 3 paragraphs in their place" in verified.out) == (0, True), verified


def test_it_says_which_text_and_how_long_each_paragraph_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "rain.txt").write_text(TEXT)
    (tmp_path / "sun.txt").write_text("Sun.")
    printed = run("sources", "fingerprint", "rain.txt", "sun.txt").out
    assert [line.partition("#")[2] for line in printed.splitlines() if "#" in line] == [
        " rain.txt",
        " 1: 2 words",
        " 2: 4 words",
        " 3: 3 words",
        " sun.txt",
        " 1: 1 word",
    ]
    assert yaml.safe_load(printed.split("\n\n")[1]) == {"paragraphs": [fingerprint("Sun.")]}
    assert plenipo.fingerprints([tmp_path / "sun.txt"]).splitlines()[1:] == printed.splitlines()[-2:]


def test_standard_input_is_a_text_as_well(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"Sun.\n")))
    assert fingerprint("Sun.") in run("sources", "fingerprint", "-").out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "there is no such file"),
        (b"", "there is nothing in this file"),
        (b"\xff\xfe\xfa", "this is not UTF-8 text"),
    ],
)
def test_what_cannot_be_read_is_said(content: bytes | None, said: str, run: Run, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "rain.txt").write_bytes(content)
    ran = run("sources", "fingerprint", "rain.txt")
    assert (ran.code, ran.out, said in ran.err) == (2, "", True), ran


def test_a_source_without_fingerprints_is_told_the_command(run: Run, tmp_path: Path) -> None:
    write_rulebook(tmp_path / "own", {**single.FILES, "seeds/P.yaml": "id: P\n"})
    assert "`plenipo sources fingerprint FILE` prints them" in run("check", "--rulebook", "own").err
