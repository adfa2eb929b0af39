"""What to ask next, held against a walk through every situation that answers can lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import pytest
from benchmarks.synthetic import rulebook as synthetic
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.engines.bitset import truth_table
from plenipo.inquiry import open_verdicts
from plenipo.inquiry.open_verdicts import Asking
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Constraint, Rulebook
from plenipo.situations.constraints import broken_constraints, possible_values
from tests.made_up.constrained import books
from tests.oracle import Oracle, allowed
from tests.strategies import rulebooks


def reachable(book: Rulebook, answered: Mapping[str, str], left: list[str]) -> Iterator[dict[str, str]]:
    """Yield every situation to which answers can lead: each question answered with a possible value, or unknown."""
    for values in product(*((UNKNOWN, *possible_values(book, answered, fact)) for fact in left)):
        facts = {**answered, **{fact: value for fact, value in zip(left, values, strict=True) if value != UNKNOWN}}
        if allowed(book, facts):
            yield facts


class Space:
    """The verdicts in every situation that answers can lead to: what is open, and what matters to it."""

    def __init__(self, book: Rulebook, answered: Mapping[str, str], left: list[str]) -> None:
        situations = [(facts, Oracle(book, facts).verdicts) for facts in reachable(book, answered, left)]
        self.open: set[str] = set()
        self.mattering: set[str] = set()
        for option in book.options:
            found = [(facts, verdicts[option]) for facts, verdicts in situations]
            if len({verdict for _, verdict in found}) > 1:
                self.open.add(option)
                self.mattering |= {fact for fact in left if _turns(found, fact)}


def _turns(found: list[tuple[dict[str, str], str]], fact: str) -> bool:
    """Return whether two of the situations differ in the fact alone, and give other verdicts."""
    seen: dict[tuple[tuple[str, str], ...], str] = {}
    for facts, verdict in found:
        rest = tuple(sorted((id, value) for id, value in facts.items() if id != fact))
        if seen.setdefault(rest, verdict) != verdict:
            return True
    return False


@st.composite
def standings(draw: st.DrawFn) -> tuple[Rulebook, dict[str, str], list[str]]:
    """A rulebook, perhaps with constraints, some facts answered, some declined, the others left to ask."""
    book = draw(st.one_of(rulebooks(), books()))
    answered: dict[str, str] = {}
    left = []
    for id in book.facts:
        fate = draw(st.sampled_from(("answered", "left", "left", "left", "declined")))
        if fate == "answered":
            answered[id] = draw(st.sampled_from(possible_values(book, answered, id)))
        elif fate == "left":
            left.append(id)
    return book, answered, left


def hold(book: Rulebook, answered: dict[str, str], left: list[str]) -> tuple[Asking, Space]:
    """Hold what is said to be open, and what is asked, against all that answers can lead to."""
    asking, space = Asking(book, answered, tuple(left), tuple(book.options)), Space(book, answered, left)
    assert set(asking.open) == space.open
    assert (asking.next is None) == (not space.open)
    assert space.mattering <= set(asking.questions)
    assert asking.next is None or asking.next.fact in space.mattering
    return asking, space


@given(standings())
@settings(max_examples=25)
def test_it_asks_only_what_can_matter(standing: tuple[Rulebook, dict[str, str], list[str]]) -> None:
    asking, space = hold(*standing)
    assert set(asking.questions) == space.mattering


@given(standings())
@settings(max_examples=25)
def test_a_sample_never_asks_what_cannot_matter(standing: tuple[Rulebook, dict[str, str], list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_verdicts, "QUICK_ROWS", 1)
        patch.setattr(open_verdicts, "QUESTION_SAMPLE", 64)
        hold(*standing)


@given(standings())
@settings(max_examples=20)
def test_nothing_is_called_settled_without_proof(standing: tuple[Rulebook, dict[str, str], list[str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(open_verdicts, "QUICK_ROWS", 1)
        patch.setattr(open_verdicts, "QUESTION_SAMPLE", 2)
        patch.setattr(truth_table, "MOST_ROWS", 0)
        hold(*standing)


def test_the_first_question_settles_most() -> None:
    book = plenipo.load_rulebook()
    asking = Asking(book, {}, tuple(book.facts), tuple(book.options))
    first = asking.next
    assert first is not None
    settled = {}
    for fact in (*asking.questions[::4], first.fact):
        left = tuple(id for id in book.facts if id != fact)
        after = [
            len(Asking(book, {fact: value}, left, tuple(book.options)).open)
            for value in possible_values(book, {}, fact)
        ]
        settled[fact] = sum(len(asking.open) - count for count in after) / len(after)
    assert settled[first.fact] == pytest.approx(max(settled.values()))
    assert first.settles == pytest.approx(settled[first.fact])


def test_it_is_always_the_same_question() -> None:
    asked = []
    for _ in range(2):
        book = synthetic(300)
        asking = Asking(book, {}, tuple(book.facts), tuple(book.options))
        assert asking.next is not None
        asked.append(asking.next)
    assert asked[0] == asked[1]


def test_values_that_other_answers_rule_out_are_not_offered() -> None:
    book = plenipo.load_rulebook()
    answered = {"negotiating_agenda": "nothing"}
    assert not {"drafting", "text_agreed"} & set(possible_values(book, answered, "working_level"))
    assert possible_values(book, {}, "working_level") == tuple(book.facts["working_level"].values)
    assert [each.id for each in broken_constraints(book, {**answered, "working_level": "drafting"})] == [
        "text-has-a-subject"
    ]


@pytest.mark.parametrize("small", [True, False])
def test_what_is_ruled_out_by_several_constraints_together_is_not_offered(
    small: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = synthetic(20)
    both = [Condition((Atom("fact_0", ("true",)), Atom("fact_4", (value,)))) for value in ("true", "false")]
    tied = replace(book, constraints=tuple(Constraint(f"c{n}", never) for n, never in enumerate(both)))
    if not small:
        monkeypatch.setattr(truth_table, "MOST_ROWS", 0)
    assert possible_values(tied, {}, "fact_0") == ("false",)
    assert possible_values(tied, {"fact_1": "value_0"}, "fact_1") == tuple(book.facts["fact_1"].values)
