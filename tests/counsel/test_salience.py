"""Salience: what the situation brings up or touches comes before what merely is advised."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import product
from random import Random

import hypothesis
import pytest

from plenipo.advice.conclude import Advice
from plenipo.counsel.prerequisites import undone
from plenipo.counsel.salience import weigh
from plenipo.rulebook.model import Constraint, Fact, Link, Option, Outcome, Rulebook
from plenipo.rulebook.verdict import ENCOURAGING, Verdict
from tests.answers import advise, advised, few
from tests.made_up.journeys import journey
from tests.made_up.short import condition, rule

OPTIONS = """\
options:
  sea:
    crew: {title: Hire a crew, brings: {tide: true}}
    sail: {title: Set sail, after: [crew], arises_when: {any: [{wind: calm}, {sky: clear, tide: unknown}]}}
    wait: {title: Wait in port, arises_when: {sky: dark}}
    mend: {title: Mend the nets}
    paint: {title: Paint the boat, headline: B}
"""
RULES = """\
- {id: crew-it, when: {tide: false}, then: {recommend: crew}}
- {id: crewed, when: {tide: true}, then: {done: crew}}
- {id: sail-on, then: {recommend: sail}}
- {id: no-hands, when: {tide: false}, then: {defer: sail}}
- {id: mend-them, then: {recommend: mend}}
- {id: torn, when: {wind: storm}, then: {recommend: mend}}
- {id: paint-it, then: {recommend: paint}}
- {id: wet, when: {sky: dark}, then: {caution: paint}}
- {id: no-waiting, then: {avoid: wait}}
"""


@pytest.fixture
def port(book: Callable[..., Rulebook]) -> Rulebook:
    return book(RULES, options=OPTIONS, findings="findings: {}")


def test_what_the_situation_brings_up_comes_before_what_it_touches_and_that_before_the_rest(port: Rulebook) -> None:
    (weighed,) = weigh(port, {"wind": "storm", "sky": "clear"})
    assert (weighed["sail"].arises, weighed["mend"].arises, weighed["mend"].touched) == (True, False, True)
    assert weighed["sail"].salience > weighed["mend"].salience > weighed["paint"].salience


def test_each_further_known_fact_that_brings_an_option_up_counts_and_an_unknown_one_does_not(port: Rulebook) -> None:
    (one,), (two,) = weigh(port, {"sky": "clear"}), weigh(port, {"sky": "clear", "wind": "calm"})
    (other,) = weigh(port, {"wind": "calm"})
    assert one["sail"].salience == other["sail"].salience < two["sail"].salience


def test_a_headline_and_a_caution_of_this_situation_count(port: Rulebook) -> None:
    (plain,), (dark,) = weigh(port, {}), weigh(port, {"sky": "dark"})
    assert plain["paint"].salience > plain["mend"].salience
    assert dark["paint"].salience > plain["paint"].salience
    assert not dark["paint"].touched


def test_a_step_of_which_nobody_knows_is_due_where_others_wait_for_it(port: Rulebook) -> None:
    unknown, undone, done = weigh(port, {}, [{"tide": "false"}, {"tide": "true"}])
    assert (unknown["crew"].verdict, unknown["crew"].due) == (Verdict.SILENT, True)
    assert (undone["crew"].verdict, undone["crew"].due) == (Verdict.RECOMMEND, False)
    assert (done["crew"].verdict, done["crew"].due) == (Verdict.DONE, False)


def test_a_step_is_not_due_where_nothing_would_wait_for_it(book: Callable[..., Rulebook]) -> None:
    free = book(
        RULES.replace("{tide: false}, then: {defer: sail}", "{moon: false}, then: {defer: sail}"),
        options=OPTIONS,
        findings="findings: {}",
    )
    assert not weigh(free, {})[0]["crew"].due


@few
@hypothesis.given(advised())
def test_verdicts_and_deciding_rules_are_those_of_the_advice(advice: Advice) -> None:
    (weighed,) = weigh(advice.rulebook, advice.situation.facts)
    assert list(weighed) == list(advice.options)
    for id, said in advice.options.items():
        assert weighed[id].verdict is said.verdict
        assert weighed[id].decided_by == tuple(sorted(rule.id for rule in said.decided_by))


@pytest.mark.parametrize("seed", range(8))
def test_variants_at_once_are_weighed_as_each_by_itself(seed: int) -> None:
    rulebook, facts = journey(seed), {"f0": "a", "f3": "b"}
    variants: list[Mapping[str, str]] = [{"f1": "a"}, {"f0": "c", "f6": "b"}, {"f3": "unknown"}, {"f4": "b"}]
    now, *then = weigh(rulebook, facts, variants)
    assert now == weigh(rulebook, facts)[0]
    for variant, weighed in zip(variants, then, strict=True):
        assert weighed == weigh(rulebook, {**facts, **variant})[0]


def waiting(seed: int) -> Rulebook:
    """Return a rulebook in which `second` comes after `first`, which may be done, and rules at random speak of both."""
    random = Random(seed)
    rules = [
        rule("undone", "recommend first", when={"made": random.choice(("no", ["no", "broken"]))}),
        rule("made", "done first", when={"made": "yes"}),
        rule("wait", "defer second", when={"made": random.choice(("no", "yes"))}),
        rule("go", "recommend second"),
        *(
            rule(
                f"other-{n}",
                f"{random.choice(('recommend', 'consider', 'avoid', 'defer'))} {random.choice(('first', 'second'))}",
                when={random.choice(("made", "dry", "warm")): random.choice(("yes", "no", "broken", "unknown"))},
                unless={random.choice(("dry", "warm")): "yes"} if random.random() < 0.3 else None,
            )
            for n in range(random.randint(0, 4))
        ),
    ]
    values = {"yes": "yes", "no": "no", "broken": "broken"}
    return Rulebook(
        {id: Fact(id, "facts", "What?", values) for id in ("made", "dry", "warm")},
        {
            "first": Option("first", "options", "First", brings=(Outcome({"made": "yes"}),)),
            "second": Option(
                "second", "options", "Second", after={"first": Link()}, brings=(Outcome({"warm": "yes"}),)
            ),
        },
        {},
        {each.id: each for each in rules},
        constraints=(Constraint("never", condition({"dry": "broken", "warm": "broken"}), ""),),
    )


def due(rulebook: Rulebook, facts: Mapping[str, str]) -> bool:
    """Return whether `first` is due unless done, by trying every way of filling in what is unknown."""
    open_facts = [id for id in rulebook.facts if id not in facts]
    ways = [
        {**facts, **dict(zip(open_facts, values, strict=True))}
        for values in product(("yes", "no", "broken"), repeat=len(open_facts))
    ]
    possible = [way for way in ways if not any(each.never.holds(way) for each in rulebook.constraints)]
    verdicts = {advise(rulebook, way).options["first"].verdict for way in possible}
    now = {id: said.verdict for id, said in advise(rulebook, facts).options.items()}
    held_up = "made" not in facts and any(
        advise(rulebook, {**facts, "made": value}).options["second"].verdict is Verdict.DEFER
        for value in undone(rulebook, "first")["made"]
    )
    advised = bool(verdicts & ENCOURAGING) and verdicts <= ENCOURAGING | {Verdict.DONE}
    ahead = now["second"] in ENCOURAGING and facts.get("warm") != "yes"
    return now["first"] is Verdict.SILENT and ahead and advised and held_up


def test_due_is_what_every_way_of_filling_in_has_advised_or_done_and_what_others_wait_for() -> None:
    found = set()
    for seed in range(150):
        rulebook = waiting(seed)
        variants = [{}, {"dry": "yes"}, {"dry": "broken"}, {"made": "no"}, {"warm": "yes"}, {"dry": "no", "warm": "no"}]
        for variant, weighed in zip(variants, weigh(rulebook, {}, variants)[1:], strict=True):
            assert weighed["first"].due == due(rulebook, variant), (seed, variant)
            found.add(weighed["first"].due)
    assert found == {True, False}
