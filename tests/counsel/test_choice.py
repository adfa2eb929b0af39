"""The choice of what a brief names: what can lead, in which order, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import pairwise
from random import Random

import hypothesis
import pytest

from plenipo.advice.conclude import Advice
from plenipo.counsel.choice import HOLDS, LEADS, WARNINGS, Choice, choose
from plenipo.counsel.salience import weigh
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import ENCOURAGING, Verdict
from tests.answers import advise, advised, few
from tests.made_up.journeys import journey

FACTS = """\
facts:
  town:
    envoy: {ask: Is there an envoy?, values: boolean}
    reply: {ask: Is there a reply?, values: boolean}
    gold: {ask: Do they want gold?, values: boolean}
"""
OPTIONS = """\
options:
  town:
    talk: {title: Talk, by: [we, they], after: [write], arises_when: {gold: true}}
    write:
      title: Write
      by: we
      brings:
        - {outcome: They reply, by: they, facts: {reply: true}}
        - {outcome: They do not, by: they, facts: {reply: false}}
    ask: {title: Ask for peace, arises_when: {gold: true}}
    pay: {title: Pay in gold, arises_when: {gold: true}, with: {ask: {cite: [A01], exchange: true}}}
    offer: {title: Make an offer, arises_when: {gold: true}}
    gift: {title: Add a gift, part_of: offer, arises_when: {gold: true}}
