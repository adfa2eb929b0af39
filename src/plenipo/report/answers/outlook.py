"""The outlook: which verdicts could still change and on what that depends, what to find out, what is final."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from plenipo.counsel.brief import Brief, brief
from plenipo.counsel.brief_parts import ToFindOut
from plenipo.counsel.shift import shifts
from plenipo.inquiry.outlook import Outlook, Prospect
from plenipo.report import words
from plenipo.report.answers.brief_data import to_find_out
from plenipo.report.answers.brief_form import from_whom
from plenipo.report.answers.differing import only_named, shifted, titles
from plenipo.report.document import Document, Line, Section, Showing, strong
from plenipo.report.json import advice_head
from plenipo.report.words import counted, facts, labels, listed
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.advice import ProspectData
    from plenipo.report.shapes.inquiries import OutlookData


#: As many facts to find out, and as many verdicts with what they could become, are shown unless in full.
QUESTIONS, OPEN = 6, 6
#: As many verdicts that an answer would change are named where it changes nothing that the brief names.
TURNED = 3


def document(outlook: Outlook, showing: Showing) -> Document:
    """Return the outlook in words; in full it names every question and every settled verdict."""
    advice, full = outlook.advice, showing.full
    asking = brief(advice)
    return Document(
        words.title(advice.situation),
        (f"{words.header(advice, showing.remark)} · {how_many(outlook)}",),
        sections=(
            _questions(asking, full=full),
            _open("Could still change", outlook.could_change, outlook, most=None if full else OPEN),
            _open("May be done already", outlook.maybe_done, outlook, most=None if full else 0),
            *(_settled(outlook) if full else ()),
        ),
        rest=(
            *words.undecided(_undecided(outlook, asking)),
            *_lesser(outlook, asking),
            *_idle(outlook, asking),
            *(() if full else _summary(outlook)),
        ),
    )


def data(outlook: Outlook, showing: Showing) -> OutlookData:
    """Return the outlook of every option, what to find out, and the facts on which open verdicts turn."""
    return {
        **advice_head("outlook", outlook.advice, showing.remark),
        "open": [found.option for found in outlook.open],
        "could_change": [found.option for found in outlook.could_change],
        "maybe_done": [found.option for found in outlook.maybe_done],
        "undecided": _undecided(outlook, brief(outlook.advice)),
        "find_out": [
            {**to_find_out(asked), "options": list(outlook.turns_on.get(asked.fact.id, ()))}
            for asked in brief(outlook.advice).moving
        ],
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


def prospect_data(found: Prospect) -> ProspectData:
    """Return what may become of one verdict."""
    return {
        "settled": found.settled,
        "possible": list(found.possible),
        "turns_on": list(found.turns_on),
        "undecided": found.undecided,
    }


def how_many(outlook: Outlook) -> str:
    """Return how many verdicts are open, and how many were not settled in time, in a clause."""
    late = sum(each.undecided and not each.becoming for each in outlook.options.values())
    more = f", {late} not settled in time" if late else ""
    if not outlook.open:
        return f"no verdict {'is known to change' if late else 'could still change'}{more}"
    return f"{len(outlook.open)} of {counted(len(outlook.options), 'verdict')} could still change{more}"


def prospect_words(prospect: Prospect, rulebook: Rulebook) -> str:
    """Return what an open verdict may become and on what that turns, in a line."""
    word = "could become" if prospect.verdict in prospect.possible else "will be"
    becoming = listed((f'"{verdict}"' for verdict in prospect.becoming), "or")
    return f"{word} {becoming}, {_depending(prospect, rulebook)}"


def _depending(prospect: Prospect, rulebook: Rulebook) -> str:
    if prospect.undecided:
        known = f"on {facts(rulebook, prospect.turns_on)}, and " if prospect.turns_on else ""
        return f"depending {known}on what was not settled in time"
    if prospect.turns_on:
        return f"depending on {facts(rulebook, prospect.turns_on)} (unknown)"
    return "depending on no fact alone" if len(prospect.possible) > 1 else "once more is known, whatever it is"


def _open(heading: str, prospects: Sequence[Prospect], outlook: Outlook, *, most: int | None) -> Section:
    """Return some open verdicts, at most so many with what they could become, the others by title alone."""
    rulebook = outlook.advice.rulebook
    lines: list[Line] = []
    for prospect in prospects[:most]:
        title = strong(f"{prospect.verdict}  {rulebook.options[prospect.option].title}")
        lines.append(Line(title, aside=prospect.option, verdict=prospect.verdict))
        lines.append(Line(prospect_words(prospect, rulebook), 1))
    if most is not None and (others := prospects[most:]):
        named = "; ".join(rulebook.options[prospect.option].title for prospect in others)
        lines.append(Line(f"{named}. Add --full to see how.", label="and" if lines else ""))
    return Section(heading, tuple(lines), str(len(prospects)), Verdict.DEFER)


def _questions(asking: Brief, *, full: bool) -> Section:
    """Return what to find out: each fact with who knows it, and what would change at its most telling value."""
    lines: list[Line] = []
    shown = asking.moving if full else asking.moving[:QUESTIONS]
    for asked in shown:
        lines.append(Line(strong(asked.fact.ask), aside=asked.fact.id))
        whom = from_whom(asked)
        changed = _shifted(asked, asking)
        for place, (label, named) in enumerate(changed):
            said = f"{label[:1].lower()}{label[1:]} {named}"
            if place:
                lines.append(Line(said, 2))
            else:
                supposed = f"if {labels(asked.fact, [asked.telling.value])}, {said}"
                lines.append(Line(supposed, 1, f"{whom};" if whom else ""))
    if more := len(asking.moving) - len(shown):
        lines.append(Line(f"{counted(more, 'other question')}. Add --full to see {'it' if more == 1 else 'them'}."))
    return Section("What to find out", tuple(lines), str(len(asking.moving)))


def _shifted(asked: ToFindOut, asking: Brief) -> list[tuple[str, str]]:
    """Return what would come into the first part of a brief that really changes, and what go, or what else changes."""
    rulebook, then, now = asking.advice.rulebook, asked.telling.choice, asked.telling.verdicts
    was = {id: said.verdict for id, said in asking.advice.options.items()}
    for shift in shifts(asking.choice, then, was, now):
        return shifted(shift, was, now, rulebook)
    if turned := [f"{rulebook.options[id].title} ({was[id]} → {now[id]})" for id in was if was[id] is not now[id]]:
        more = f" and {len(turned) - TURNED} more" if turned[TURNED:] else ""
        return [("changed:", "; ".join(turned[:TURNED]) + more)]
    if asking.choice.named == then.named:
        return [("only the order", "would change")]
    named = only_named(asking.choice, then).removeprefix("names ")
    parts = zip(asking.choice.named, then.named, strict=True)
    new = [id for old, new in parts for id in sorted(new - old)]
    which = f": {titles(new, rulebook)}" if new else ""
    return [("no verdict would change;", f"the brief would only name {named}{which}")]


def _lesser(outlook: Outlook, asking: Brief) -> Iterator[str]:
    """Yield which unknown facts could change a verdict, but nothing that a brief names."""
    moving = {asked.fact.id for asked in asking.moving}
    lesser = [id for id in outlook.turns_on if id not in moving]
    if lesser:
        named = facts(outlook.advice.rulebook, lesser)
        yield f"Unknown too, but could only change what comes later: {named}."


def _undecided(outlook: Outlook, asking: Brief) -> list[str]:
    """Return the ids of what was not settled in time: the options first, then what a brief adds."""
    return list(dict.fromkeys((*outlook.undecided, *asking.undecided)))


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
        yield f"{whatever}: {said}. Add --full to see them."


def _idle(outlook: Outlook, asking: Brief) -> Iterator[str]:
    """Yield which unknown facts decide nothing by themselves."""
    rulebook, known = outlook.advice.rulebook, words.known(outlook.advice.rulebook, outlook.advice.situation)
    deciding = {*outlook.turns_on, *(asked.fact.id for asked in asking.moving), *known}
    idle = [id for id in rulebook.facts if id not in deciding]
    if idle and not outlook.undecided:
        yield f"Unknown, and no verdict depends on it alone: {facts(rulebook, idle)}."
