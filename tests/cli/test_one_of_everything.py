"""Where there is one of something, every command says so of one, in each of its formats."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.conftest import write_rulebook
from tests.made_up import single

#: One of something, called by a word that means several.
SEVERAL = re.compile(
    r"\b(?:1|one)(?: more| other| likely)* "
    r"(?!(?:is|was|has|does|this|less|class|always|needs|as|holds|yes|survives|\w+ss)\b)[a-z]+s\b"
    r"|\bof 1 \w+ (?:are|hold|stand|have)\b|\b1(?: of them)? (?:are|hold|survive|stand)\b"
)
ASKED = [
    ["show"],
    *(["show", name] for name in ("rain", "stay", "wet", "wet-rain", "P", "P01", "owner", "rainy", "facts", "options")),
    ["check"],
    ["test"],
    ["test", "--coverage"],
    ["test", "--mutate"],
    ["sources"],
    ["sources", "verify", "text.txt"],
    ["diff", ".", "."],
    *(["advise", situation, *more] for situation in ("rainy", "open") for more in ([], ["--full"], ["--by-source"])),
    *(["roadmap", situation] for situation in ("rainy", "open")),
    *(["report", situation] for situation in ("rainy", "open")),
    ["report", "rainy", "open"],
    *(["explain", situation, "stay", "--why-not", "avoid"] for situation in ("rainy", "open")),
    *(["trace", situation, "--not-fired"] for situation in ("rainy", "open")),
    *(["graph", situation] for situation in ("rainy", "open")),
    *(["outlook", situation] for situation in ("rainy", "open")),
    *(["change", "open", "stay", verdict] for verdict in ("recommend", "avoid")),
    ["change", "rainy", "stay", "silent"],
    ["compare", "rainy", "open"],
    ["compare", "rainy", "rainy"],
    ["sweep", "open", "--over", "rain"],
    *(["robust", "open", *more] for more in ([], ["--full"], ["--samples", "100"], ["--samples", "1"])),
    *(["batch", table, "-o", "out.csv"] for table in ("table.csv", "mixed.csv", "facts/rainy.yaml")),
    ["template"],
]


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_one_is_never_called_several(
    words: list[str], run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rulebook(tmp_path, single.FILES)
    monkeypatch.setenv("PLENIPO_RULEBOOK", str(tmp_path))
    said = ""
    for form in ("text", "md", "html"):
        force = ["--force"] if words[0] == "batch" else []
        ran = run(*words, *force, *([] if form == "text" else ["--format", form]))
        assert form != "text" or ran.code in {0, 1, 4}, ran
        said += f"{ran.out}\n{ran.err}\n"
    words_alone = re.sub(r"<style>.*?</style>|<[^>]*>", "", said, flags=re.DOTALL)
    wrong = SEVERAL.findall(re.sub(r"\s+", " ", words_alone))
    assert not wrong


def test_what_is_looked_for_is_found() -> None:
    wrong = (
        "1 propositions",
        "in 1 situations",
        "1 of 1 facts known",
        "of 1 verdict hold",
        "the one verdicts",
        "1 are",
    )
    right = (
        "1 proposition",
        "in 1 situation",
        "1 of 1 fact known",
        "1 is left",
        "1 of 2 facts",
        "11 facts",
        "1 fact holds",
        "0.1 s",
    )
    assert all(map(SEVERAL.search, wrong))
    assert not any(map(SEVERAL.search, right))


def test_a_step_alone_is_not_done_in_parallel(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_rulebook(tmp_path, single.FILES)
    monkeypatch.setenv("PLENIPO_RULEBOOK", str(tmp_path))
    assert "Do now\n" in run("advise", "rainy", "--full").out
