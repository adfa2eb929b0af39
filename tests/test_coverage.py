"""Citation coverage: every proposition is cited, background or neither, and what cites it is named."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plenipo.rulebook.checks import examine
from plenipo.rulebook.coverage import Citer, coverage
from plenipo.rulebook.load import load_rulebook
from plenipo.rulebook.model import Rulebook

WHOLE = Path(__file__).parent / "bad" / "whole"


def test_what_cites_a_proposition_is_named() -> None:
    (found,) = coverage(load_rulebook(WHOLE))
    assert found.source == "A"
    assert {cited.proposition.id: cited.by for cited in found.cited} == {
        "A01": (Citer("rule", "clear-is-safe"), Citer("rule", "sail-when-safe")),
        "A02": (Citer("rule", "sail-when-safe"),),
        "A03": (Citer("order", "paint after mend"),),
    }
    assert [said.id for said in found.background] == ["A04"]
    assert found.uncited == ()
    assert found.total == 4


def test_findings_options_and_facts_cite_too(book: Callable[..., Rulebook]) -> None:
    made = book(
        "- {id: one, then: {avoid: step}, cite: B01}",
        facts="facts: {g: {asked: {ask: Is it?, values: boolean, cite: A02}}}",
        options="options: {g: {step: {title: Step, cite: [A03], with: {walk: {cite: A04}}}, walk: {title: Walk}}}",
        findings="findings: {found: {says: It is., cite: [A05, A03]}}",
    )
    first, second = coverage(made)
    assert {cited.proposition.id: [citer.kind for citer in cited.by] for cited in first.cited} == {
        "A02": ["fact"],
        "A03": ["finding", "option"],
        "A04": ["order"],
        "A05": ["finding"],
    }
    assert [said.id for said in second.uncited] == [f"B0{number}" for number in range(2, 10)]


@pytest.mark.parametrize("folder", [None, WHOLE])
def test_coverage_and_the_check_agree(folder: Path | None) -> None:
    rulebook, found = examine(folder)
    assert rulebook is not None
    uncited = [said.location for source in coverage(rulebook) for said in source.uncited]
    told = [fault.location for fault in found if fault.check == "uncited-proposition" and not fault.also]
    assert sorted(filter(None, uncited)) == sorted(told)
