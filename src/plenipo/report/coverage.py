"""Coverage as text and as JSON: which conditions no situation decides both ways."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from plenipo.audit.coverage import Coverage
from plenipo.audit.goals import ConditionPart, Goal
from plenipo.audit.mutation.mutants import said
from plenipo.report.page import Page

Document = dict[str, object]


def coverage(found: Coverage, page: Page, least: float) -> None:
    """Write what is not covered, rule by rule, and whether what is covered is enough."""
    decided = found.conditions - len(found.undecided)
    tail = "; these are not:" if found.undecided else ""
    page.paragraph(f"{decided} of {found.conditions} conditions are decided both ways{tail}")
    for rule, parts in groupby(found.undecided, key=lambda missing: missing[0].rule):
        page.paragraph((rule, "bold"), indent=2)
        for part, outcomes in parts:
            page.paragraph(f"{_part(part)}: {_never(outcomes)}", indent=4, hang=2)
    if found.impossible:
        page.paragraph("not counted, for no situation at all shows it:")
        for goal in found.impossible:
            page.paragraph(_goal(goal), indent=2, hang=2)
    enough = found.reaches(least)
    words = f"coverage: {found.fired:.3f} of the rules, {found.decided:.3f} of the conditions"
    page.paragraph((f"{words}; {_required(least)}", "bold green" if enough else "bold red"))


def coverage_document(found: Coverage, least: float) -> Document:
    """Return the coverage as plain data."""
    return {
        "passed": found.reaches(least),
        "min": least,
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


def _required(least: float) -> str:
    return f"at least {least:g} is required"


def _part(part: ConditionPart) -> str:
    return f"{part.place}: {said(part.condition)}"


def _never(outcomes: Iterable[bool]) -> str:
    return "never " + " and never ".join(str(outcome).lower() for outcome in outcomes)


def _goal(goal: Goal) -> str:
    if goal.part is None:
        return f"{goal.rule}: never fires"
    return f"{goal.rule}: {_part(goal.part)}: {_never([goal.outcome])}"


def _place(part: ConditionPart) -> Document:
    return {"rule": part.rule, "place": part.place, "condition": said(part.condition)}
