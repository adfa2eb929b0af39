"""Advice: what follows once it is known which rules fire."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from plenipo.advice.conclude import Advice, conclude
from plenipo.rulebook.model import Atom, Basis, Rule, Situation, Strength
from plenipo.rulebook.verdict import Verdict
from tests.made_up.short import rule, rulebook

VERBS = ("done", "avoid", "defer", "recommend", "consider")


def advise(*rules: Rule, fires: str | None = None, **facts: str) -> Advice:
    """Return the advice when the rules named in `fires` do, or all of them."""
    book = rulebook(*rules)
    return conclude(book, Situation(facts), book.rules if fires is None else fires.split())


def ids(rules: tuple[Rule, ...]) -> list[str]:
    return [rule.id for rule in rules]


@pytest.mark.parametrize(("stronger", "weaker"), list(combinations(VERBS, 2)))
def test_the_verdict_is_the_first_that_any_rule_draws(stronger: str, weaker: str) -> None:
    option = advise(rule("a", f"{weaker} o"), rule("b", f"{stronger} o"), rule("c", "caution o")).options["o"]
    assert option.verdict == stronger
    assert (ids(option.decided_by), ids(option.outranked), ids(option.cautions)) == (["b"], ["a"], ["c"])


def test_an_option_of_which_no_rule_speaks_is_silent() -> None:
    option = advise(rule("a", "recommend o"), rule("b", "recommend p"), fires="a").options["p"]
    assert option.verdict is Verdict.SILENT
    assert option.decided_by == option.outranked == option.overridden == option.cautions == ()


def test_a_caution_never_changes_a_verdict() -> None:
    assert advise(rule("a", "caution o")).options["o"].verdict is Verdict.SILENT
    for verb in VERBS:
        assert advise(rule("a", f"{verb} o"), rule("b", "caution o")).options["o"].verdict == verb


def test_an_overridden_rule_draws_nothing_and_stays_in_sight() -> None:
    advice = advise(rule("a", "avoid o", "find f"), rule("b", "recommend o", overrides=("a",)))
    assert advice.options["o"].verdict == "recommend"
    assert ids(advice.options["o"].overridden) == ["a"]
    assert advice.fired["a"].overridden_by == ("b",)
    assert advice.fired["a"].drew == ()
    assert advice.findings == frozenset()


def test_an_overrider_that_does_not_fire_overrides_nothing() -> None:
    rules = (rule("a", "avoid o"), rule("b", "recommend o", overrides=("a",)))
    assert advise(*rules, fires="a").options["o"].verdict == "avoid"


def test_an_exception_to_an_exception_brings_the_first_rule_back() -> None:
    rules = [rule("a", "avoid o"), rule("b", "recommend o", overrides=("a",)), rule("c", "caution o", overrides=("b",))]
    rules.append(rule("d", "caution o", overrides=("c",)))
    verdicts = [advise(*rules[:count]).options["o"].verdict for count in (1, 2, 3, 4)]
    assert verdicts == ["avoid", "recommend", "avoid", "recommend"]


def test_one_acting_overrider_is_enough_and_only_those_that_act_are_named() -> None:
    rules = (
        rule("a", "avoid o"),
        rule("b", "caution o", overrides=("a",)),
        rule("c", "caution o", overrides=("a",)),
        rule("d", "caution o", overrides=("c",)),
    )
    assert advise(*rules).fired["a"].overridden_by == ("b",)


def test_a_rule_is_listed_once_however_much_it_draws_on_an_option() -> None:
    option = advise(rule("a", "avoid o", "caution o"), rule("b", "caution p", overrides=("a",))).options["o"]
    assert ids(option.overridden) == ["a"]


def test_rules_that_say_the_same_stand_with_the_strongest_first() -> None:
    rules = [
        rule("e", "avoid o", basis=Basis.INFERRED, strength=Strength.MUST),
        rule("d", "avoid o", strength=Strength.MIGHT),
        rule("c", "avoid o"),
        rule("b", "avoid o"),
        rule("a", "avoid o", strength=Strength.SHOULD),
    ]
    for some in permutations(rules, 5):
        assert ids(advise(*some).options["o"].decided_by) == ["a", "b", "c", "d", "e"]


def test_findings_are_true_or_false_and_unknown_facts_are_left_out_of_the_state() -> None:
    rules = (rule("a", "find f", when={"x": "1", "y": "1"}), rule("b", "find g"))
    assert advise(*rules, fires="b", x="2").state == {"x": "2", "f": "false", "g": "true"}


def test_a_firing_names_what_met_it_every_alternative_that_holds_included() -> None:
    tests = {"any": [{"x": "1"}, {"x": "2"}, {"f": "true", "any": [{"y": ["1", "2"]}, {"x": "1"}]}]}
    advice = advise(rule("a", "find f"), rule("b", "avoid o", when=tests), x="1", y="2")
    assert advice.fired["b"].met == (Atom("x", ("1",)), Atom("f", ("true",)), Atom("y", ("1", "2")))


def test_the_trace_is_in_dependency_order_and_by_id_where_nothing_depends() -> None:
    rules = (
        rule("c", "find f"),
        rule("b", "avoid o", when={"f": "true"}),
        rule("a", "avoid o", when={"f": "true"}),
        rule("d", "find f", overrides=("c",)),
    )
    for some in permutations(rules):
        assert [firing.rule.id for firing in advise(*some).trace] == ["d", "c", "a", "b"]


def test_what_an_engine_says_of_rules_that_are_not_there_is_ignored() -> None:
    assert advise(rule("a", "avoid o"), fires="a gone").trace == advise(rule("a", "avoid o")).trace
