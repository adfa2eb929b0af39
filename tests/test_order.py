"""Order never matters: whatever is answered is the same however files, rules and constraints are ordered."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.audit.diff import difference
from plenipo.audit.space import Space
from plenipo.audit.space_checks import run_space_checks
from plenipo.errors import SituationError
from plenipo.rulebook.files import VOCABULARY
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.made_up.constrained import made_up
from tests.spaces import situations, spaces

ROOT = Path(__file__).parents[1]


def reordered(book: Rulebook, random: Random) -> Rulebook:
    """The same rulebook with its rules, findings and constraints in another order."""
    rules, findings, constraints = list(book.rules.items()), list(book.findings.items()), list(book.constraints)
    for each in (rules, findings, constraints):
        random.shuffle(each)
    return replace(book, rules=dict(rules), findings=dict(findings), constraints=tuple(constraints))


def told(answer: object) -> str:
    return plenipo.render(answer, "json") + plenipo.render(answer, "text", full=True)


def answers(book: Rulebook, facts: dict[str, str]) -> Iterator[str]:
    """Yield everything that a rulebook answers on a situation, in every word and in its order."""
    advice = plenipo.advise(Situation(facts), rulebook=book)
    yield told(advice)
    yield told(plenipo.outlook(advice))
    yield told(plenipo.trace(Situation(facts), rulebook=book))
    yield told(plenipo.roadmap(Situation(facts), rulebook=book))
    for option in book.options:
        for verdict in Verdict:
            yield told(plenipo.change(advice, option, verdict))
        yield told(plenipo.explain(advice, option, why_not="recommend"))


@settings(made_up, max_examples=12)
@given(book=spaces(), random=st.randoms(use_true_random=False), data=st.data())
def test_answers_do_not_follow_the_order_of_rules(book: Rulebook, random: Random, data: st.DataObject) -> None:
    facts = data.draw(st.sampled_from(list(situations(book))))
    other = reordered(book, random)
    assert list(answers(book, facts)) == list(answers(other, facts))


def checked(book: Rulebook) -> tuple[Any, ...]:
    """Everything that the checks say, and what a difference to a rulebook without constraints and one rule is."""
    found = run_space_checks(Space(book))
    less = replace(book, rules={id: rule for id, rule in book.rules.items() if id != min(book.rules)}, constraints=())
    less = replace(less, rules={id: replace(rule, overrides=()) for id, rule in less.rules.items()})
    differing = plenipo.render(difference(book, less), "json")
    said = [(check, remark.subject, remark.message, remark.help, remark.claims) for check, remark in found.remarks]
    return (
        sorted(said, key=str),
        found.undecided,
        {**json.loads(differing), "options": sorted(json.loads(differing)["options"])},
    )


@settings(made_up, max_examples=15)
@given(book=spaces(), random=st.randoms(use_true_random=False))
def test_checks_do_not_follow_the_order_of_rules(book: Rulebook, random: Random) -> None:
    assert checked(book) == checked(reordered(book, random))


@settings(made_up, max_examples=25)
@given(book=spaces(), random=st.randoms(use_true_random=False), data=st.data())
def test_refusals_do_not_follow_the_order_of_constraints(book: Rulebook, random: Random, data: st.DataObject) -> None:
    facts = {id: data.draw(st.sampled_from(sorted(fact.values))) for id, fact in book.facts.items()}
    known = data.draw(st.sets(st.sampled_from(sorted(facts))))

    def refused(by: Rulebook) -> str:
        try:
            plenipo.load_situation({id: facts[id] for id in sorted(known)}, rulebook=by)
        except SituationError as fault:
            return str(fault)
        return ""

    assert refused(book) == refused(reordered(book, random))


def shuffled(folder: Path, seed: int) -> Rulebook:
    """The bundled rulebook with its files of rules under other names, and what is in them in another order."""
    random = Random(seed)
    for part in ("rules", "seeds"):
        shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("schemas"))
    for file in sorted((folder / "rules").glob("*.yaml")):
        if file.stem not in VOCABULARY:
            rules = yaml.load(file.read_text(), yaml.BaseLoader)
            random.shuffle(rules)
            file.unlink()
            (file.parent / f"{random.randrange(10**9)}.yaml").write_text(yaml.dump(rules))
    return plenipo.load_rulebook(folder)


def plain(told: Any) -> Any:
    """What was told without what is rightly another one: the digest and the names of files."""
    if isinstance(told, dict):
        return {key: plain(value) for key, value in told.items() if key not in {"digest", "track", "place"}}
    return [plain(each) for each in told] if isinstance(told, list) else told


@pytest.mark.parametrize("name", ["late-summer-2020", "hypothetical-breakthrough"])
def test_the_bundled_rulebook_answers_the_same_in_any_order(name: str, tmp_path: Path) -> None:
    facts = plenipo.load_situation(name)
    found = []
    for seed in (1, 2):
        book = shuffled(tmp_path / str(seed), seed)
        advice = plenipo.advise(facts, rulebook=book)
        given = [advice, plenipo.outlook(advice), plenipo.roadmap(facts, rulebook=book)]
        given += [plenipo.trace(facts, rulebook=book)]
        given += [plenipo.explain(advice, option, why_not="recommend") for option in book.options]
        given += [plenipo.change(advice, option, "done") for option in list(book.options)[::8]]
        found.append([json.dumps(plain(json.loads(plenipo.render(each, "json")))) for each in given])
    assert found[0] == found[1]
