"""The brief as JSON: what the text names, entry by entry, each with its reason and the propositions it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plenipo.counsel.brief import Brief
from plenipo.counsel.brief_parts import Named, Reading, Reason, ToFindOut
from plenipo.counsel.roadmap import Step
from plenipo.report.json import needs_data, plain, reason, release_data, released_by_data

if TYPE_CHECKING:
    from plenipo.report.shapes.brief import (
        BriefData,
        FittingReasonData,
        NamedData,
        ReadingData,
        StepData,
        ToFindOutData,
    )


def brief_data(brief: Brief) -> BriefData:
    """Return a brief as plain data."""
    return {
        "reading": [_reading(each) for each in brief.reading],
        "lead": [_named(each) for each in brief.lead],
        "considering": [_named(each) for each in brief.considering],
        "considering_more": brief.considering_more,
        "then": [_step(each) for each in brief.then],
        "not_yet": [_named(each) for each in brief.not_yet],
        "beware": [_named(each) for each in brief.beware],
        "find_out": [to_find_out(each) for each in brief.find_out],
        "standing": {"keep": [option.id for option in brief.standing.keep], "avoid": brief.standing.avoid},
        "maybe_done": [option.id for option in brief.maybe_done],
        "undecided": list(brief.undecided),
    }


def _reading(each: Reading) -> ReadingData:
    return {
        "finding": each.finding.id,
        "says": each.finding.says,
        "cite": [said.id for said in each.cite],
        "facts": [fact.id for fact in each.facts],
    }


def _named(each: Named) -> NamedData:
    return {
        "option": each.option.id,
        "title": each.option.title,
        "verdict": each.verdict,
        "if_not_done": each.if_not_done,
        "reason": None if each.reason is None else _reason(each.reason),
        "reason_if": needs_data(each.reason_if),
        "cautions": [_reason(caution) for caution in each.cautions],
        "with": [option.id for option in each.beside],
        "in_return": [option.id for option in each.in_return],
        "parts": [option.id for option in each.parts],
        "until": [release_data(release) for release in each.until],
        "undecided": each.undecided,
    }


def _reason(found: Reason) -> FittingReasonData:
    return {"rule": found.rule.id, **reason(found.rule), "facts": [fact.id for fact in found.facts]}


def _step(step: Step) -> StepData:
    return {
        "option": step.option.id,
        "title": step.option.title,
        "verdict": step.verdict,
        "already": step.already,
        "reason": None if step.reason is None else {"rule": step.reason.id, **reason(step.reason)},
        "released_by": [released_by_data(each) for each in step.released_by],
    }


def to_find_out(asked: ToFindOut) -> ToFindOutData:
    """Return an unknown fact, who knows it, and the value that would change most of a brief."""
    return {
        "fact": asked.fact.id,
        "ask": asked.fact.ask,
        "known_to": [party.id for party in asked.known_to],
        "own": asked.own,
        "reason": {"because": asked.fact.why, "cite": list(asked.fact.cite)},
        "telling": {
            "value": plain(asked.telling.value),
            "lead": list(asked.telling.choice.lead),
            "not_yet": list(asked.telling.choice.not_yet),
            "beware": list(asked.telling.choice.beware),
        },
    }
