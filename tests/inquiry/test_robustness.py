"""Robustness: held to every likely situation worked out one by one, and what a user sees of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import hypothesis
import pytest
from rich.cells import cell_len

import plenipo
from plenipo.errors import UsageError
from plenipo.inquiry.robustness import Leaning, Region, Robustness
from plenipo.inquiry.robustness.regions import MOST_REGIONS
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.made_up.likely import Case, answered, cited, few, likely_situations, shares, uncertain
from tests.oracle import Oracle


@few
@hypothesis.given(uncertain())
def test_shares_are_those_of_every_situation(case: Case) -> None:
    book, situation = case
    found = answered(case)
    everything = list(likely_situations(book, situation))
    assert found.exact
    assert found.excluded == 1 - sum(weight for _, weight in everything)
    for option, leaning in found.options.items():
        expected = {verdict.value: share for verdict, share in leaning.shares.items()}
        assert expected == shares(book, everything, option)
        assert leaning.shares[leaning.held] == max(leaning.shares.values())


@few
@hypothesis.given(uncertain())
def test_movers_are_those_of_every_situation(held: list[object], case: Case) -> None:
    book, situation = case
    everything = list(likely_situations(book, situation))
    for option, leaning in answered(case).options.items():
        swings = {}
        for fact, weights in situation.likely.items():
            found = []
            for value in weights:
                there = [each for each in everything if each[0].get(fact, UNKNOWN) == value]
                if there:
                    found.append(shares(book, there, option).get(leaning.held, Fraction(0)))
            swings[fact] = max(found) - min(found)
        held += leaning.movers
        reached = {mover.fact: mover.swing for mover in leaning.movers}
        assert reached == {fact: swing for fact, swing in swings.items() if fact in reached}
        assert all(not swing for fact, swing in swings.items() if fact not in reached)
        assert list(reached.values()) == sorted(reached.values(), reverse=True)


@few
@hypothesis.given(uncertain())
def test_regions_are_pure_smallest_and_all(held: list[object], case: Case) -> None:
    book, situation = case
    everything = list(likely_situations(book, situation))
    total = sum(weight for _, weight in everything)
    for option, leaning in answered(case).options.items():
        covered: set[int] = set()
        expected = shares(book, everything, option)
        held += leaning.regions
        for region in leaning.regions:
            inside = [number for number, (facts, _) in enumerate(everything) if within(facts, region)]
            assert inside
            assert {Oracle(book, everything[number][0]).verdicts[option] for number in inside} == {region.verdict.value}
            assert region.share == sum(everything[number][1] for number in inside) / total
            assert region.coverage == region.share / expected[region.verdict.value]
            for fact in region.bounds:
                wider = replace(region, bounds={id: kept for id, kept in region.bounds.items() if id != fact})
                said = {Oracle(book, facts).verdicts[option] for facts, _ in everything if within(facts, wider)}
                assert said > {region.verdict.value}
                for value in set(situation.likely[fact]) - set(region.bounds[fact]):
                    beside = replace(region, bounds={**region.bounds, fact: (value,)})
                    said = {Oracle(book, facts).verdicts[option] for facts, _ in everything if within(facts, beside)}
                    assert said != {region.verdict.value}
            hold_to_rules(book, option, leaning, region, [everything[number][0] for number in inside])
            covered.update(inside)
        other = {
            number
            for number, (facts, _) in enumerate(everything)
            if Oracle(book, facts).verdicts[option] != leaning.held.value
        }
        assert covered <= other
        assert leaning.uncovered == sum(everything[number][1] for number in other - covered) / total
        assert len(leaning.regions) >= MOST_REGIONS or not leaning.uncovered


def test_a_region_takes_in_no_value_with_which_the_verdict_is_only_possible(book: Callable[..., Rulebook]) -> None:
    boats = book(
        """\
