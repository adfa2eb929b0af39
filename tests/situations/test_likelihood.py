"""What a fact file may call likely: weights on values of facts that are not known, or what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

import plenipo
from plenipo.errors import SituationError
from plenipo.rulebook.model import Rulebook
from plenipo.situations.read import read_situation
from plenipo.situations.write import fact_file


@pytest.fixture
def boats(book: Callable[..., Rulebook]) -> Rulebook:
    """The small rulebook about boats."""
    return book()


def told(rulebook: Rulebook, likely: str, facts: str = "{}") -> str:
    """Return what is wrong with what a fact file calls likely."""
    with pytest.raises(SituationError) as caught:
        read_situation(rulebook, f"facts: {facts}\nlikely: {likely}\n", "mine.yaml")
    return str(caught.value)


def test_weights_are_exact_and_in_the_spelling_of_the_fact(boats: Rulebook) -> None:
    text = (
        "facts: {wind: calm}\nlikely: {sky: {Dark: 0.1, clear: 9/10}, tide: {yes: .25, unknown: 0.75}, moon: Equal}\n"
    )
    assert read_situation(boats, text).likely == {
        "sky": {"dark": Fraction(1, 10), "clear": Fraction(9, 10)},
        "tide": {"true": Fraction(1, 4), "unknown": Fraction(3, 4)},
        "moon": {"true": Fraction(1, 2), "false": Fraction(1, 2)},
    }


def test_what_rounding_takes_away_is_made_good(boats: Rulebook) -> None:
    likely = read_situation(boats, "facts:\nlikely: {sky: {clear: 0.333, cloudy: 0.333, dark: 0.333}}").likely
    assert likely["sky"] == dict.fromkeys(("clear", "cloudy", "dark"), Fraction(1, 3))


def test_json_may_say_it_as_well(boats: Rulebook) -> None:
    text = '{"facts": {}, "likely": {"tide": {"true": 0.5, "false": 0.5}}}'
    assert read_situation(boats, text).likely["tide"]["true"] == Fraction(1, 2)


def test_nothing_likely_says_nothing(boats: Rulebook) -> None:
    assert read_situation(boats, "facts: {}\nlikely:\n") == read_situation(boats, "facts: {}\nlikely: {}\n")


NUMBER = "should be a number such as 0.6 or 3/5, not"
VALUES = "  help: its values are `clear`, `cloudy` or `dark`; `unknown` for not known even then"
SHAPE = "error[wrong-shape]: what is likely of `sky` should be values with weights, or `equal`, not"
EXAMPLE = "  help: write `sky: {clear: 0.7, cloudy: 0.3}`"


@pytest.mark.parametrize(
    ("likely", "said"),
    [
        (
            "{sky: {clear: 0.6, dark: 0.3}}",
            ["15: error[wrong-value]: the weights of `sky` should sum to 1, and sum to 0.9"],
        ),
        (
            "{sky: {clear: 2/3, dark: 2/3}}",
            ["15: error[wrong-value]: the weights of `sky` should sum to 1, and sum to 4/3"],
        ),
        ("{sky: {clear: 1, dark: 0}}", ["32: error[wrong-value]: the weight of `dark` should be more than 0"]),
        ("{sky: {clear: -1, dark: 2}}", [f"23: error[wrong-value]: the weight of `clear` {NUMBER} `-1`"]),
        ("{sky: {clear: 1e99, dark: 1}}", [f"23: error[wrong-value]: the weight of `clear` {NUMBER} `1e99`"]),
        ("{sky: {clear: 1/0, dark: 1}}", [f"23: error[wrong-value]: the weight of `clear` {NUMBER} `1/0`"]),
        ("{sky: {clear: [], dark: 1}}", [f"23: error[wrong-value]: the weight of `clear` {NUMBER} a list"]),
        (
            "{sky: {clear: 0.5, drak: 0.5}}",
            [
                "28: error[unknown-value]: `drak` is not a value of the fact `sky`",
                "  help: did you mean `dark`?",
                VALUES,
            ],
        ),
        ("{tide: {yes: 0.5, true: 0.5}}", ["27: error[duplicate-key]: the value `true` has a weight already"]),
        ("{skye: equal}", ["10: error[unknown-fact]: no fact is called `skye`", "  help: did you mean `sky`?"]),
        ("{sky: clear}", [f"15: {SHAPE} `clear`", EXAMPLE]),
        ("{sky: {}}", [f"15: {SHAPE} nothing", EXAMPLE]),
        ("[sky]", ["9: error[wrong-shape]: `likely` should be a mapping, not a list"]),
    ],
)
def test_every_fault_is_told_with_its_place(boats: Rulebook, likely: str, said: list[str]) -> None:
    assert told(boats, likely) == "mine.yaml:2:" + "\n".join(said)


def test_a_fact_is_known_or_likely(boats: Rulebook) -> None:
    assert told(boats, "{sky: equal}", "{sky: dark}") == (
        "mine.yaml:2:10: error[given-and-likely]: `sky` has a value among the facts, and so cannot be likely as well\n"
        "  also: mine.yaml:1:14: `sky: dark` is here\n"
        "  help: keep one of the two"
    )
    assert "sky" in read_situation(boats, "facts: {sky: unknown}\nlikely: {sky: equal}").likely


def test_a_fact_that_is_set_is_no_longer_likely(boats: Rulebook) -> None:
    read = read_situation(boats, "facts: {}\nlikely: {sky: equal, tide: equal, moon: equal}")
    held = plenipo.load_situation(read, rulebook=boats, changes={"sky": "dark", "tide": None})
    assert (dict(held.facts), set(held.likely)) == ({"sky": "dark"}, {"moon"})


def test_it_reads_back_as_it_was_told(boats: Rulebook) -> None:
    read = read_situation(boats, "facts: {}\nlikely: {sky: equal, tide: {yes: 0.6, no: 0.4}}", "x")
    assert read_situation(boats, fact_file(read), "x") == read


def test_advice_takes_it_as_unknown_and_says_so(boats: Rulebook) -> None:
    read = read_situation(boats, "facts: {wind: calm}\nlikely: {sky: {dark: 1}}")
    advice = plenipo.advise(read, rulebook=boats)
    assert advice.options["sail"].verdict == "recommend"
    assert "1 of 4 facts known (1 more only likely, taken as unknown)" in plenipo.render(advice)
    assert '"likely": {\n      "sky": {\n        "dark": 1.0' in plenipo.render(advice, "json")
