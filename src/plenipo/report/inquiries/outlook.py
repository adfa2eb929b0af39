"""The outlook as it is told: what is open and on what it turns, what to find out, what is settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from plenipo.inquiry.outlook import Outlook
from plenipo.report import words
from plenipo.report.inquiries.phrases import counted, facts, listed
from plenipo.report.inquiries.prospect import count, may_become, turns_on
from plenipo.report.inquiries.told import Line, Part, Told
from plenipo.rulebook.verdict import Verdict


def told(outlook: Outlook, *, full: bool = False, remark: str = "") -> Told:
    """Return the outlook as it is told; `full` names every settled verdict."""
    advice = outlook.advice
    header = " · ".join([words.header(advice, remark), count(outlook)])
    parts = [_open(outlook), _questions(outlook)]
    if full:
        parts += _settled(outlook)
    rest = [*_summary(outlook)] if not full else []
    return Told(
        words.title(advice.situation),
        header,
        parts=tuple(part for part in parts if part.lines),
        rest=(*rest, *_idle(outlook)),
    )


def _open(outlook: Outlook) -> Part:
    rulebook = outlook.advice.rulebook
    lines: list[Line] = []
    for prospect in outlook.open:
        title = f"{prospect.verdict}  {rulebook.options[prospect.option].title}"
        lines.append(Line(title, aside=prospect.option, strong=True, verdict=prospect.verdict))
        lines.append(Line(may_become(prospect), 1))
        lines.append(Line(turns_on(prospect, rulebook), 1))
    return Part("Open", tuple(lines), str(len(outlook.open)), Verdict.DEFER)


def _questions(outlook: Outlook) -> Part:
    rulebook = outlook.advice.rulebook
    lines: list[Line] = []
    for id, options in outlook.turns_on.items():
        lines.append(Line(rulebook.facts[id].ask, aside=id, strong=True))
        titles = "; ".join(rulebook.options[option].title for option in options)
        lines.append(Line(titles, 1, label=f"{counted(len(options), 'verdict turns', 'verdicts turn')} on it:"))
    return Part("What to find out", tuple(lines), str(len(outlook.turns_on)))


def _settled(outlook: Outlook) -> Iterator[Part]:
    rulebook = outlook.advice.rulebook
    for verdict in Verdict:
        same = [each.option for each in outlook.options.values() if each.settled and each.verdict is verdict]
        lines = tuple(Line(rulebook.options[id].title, aside=id, verdict=verdict) for id in same)
        yield Part(f"Settled: {verdict}", lines, str(len(lines)), verdict)


def _summary(outlook: Outlook) -> Iterator[str]:
    settled = Counter(each.verdict for each in outlook.options.values() if each.settled)
    if settled:
        said = listed(f"{settled[verdict]} {verdict}" for verdict in Verdict if settled[verdict])
        whatever = "Settled whatever the unknown facts turn out to be" if outlook.open else "Settled"
        yield f"{whatever}: {said}. --full names them."


def _idle(outlook: Outlook) -> Iterator[str]:
    """Yield which unknown facts decide nothing by themselves."""
    rulebook, told = outlook.advice.rulebook, words.known(outlook.advice.rulebook, outlook.advice.situation)
    idle = [id for id in rulebook.facts if id not in told and id not in outlook.turns_on]
    if idle:
        yield f"Unknown, and no verdict turns on it alone: {facts(rulebook, idle)}."
