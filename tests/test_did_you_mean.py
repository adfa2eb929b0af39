"""What a word that nothing is called by is taken for: a name with that word in it, several, or the nearest."""

from __future__ import annotations

import pytest

from plenipo.did_you_mean import did_you_mean, suggested

KNOWN = [
    "spring-2022-missile-tests",
    "biden-first-spring-2021",
    "summit_to_ratify",
    "symbolic_summit",
    "us_china_friction",
    *(f"talks_{number}" for number in range(8)),
]


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("missile tests", ["did you mean `spring-2022-missile-tests`?"]),
        ("Biden", ["did you mean `biden-first-spring-2021`?"]),
        ("tests, missile", ["did you mean `spring-2022-missile-tests`?"]),
        ("us_china_frictoin", ["did you mean `us_china_friction`?"]),
        ("summit", ["did you mean `summit_to_ratify` or `symbolic_summit`?"]),
        ("SPRING", ["did you mean `spring-2022-missile-tests` or `biden-first-spring-2021`?"]),
        (
            "talks",
            ["did you mean `talks_0`, `talks_1`, `talks_2`, `talks_3`, `talks_4`, `talks_5` or 2 more?"],
        ),
        ("frction", ["did you mean `us_china_friction`?"]),
        ("sumit", ["did you mean `summit_to_ratify` or `symbolic_summit`?"]),
        ("Bidn", ["did you mean `biden-first-spring-2021`?"]),
        ("us", []),
        ("", []),
        ("?!", []),
        ("weather", []),
        ("summit " * 1000, []),
    ],
)
def test_a_word_is_taken_for_the_names_that_have_it(word: str, said: list[str]) -> None:
    assert list(did_you_mean(word, KNOWN)) == said


def test_only_one_name_is_a_suggestion_for_programs() -> None:
    assert suggested(did_you_mean("biden", KNOWN)) == "biden-first-spring-2021"
    assert suggested(did_you_mean("summit", KNOWN)) is None
