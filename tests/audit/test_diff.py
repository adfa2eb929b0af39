"""What two rulebooks differ in is what looking at every situation finds, and each difference can be seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.audit.diff import Difference, difference
from plenipo.cli.main import main
from plenipo.rulebook.model import UNKNOWN, Constraint, Fact, Rulebook
from tests.conftest import FACTS, OPTIONS, RULES
from tests.made_up.constrained import choose
from tests.oracle import Oracle, allowed
from tests.spaces import spaces

FAULTY = Path(__file__).parents[1] / "faulty"


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Rulebook, Rulebook]:
    """A rulebook and what an author has made of it: a rule dropped or turned, a value or an option come or gone."""
    first = draw(spaces())
    rules = dict(first.rules)
    id = draw(st.sampled_from(sorted(rules)))
    match draw(st.sampled_from(("drop", "turn", "widen", "value", "constrain"))):
        case "drop":
            rules = {
                other: replace(rule, overrides=tuple(each for each in rule.overrides if each != id))
                for other, rule in rules.items()
                if other != id
            }
        case "turn":
            rules[id] = replace(rules[id], when=rules[id].unless or rules[id].when, unless=None)
        case "widen":
            rules[id] = replace(rules[id], unless=None)
        case "constrain":
            other = replace(first, constraints=draw(spaces()).constraints if draw(st.booleans()) else ())
            known = [each for each in other.constraints if _speaks_of(each, first)]
            return first, replace(other, constraints=tuple(known))
        case _:
            return (first, _with_a_value(first)) if draw(st.booleans()) else (_with_a_value(first), first)
    return first, replace(first, rules=rules)


def _speaks_of(constraint: Constraint, book: Rulebook) -> bool:
    return all(
        atom.name in book.facts and set(atom.values) <= {*book.facts[atom.name].values}
        for atom in constraint.never.every_atom()
    )


def _with_a_value(book: Rulebook) -> Rulebook:
    fact = next(iter(book.facts.values()))
    return replace(book, facts={**book.facts, fact.id: replace(fact, values={**fact.values, "other": "other"})})


def refusals(first: Rulebook, second: Rulebook) -> dict[tuple[str, bool], int]:
    """Return the conditions by which only one refuses, with which one and with how few facts it can do so."""
    found: dict[tuple[str, bool], int] = {}
    unbound = [replace(book, constraints=()) for book in (first, second)]
    for facts in union(*unbound):
        for strict, lenient, by_second in ((first, second, False), (second, first, True)):
            if allowed(lenient, read(lenient, facts)):
                for each in strict.constraints:
                    if each.never.holds(read(strict, facts)):
                        key = (str(each.never), by_second)
                        found[key] = min(found.get(key, 99), len(facts))
    return found


def union(first: Rulebook, second: Rulebook) -> list[dict[str, str]]:
    """Return every situation that both allow, in the words of both."""
    values: dict[str, dict[str, None]] = {}
    for book in (first, second):
        for id, fact in book.facts.items():
            values.setdefault(id, {}).update(dict.fromkeys(fact.values))
    seen = []
    for chosen in product(*((*each, UNKNOWN) for each in values.values())):
        facts = {id: value for id, value in zip(values, chosen, strict=True) if value != UNKNOWN}
        if all(allowed(book, read(book, facts)) for book in (first, second)):
            seen.append(facts)
    return seen


def read(book: Rulebook, facts: dict[str, str]) -> dict[str, str]:
    return {id: value for id, value in facts.items() if id in book.facts and value in book.facts[id].values}


@settings(max_examples=25)
@given(pairs())
def test_what_differs_is_what_looking_at_every_situation_finds(two: tuple[Rulebook, Rulebook]) -> None:
    first, second = two
    found = difference(first, second)
    differing: dict[str, int] = {}
    for facts in union(first, second):
        before, after = (Oracle(book, read(book, facts)).verdicts for book in two)
        for option in first.options:
            if before[option] != after[option]:
                differing[option] = min(differing.get(option, 99), len(facts))
    assert {each.option: len(each.situation.facts) for each in found.divergences} == differing
    assert found.undecided == ()
    refusing = refusals(first, second)
    assert {
        (str(each.constraint.never), each.by_second): len(each.situation.facts)
        for each in found.refusals
        if " and " not in each.constraint.id
    } == refusing
    assert found.unsettled == ()
    for refusal in found.refusals:
        facts = dict(refusal.situation.facts)
        assert [allowed(book, read(book, facts)) for book in two] == [refusal.by_second, not refusal.by_second]
    unbound = [replace(book, constraints=()) for book in two]
    alike = [len({allowed(book, read(book, facts)) for book in two}) == 1 for facts in union(*unbound)]
    assert bool(found.refusals) == (not all(alike))
    assert found.same == (not differing and all(alike))
    for each in found.divergences:
        verdicts = [Oracle(book, read(book, dict(each.situation.facts))).verdicts[each.option] for book in two]
        assert [each.before.verdict, each.after.verdict] == verdicts
        assert verdicts[0] != verdicts[1]


def test_a_rulebook_is_the_same_as_itself_in_another_order(book: Callable[..., Rulebook]) -> None:
    made = book()
    turned = replace(
        made,
        rules=dict(sorted(made.rules.items(), reverse=True)),
        facts=dict(sorted(made.facts.items(), reverse=True)),
        options=dict(sorted(made.options.items())),
    )
    assert difference(made, turned).same


def test_words_that_come_and_go_are_listed(book: Callable[..., Rulebook]) -> None:
    less = FACTS.replace(", storm: much", "").replace("    tide: {ask: Is the tide in?, values: boolean}\n", "")
    before, after = book(facts=less), book(RULES, options=OPTIONS + "    swim: {title: Swim}\n")
    found = difference(before, after)
    assert found.gone == ()
    assert found.new == ("option swim", "value wind: storm", "fact tide")
    assert not found.same
    assert found.divergences == ()


def test_a_difference_in_words_of_one_alone_says_so(book: Callable[..., Rulebook]) -> None:
    before = book(facts=FACTS.replace(", storm: much", ""))
    after = book(RULES + "- {id: stay, when: {wind: storm}, then: {avoid: fish}}\n")
    (each,) = difference(before, after).divergences
    assert (each.option, each.situation.facts, each.foreign) == ("fish", {"wind": "storm"}, ("wind",))


def test_a_fact_in_one_may_be_a_finding_in_the_other(book: Callable[..., Rulebook]) -> None:
    before = book()
    facts = {**before.facts, "safe": Fact("safe", "sea", "Is it safe?", {"true": "yes", "false": "no"})}
    findings = {id: each for id, each in before.findings.items() if id != "safe"}
    rules = {id: rule for id, rule in before.rules.items() if id != "calm-is-safe"}
    found: Difference = difference(before, replace(before, facts=facts, findings=findings, rules=rules))
    assert [each.option for each in found.divergences] == ["sail"]


def test_the_command_shows_differences_and_writes_witnesses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, after, shown = FAULTY / "sound", FAULTY / "empty-advice", tmp_path / "shown"
    whole = tmp_path / "after"
    for folder in (before, after):
        for file in folder.rglob("*.yaml"):
            (whole / file.relative_to(folder)).parent.mkdir(parents=True, exist_ok=True)
            (whole / file.relative_to(folder)).write_bytes(file.read_bytes())
    assert main(["diff", str(before), str(before)]) == 0
    assert capsys.readouterr().out == "the same verdict on each of 2 options in every situation that both allow\n"
    assert main(["diff", str(before), str(whole), "--witness", str(shown), "--width", "1000"]) == 1
    assert capsys.readouterr().out == (
        "mend: consider, and now defer\n"
        "  where sky: dark\n"
        "  before by mend-always; now by stay-in-the-dark\n"
        f"written: {shown / 'mend.yaml'}\n"
        "1 of 2 options can differ\n"
    )
    (shown / "mend.yaml").write_text("mine")
    assert main(["diff", str(before), str(whole), "--witness", str(shown)]) == 2
    assert f"`{shown / 'mend.yaml'}` already exists" in capsys.readouterr().err
    assert (shown / "mend.yaml").read_text() == "mine"
    assert main(["diff", str(before), str(whole), "--witness", str(shown), "--force", "--width", "1000"]) == 1
    capsys.readouterr()
    assert main(["test", str(shown / "mend.yaml"), "--rulebook", str(whole)]) == 0
    assert main(["test", str(shown / "mend.yaml"), "--rulebook", str(before)]) == 1
    capsys.readouterr()
    assert main(["diff", str(before), str(whole), "--format", "json"]) == 1
    seen = json.loads(capsys.readouterr().out)
    assert seen["options"]["mend"]["facts"] == {"sky": "dark"}
    assert main(["diff", str(before), str(whole), "--format", "md"]) == 1
    assert "| `mend` | consider, by mend-always | defer, by stay-in-the-dark | sky: dark |" in capsys.readouterr().out


def test_without_time_nothing_is_claimed() -> None:
    book = plenipo.load_rulebook()
    found = difference(book, book, seconds=0)
    assert set(found.undecided) == set(book.options)
    assert not found.same
    page = plenipo.render(found, "md")
    assert f"0 found to differ, {len(book.options)} not decided" in page


def test_a_constraint_that_refuses_more_is_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = FAULTY / "sound", tmp_path / "after"
    shutil.copytree(before, after)
    (after / "rules" / "constraints.yaml").write_text(
        "constraints: {never-dark: {never: {sky: dark}, because: The sun never sets here.}}"
    )
    assert main(["diff", str(before), str(after), "--width", "1000"]) == 1
    assert capsys.readouterr().out == (
        "never-dark: the second refuses a situation that the first allows\n"
        "  where sky: dark\n"
        "the same verdict on each of 2 options in every situation that both allow; "
        "1 constraint refuses what the other rulebook allows\n"
    )
    assert main(["diff", str(after), str(before), "--format", "json"]) == 1
    (seen,) = json.loads(capsys.readouterr().out)["constraints"]
    assert seen == {"id": "never-dark", "refused_by": "first", "facts": {"sky": "dark"}, "foreign": []}
    assert main(["diff", str(after), str(before), "--format", "md"]) == 1
    assert "| `never-dark` | the first refuses a situation that the second allows | sky: dark |" in (
        capsys.readouterr().out
    )
    choose("answers", monkeypatch)
    (unsettled,) = difference(plenipo.load_rulebook(before), plenipo.load_rulebook(after), seconds=0).unsettled
    assert unsettled == "never-dark"
