"""Mutation: the score, and each mistake that no expectation notices with what would notice it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from plenipo.audit.mutation import Mutant, Mutation, Survivor, Witness
from plenipo.report.document import Document, Line, Section, Showing, name, outcome, quiet, strong
from plenipo.report.json import head, plain_facts
from plenipo.report.words import counted

if TYPE_CHECKING:
    from plenipo.report.shapes.suite import MutantData, MutantsData, MutationData, SurvivorData


def document(found: Mutation, showing: Showing) -> Document:
    """Return the survivors, rule by rule, then what became of the others."""
    return Document(topic="Which mistakes the situations would notice", sections=tuple(mutation_sections(found)))


def data(found: Mutation, showing: Showing) -> MutationData:
    """Return what became of the mutants as plain data."""
    return {**head("mutation"), **mutation_data(found)}


def mutation_sections(found: Mutation, least: float | None = None) -> list[Section]:
    """Return the survivors and what became of the others, and whether the score is enough where one is required."""
    survivors: list[Line] = []
    for rule, same in groupby(found.survivors, key=lambda survivor: survivor.mutant.rule):
        survivors.append(Line(name(rule), hang=0))
        survivors += (line for survivor in same for line in _survivor(survivor))
    return [Section(lines=tuple(survivors)), Section(lines=tuple(_score(found, least)))]


def mutation_data(found: Mutation, least: float | None = None) -> MutantsData:
    """Return what became of the mutants as plain data, without the head of a document."""
    told: MutantsData = {
        "score": found.score,
        "counted": found.counted,
        "killed": [{**_mutant(kill.mutant), "by": list(kill.by)} for kill in found.killed],
        "survivors": [_survivor_data(survivor) for survivor in found.survivors],
        "equivalent": [_mutant(mutant) for mutant in found.equivalent],
        "out_of_sight": list(found.out_of_sight),
    }
    return told if least is None else {"passed": found.score >= least, "min": least, **told}


def _score(found: Mutation, least: float | None) -> Iterator[Line]:
    survive = counted(len(found.survivors), "survives", "survive")
    yield Line(f"{len(found.killed)} of {counted(found.counted, 'mutant is', 'mutants are')} killed, {survive}", hang=0)
    yield Line(
        f"{counted(len(found.equivalent), 'more is', 'more are')} equivalent: no situation gives another verdict"
    )
    if found.out_of_sight:
        yield Line(f"{counted(len(found.out_of_sight), 'rule has', 'rules have')} none: no verdict rests on them")
    said = f"score: {found.score:.3f}"
    if least is None:
        yield Line(strong(said), hang=0)
    else:
        yield Line(outcome(f"{said}; at least {least:g} is required", good=found.score >= least), hang=0)


def _survivor(survivor: Survivor) -> Iterator[Line]:
    mutant, witness = survivor.mutant, survivor.witness
    yield Line(f"{mutant.mistake}: {mutant.change}" if mutant.change else mutant.mistake, 1)
    if witness is None:
        yield Line(quiet("not decided in time: neither a situation that shows it nor a proof"), 2, hang=0)
        return
    turn = f"{witness.option} is {witness.original} and would be {witness.mutated}"
    yield Line((quiet(f"{_where(witness)}: "), turn), 2)


def _where(witness: Witness) -> str:
    facts = ", ".join(f"{fact}: {value}" for fact, value in witness.facts.items())
    return f"where {facts}" if facts else "where nothing is known"


def _mutant(mutant: Mutant) -> MutantData:
    return {"rule": mutant.rule, "mistake": mutant.mistake.value, "change": mutant.change}


def _survivor_data(survivor: Survivor) -> SurvivorData:
    mutant, witness = survivor.mutant, survivor.witness
    told: SurvivorData = {
        "rule": mutant.rule,
        "mistake": mutant.mistake.value,
        "change": mutant.change,
        "decided": witness is not None,
    }
    if witness is not None:
        told["facts"] = plain_facts(witness.facts)
        told["option"] = witness.option
        told["original"] = witness.original
        told["mutated"] = witness.mutated
    return told
