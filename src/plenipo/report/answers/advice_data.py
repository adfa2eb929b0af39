"""Advice as JSON: every verdict with the rules behind it, the plan, the findings and the trace."""

from __future__ import annotations

from plenipo.advice.conclude import Advice, Firing, OptionAdvice
from plenipo.counsel.plan import Entry, Plan, Tie, ordered
from plenipo.inquiry.outlook import Outlook
from plenipo.inquiry.waiting import Release
from plenipo.report.answers.outlook import prospect_data
from plenipo.report.document import Showing
from plenipo.report.json import Data, advice_head, reason
from plenipo.rulebook.model import Option

#: The groups of a plan in reading order, each an attribute of it.
GROUPS = ("considering", "first", "now", "then", "consider", "hold", "avoid", "done")


def data(answer: Plan | Advice, showing: Showing) -> Data:
    """Return a plan and the advice behind it; the verdicts are at `options.<id>.verdict`."""
    plan = ordered(answer)
    advice, outlook = plan.advice, plan.outlook
    return {
        **advice_head("advice", advice, showing.remark),
        "options": {
            id: {
                **option_data(advice.rulebook.options[id], found),
                "outlook": prospect_data(outlook.options[id]),
            }
            for id, found in advice.options.items()
        },
        "plan": {
            **{name: [_entry_data(entry, outlook) for entry in getattr(plan, name)] for name in GROUPS},
            "silent": [option.id for option in plan.silent],
        },
        "findings": {id: advice.rulebook.findings[id].says for id in sorted(advice.findings)},
        "trace": [_firing_data(firing) for firing in advice.trace],
        "cautions": [
            {"option": id, "rule": rule.id, **reason(rule)}
            for id, found in sorted(advice.options.items())
            for rule in found.cautions
        ],
    }


def option_data(option: Option, said: OptionAdvice) -> Data:
    """Return the verdict on an option with the rules behind it, the strongest first."""
    strongest = reason(said.decided_by[0]) if said.decided_by else {"because": None, "basis": None, "strength": None}
    return {
        "verdict": said.verdict,
        "title": option.title,
        "because": strongest["because"],
        "basis": strongest["basis"],
        "strength": strongest["strength"],
        "cite": strongest.get("cite", []),
        "rules": [rule.id for rule in said.decided_by],
        "reasons": [{"rule": rule.id, **reason(rule)} for rule in said.decided_by],
        "outranked": [rule.id for rule in said.outranked],
        "overridden": [rule.id for rule in said.overridden],
        "cautions": [rule.id for rule in said.cautions],
    }


def _entry_data(entry: Entry, outlook: Outlook) -> Data:
    return {
        "option": entry.option.id,
        "verdict": entry.verdict,
        "after": [_tie_data(tie) for tie in entry.after],
        "with": [_tie_data(tie) for tie in entry.beside],
        "waits_for": [_release_data(release) for release in outlook.waits.get(entry.option.id, ())],
        "waits_for_more": entry.option.id in outlook.waits_for_more,
        "parts": [_entry_data(part, outlook) for part in entry.parts],
    }


def _tie_data(tie: Tie) -> Data:
    link = tie.link
    cited: Data = {"because": link.because, "cite": list(link.cite), "basis": link.basis}
    return {"option": tie.option.id, **cited, "soft": link.soft}


def _release_data(release: Release) -> Data:
    return {"facts": {need.name: {"values": list(need.values), "now": need.now} for need in release.needs}}


def _firing_data(firing: Firing) -> Data:
    return {
        "rule": firing.rule.id,
        "met": [{"name": atom.name, "values": list(atom.values)} for atom in firing.met],
        "drew": [{"verb": drawn.verb, "on": drawn.on} for drawn in firing.drew],
        "overridden_by": list(firing.overridden_by),
    }
