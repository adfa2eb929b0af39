"""The brief on one screen: what leads, what comes then, what is not yet to be done, what to beware of and find out."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from plenipo.advice.conclude import Advice
from plenipo.counsel.brief import Brief
from plenipo.report import words
from plenipo.report.answers.brief_form import BriefPart, form
from plenipo.report.document import Command, Document, Line, Section, Showing, quiet

if TYPE_CHECKING:
    from plenipo.report.shapes.advice import AdviceData


MOST_LINES = 30


def document(answer: Brief, showing: Showing) -> Document:
    """Return a brief in words, with shorter forms for where it would not fit on a screen."""
    advice, situation = answer.advice, answer.advice.situation
    return Document(
        words.title(situation),
        aside=quiet(words.header(advice, showing.remark)),
        sections=form(answer, BriefPart),
        rest=tuple(words.undecided(answer.undecided)),
        commands=tuple(_commands(advice, showing)),
        spare_commands=tuple(_explaining(answer, showing)),
        most_lines=MOST_LINES,
        fitted=lambda fits: _fitted(answer, fits),
        appendix=(_sources(answer),),
    )


def data(answer: Brief, showing: Showing) -> AdviceData:
    """Return the document of the JSON."""
    from plenipo.report.answers import advice_data  # noqa: PLC0415 - text does without, and advice is to come at once

    return advice_data.data(answer, showing)


def _fitted(answer: Brief, fits: Callable[[Sequence[Section]], bool]) -> Sequence[Section]:
    """
    Return a brief that fits, where one does.

    It goes without the parts that go first, as few as will do; what there is room for then comes back.
    """
    order = list(BriefPart)
    gone = bisect_left(range(len(order)), True, key=lambda number: fits(form(answer, order[number:])))
    kept = order[gone:]
    for part in reversed(order[:gone]):
        if fits(form(answer, [*kept, part])):
            kept.append(part)
    return form(answer, kept)


def _commands(advice: Advice, showing: Showing) -> Iterator[Command]:
    """Yield what to type next, where it is known how the situation was asked for."""
    if asked := words.asked(advice.situation, showing.asked):
        yield Command("All of it", ("plenipo", "advise", *asked, "--full"))
        yield Command("Look ahead", ("plenipo", "roadmap", *_without_considering(asked)))


def _explaining(answer: Brief, showing: Showing) -> Iterator[Command]:
    """Yield what to type to see why the first step leads."""
    asked = words.asked(answer.advice.situation, showing.asked)
    if asked and answer.lead:
        file, *flags = _without_considering(asked)
        yield Command("Why first", ("plenipo", "explain", file, answer.lead[0].option.id, *flags))


def _without_considering(asked: Sequence[str]) -> tuple[str, ...]:
    """Return the words that asked for a situation without the options under discussion: others leave these out."""
    flags = {place for place, word in enumerate(asked) if word == "--considering"}
    return tuple(word for place, word in enumerate(asked) if not {place, place - 1} & flags)


def _sources(answer: Brief) -> Section:
    """Return the sources that a brief cites where it has room for everything, spelled out with the paragraphs."""
    book = answer.advice.rulebook
    named = (*answer.lead, *answer.considering, *answer.not_yet, *answer.beware)
    reasons = [each.reason for each in named if each.reason]
    reasons += [caution for each in answer.lead for caution in each.cautions]
    cited = {said for reading in answer.reading for said in reading.cite}
    cited |= {said for reason in reasons for said in reason.cite}
    cited |= {said for step in answer.then if step.reason for said in book.cited(step.reason.cite)}
    lines = []
    for id, source in book.sources.items():
        paragraphs = sorted({said.paragraph for said in cited if said.source == id})
        if paragraphs:
            where = ", ".join(part for part in (source.author, source.called, source.outlet, source.date) if part)
            lines.append(Line((f"{id}: {where}; ", words.paragraphs(paragraphs))))
    return Section("Sources", tuple(lines))
