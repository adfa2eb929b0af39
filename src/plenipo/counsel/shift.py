"""
What really changes for the reader of a brief, part by part.

A brief has room for so many entries. One that comes into the list or falls off it, though its verdict is the same, is
no change of advice: only the first steps count however they came there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plenipo.counsel.choice import Choice
from plenipo.rulebook.verdict import ENCOURAGING, Verdict


@dataclass(frozen=True)
class Shift:
    """
    The options, by id, that come into a part of a brief (a field of `Choice`) and go out of it.

    What is not yet to be done or is to beware of comes and goes only with its verdict. What leads no longer is `gone`,
    or `still` advised.
    """

    part: str
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    still: tuple[str, ...] = ()


def shifts(before: Choice, after: Choice, was: Mapping[str, Verdict], now: Mapping[str, Verdict]) -> tuple[Shift, ...]:
    """Return the parts of a brief in which something really changes; `was` and `now` are the verdicts."""
    dropped = [id for id in before.lead if id not in after.lead]
    found = [
        Shift(
            "lead",
            tuple(id for id in after.lead if id not in before.lead),
            tuple(id for id in dropped if now[id] not in ENCOURAGING),
            tuple(id for id in dropped if now[id] in ENCOURAGING),
        )
    ]
    for part in ("not_yet", "beware"):
        old, new = getattr(before, part), getattr(after, part)
        turned = {id for id in (*old, *new) if was[id] is not now[id]}
        found.append(
            Shift(
                part,
                tuple(id for id in new if id not in old and id in turned),
                tuple(id for id in old if id not in new and id in turned),
            )
        )
    return tuple(each for each in found if each.new or each.gone or each.still)
