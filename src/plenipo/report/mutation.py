"""Mutation as text and as JSON: the score, and each mistake that no expectation notices with what would notice it."""

from __future__ import annotations

from itertools import groupby

from plenipo.audit.mutation import Mutant, Mutation, Survivor, Witness
from plenipo.report.page import Page

Document = dict[str, object]


def mutation(found: Mutation, page: Page, least: float) -> None:
    """Write the survivors, rule by rule, then what became of the others, and whether the score is enough."""
    for rule, survivors in groupby(found.survivors, key=lambda survivor: survivor.mutant.rule):
        page.paragraph((rule, "bold"))
        for survivor in survivors:
            _survivor(survivor, page)
    if found.survivors:
        page.blank()
    page.paragraph(f"{len(found.killed)} of {found.counted} mutants are killed, {len(found.survivors)} survive")
    page.paragraph(f"{len(found.equivalent)} more are equivalent: no situation gives another verdict", hang=2)
    if found.out_of_sight:
        page.paragraph(f"{len(found.out_of_sight)} rules have none: no verdict rests on them", hang=2)
    enough = found.score >= least
    words = f"score: {found.score:.3f}; at least {least:g} is required"
    page.paragraph((words, "bold green" if enough else "bold red"))


def mutation_document(found: Mutation, least: float) -> Document:
    """Return what became of the mutants as plain data."""
    return {
        "passed": found.score >= least,
        "min": least,
        "score": found.score,
        "counted": found.counted,
        "killed": [{**_mutant(kill.mutant), "by": list(kill.by)} for kill in found.killed],
        "survivors": [_survivor_document(survivor) for survivor in found.survivors],
        "equivalent": [_mutant(mutant) for mutant in found.equivalent],
        "out_of_sight": list(found.out_of_sight),
    }


def _survivor(survivor: Survivor, page: Page) -> None:
    mutant, witness = survivor.mutant, survivor.witness
    page.paragraph(f"{mutant.mistake}: {mutant.change}" if mutant.change else mutant.mistake, indent=2, hang=2)
    if witness is None:
        page.paragraph(("not decided in time: neither a situation that tells it nor a proof", "dim"), indent=4)
        return
    turn = f"{witness.option} is {witness.original} and would be {witness.mutated}"
    page.paragraph((f"{_where(witness)}: ", "dim"), turn, indent=4, hang=2)


def _where(witness: Witness) -> str:
    facts = ", ".join(f"{fact}: {value}" for fact, value in witness.facts.items())
    return f"where {facts}" if facts else "where nothing is known"


def _mutant(mutant: Mutant) -> Document:
    return {"rule": mutant.rule, "mistake": mutant.mistake.value, "change": mutant.change}


def _survivor_document(survivor: Survivor) -> Document:
    witness = survivor.witness
    if witness is None:
        return {**_mutant(survivor.mutant), "decided": False}
    return {
        **_mutant(survivor.mutant),
        "decided": True,
        "facts": dict(witness.facts),
        "option": witness.option,
        "original": witness.original.value,
        "mutated": witness.mutated.value,
    }
