"""Options that take several words take them alike everywhere: after commas, in several options, or both."""

from __future__ import annotations

import pytest

from plenipo.cli.main import main
from tests.cli.conftest import Run

#: A command line for each option that takes several, whose words are to follow, and two of these words.
SEVERAL = [
    (["sweep", "good.yaml", "--over"], "tide", "moon"),
    (["sweep", "good.yaml", "--over", "tide", "--about"], "sail", "paint"),
    (["robust", "good.yaml", "--equal"], "tide", "moon"),
    (["robust", "good.yaml", "--equal", "tide", "--about"], "sail", "paint"),
    (["change", "good.yaml", "sail", "avoid", "--hold"], "sky", "wind"),
    (["change", "good.yaml", "sail", "avoid", "--may-change"], "moon", "tide"),
    (["trace", "good.yaml", "--rule"], "calm-is-safe", "sail-when-safe"),
    (["trace", "good.yaml", "--option"], "sail", "paint"),
    (["advise", "good.yaml", "--considering"], "paint", "mend"),
    (["advise", "good.yaml", "--set"], "wind=storm", "sky=dark"),
    (["explain", "good.yaml", "sail", "--set"], "wind=storm", "sky=dark"),
    (["compare", "good.yaml", "--set"], "wind=storm", "sky=dark"),
    (["roadmap", "good.yaml", "--suppose"], "wind=storm", "sky=dark"),
]
WORDS = pytest.mark.parametrize(("words", "one", "other"), SEVERAL, ids=[" ".join(words) for words, _, _ in SEVERAL])


@WORDS
def test_commas_and_repeated_options_are_the_same(run: Run, good: str, words: list[str], one: str, other: str) -> None:
    option = words[-1]
    repeated = run(*words, one, option, other)
    assert (repeated.code in (0, 1), repeated.err) == (True, "")
    for given in (
        [f"{one},{other}"],
        [f"{one}, {other}"],
        [f" {one} ,{other} "],
        [one, f"{option}={other}"],
        [f"{one},{other}", option, one],
    ):
        assert run(*words, *given).out.split("\n\n ")[0] == repeated.out.split("\n\n ")[0]
    assert run(*words, one).out != repeated.out or "change" in words or "trace" in words


@WORDS
def test_a_comma_with_nothing_beside_it_is_told(run: Run, good: str, words: list[str], one: str, other: str) -> None:
    option = words[-1]
    for given in ("", ",", f"{one},", f",{one}", f"{one},,{other}", f"{one}, ,{other}"):
        ran = run(*words, given)
        assert (ran.code, ran.out) in [(2, ""), (4, "")]
        assert option in ran.err
        assert "help: " in ran.err


def test_a_comma_in_a_value_separates_nothing(run: Run, good: str) -> None:
    ran = run("advise", good, "--set", "wind=calm, or nearly")
    assert ran.code == 4
    assert "`calm, or nearly` is not a value of the fact `wind`" in ran.err


def test_the_help_shows_that_several_may_be_given(capsys: pytest.CaptureFixture[str]) -> None:
    for words, _, _ in SEVERAL:
        assert main([words[0], "--help"]) == 0
        shown = capsys.readouterr().out
        assert ",..." in shown.partition("\nOptions:")[2].partition(f"\n  {words[-1]} ")[2].partition("\n")[0]
