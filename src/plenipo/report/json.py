"""
What every JSON document has in common: its version, its kind, what it is about, and how rules are put.

A document holds everything an answer holds, nothing worded for the eye. Keys are added in later versions and never
change their meaning within one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from plenipo.report import words
from plenipo.rulebook.model import FALSE, TRUE, LooseReading, Rule

if TYPE_CHECKING:
    from fractions import Fraction

    from plenipo.advice.conclude import Advice
    from plenipo.counsel.roadmap import Ending, ReleasedBy
    from plenipo.inquiry.waiting import Need, Release
    from plenipo.report.shapes.shape import Head
    from plenipo.report.shapes.situation import (
        AboutSituation,
        NeedData,
        OutcomeData,
        ReadingAsData,
        ReasonData,
        ReleaseData,
        ReleasedByData,
        SituationData,
    )

SCHEMA_VERSION = 2

#: A JSON document, or a part of one.
Data = dict[str, Any]


def dumps(data: Mapping[str, object], *, one_line: bool = False) -> str:
    """Return a document as text: plain letters only, so that nothing in it can command a terminal."""
    return json.dumps(data, ensure_ascii=True, indent=None if one_line else 2).replace("\x7f", "\\u007f")


def head(kind: str) -> Head:
    """Return what every document begins with."""
    return {"schema_version": SCHEMA_VERSION, "kind": kind}


def advice_head(kind: str, advice: Advice, remark: str) -> AboutSituation:
    """Return what a document on a situation begins with: the rulebook and the situation."""
    rulebook, situation = advice.rulebook, advice.situation
    known = words.known(rulebook, situation)
    described: SituationData = {
        "name": situation.name,
        "title": situation.title,
        "as_of": situation.as_of,
        "facts": {id: plain(situation.facts[id]) for id in known},
        "unknown": [id for id in rulebook.facts if id not in known],
        "likely": {id: _weights(likely) for id, likely in situation.likely.items()},
        "considering": list(situation.considering),
        "notes": dict(situation.notes),
    }
    if situation.file:
        described["file"] = situation.file
    if situation.taken_over:
        described["taken_over"] = dict(situation.taken_over)
    if situation.read_as:
        described["read_as"] = [reading_data(each) for each in situation.read_as]
    return {
        **head(kind),
        "remark": remark,
        "rulebook": {"digest": rulebook.digest, "rules": len(rulebook.rules), "options": len(rulebook.options)},
        "situation": described,
    }


def plain(value: str) -> str | bool:
    """Return a value of a fact or finding as JSON has it: an answer yes or no is a boolean."""
    return {TRUE: True, FALSE: False}.get(value, value)


def reading_data(reading: LooseReading) -> ReadingAsData:
    """Return a word that was taken for a name without being it; for a value with the fact that has it."""
    if reading.fact:
        return {"given": reading.given, "taken": plain(reading.taken), "fact": reading.fact}
    return {"given": reading.given, "taken": reading.taken}


def plain_facts(facts: Mapping[str, str]) -> dict[str, str | bool]:
    """Return facts with their values as JSON has them."""
    return {id: plain(value) for id, value in facts.items()}


def reason(rule: Rule) -> ReasonData:
    """Return why a rule says what it says, and on what it rests."""
    return {"because": rule.because, "cite": list(rule.cite), "basis": rule.basis, "strength": rule.strength}


def _weights(likely: Mapping[str, Fraction]) -> dict[str, float]:
    """Return weights as numbers, in the order of the situation."""
    return {value: float(weight) for value, weight in likely.items()}


def release_data(release: Release) -> ReleaseData:
    """Return one way in which an option would be deferred no longer: what each fact would have to be."""
    return {"facts": needs_data(release.needs)}


def needs_data(needs: Iterable[Need]) -> dict[str, NeedData]:
    """Return what facts would have to be: fact -> the values that would do, and what it is now."""
    return {need.name: {"values": [plain(value) for value in need.values], "now": plain(need.now)} for need in needs}


def released_by_data(released: ReleasedBy) -> ReleasedByData:
    """Return a fact that releases a step, and the ending of another step that brings it."""
    return {
        "fact": released.fact,
        "value": plain(released.value),
        **ending_data(released.by),
        "any_answer": released.any_answer,
    }


def ending_data(ending: Ending) -> OutcomeData:
    """Return a way in which a step ends."""
    return {"option": ending.option.id, "outcome": ending.outcome.title, "by": ending.outcome.by}
