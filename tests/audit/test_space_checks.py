"""The checks over the whole space find what looking at every situation finds, and witnesses show it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings

import plenipo
from plenipo.audit.examine import STALE, Examination, examine
from plenipo.audit.space import Space
from plenipo.audit.space_checks import CheckResult, run_space_checks, space_checks
from plenipo.cli.main import main
from plenipo.rulebook.model import UNKNOWN, Rule, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict
from plenipo.search_time import search_time
from tests.answers import advise
from tests.made_up.constrained import made_up
from tests.oracle import Oracle
from tests.spaces import answer, situations, spaces, without

ROOT = Path(__file__).parents[2]
FAULTY = ROOT / "tests" / "faulty"
PAGES = ROOT / "docs" / "checks"
IDS = [*space_checks(), STALE]


def failing(check: str, folder: Path) -> Path:
    """Make the rulebook that fails a check: the sound one, with some files changed or added."""
    for layer in (FAULTY / "sound", FAULTY / check):
        shutil.copytree(layer, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return folder


def test_nothing_can_be_said_against_the_sound_rulebook() -> None:
    assert examine(FAULTY / "sound").diagnostics == ()


@pytest.mark.parametrize("check", IDS)
def test_a_check_says_just_this(check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(failing(check, tmp_path / "book"))
    found = examine(Path()).diagnostics
    assert "\n".join(str(fault) for fault in found) + "\n" == (FAULTY / check / "expected.txt").read_text()
    assert check in {fault.check for fault in found}


@pytest.mark.parametrize("check", IDS)
def test_a_check_has_its_page(check: str) -> None:
    text = (PAGES / f"{check}.md").read_text()
    assert text.startswith(f"# {check}\n\n")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Avoid", "## Prefer", "## Why"]
    assert "A remark:" in text
    assert f"| [{check}]({check}.md) | remark |" in (PAGES / "README.md").read_text()


def test_checks_and_faulty_rulebooks_are_the_same() -> None:
    assert sorted(path.name for path in FAULTY.iterdir() if path.name != "sound") == sorted(IDS)


@settings(max_examples=25)
@given(spaces())
def test_what_is_found_is_what_looking_at_every_situation_finds(book: Rulebook) -> None:
    found = run_space_checks(Space(book))
    assert found.undecided == {}
    assert subjects(found) == brute(book)


@settings(made_up, max_examples=25)
@given(book=spaces())
def test_every_claim_has_a_witness_that_shows_it(held: list[object], book: Rulebook) -> None:
    space = Space(book)
    for check, remark in run_space_checks(space).remarks:
        for claim in remark.claims:
            held.append(claim)
            witness = space.witness(claim)
            assert witness is not None
            advice = advise(book, witness)
            assert {option: advice.options[option].verdict.value for option in witness.expect} == witness.expect
            truth = Oracle(book, witness.facts)
            holding = {"acts": truth.acting, "fires": truth.fired}
            assert all(term[-1] in holding[str(term[0])] for term, _ in claim.goals if len(term) == 3)
            if check == "empty-advice":
                assert not {"recommend", "consider"} & set(truth.verdicts.values())
            if check == "contested-option":
                assert truth.verdicts[remark.subject] in ("avoid", "done")


@settings(made_up, max_examples=15)
@given(book=spaces())
def test_a_witness_tells_no_more_than_it_must(held: list[object], book: Rulebook) -> None:
    space = Space(book)
    for _, remark in run_space_checks(space).remarks:
        for claim in remark.claims[:1]:
            if any(term[0] != "acts" for term, _ in claim.goals):
                continue
            held.append(claim)
            acting = {str(term[-1]) for term, _ in claim.goals}
            showing = [facts for facts in situations(book) if acting <= Oracle(book, facts).acting]
            witness = space.witness(claim)
            assert witness is not None
            assert len(witness.facts) == min(len(facts) for facts in showing)


def test_what_takes_too_long_is_said_to_be_undecided() -> None:
    book = plenipo.load_rulebook()
    with search_time(0):
        found = run_space_checks(Space(book))
    assert set(found.undecided) == space_checks().keys()
    assert found.remarks == ()


def test_what_is_not_decided_does_not_pass(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--seconds", "0"]) == 1
    out = capsys.readouterr().out
    assert f"nothing found, {len(space_checks())} checks not decided" in " ".join(out.split())
    assert main(["check", "--seconds", "0", "--format", "json"]) == 1
    document = json.loads(capsys.readouterr().out)
    assert (document["passed"], document["findings"]) == (False, [])


def test_accepted_remarks_are_kept_with_their_reasons(tmp_path: Path) -> None:
    folder = failing("silent-option", tmp_path)
    reason = "Nobody has thought of it."
    _accept(folder, f"- {{check: silent-option, of: swim, because: {reason}}}")
    found = examine(folder)
    assert found.passed
    assert [(kept.because, said.check) for kept, said in found.accepted] == [(reason, "silent-option")]


def test_the_command_says_what_is_accepted_and_writes_witnesses(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = failing("contested-option", tmp_path / "book")
    shown = tmp_path / "shown"
    assert main(["check", "--rulebook", str(folder), "--witness", str(shown)]) == 1
    assert "remark[contested-option]" in capsys.readouterr().out
    files = sorted(str(path) for path in shown.iterdir())
    assert len(files) == 1
    Path(files[0]).write_text("mine")
    assert main(["check", "--rulebook", str(folder), "--witness", str(shown)]) == 2
    assert Path(files[0]).read_text() == "mine"
    capsys.readouterr()
    again = ["check", "--rulebook", str(folder), "--witness", str(shown), "--force", "--format", "json"]
    assert main(again) == 1
    assert json.loads(capsys.readouterr().out)["files"] == files
    assert main(["test", "--rulebook", str(folder), *files]) == 0
    assert main(["advise", "--rulebook", str(folder), *files]) == 0
    _accept(folder, "- {check: contested-option, of: [sail], because: Sailors differ.}")
    capsys.readouterr()
    assert main(["check", "--rulebook", str(folder)]) == 0
    assert "1 accepted" in capsys.readouterr().out
    assert main(["check", "--rulebook", str(folder), "--full"]) == 0
    assert "accepted: Sailors differ." in capsys.readouterr().out


def test_a_caution_matters_wherever_it_acts(book: Callable[..., Rulebook]) -> None:
    made = book(
        "- {id: mind, when: {sky: dark}, then: {caution: sail}}\n- {id: too, when: {sky: dark}, then: {caution: sail}}"
    )
    assert {
        said.subject
        for check, said in run_space_checks(Space(made)).remarks
        if check in ("never-matters", "subsumed-rule")
    } == set()


def test_a_second_reason_matters_by_what_it_cites(book: Callable[..., Rulebook]) -> None:
    rules = "- {id: one, then: {recommend: sail}, cite: [A01]}\n- {id: two, then: {recommend: sail}, cite: [%s]}"
    assert "two" in space_of(book(rules % "A02")).mattering
    assert "two" not in space_of(book(rules % "A01")).mattering


def test_the_bundled_rulebook_passes() -> None:
    assert [str(fault) for fault in examine().diagnostics] == []


def test_the_bundled_rulebook_has_witnesses_that_hold(tmp_path: Path) -> None:
    found: Examination = examine(witnesses=True)
    assert found.undecided == {}
    written = plenipo.write_situations(found.witnesses, tmp_path)
    assert not any(case.differences for case in plenipo.run_suite(written).cases)


def space_of(book: Rulebook) -> Space:
    return Space(book)


def subjects(found: CheckResult) -> set[tuple[str, str]]:
    return {(check, remark.subject) for check, remark in found.remarks}


def _accept(folder: Path, entries: str) -> None:
    (folder / "rules" / "accepted.yaml").write_text(entries)


def brute(book: Rulebook) -> set[tuple[str, str]]:
    """Return what the checks should find, from every situation one by one."""
    seen = [(facts, Oracle(book, facts)) for facts in situations(book)]
    firing = {id for _, truth in seen for id in truth.fired}
    holding = {pair for _, truth in seen for pair in truth.verdicts.items()}
    silent = {
        id for id in book.options if all((id, verdict) not in holding for verdict in Verdict if verdict != "silent")
    }
    drawn = {each for rule in book.rules.values() for each in rule.then if each.verb is not Verb.CAUTION}
    subsumed = set(_subsumed(book, [truth.acting for _, truth in seen]))
    found = {("never-fires", id) for id in book.rules if id not in firing}
    found |= {("silent-option", id) for id in silent}
    found |= {("subsumed-rule", id) for id in subsumed}
    found |= {("never-matters", id) for id in firing - subsumed if not _matters(book, id)}
    for each in drawn:
        if each.verb is Verb.FIND and not any(each.on in truth.findings for _, truth in seen):
            found.add(("never-holds", each.on))
        if each.verb is not Verb.FIND and each.on not in silent and (each.on, each.verb.value) not in holding:
            found.add(("never-holds", f"{each.on}={each.verb}"))
    found |= {("contested-option", option) for _, truth in seen for option in _contested(book, truth)}
    found |= set(_idle(book))
    if any(not {"recommend", "consider"} & set(truth.verdicts.values()) for _, truth in seen):
        found.add(("empty-advice", "advice"))
    return found


def _matters(book: Rulebook, id: str) -> bool:
    less = without(book, id)
    return any(answer(book, facts) != answer(less, facts) for facts in situations(book))


def _subsumed(book: Rulebook, acting: list[set[str]]) -> Iterator[str]:
    order = sorted(book.rules)
    for id, rule in book.rules.items():
        for other in book.rules.values():
            if other is not rule and any(id in act for act in acting) and _covers(other, rule, acting):
                mutual = _covers(rule, other, acting)
                if not mutual or order.index(other.id) < order.index(id):
                    yield id


def _covers(other: Rule, rule: Rule, acting: list[set[str]]) -> bool:
    says = all(drawn in other.then and drawn.verb is not Verb.CAUTION for drawn in rule.then)
    rests = set(rule.cite) <= set(other.cite) and (other.basis == "stated" or rule.basis == "inferred")
    instead = set(rule.overrides) <= set(other.overrides)
    return says and rests and instead and all(other.id in act for act in acting if rule.id in act)


def _contested(book: Rulebook, truth: Oracle) -> Iterator[str]:
    for one in truth.acting:
        for other in truth.acting - {one}:
            for drawn in book.rules[one].then:
                if drawn.verb in (Verb.RECOMMEND, Verb.CONSIDER):
                    yield from (each.on for each in book.rules[other].then if each == replace(drawn, verb=Verb.AVOID))


def _idle(book: Rulebook) -> Iterator[tuple[str, str]]:
    answers = {tuple(sorted(facts.items())): answer(book, facts) for facts in situations(book)}
    for fact in book.facts.values():
        apart = {
            (one, other)
            for one, other in combinations((*fact.values, UNKNOWN), 2)
            if any(_differ(answers, facts, fact.id, one, other) for facts in situations(book))
        }
        if not apart:
            yield "idle-fact", fact.id
        elif any(pair not in apart for pair in combinations(fact.values, 2)):
            yield "idle-value", fact.id


def _differ(
    answers: Mapping[tuple[tuple[str, str], ...], object], facts: dict[str, str], fact: str, *values: str
) -> bool:
    rest = {id: value for id, value in facts.items() if id != fact}
    situations_with = [{**rest, **({} if value == UNKNOWN else {fact: value})} for value in values]
    got = [answers.get(tuple(sorted(each.items()))) for each in situations_with]
    return None not in got and got[0] != got[1]
