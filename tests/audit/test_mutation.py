"""Mutation: a mutant called equivalent never shows, a survivor shows where its witness says, and no smaller place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.advice.adviser import advise
from plenipo.audit.mutation import Mistake, Mutation, mutation
from plenipo.audit.mutation.mutants import Mutant, mutants
from plenipo.audit.suite import hold_to_expectations
from plenipo.cli.main import main
from plenipo.report.answers.suite import SuiteReport
from plenipo.rulebook.conditions import condition_text
from plenipo.rulebook.model import UNKNOWN, Constraint, Rule, Rulebook, Situation
from tests.made_up.constrained import WAYS, Facts, books, choose, made_up, verdict
from tests.made_up.short import condition, rule, rulebook
from tests.oracle import allowed
from tests.strategies import situations

WHOLE = Path(__file__).parents[1] / "bad" / "whole"
#: The answer-set engine is asked anew for each mutant, which takes its time.
EXAMPLES = {"tables": 8, "answers": 2}


def everything(book: Rulebook) -> Iterator[Facts]:
    """Yield every situation, complete or not, that the constraints allow."""
    for values in product(*((UNKNOWN, *fact.values) for fact in book.facts.values())):
        facts = {id: value for id, value in zip(book.facts, values, strict=True) if value != UNKNOWN}
        if allowed(book, facts):
            yield facts


def verdicts(book: Rulebook, facts: Facts) -> dict[str, str]:
    return {option: verdict(book, facts, option) for option in book.options}


def expecting(book: Rulebook, facts: Facts, name: str = "") -> Situation:
    """Return a situation that expects every verdict that it gets."""
    return Situation(facts, name, expect=verdicts(book, facts))


def small(*rules: Rule, **facts: str) -> Mutation:
    """Return what becomes of the mutants of a small rulebook, with one situation that expects all it gets."""
    book = rulebook(*rules)
    return mutation(book, [expecting(book, facts, "case")])


def changes(found: Mutation) -> list[tuple[Mistake, str]]:
    return [(kill.mutant.mistake, kill.mutant.change) for kill in found.killed]


def every(rule: Rule) -> dict[Mistake, list[str]]:
    """Return what is done in each mutant of a rule."""
    made: dict[Mistake, list[str]] = {}
    for mutant in mutants(rulebook(rule), rule):
        made.setdefault(mutant.mistake, []).append(mutant.change)
    return made


@st.composite
def suites(draw: st.DrawFn) -> tuple[Rulebook, list[Situation]]:
    """A rulebook with a few situations; each expects some of the verdicts that it gets."""
    book = draw(books().filter(lambda book: len(book.facts) < 3))
    facts = [each for each in draw(st.lists(situations(book), max_size=3)) if allowed(book, each)]
    options = draw(st.lists(st.sampled_from(sorted(book.options)), unique=True))
    return book, [
        Situation(each, f"case {number}", expect={option: verdict(book, each, option) for option in options})
        for number, each in enumerate(facts)
    ]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_said_of_every_mutant_is_so(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(way, monkeypatch)

    @settings(made_up, max_examples=EXAMPLES[way])
    @given(suites())
    def holds(case: tuple[Rulebook, list[Situation]]) -> None:
        book, given = case
        found = mutation(book, given)
        situations_there_are = list(everything(book))
        for kill in found.killed:
            assert kill.by == noticing(kill.mutant, book, given) != ()
        for mutant in found.equivalent:
            altered = mutant.rulebook(book)
            assert all(verdicts(book, facts) == verdicts(altered, facts) for facts in situations_there_are)
        for survivor in found.survivors:
            altered, witness = survivor.mutant.rulebook(book), survivor.witness
            assert noticing(survivor.mutant, book, given) == ()
            assert witness is not None
            assert allowed(book, witness.facts)
            assert verdict(book, witness.facts, witness.option) == witness.original
            assert verdict(altered, witness.facts, witness.option) == witness.mutated != witness.original
            different = [facts for facts in situations_there_are if verdicts(book, facts) != verdicts(altered, facts)]
            assert all(len(facts) >= len(witness.facts) for facts in different)
        unseen = [book.rules[id] for id in found.out_of_sight]
        for mutant in [mutant for each in unseen for mutant in mutants(book, each)]:
            altered = mutant.rulebook(book)
            assert all(verdicts(book, facts) == verdicts(altered, facts) for facts in situations_there_are)
        made = [mutant for each in book.rules.values() if each not in unseen for mutant in mutants(book, each)]
        assert found.counted + len(found.equivalent) == len(made)

    holds()


def noticing(mutant: Mutant, book: Rulebook, given: list[Situation]) -> tuple[str, ...]:
    """Return the situations whose expectations fail for a mutant, judged as `plenipo test` judges."""
    altered = mutant.rulebook(book)
    result = hold_to_expectations(altered, [advise(altered, situation) for situation in given])
    return tuple(case.advice.situation.name for case in result.cases if case.differences)


def test_every_mistake_of_a_kind_is_made() -> None:
    one = rule(
        "one",
        "recommend sail",
        when={"wind": ("calm", "breeze"), "any": [{"tide": "in", "sky": "clear"}, {"crew": "full"}]},
        unless={"storm": "near"},
        overrides=("other",),
    )
    two = rule("two", "avoid sail", when={"wind": "gale", "tide": "out", "sky": "dark", "storm": "far", "crew": "ill"})
    made: dict[Mistake, list[str]] = {}
    for mutant in mutants(rulebook(one, two), one):
        made.setdefault(mutant.mistake, []).append(mutant.change)
    assert made == {
        Mistake.NO_RULE: [""],
        Mistake.NO_CONDITION: [
            "when: wind: [calm, breeze]",
            "when: any: {tide: in, sky: clear}",
            "when: tide: in",
            "when: sky: clear",
            "when: any: {crew: full}",
            "when: crew: full",
        ],
        Mistake.OTHER_VALUE: [
            "when: wind: [calm, breeze] -> breeze",
            "when: wind: [calm, breeze] -> [gale, breeze]",
            "when: wind: [calm, breeze] -> calm",
            "when: wind: [calm, breeze] -> [calm, gale]",
            "when: tide: in -> out",
            "when: sky: clear -> dark",
            "when: crew: full -> ill",
            "unless: storm: near -> far",
        ],
        Mistake.NO_UNLESS: ["storm: near"],
        Mistake.NO_OVERRIDE: ["other"],
        Mistake.OTHER_VERB: [f"recommend sail -> {verb}" for verb in ("done", "avoid", "defer", "consider")],
    }


def test_two_ways_to_the_same_rule_are_one_mutant() -> None:
    alone = rule("alone", "defer sail", when={"any": [{"wind": "gale"}]}, unless={"tide": "in"})
    made = every(alone)
    assert made[Mistake.NO_CONDITION] == ["when: any: {wind: gale}"]
    assert made[Mistake.NO_UNLESS] == ["tide: in"]


def test_a_finding_is_flipped_and_one_of_several_conclusions_dropped() -> None:
    finder = rule("finder", "find safe", "caution sail")
    user = rule("user", "recommend sail", when={"safe": "true"})
    book = rulebook(finder, user)
    assert [mutant.change for mutant in mutants(book, user) if mutant.mistake is Mistake.OTHER_VALUE] == [
        "when: safe: true -> false"
    ]
    assert [mutant.change for mutant in mutants(book, finder)] == ["", "find safe", "caution sail"]


def test_a_verdict_that_is_always_outranked_makes_equivalent_mutants() -> None:
    found = small(rule("no", "avoid sail"), rule("yes", "consider sail"))
    unnoticed = {(mutant.rule, mutant.mistake, mutant.change) for mutant in found.equivalent}
    assert ("yes", Mistake.NO_RULE, "") in unnoticed
    assert ("yes", Mistake.OTHER_VERB, "consider sail -> recommend") in unnoticed
    assert all(mutant.rule == "yes" for mutant in found.equivalent)


def test_a_rule_that_only_cautions_is_out_of_sight() -> None:
    found = small(rule("mind", "caution sail"), rule("go", "recommend sail"))
    assert found.out_of_sight == ("mind",)
    assert {kill.mutant.rule for kill in found.killed} == {"go"}


def test_without_expectations_nothing_is_killed_and_without_mutants_nothing_is_wrong() -> None:
    book = rulebook(rule("go", "recommend sail"))
    found = mutation(book, [Situation({}, "silent")])
    assert (found.killed, found.score) == ((), 0.0)
    assert all(survivor.witness is not None and survivor.witness.facts == {} for survivor in found.survivors)
    assert mutation(rulebook(rule("mind", "caution sail")), []).score == 1.0


def test_an_expectation_that_fails_anyhow_kills_nothing() -> None:
    book = rulebook(rule("go", "recommend sail"))
    assert mutation(book, [Situation({}, "wrong", expect={"sail": "avoid"})]).killed == ()


def test_a_constraint_makes_mutants_equivalent(book: Callable[..., Rulebook]) -> None:
    made = book("- {id: night, when: {sky: dark, moon: true}, then: {avoid: sail}}")
    free = mutation(made, [])
    never = Constraint("moonless", condition({"sky": "dark", "moon": "true"}))
    bound = mutation(replace(made, constraints=(never,)), [])
    assert free.counted > bound.counted > 0
    for survivor in bound.survivors:
        assert survivor.witness is not None
        assert not never.never.holds(survivor.witness.facts)


@pytest.mark.parametrize("seconds", [0.0])
def test_what_is_not_decided_in_time_counts_as_alive(seconds: float, monkeypatch: pytest.MonkeyPatch) -> None:
    choose("answers", monkeypatch)
    book = rulebook(
        rule("go", "recommend sail", when={"wind": "calm"}), rule("no", "avoid sail", when={"wind": "gale"})
    )
    found = mutation(book, [], seconds)
    assert found.score == 0.0
    assert found.counted + len(found.equivalent) == sum(len(list(mutants(book, each))) for each in book.rules.values())
    assert any(survivor.witness is None for survivor in found.survivors)
    document = json.loads(
        plenipo.render(SuiteReport(hold_to_expectations(book, []), mutation=found, least=0.5), "json")
    )
    survivors = document["mutation"]["survivors"]
    assert {"rule": "go", "mistake": "rule removed", "change": "", "decided": False} in survivors


def test_conditions_are_said_as_they_are_written() -> None:
    assert (
        condition_text(condition({"sky": ["clear", "dark"], "any": [{"tide": "in"}]}))
        == "sky: [clear, dark], any: [{tide: in}]"
    )


def test_the_bundled_situations_notice_nine_mistakes_of_ten() -> None:
    found = plenipo.mutate()
    assert found.score >= 0.9
    assert all(survivor.witness is not None for survivor in found.survivors)


def test_what_would_notice_a_mistake_does_when_it_is_added() -> None:
    book = plenipo.load_rulebook()
    given = [plenipo.load_situation(name, rulebook=book) for name in plenipo.situations()]
    survivors = mutation(book, given).survivors
    added = [
        Situation(witness.facts, str(number), expect={witness.option: witness.original.value})
        for number, survivor in enumerate(survivors)
        if (witness := survivor.witness) is not None
    ]
    assert all(
        advise(book, each).options[option].verdict == each.expect[option] for each in added for option in each.expect
    )
    assert mutation(book, [*given, *added]).score == 1.0


def test_survivors_are_listed_with_what_would_notice_them() -> None:
    book = rulebook(
        rule("go", "recommend sail", when={"wind": "calm"}), rule("no", "avoid sail", when={"wind": "gale"})
    )
    calm = expecting(book, {"wind": "calm"}, "calm")
    found = mutation(book, [calm])
    out = plenipo.render(
        SuiteReport(hold_to_expectations(book, [advise(book, calm)]), mutation=found, least=0.9), width=80
    )
    assert "\nno\n  rule removed\n    where wind: gale: sail is avoid and would be silent\n" in out
    assert (
        "  condition dropped: when: wind: calm\n    where nothing is known: sail is silent and would be recommend\n"
        in out
    )
    assert f"{len(found.killed)} of {found.counted} mutants are killed, {len(found.survivors)} survive\n" in out
    assert f"score: {found.score:.3f}; at least 0.9 is required\n" in out


def test_the_command_exits_by_the_score(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clear = tmp_path / "clear.yaml"
    clear.write_text("facts: {sky: clear, tide: yes}\nexpect: {sail: recommend}\n")
    asked = ["test", "--rulebook", str(WHOLE), str(clear), "--mutate"]
    assert main([*asked, "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert document["passed"] is True
    found = document["mutation"]
    assert (found["passed"], found["min"]) == (False, 0.9)
    assert 0 < found["score"] == len(found["killed"]) / found["counted"] < 0.9
    assert {Path(file).name for kill in found["killed"] for file in kill["by"]} == {"clear.yaml"}
    assert all(survivor["decided"] for survivor in found["survivors"])
    assert main([*asked, "--min", "0.2"]) == 0
    assert "  rule removed" not in capsys.readouterr().out
