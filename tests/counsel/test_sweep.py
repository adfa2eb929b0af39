"""Sweeps: held to every combination answered one by one, and what is said of them."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, product

import hypothesis
import pytest
from hypothesis import strategies as st
from rich.cells import cell_len

import plenipo
from plenipo.counsel.choice import choose
from plenipo.counsel.salience import weigh
from plenipo.counsel.sweep import sweep
from plenipo.errors import UsageError
from plenipo.rulebook.model import UNKNOWN, Rulebook
from tests.answers import advise
from tests.made_up.constrained import cases, made_up, verdict
from tests.oracle import allowed

FORMATS = "us_china_friction", "wider_format_appetite", "dprk_wants_china"


@made_up
@hypothesis.given(cases(), st.data(), st.booleans())
def test_every_combination_gets_its_own_advice(
    case: tuple[Rulebook, dict[str, str]], data: st.DataObject, unknown: bool
) -> None:
    book, facts = case
    over = data.draw(st.lists(st.sampled_from(sorted(book.facts)), min_size=1, unique=True))
    expected = []
    values = [[*book.facts[id].values, *([UNKNOWN] if unknown else [])] for id in over]
    for chosen in product(*values):
        swept = dict(zip(over, chosen, strict=True))
        known = {id: value for id, value in {**facts, **swept}.items() if value != UNKNOWN}
        if allowed(book, known):
            expected.append((swept, {option: verdict(book, known, option) for option in book.options}))
    hypothesis.assume(expected)
    found = sweep(advise(book, facts), over, unknown=unknown)
    assert [(case.facts, case.verdicts) for case in found.cases()] == expected
    assert found.excluded == len(list(product(*values))) - len(expected)
    for option, counts in found.counts.items():
        assert counts == Counter(verdicts[option] for _, verdicts in expected)
    assert set(found.varying) == {option for option, counts in found.counts.items() if len(counts) > 1}


def test_constraints_leave_combinations_out() -> None:
    found = plenipo.sweep({}, ["negotiating_agenda", "working_level"])
    values = plenipo.load_rulebook().facts
    assert found.excluded == 2
    assert len(found.facts) == len(values["negotiating_agenda"].values) * len(values["working_level"].values) - 2


def test_what_the_file_says_of_a_swept_fact_does_not_count() -> None:
    found = plenipo.sweep({"us_china_friction": "high"}, ["us_china_friction"], unknown=True)
    assert [case["us_china_friction"] for case in found.facts] == ["low", "moderate", "high", "unknown"]
    assert "us_china_friction" not in found.advice.situation.facts


def test_too_many_combinations_are_refused() -> None:
    with pytest.raises(UsageError, match="combinations, and a sweep takes 100,000") as caught:
        plenipo.sweep({}, plenipo.load_rulebook().facts)
    assert "name fewer facts" in str(caught.value)


def test_a_situation_that_allows_no_combination_is_refused() -> None:
    book = plenipo.load_rulebook()
    advice = advise(book, {"negotiating_agenda": "nothing", "talks_stage": "final_settlement"})
    with pytest.raises(UsageError, match="no combination is possible"):
        sweep(advice, ["cyber_crime"])


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_page(width: int, full: bool) -> None:
    text = plenipo.render(plenipo.sweep({}, FORMATS, unknown=True), width=width, full=full)
    assert max(cell_len(line) for line in text.splitlines()) <= width


def test_cases_with_the_same_advice_come_together() -> None:
    text = plenipo.render(plenipo.sweep("late-summer-2020", FORMATS), width=120)
    assert "12 cases over" in text
    assert " 8 of 12 cases\n   where interest in four- or six-party talks: little\n" in text
    assert "consider: Hold six-party talks" in text
    assert "The same in every case:" in text


@made_up
@hypothesis.given(cases(), st.data())
def test_cases_are_grouped_by_all_that_is_advised(case: tuple[Rulebook, dict[str, str]], data: st.DataObject) -> None:
    book, facts = case
    over = data.draw(st.lists(st.sampled_from(sorted(book.facts)), min_size=1, max_size=2, unique=True))
    try:
        found = sweep(advise(book, facts), over, unknown=True)
    except UsageError:
        hypothesis.reject()
    told = [whole({**facts, **swept}, book) for swept in found.facts]
    assert sorted(number for group in found.alike for number in group.cases) == list(range(len(found.facts)))
    for group in found.alike:
        assert all(told[number] == told[group.cases[0]] for number in group.cases)
    firsts = [told[group.cases[0]] for group in found.alike]
    assert all(one != other for one, other in combinations(firsts, 2))


def whole(facts: dict[str, str], book: Rulebook) -> object:
    """Return all that is advised on some facts, worked out for them alone."""
    known = {id: value for id, value in facts.items() if value != UNKNOWN}
    advice = advise(book, known)
    waits = plenipo.outlook(advice).waits
    return (
        advice.findings,
        {id: (said.verdict, set(said.decided_by), set(said.cautions)) for id, said in advice.options.items()},
        choose(book, weigh(book, known)[0], known),
        {
            id: {frozenset((need.name, need.values) for need in release.needs) for release in releases}
            for id, releases in waits.items()
        },
    )


def test_of_very_many_cases_only_the_verdicts_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plenipo.counsel.sweep.MOST_IN_FULL", 11)
    found = plenipo.sweep("late-summer-2020", FORMATS)
    assert len(found.alike) == len({tuple(case.verdicts.values()) for case in found.cases()})
    assert "for verdicts alone" in " ".join(plenipo.render(found).split())
