"""The answer-set engine: what it says of one situation is tests/engines/test_differential.py's; here is the rest."""

from __future__ import annotations

import subprocess
import sys

import hypothesis
import pytest

import plenipo
from plenipo.engines.answers import AnswerEngine, answer_engine
from plenipo.errors import EngineError
from plenipo.rulebook.model import (
    FALSE,
    TRUE,
    UNKNOWN,
    Atom,
    Basis,
    Conclusion,
    Condition,
    Constraint,
    Fact,
    Option,
    Rule,
    Rulebook,
    Strength,
    Verb,
)
from tests.made_up.constrained import cases, completions, made_up
from tests.oracle import Oracle


def odd_book(constraints: tuple[Constraint, ...] = ()) -> Rulebook:
    """A rulebook whose ids are as awkward as ids can be in a logic program."""
    fact, option, rule = 'Is "it" so\\?', "not", "x :- y."
    drawn = (Conclusion(Verb.AVOID, option),)
    when = Condition((Atom(fact, (TRUE,)),))
    return Rulebook(
        {fact: Fact(fact, "facts", "So?", {TRUE: "yes", FALSE: "no"})},
        {option: Option(option, "options", "Option")},
        {},
        {rule: Rule(rule, "made-up", drawn, "", (), Basis.STATED, Strength.PLAIN, when)},
        constraints=constraints,
    )


def test_ids_mean_nothing_to_the_logic_program() -> None:
    engine = AnswerEngine(odd_book())
    assert engine.fires({'Is "it" so\\?': TRUE}) == {"x :- y."}
    assert engine.fires({}) == frozenset()
    assert engine.possible({}, ["not"])[0] == {"not": {"avoid", "silent"}}


def test_a_situation_that_is_ruled_out_has_no_answer() -> None:
    never = Constraint("never-so", Condition((Atom('Is "it" so\\?', (TRUE,)),)))
    engine = AnswerEngine(odd_book((never,)))
    assert engine.possible({}, ["not"])[0] == {"not": {"silent"}}
    with pytest.raises(EngineError, match="impossible"):
        engine.fires({'Is "it" so\\?': TRUE})


def test_it_agrees_with_the_production_engine_on_every_bundled_situation() -> None:
    book = plenipo.load_rulebook()
    names = plenipo.situations()
    assert names
    for name in names:
        advice = plenipo.advise(name, rulebook=book)
        assert answer_engine(book).fires(advice.situation.facts) == advice.fired.keys()


def test_nothing_stays_from_one_question_to_the_next() -> None:
    engine = AnswerEngine(odd_book())
    for _ in range(2):
        free = {'Is "it" so\\?': (UNKNOWN, TRUE, FALSE)}
        assert engine.nearest({}, free, "not", ["avoid"], 2) == (frozenset({'Is "it" so\\?'}),)
        assert engine.values({}, free, "not", ["avoid"]) == {'Is "it" so\\?': {TRUE}}
        assert engine.choices({}, free, "not", ["avoid"], 2) == ({'Is "it" so\\?': TRUE},)
        assert engine.acting({}, {}) == (frozenset(), frozenset())
        assert engine.possible({'Is "it" so\\?': TRUE}, ["not"])[0] == {"not": {"avoid"}}
        assert engine.pivotal({}, {"not": ['Is "it" so\\?']})[0] == {"not": {'Is "it" so\\?'}}


@made_up
@hypothesis.given(cases())
def test_what_every_situation_shows_is_among_what_some_show(case: tuple[Rulebook, dict[str, str]]) -> None:
    book, facts = case
    domains = {id: tuple(fact.values) for id, fact in book.facts.items() if facts.get(id, UNKNOWN) == UNKNOWN}
    acting = AnswerEngine(book).acting(facts, domains)
    oracles = [Oracle(book, complete).acting for complete in completions(book, facts)]
    if not oracles:
        assert acting is None
        return
    assert acting is not None
    always, sometimes = acting
    assert always <= sometimes
    assert always == set.intersection(*oracles)
    assert sometimes == set.union(*oracles)


def test_clingo_is_imported_by_the_first_question_only() -> None:
    program = (
        "import sys, plenipo; from plenipo.engines.answers import answer_engine;"
        "advice = plenipo.advise('late-summer-2020'); plenipo.outlook(advice);"
        "assert 'clingo' not in sys.modules;"
        "answer_engine(advice.rulebook).fires({}); assert 'clingo' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