- {id: fair, then: {recommend: sail}}
- {id: dark, when: {sky: dark}, then: {avoid: sail}}
- {id: cloudy-at-low-tide, when: {sky: cloudy, tide: no}, then: {avoid: sail}}
"""
    )
    fifth, half = Fraction(1, 5), Fraction(1, 2)
    likely = {
        "sky": {"clear": 3 * fifth, "cloudy": fifth, "dark": fifth},
        "tide": {"true": half, "false": half},
    }
    found = plenipo.robust(Situation(likely=likely), rulebook=boats).options["sail"]
    assert found.held is Verdict.RECOMMEND
    assert [(dict(region.bounds), region.share) for region in found.regions] == [
        ({"sky": ("cloudy", "dark"), "tide": ("false",)}, fifth),
        ({"sky": ("dark",)}, fifth),
    ]
    assert not found.uncovered


def within(facts: dict[str, str], region: Region) -> bool:
    """Return whether a situation lies in a region."""
    return all(facts.get(id, UNKNOWN) in values for id, values in region.bounds.items())


def hold_to_rules(book: Rulebook, option: str, leaning: Leaning, region: Region, inside: list[dict[str, str]]) -> None:
    """Hold the rules of a region to what acts in each of its situations."""
    assert bool(region.rules) == (region.verdict != "silent")
    for rules, verdict in ((region.rules, region.verdict), (region.gone, leaning.held)):
        for rule in rules:
            assert any(drawn.on == option and drawn.verb.value == verdict.value for drawn in rule.then)
    for facts in inside:
        acting = Oracle(book, facts).acting
        assert not region.rules or any(rule.id in acting for rule in region.rules)
        assert not any(rule.id in acting for rule in region.gone)


@few
@hypothesis.given(uncertain())
def test_what_stays_is_what_the_other_essay_gives_as_well(case: Case) -> None:
    book, situation = case
    found = answered(case)
    everything = list(likely_situations(book, situation))
    total = sum(weight for _, weight in everything)
    assert found.survival.keys() == book.sources.keys()
    for source, survival in found.survival.items():
        (rest,) = set(book.sources) - {source}
        other = book.given_by(rest)
        assert other.rules == book.without(source).rules
        same: dict[str, Fraction] = {}
        fates = {"spoken": Fraction(0), "silenced": Fraction(0), "turned": Fraction(0)}
        for option, leaning in found.options.items():
            kept = [
                weight
                for facts, weight in everything
                if Oracle(book, facts).verdicts[option] == Oracle(other, facts).verdicts[option]
            ]
            same[option] = leaning.staying[source]
            assert same[option] == sum(kept) / total
            for facts, weight in everything:
                before, after = (Oracle(each, facts).verdicts[option] for each in (book, other))
                if before != "silent":
                    fate = "spoken" if before == after else "silenced" if after == "silent" else "turned"
                    fates[fate] += weight
        assert survival.every == sum(same.values()) / len(same)
        spoken = sum(fates.values())
        if spoken:
            assert {name: getattr(survival, name) for name in fates} == {
                name: part / spoken for name, part in fates.items()
            }
        assert not survival.errors
        assert survival.lost == tuple(option for option, share in same.items() if not share)


@few
@hypothesis.given(cited())
def test_without_an_essay_only_rules_that_need_it_are_gone(book: Rulebook) -> None:
    assert book.sources
    for source in book.sources:
        (rest,) = set(book.sources) - {source}
        assert book.without(source).rules == book.given_by(rest).rules


RULES = """\
- {id: calm-is-safe, when: {wind: [calm, breeze]}, then: {find: safe}}
- {id: sail-when-safe, when: {safe: true}, then: {recommend: sail}, because: A safe sea is there., cite: [A01, B01]}
- {id: no-sailing-in-the-dark, when: {sky: dark}, then: {avoid: sail}, because: Rocks are dark., cite: [B02]}
- {id: wait-for-the-tide, when: {tide: no}, then: {defer: wait}, because: Boats need water., cite: [A03]}
"""
EVENING = Situation(
    {"wind": "calm"},
    "evening",
    "A doubtful evening",
    likely={
        "sky": {"clear": Fraction(1, 2), "cloudy": Fraction(3, 10), "dark": Fraction(1, 5)},
        "tide": {"true": Fraction(3, 4), "false": Fraction(1, 4)},
        "moon": {"true": Fraction(1, 2), "false": Fraction(1, 2)},
    },
)


@pytest.fixture
def evening(book: Callable[..., Rulebook]) -> Robustness:
    """What becomes of the advice on an evening of which little is certain."""
    boats = book(RULES)
    return plenipo.robust(EVENING, rulebook=boats)


def test_text_gives_shares_movers_regions_and_sources(evening: Robustness) -> None:
    text = " ".join(plenipo.render(evening, width=80, full=True).replace("\xa0", " ").split())
    assert "3 facts vary: 12 likely situations, all weighed" in text
    assert "recommend 80 % Set sail" in text
    assert "else avoid 20 %" in text
    assert "avoid (20 %, all of it) where sky: dark for Rocks are dark. [B ¶3] no-sailing-in-the-dark" in text
    assert "silent 75 % Wait in port" in text
    assert "defer (25 %, all of it) where tide: no" in text
    assert "without B (" in text
    assert "No verdict moves with: moon." in text


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("full", [False, True])
def test_no_line_is_wider_than_the_page(width: int, full: bool) -> None:
    for how in ({}, {"samples": 200}):
        text = plenipo.render(plenipo.robust({}, equally=["unknown"], **how), width=width, full=full)  # type: ignore[arg-type]
        assert max(cell_len(line) for line in text.splitlines()) <= width


def test_markdown_says_the_same(evening: Robustness) -> None:
    markdown = plenipo.render(evening, "md").replace("\xa0", " ")
    assert "- **Set sail** `sail`\n  - *\\####" in markdown
    assert "- **recommend 80 % Set sail** `sail`" in plenipo.render(evening, "md", full=True).replace("\xa0", " ")


def test_what_no_constraint_allows_is_not_possible() -> None:
    half = Fraction(1, 2)
    situation = Situation(
        {"negotiating_agenda": "nothing"}, likely={"working_level": {"drafting": half, "text_agreed": half}}
    )
    for how in ({}, {"samples": 50}):
        with pytest.raises(UsageError, match="no situation is possible"):
            plenipo.robust(situation, **how)  # type: ignore[arg-type]
