"""The rulebook's own suite: expectations, and the rules that no situation reaches."""

from __future__ import annotations

import json
from collections.abc import Callable

import plenipo
from plenipo.advice.adviser import advise
from plenipo.audit.suite import hold_to_expectations
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict

Book = Callable[..., Rulebook]


def situation(name: str, expect: dict[str, str], **facts: str) -> Situation:
    return Situation(facts, name=name, expect=expect)


def test_every_bundled_situation_gets_the_advice_that_it_expects() -> None:
    result = plenipo.run_suite()
    differing = {case.advice.situation.name: case.differences for case in result.cases if case.differences}
    assert differing == {}
    assert result.passed
    assert len(result.cases) >= 10


def test_a_difference_tells_what_was_expected_what_came_and_which_rules_decided(book: Book) -> None:
    rulebook = book()
    dark = situation("dark", {"sail": "recommend", "wait": "silent"}, sky="dark", wind="calm")
    result = hold_to_expectations(rulebook, [advise(rulebook, dark)])
    (difference,) = result.cases[0].differences
    assert (difference.option, difference.expected) == ("sail", Verdict.RECOMMEND)
    assert difference.got.verdict is Verdict.AVOID
    assert [rule.id for rule in difference.got.decided_by] == ["no-sailing-in-the-dark"]
    assert [rule.id for rule in difference.got.overridden] == ["sail-when-safe"]
    assert not result.passed


def test_rules_that_no_situation_fires_are_named(book: Book) -> None:
    rulebook = book()
    calm, dark = situation("calm", {}, wind="calm"), situation("dark", {}, sky="dark")
    assert hold_to_expectations(rulebook, [advise(rulebook, calm)]).never_fired == ("no-sailing-in-the-dark",)
    assert hold_to_expectations(rulebook, [advise(rulebook, calm), advise(rulebook, dark)]).never_fired == ()
    assert hold_to_expectations(rulebook, []).never_fired == tuple(sorted(rulebook.rules))


def test_the_document_says_what_the_result_says(book: Book) -> None:
    rulebook = book()
    calm = situation("calm", {"sail": "avoid", "paint": "silent"}, wind="calm")
    document = json.loads(plenipo.render(hold_to_expectations(rulebook, [advise(rulebook, calm)]), "json"))
    assert document["passed"] is False
    assert document["situations"] == {
        "calm": {
            "expectations": 2,
            "differences": [
                {
                    "option": "sail",
                    "expected": "avoid",
                    "got": "recommend",
                    "decided_by": ["sail-when-safe"],
                    "outranked": [],
                    "overridden": [],
                }
            ],
        }
    }
    assert document["coverage"] == {"rules": 3, "never_fired": ["no-sailing-in-the-dark"]}
