"""The difference between two rulebooks: on which options, in which situations, and by which rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plenipo.advice.conclude import OptionAdvice
from plenipo.audit.diff import Difference, Divergence, Refusal
from plenipo.report.document import Document, Line, Section, Showing, Span, Tone, name, outcome
from plenipo.report.json import head, plain_facts
from plenipo.report.words import counted
from plenipo.rulebook.model import Situation

if TYPE_CHECKING:
    from plenipo.report.shapes.rulebook import RulebookDifferenceData, RulesVerdictData


def document(found: Difference, showing: Showing) -> Document:
    """Return each option that differs with the situation in which it does, then the words that came and went."""
    divergences = tuple(line for each in found.divergences for line in _divergence(each))
    refusals = tuple(line for each in found.refusals for line in _refusal(each))
    summary = Line(outcome(_summary(found), good=found.same), hang=0)
    return Document(
        topic="What differs between two rulebooks",
        sections=(
            Section(lines=divergences, columns=("option", "before", "now", "where")),
            Section(lines=refusals, columns=("constraint", "what it refuses", "where"), joined=True),
            Section(lines=(*(Line(said) for said in _rest(found, showing)), summary), joined=True),
        ),
    )


def data(found: Difference, showing: Showing) -> RulebookDifferenceData:
    """Return the same as plain data, with the fact files that were written."""
    return {
        **head("diff"),
        "same": found.same,
        "options": {
            each.option: {
                "before": _advice_data(each.before),
                "after": _advice_data(each.after),
                "facts": plain_facts(each.situation.facts),
                "foreign": list(each.foreign),
            }
            for each in found.divergences
        },
        "undecided": list(found.undecided),
        "constraints": [
            {
                "id": each.constraint.id,
                "refused_by": "second" if each.by_second else "first",
                "facts": plain_facts(each.situation.facts),
                "foreign": list(each.foreign),
            }
            for each in found.refusals
        ],
        "undecided_constraints": list(found.unsettled),
        "gone": list(found.gone),
        "new": list(found.new),
        "files": [str(file) for file in showing.files],
    }


def _divergence(each: Divergence) -> Iterator[Line]:
    before, after, where = each.before, each.after, _facts(each.situation)
    cells = (
        Span(each.option, Tone.ID),
        f"{before.verdict}, by {_rules(before)}",
        f"{after.verdict}, by {_rules(after)}",
        where,
    )
    yield Line((name(each.option), f": {before.verdict}, and now {after.verdict}"), cells=cells)
    yield Line(f"where {where}", 1)
    yield Line(f"before by {_rules(before)}; now by {_rules(after)}", 1)
    yield from _foreign(each.foreign)


def _refusal(each: Refusal) -> Iterator[Line]:
    one, other = ("second", "first") if each.by_second else ("first", "second")
    refused, where = f"the {one} refuses a situation that the {other} allows", _facts(each.situation)
    cells = (Span(each.constraint.id, Tone.ID), refused, where)
    yield Line((name(each.constraint.id), f": {refused}"), cells=cells)
    yield Line(f"where {where}", 1)
    yield from _foreign(each.foreign)


def _foreign(facts: Iterable[str]) -> Iterator[Line]:
    if named := ", ".join(facts):
        yield Line(f"only one of the two can read {named}", 1)


def _advice_data(said: OptionAdvice) -> RulesVerdictData:
    return {"verdict": said.verdict, "rules": [rule.id for rule in said.decided_by]}


def _facts(situation: Situation) -> str:
    return ", ".join(f"{fact}: {value}" for fact, value in situation.facts.items()) or "nothing is known"


def _rules(said: OptionAdvice) -> str:
    return ", ".join(rule.id for rule in said.decided_by) or "no rule"


def _rest(found: Difference, showing: Showing) -> Iterator[str]:
    named = {
        "not decided in time": found.undecided,
        "constraints not decided in time": found.unsettled,
        "only in the first": found.gone,
        "only in the second": found.new,
        "written": [str(file) for file in showing.files],
    }
    yield from (f"{what}: {', '.join(names)}" for what, names in named.items() if names)


def _summary(found: Difference) -> str:
    count = len(found.first.options)
    if found.undecided:
        said = f"{len(found.divergences)} found to differ, {len(found.undecided)} not decided"
    elif found.divergences or found.first.options.keys() != found.second.options.keys():
        said = f"{len(found.divergences)} of {counted(count, 'option')} can differ"
    else:
        said = f"the same verdict on each of {counted(count, 'option')} in every situation that both allow"
    if refusing := len(found.refusals):
        refuse = "constraint refuses" if refusing == 1 else "constraints refuse"
        said += f"; {refusing} {refuse} what the other rulebook allows"
    if found.unsettled:
        said += f"; {counted(len(found.unsettled), 'constraint')} not decided"
    return said
