"""Names that mean something else than they were given for: the messages say what, and where the right ones are."""

from __future__ import annotations

from pathlib import Path

import pytest

from plenipo.rulebook.catalogue.field_terms import VERDICT_TERMS
from plenipo.rulebook.verdict import Verdict
from tests.cli.conftest import Run
from tests.generated import ROOT


@pytest.mark.parametrize(
    ("arguments", "said", "help"),
    [
        (["explain", "good.yaml", "wind"], "no option is called `wind`", "it is a fact; `plenipo show wind` shows"),
        (["explain", "good.yaml", "safe"], "no option is called `safe`", "it is a finding; `plenipo show safe`"),
        (["explain", "good.yaml", "A01"], "no option is called `A01`", "it is a proposition; `plenipo show A01`"),
        (["explain", "good.yaml", "mine.yaml"], "no option is called `mine.yaml`", "looks like a file, and FILE comes"),
        (["explain", "sail", "good.yaml"], "no file and no situation", "it is an option, and FILE comes first"),
        (["explain", "good.yaml", "zzz"], "no option is called `zzz`", "`plenipo show options` lists them"),
        (["change", "good.yaml", "sial", "avoid"], "no option is called `sial`", "did you mean `sail`?"),
        (["change", "good.yaml", "sail", "avoid", "--hold", "sail"], "no fact is called `sail`", "it is an option;"),
        (["sweep", "good.yaml", "--over", "foo"], "no fact is called `foo`", "`plenipo show facts` lists them"),
        (["robust", "good.yaml", "--equal", "foo"], "no fact is called `foo`", "`plenipo show facts` lists them"),
        (["robust", "good.yaml", "--about", "tide"], "no option is called `tide`", "it is a fact;"),
        (["advise", ""], "the name of the situation is empty", "name a fact file or a situation"),
        (
            ["advise", "late-summer-2020"],
            "no situation of this rulebook",
            "it comes with the bundled rulebook: leave out",
        ),
        (["advise", "zzz"], "no file and no situation of this rulebook is called `zzz`", "name a fact file"),
    ],
)
def test_a_name_out_of_place_is_told_for_what_it_is(
    run: Run, good: str, arguments: list[str], said: str, help: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert help in ran.err
    assert max(map(len, ran.err.splitlines())) < 120


@pytest.mark.parametrize(
    ("arguments", "said", "help"),
    [
        (["explain", "good.yaml", "late-summer-2020"], "no option", "it is a situation, and FILE comes first"),
        (["advise", "late-sumer-2020"], "no situation of this rulebook is called", "did you mean `late-summer-2020`?"),
        (["advise", "zzz"], "no situation of this rulebook is called `zzz`", "plenipo show --rulebook"),
    ],
)
def test_a_name_of_the_bundled_rulebook_is_told_as_well(
    run: Run, tmp_path: Path, arguments: list[str], said: str, help: str
) -> None:
    (tmp_path / "good.yaml").write_text("facts: {}\n")
    ran = run(*arguments, "--rulebook", str(ROOT))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert help in ran.err


def test_change_without_any_way_ends_with_1(run: Run, good: str) -> None:
    assert run("change", good, "sail", "avoid").code == 0
    assert run("change", good, "sail", "recommend").code == 0, "it has that verdict already"
    assert run("change", good, "sail", "done").code == 1


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("recommend", "do it; the author says must or should"),
        ("silent", "the sources give no advice here"),
        ("could", "how binding or how sure"),
        ("inferred", "it is our reading"),
        ("options", "Set sail"),
        ("facts", "wind"),
        ("rules", "sail-when-safe"),
        ("propositions", "A01"),
    ],
)
def test_show_knows_words_and_lists(run: Run, word: str, said: str) -> None:
    ran = run("show", word)
    assert (ran.code, ran.err) == (0, "")
    assert said in ran.out


def test_show_tells_the_situations_that_come_with_the_rulebook(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("show", "late-summer-2020").code == 2, "it belongs to another rulebook"
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    told = run("show", "late-summer-2020").out
    for part in ("Late summer 2020", "as of: 2020-08-31", "us_china_friction", "much, or growing. Friction is growing"):
        assert part in told
    assert "did you mean `late-summer-2020`?" in run("show", "late-sumer-2020").err


def test_the_words_are_those_of_the_glossary() -> None:
    glossary = " ".join((ROOT / "docs" / "glossary.md").read_text().split())
    for word, sentence in VERDICT_TERMS.items():
        assert f"**{word}**: {sentence}" in glossary
    assert list(VERDICT_TERMS) == list(Verdict)


def test_what_the_command_line_gives_is_told_under_the_words_that_gave_it(run: Run, good: str) -> None:
    ran = run("advise", good, good, "--set", "wnid=calm", "--set", "sky=drak")
    assert (ran.code, ran.out) == (4, "")
    assert "--set wnid=calm: error[unknown-fact]: no fact is called `wnid`\n  help: did you mean `wind`?" in ran.err
    assert "--set sky=drak: error[unknown-value]: `drak` is not a value of the fact `sky`" in ran.err
    assert ran.err.count("wnid=") == 1, "it is told once, however many files there are"
    ran = run("advise", good, "--considering", "sial")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("--considering sial: error[unknown-option]: no option is called `sial`\n")
    assert run("outlook", good, "--set", "sky=drak").err.startswith("--set sky=drak: error")


def test_a_source_may_be_named_in_small_letters(run: Run, good: str) -> None:
    assert run("advise", good, "--source", "b").out == run("advise", good, "--source", "B").out
    assert "no source is called `q`" in run("explain", good, "sail", "--source", "q").err


def test_a_misspelt_label_given_for_a_value_leads_to_the_value(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    ran = run("advise", "late-summer-2020", "--set", "us_china_friction=much, or groing")
    assert ran.code == 4
    assert "help: did you mean `high`?" in ran.err
