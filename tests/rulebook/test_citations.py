"""Who cites what: every thing that may cite is asked, and every proposition is cited, background or left over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plenipo.audit.examine import citation_coverage
from plenipo.rulebook.citations import every_citation
from plenipo.rulebook.load import examine_rulebook, load_rulebook
from plenipo.rulebook.model import Rulebook

WHOLE = Path(__file__).parents[1] / "bad" / "whole"


def cited(rulebook: Rulebook) -> list[tuple[str, str, str]]:
    return [(found.proposition, found.by.id, found.order) for found in every_citation(rulebook)]


def test_what_cites_a_proposition_is_named() -> None:
    rulebook = load_rulebook(WHOLE)
    assert sorted(cited(rulebook)) == [
        ("A01", "clear-is-safe", ""),
        ("A01", "sail-when-safe", ""),
        ("A02", "sail-when-safe", ""),
        ("A03", "paint", "after mend"),
    ]
    (found,) = citation_coverage(rulebook)
    assert (found.source.id, found.cited, found.background, found.left_over) == (
        "A",
        ("A01", "A02", "A03"),
        ("A04",),
        (),
    )


def test_everything_that_may_cite_is_asked(book: Callable[..., Rulebook]) -> None:
    made = book(
        "- {id: one, then: {avoid: step}, cite: B01}",
        facts="facts: {g: {asked: {ask: Is it?, values: boolean, cite: A02}}}",
        options="""
options:
  g:
    step: {title: Step, cite: [A03], with: {walk: {cite: A04}}}
    walk: {title: Walk, headline: A, brings: {asked: yes}, cited_for: {brings: A07, headline: [A08, A03]}}
""",
        findings="findings: {found: {says: It is., cite: [A05, A03]}}",
        constraints="constraints: {never: {never: {asked: no}, because: It is., cite: A06}}",
    )
    assert cited(made) == [
        ("B01", "one", ""),
        ("A05", "found", ""),
        ("A03", "found", ""),
        ("A03", "step", ""),
        ("A02", "asked", ""),
        ("A06", "never", ""),
        ("A04", "step", "with walk"),
        ("A08", "walk", ""),
        ("A03", "walk", ""),
        ("A07", "walk", ""),
    ]
    assert [found.key for found in every_citation(made) if found.by.id == "walk"] == ["headline", "headline", "brings"]
    _, second = citation_coverage(made)
    assert second.left_over == tuple(f"B0{number}" for number in range(2, 10))


@pytest.mark.parametrize("folder", [None, WHOLE])
def test_coverage_and_the_check_agree(folder: Path | None) -> None:
    rulebook, found = examine_rulebook(folder)
    assert rulebook is not None
    left = {
        str(rulebook.propositions[id].location) for source in citation_coverage(rulebook) for id in source.left_over
    }
    assert left == {str(fault.location) for fault in found if fault.check == "uncited-proposition" and not fault.also}
