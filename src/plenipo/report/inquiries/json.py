"""Answers to inquiries as plain data, by id; the head is that of every document."""

from __future__ import annotations

from typing import Any

from plenipo.inquiry.change import Change, Obstacle, Way
from plenipo.inquiry.compare import Contrast
from plenipo.inquiry.outlook import Outlook, Prospect

Document = dict[str, Any]


def prospect(found: Prospect) -> Document:
    """Return what may become of one verdict."""
    return {"settled": found.settled, "possible": list(found.possible), "turns_on": list(found.turns_on)}


def outlook(answer: Outlook) -> Document:
    """Return the outlook of every option, and the facts on which open verdicts turn with those verdicts."""
    return {
        "open": [found.option for found in answer.open],
        "options": {
            id: {
                "verdict": found.verdict,
                "title": answer.advice.rulebook.options[id].title,
                "outlook": prospect(found),
            }
            for id, found in answer.options.items()
        },
        "turns_on": {fact: list(options) for fact, options in answer.turns_on.items()},
    }


def change(answer: Change) -> Document:
    """Return the smallest ways to a verdict, or what stands in the way."""
    return {
        "option": answer.option.id,
        "verdict": answer.verdict,
        "wanted": answer.wanted,
        "held": answer.held,
        "ways": [_way(way, answer) for way in answer.ways],
        "more_ways": answer.more,
        "always": list(answer.always),
        "fixed": list(answer.fixed),
        "obstacles": [_obstacle(found) for found in answer.obstacles],
        "standing": [rule.id for rule in answer.standing],
        "beyond": [_way(way, answer) for way in answer.beyond],
        "more_beyond": answer.more_beyond,
    }


def contrast(answer: Contrast) -> Document:
    """Return the facts and the verdicts that differ, each verdict with the smallest parts that explain it."""
    return {
        "facts": {id: {"before": before, "after": after} for id, (before, after) in answer.facts.items()},
        "options": {
            turn.option.id: {
                "title": turn.option.title,
                "before": turn.before,
                "after": turn.after,
                "because": [list(part) for part in turn.because],
                "more": turn.more,
            }
            for turn in answer.turns
        },
        "idle": list(answer.idle),
    }


def _way(way: Way, answer: Change) -> Document:
    now = answer.advice.situation.facts
    return {
        "facts": {
            id: {"values": list(way.values[id]), "now": now.get(id, "unknown"), "learned": id in way.learned}
            for id in way.facts
        },
        "free": way.free,
        "choices": [dict(choice) for choice in way.choices],
        "more_choices": way.more,
    }


def _obstacle(found: Obstacle) -> Document:
    return {
        "rule": found.rule.id,
        "can_act": found.can_act,
        "outranked_by": [rule.id for rule in found.outranked_by],
        "fixed": list(found.fixed),
    }
