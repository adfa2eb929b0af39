"""The outlook: which verdicts could still change and on what that depends, what to find out, what is final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plenipo.inquiry.outlook import Outlook, Prospect
from plenipo.report import words
from plenipo.report.document import Document, Line, Section, Showing, strong
from plenipo.report.json import Data, advice_head
from plenipo.report.words import counted, facts, listed
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict


def document(outlook: Outlook, showing: Showing) -> Document:
    """Return the outlook in words; in full it names every settled verdict."""
    advice = outlook.advice
    return Document(
        words.title(advice.situation),
        (f"{words.header(advice, showing.remark)} · {how_many(outlook)}",),
        sections=(_open(outlook), _questions(outlook), *(_settled(outlook) if showing.full else ())),
        rest=(*(() if showing.full else _summary(outlook)), *_idle(outlook)),
    )


def data(outlook: Outlook, showing: Showing) -> Data:
    """Return the outlook of every option, and the facts on which open verdicts turn with those verdicts."""
    return {
        **advice_head("outlook", outlook.advice, showing.remark),
        "open": [found.option for found in outlook.open],
        "options": {
            id: {
                "verdict": found.verdict,
                "title": outlook.advice.rulebook.options[id].title,
                "outlook": prospect_data(found),
            }
            for id, found in outlook.options.items()
        },
        "turns_on": {fact: list(options) for fact, options in outlook.turns_on.items()},
    }


def prospect_data(found: Prospect) -> Data:
    """Return what may become of one verdict."""
    return {"settled": found.settled, "possible": list(found.possible), "turns_on": list(found.turns_on)}


def how_many(outlook: Outlook) -> str:
    """Return how many verdicts are open, in a clause."""
    if not outlook.open:
        return "no verdict could still change"
    return f"{len(outlook.open)} of {counted(len(outlook.options), 'verdict')} could still change"


def prospect_words(prospect: Prospect, rulebook: Rulebook) -> str:
    """Return what an open verdict may become and on what that turns, in a line."""
    word = "could become" if prospect.verdict in prospect.possible else "will be"
    becoming = listed((f'"{verdict}"' for verdict in prospect.becoming), "or")
    return f"{word} {becoming}, {_depending(prospect, rulebook)}"


def _depending(prospect: Prospect, rulebook: Rulebook) -> str:
    if prospect.turns_on:
        return f"depending on {facts(rulebook, prospect.turns_on)} (unknown)"
    return "depending on no fact alone" if len(prospect.possible) > 1 else "once more is known, whatever it is"


def _open(outlook: Outlook) -> Section:
    rulebook = outlook.advice.rulebook
    lines: list[Line] = []
    for prospect in outlook.open:
        title = strong(f"{prospect.verdict}  {rulebook.options[prospect.option].title}")
        lines.append(Line(title, aside=prospect.option, verdict=prospect.verdict))
        lines.append(Line(prospect_words(prospect, rulebook), 1))
    return Section("Could still change", tuple(lines), str(len(outlook.open)), Verdict.DEFER)


def _questions(outlook: Outlook) -> Section:
    rulebook = outlook.advice.rulebook
    lines: list[Line] = []
    for id, options in outlook.turns_on.items():
        lines.append(Line(strong(rulebook.facts[id].ask), aside=id))
        titles = "; ".join(rulebook.options[option].title for option in options)
        lines.append(Line(titles, 1, label=f"{counted(len(options), 'verdict depends', 'verdicts depend')} on it:"))
    return Section("What to find out", tuple(lines), str(len(outlook.turns_on)))


def _settled(outlook: Outlook) -> Iterator[Section]:
    rulebook = outlook.advice.rulebook
    for verdict in Verdict:
        same = [each.option for each in outlook.options.values() if each.settled and each.verdict is verdict]
        lines = tuple(Line(rulebook.options[id].title, aside=id, verdict=verdict) for id in same)
        yield Section(f"Final: {verdict}", lines, str(len(lines)), verdict)


def _summary(outlook: Outlook) -> Iterator[str]:
    settled = Counter(each.verdict for each in outlook.options.values() if each.settled)
    if settled:
        said = listed(f"{settled[verdict]} {verdict}" for verdict in Verdict if settled[verdict])
        whatever = "Final, whatever the unknown facts turn out to be" if outlook.open else "Final"
        yield f"{whatever}: {said}. --full names them."


def _idle(outlook: Outlook) -> Iterator[str]:
    """Yield which unknown facts decide nothing by themselves."""
    rulebook, known = outlook.advice.rulebook, words.known(outlook.advice.rulebook, outlook.advice.situation)
    idle = [id for id in rulebook.facts if id not in known and id not in outlook.turns_on]
    if idle:
        yield f"Unknown, and no verdict depends on it alone: {facts(rulebook, idle)}."