"""
RULES = """\
- {id: talk-it, then: {recommend: talk}, strength: must}
- {id: write-it, then: {recommend: write}}
- {id: ask-it, unless: {envoy: false}, then: {recommend: ask}}
- {id: pay-it, then: {recommend: pay}}
- {id: offer-it, then: {recommend: offer}}
- {id: no-offer, when: {envoy: false}, then: {defer: offer}}
- {id: gift-it, then: {recommend: gift}}
- {id: gift-gold, when: {gold: true}, then: {recommend: gift}}
"""


@pytest.fixture
def town(book: Callable[..., Rulebook]) -> Rulebook:
    parties = "parties: {we: {title: The town, own: true}, they: {title: The islanders}}"
    return book(RULES, facts=FACTS, options=OPTIONS, findings="findings: {}", parties=parties)


def chosen(rulebook: Rulebook, facts: Mapping[str, str]) -> Choice:
    return choose(rulebook, weigh(rulebook, facts)[0], facts)


def test_a_whole_that_arises_comes_before_its_part_and_is_held_with_it(town: Rulebook) -> None:
    assert chosen(town, {"gold": "true", "reply": "false"}).lead == ("offer", "gift", "ask")
    held = chosen(town, {"gold": "true", "reply": "false", "envoy": "false"})
    assert held.not_yet == ("offer",)
    assert not {"offer", "gift"} & {*held.lead}


def test_what_is_given_in_return_takes_no_place_beside_what_it_is_given_for(town: Rulebook) -> None:
    without_parts = replace(town, options={id: option for id, option in town.options.items() if id != "gift"})
    without_parts = replace(without_parts, rules={id: rule for id, rule in town.rules.items() if "gift" not in id})
    assert "pay" not in chosen(without_parts, {"gold": "true"}).lead
    assert "pay" in chosen(without_parts, {"gold": "true", "envoy": "false"}).lead


def test_a_step_waits_for_a_party_that_is_known_to_be_missing(town: Rulebook) -> None:
    assert "talk" in chosen(town, {"gold": "true"}).lead
    assert "talk" in chosen(town, {"gold": "true", "reply": "unknown"}).lead
    assert "talk" in chosen(town, {"gold": "true", "reply": "true"}).lead
    assert "talk" not in chosen(town, {"gold": "true", "reply": "false"}).lead


def test_what_comes_first_is_named_first(town: Rulebook) -> None:
    free = replace(town, rules={id: town.rules[id] for id in ("talk-it", "write-it")})
    assert chosen(free, {"gold": "true"}).lead == ("write", "talk")


def test_an_empty_rulebook_has_nothing_to_say() -> None:
    assert chosen(Rulebook({}, {}, {}, {}), {}) == Choice((), (), ())


def check(advice: Advice) -> None:
    """Hold the choice on some advice to all it promises."""
    rulebook, said = advice.rulebook, advice.options
    weighed = weigh(rulebook, advice.situation.facts)[0]
    made = choose(rulebook, weighed, advice.situation.facts)
    assert (len(made.lead) <= LEADS, len(made.not_yet) <= HOLDS, len(made.beware) <= WARNINGS) == (True,) * 3
    assert all(said[id].verdict in ENCOURAGING or weighed[id].due for id in made.lead)
    assert all(said[id].verdict is Verdict.DEFER for id in made.not_yet)
    assert all(said[id].verdict is Verdict.AVOID for id in made.beware)
    assert all(weighed[id].arises or weighed[id].touched for id in (*made.not_yet, *made.beware))
    for id in (*made.lead, *made.not_yet):
        above, seen = rulebook.options[id].part_of, {id}
        while above is not None and above not in seen:
            assert said[above].verdict is not Verdict.DEFER
            seen.add(above)
            above = rulebook.options[above].part_of
    for one, other in pairwise(made.beware):
        assert weighed[one].salience >= weighed[other].salience
    firsts = {id: {*rulebook.options[id].after} & {*made.lead} - {id} for id in made.lead}
    if not any(firsts[first] for id in made.lead for first in firsts[id]):
        assert all(made.lead.index(first) < made.lead.index(id) for id in made.lead for first in firsts[id])


@few
@hypothesis.given(advised())
def test_the_choice_keeps_its_promises_on_random_rulebooks(advice: Advice) -> None:
    check(advice)


@pytest.mark.parametrize("seed", range(30))
def test_the_choice_keeps_its_promises_where_steps_bring_facts_about(seed: int) -> None:
    check(advise(journey(seed), {"f0": "a", "f2": "c"}))


@pytest.mark.parametrize("seed", range(12))
def test_the_order_of_the_rulebook_changes_nothing(seed: int) -> None:
    rulebook, random = journey(seed), Random(seed)
    other = replace(
        rulebook,
        facts=dict(random.sample(list(rulebook.facts.items()), len(rulebook.facts))),
        options=dict(random.sample(list(rulebook.options.items()), len(rulebook.options))),
        rules=dict(random.sample(list(rulebook.rules.items()), len(rulebook.rules))),
    )
    assert chosen(other, {"f1": "b"}) == chosen(rulebook, {"f1": "b"})


SHELF = """\
options:
  all:
    a: {title: A}
    b: {title: B}
    c: {title: C}
    d: {title: D, headline: [A, B]}
    e: {title: E, arises_when: {sky: dark}}
"""
STRESSED = """\
- {id: do-a, then: {recommend: a}, strength: must}
- {id: do-b, then: {recommend: b}, strength: must}
- {id: do-c, then: {recommend: c}, strength: must}
- {id: do-d, then: {recommend: d}, strength: must}
- {id: may-e, then: {consider: e}, basis: inferred, strength: might}
- {id: dark-a, when: {sky: dark}, then: {recommend: a}, strength: might, basis: inferred}
"""


def test_what_arises_or_is_touched_leads_before_what_merely_is_advised(book: Callable[..., Rulebook]) -> None:
    dark = chosen(book(STRESSED, options=SHELF, findings="findings: {}"), {"sky": "dark"})
    assert dark.lead == ("e", "a", "d")


def test_choices_differ_by_what_one_alone_names_or_else_by_their_order() -> None:
    made = Choice(("a", "b"), ("c",), ("d", "e"))
    assert made.differs(made) == 0
    assert made.differs(Choice(("a", "b"), ("c",), ("e", "d"))) == 1
    assert made.differs(Choice(("b", "a"), ("d",), ("e", "d"))) == 2
    assert made.differs(Choice(("a",), ("c",), ("d", "e", "b"))) == 2
