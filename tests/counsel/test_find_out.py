"""What to find out: unknown facts by what each value they may have would do to the brief."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random

import hypothesis
import pytest

from plenipo.advice.conclude import Advice
from plenipo.counsel.choice import choose
from plenipo.counsel.find_out import questions
from plenipo.counsel.salience import weigh
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict
from plenipo.situations.constraints import possible_values
from tests.answers import advise, advised, few
from tests.made_up.journeys import journey


def check(rulebook: Rulebook, facts: Mapping[str, str]) -> None:
    """Hold every effect to the choice on the situation it supposes, and that to the advice there."""
    known = {fact: value for fact, value in facts.items() if value != "unknown"}
    now = choose(rulebook, weigh(rulebook, known)[0], known)
    asked = questions(rulebook, facts)
    assert {question.fact for question in asked} == rulebook.facts.keys() - known.keys()
    for question in asked:
        assert tuple(effect.value for effect in question.effects) == possible_values(rulebook, known, question.fact)
        for effect in question.effects:
            supposed = {**known, question.fact: effect.value}
            advice, (weighed,) = advise(rulebook, supposed), weigh(rulebook, supposed)
            assert effect.choice == choose(rulebook, weighed, supposed)
            assert all(advice.options[id].verdict is Verdict.DEFER for id in effect.choice.not_yet)
            assert all(advice.options[id].verdict is Verdict.AVOID for id in effect.choice.beware)
            assert effect.done == {id for id, said in advice.options.items() if said.verdict is Verdict.DONE}
        assert question.moves == any(effect.choice != now for effect in question.effects)
    ranks = [
        (question.moves, any(effect.choice.named != now.named for effect in question.effects)) for question in asked
    ]
    assert ranks == sorted(ranks, reverse=True)


@few
@hypothesis.given(advised())
def test_effects_are_the_choices_on_each_variant_of_random_situations(advice: Advice) -> None:
    check(advice.rulebook, advice.situation.facts)


@pytest.mark.parametrize("seed", range(6))
def test_effects_are_the_choices_on_each_variant_where_facts_exclude_one_another(seed: int) -> None:
    check(journey(seed), {"f0": "a", "f5": "unknown"})


@pytest.mark.parametrize("seed", range(6))
def test_the_order_of_the_rulebook_changes_nothing(seed: int) -> None:
    rulebook, random = journey(seed), Random(seed)
    other = replace(
        rulebook,
        options=dict(random.sample(list(rulebook.options.items()), len(rulebook.options))),
        facts=dict(random.sample(list(rulebook.facts.items()), len(rulebook.facts))),
        rules=dict(random.sample(list(rulebook.rules.items()), len(rulebook.rules))),
    )
    assert questions(other, {"f1": "b"}) == questions(rulebook, {"f1": "b"})


def test_nothing_is_left_to_find_out_where_all_is_known() -> None:
    rulebook = journey(0)
    assert questions(rulebook, dict.fromkeys(rulebook.facts, "a")) == ()
