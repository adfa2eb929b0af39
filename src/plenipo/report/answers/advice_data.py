"""Advice as JSON: the brief, every verdict with the rules behind it, the plan, the findings and the trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from plenipo.advice.conclude import Advice, Firing, OptionAdvice
from plenipo.counsel.brief import Brief, brief
from plenipo.counsel.plan import Plan, PlanEntry, Tie, plan
from plenipo.report.answers.brief_data import brief_data
from plenipo.report.answers.outlook import prospect_data
from plenipo.report.document import Showing
from plenipo.report.json import advice_head, plain, reason, release_data
from plenipo.rulebook.model import Option

if TYPE_CHECKING:
    from plenipo.report.shapes.advice import AdviceData, EntryData, FiringData, OptionVerdictData, TieData


def data(answer: Advice | Brief | Plan, showing: Showing) -> AdviceData:
    """Return some advice with its brief and its plan; the verdicts are at `options.<id>.verdict`."""
    advice = answer if isinstance(answer, Advice) else answer.advice
    shown = answer if isinstance(answer, Brief) else brief(advice)
    planned = answer if isinstance(answer, Plan) else plan(advice)

    def entries(listed: Iterable[PlanEntry]) -> list[EntryData]:
        return [_entry_data(entry, planned) for entry in listed]

    return {
        **advice_head("advice", advice, showing.remark),
        "brief": brief_data(shown),
        "options": {
            id: {
                **option_data(advice.rulebook.options[id], found),
                "outlook": prospect_data(planned.outlook.options[id]),
            }
            for id, found in advice.options.items()
        },
        "plan": {
            "considering": entries(planned.considering),
            "first": entries(planned.first),
            "now": entries(planned.now),
            "then": entries(planned.then),
            "consider": entries(planned.consider),
            "hold": entries(planned.hold),
            "avoid": entries(planned.avoid),
            "done": entries(planned.done),
            "silent": [option.id for option in planned.silent],
        },
        "findings": {id: advice.rulebook.findings[id].says for id in sorted(advice.findings)},
        "trace": [_firing_data(firing) for firing in advice.trace],
        "cautions": [
            {"option": id, "rule": rule.id, **reason(rule)}
            for id, found in sorted(advice.options.items())
            for rule in found.cautions
        ],
    }


def option_data(option: Option, said: OptionAdvice) -> OptionVerdictData:
    """Return the verdict on an option with the rules behind it, the strongest first."""
    strongest = reason(said.decided_by[0]) if said.decided_by else None
    return {
        "verdict": said.verdict,
        "title": option.title,
        "because": strongest["because"] if strongest else None,
        "basis": strongest["basis"] if strongest else None,
        "strength": strongest["strength"] if strongest else None,
        "cite": strongest["cite"] if strongest else [],
        "rules": [rule.id for rule in said.decided_by],
        "reasons": [{"rule": rule.id, **reason(rule)} for rule in said.decided_by],
        "outranked": [rule.id for rule in said.outranked],
        "overridden": [rule.id for rule in said.overridden],
        "cautions": [rule.id for rule in said.cautions],
    }


def _entry_data(entry: PlanEntry, plan: Plan) -> EntryData:
    return {
        "option": entry.option.id,
        "verdict": entry.verdict,
        "after": [_tie_data(tie) for tie in entry.after],
        "with": [_tie_data(tie) for tie in entry.beside],
        "waits_for": [release_data(release) for release in plan.waits.get(entry.option.id, ())],
        "waits_for_more": entry.option.id in plan.outlook.waits_for_more,
        "waits_undecided": entry.option.id in plan.outlook.waits_undecided,
        "parts": [_entry_data(part, plan) for part in entry.parts],
    }


def _tie_data(tie: Tie) -> TieData:
    link = tie.link
    return {
        "option": tie.option.id,
        "because": link.because,
        "cite": list(link.cite),
        "basis": link.basis,
        "soft": link.soft,
    }


def _firing_data(firing: Firing) -> FiringData:
    return {
        "rule": firing.rule.id,
        "met": [{"name": atom.name, "values": [*map(plain, atom.values)]} for atom in firing.met],
        "drew": [{"verb": drawn.verb, "on": drawn.on} for drawn in firing.drew],
        "overridden_by": list(firing.overridden_by),
    }
