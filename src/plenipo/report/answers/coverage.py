"""Coverage: which conditions no situation decides both ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from plenipo.audit.coverage import Coverage
from plenipo.audit.goals import ConditionPart, Goal
from plenipo.report.document import Document, Line, Section, Showing, name, outcome, strong
from plenipo.report.json import head
from plenipo.report.words import counted
from plenipo.rulebook.conditions import condition_text

if TYPE_CHECKING:
    from plenipo.report.shapes.suite import ConditionCoverageData, CoverageData, PlaceInRuleData


def document(found: Coverage, showing: Showing) -> Document:
    """Return what is not covered, rule by rule, and how much is."""
    lines = tuple(coverage_lines(found))
    return Document(topic="What the situations put to use", sections=(Section(lines=lines),))


def data(found: Coverage, showing: Showing) -> CoverageData:
    """Return the coverage as plain data."""
    return {**head("coverage"), **coverage_data(found)}


def coverage_lines(found: Coverage, least: float | None = None) -> Iterator[Line]:
    """Yield what is not covered, and whether what is covered is enough where a least share is required."""
    decided = found.conditions - len(found.undecided)
    tail = "; these are not:" if found.undecided else ""
    yield Line(
        f"{decided} of {counted(found.conditions, 'condition is', 'conditions are')} decided both ways{tail}", hang=0
    )
    for rule, parts in groupby(found.undecided, key=lambda missing: missing[0].rule):
        yield Line(name(rule), 1, hang=0)
        for part, outcomes in parts:
            yield Line(f"{_part(part)}: {_never(outcomes)}", 2)
    if found.impossible:
        yield Line("not counted, for no situation at all shows it:", hang=0)
        yield from (Line(_goal(goal), 1) for goal in found.impossible)
    said = f"coverage: {found.fired:.3f} of the rules, {found.decided:.3f} of the conditions"
    if least is None:
        yield Line(strong(said), hang=0)
    else:
        yield Line(outcome(f"{said}; at least {least:g} is required", good=found.reaches(least)), hang=0)


def coverage_data(found: Coverage, least: float | None = None) -> ConditionCoverageData:
    """Return the coverage as plain data, without the head of a document."""
    told: ConditionCoverageData = {
        "rules": found.rules,
        "rules_fired": found.fired,
        "total": found.conditions,
        "decided": found.decided,
        "undecided": [
            {**_place(part), "never": [str(outcome).lower() for outcome in outcomes]}
            for part, outcomes in found.undecided
        ],
        "impossible": [
            {"rule": goal.rule, "never": "fires"}
            if goal.part is None
            else {**_place(goal.part), "never": str(goal.outcome).lower()}
            for goal in found.impossible
        ],
    }
    return told if least is None else {"passed": found.reaches(least), "min": least, **told}


def _part(part: ConditionPart) -> str:
    return f"{part.place}: {condition_text(part.condition)}"


def _never(outcomes: Iterable[bool]) -> str:
    return "never " + " and never ".join(str(outcome).lower() for outcome in outcomes)


def _goal(goal: Goal) -> str:
    if goal.part is None:
        return f"{goal.rule}: never fires"
    return f"{goal.rule}: {_part(goal.part)}: {_never([goal.outcome])}"


def _place(part: ConditionPart) -> PlaceInRuleData:
    return {"rule": part.rule, "place": part.place, "condition": condition_text(part.condition)}
