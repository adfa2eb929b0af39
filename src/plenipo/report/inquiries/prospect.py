"""What may become of a verdict, in a line or a clause, as some advice tells it: its outlook, and what it waits for."""

from __future__ import annotations

from plenipo.inquiry.outlook import Outlook, Prospect
from plenipo.inquiry.waiting import Need
from plenipo.report.inquiries.phrases import counted, facts, listed, values
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: So many ways out of a deferral are enough for a line or two; `--full` and JSON name all.
WAYS_SHOWN = 3


def count(outlook: Outlook) -> str:
    """Return how many verdicts are open, in a clause."""
    if not outlook.open:
        return "every verdict is settled"
    return f"{counted(len(outlook.open), 'verdict')} open, {len(outlook.options) - len(outlook.open)} settled"


def may_become(prospect: Prospect) -> str:
    """Return what an open verdict may become; where it cannot stay, what it will be."""
    word = "may become" if prospect.verdict in prospect.possible else "will be"
    return f"{word} {listed(prospect.becoming, 'or')}"


def turns_on(prospect: Prospect, rulebook: Rulebook) -> str:
    """Return on which facts an open verdict turns."""
    if prospect.turns_on:
        return f"turns on {facts(rulebook, prospect.turns_on)}"
    return "turns on no fact alone" if len(prospect.possible) > 1 else "once more is known, whatever it is"


def line(prospect: Prospect, rulebook: Rulebook) -> str:
    """Return both in one line, for an open verdict."""
    return f"{may_become(prospect)}; {turns_on(prospect, rulebook)}"


def ways_out(option: str, outlook: Outlook, *, full: bool = False) -> list[tuple[str, str]]:
    """Return what a deferred option waits for, line by line after a word; without `full` only the first few ways."""
    waits = outlook.waits.get(option, ())
    if option in outlook.waits and not waits:
        return [("waits for", "nothing that the facts asked about could tell")]
    shown = waits if full else waits[:WAYS_SHOWN]
    told = [
        ("and" if place else "or" if number else "waits for", _need(need, outlook.advice.rulebook))
        for number, release in enumerate(shown)
        for place, need in enumerate(release.needs)
    ]
    more = len(waits) - len(shown)
    if option in outlook.waits_for_more:
        return [*told, ("or", f"more than {counted(more, 'other way')}" if more else "other ways")]
    return [*told, ("or", counted(more, "other way"))] if more else told


def _need(need: Need, rulebook: Rulebook) -> str:
    """Return what would have to be otherwise: the fact, the answers that would do, the answer now."""
    fact = rulebook.facts[need.name]
    return f"{fact.name}: {values(fact, need.values)} (now: {values(fact, [need.now])})"


def silent(outlook: Outlook) -> str:
    """Return how many options on which there is no advice may yet get some, in a sentence, or nothing."""
    number = sum(each.verdict is Verdict.SILENT for each in outlook.open)
    if not number:
        return ""
    return f"On {number} of these there may be some once more is known; `plenipo outlook` tells which."
