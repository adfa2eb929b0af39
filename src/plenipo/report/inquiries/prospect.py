"""What may become of a verdict, in a line or a clause: what some advice tells of its outlook."""

from __future__ import annotations

from plenipo.advice import Verdict
from plenipo.inquiry.outlook import Outlook, Prospect
from plenipo.report.inquiries.phrases import counted, facts, listed
from plenipo.rulebook.model import Rulebook


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


def silent(outlook: Outlook) -> str:
    """Return how many options on which there is no advice may yet get some, in a sentence, or nothing."""
    number = sum(each.verdict is Verdict.SILENT for each in outlook.open)
    if not number:
        return ""
    return f"On {number} of these there may be some once more is known; `plenipo outlook` tells which."
