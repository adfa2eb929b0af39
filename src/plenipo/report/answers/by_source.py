"""The sources side by side: where they agree, where they differ, where only one of them speaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plenipo.advice.by_source import Agreement, BySource, OptionBySource
from plenipo.report import words
from plenipo.report.document import GLUE, Document, Line, Section, Showing, Span, Tone, strong
from plenipo.report.json import advice_head
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.explaining import BySourceData


#: The classes of a comparison of sources in reading order, and what each is headed by.
AGREEMENTS = {
    Agreement.DIFFER: "They differ",
    Agreement.AGREE: "They agree",
    Agreement.ONE_SPEAKS: "Only one of them speaks",
    Agreement.TOGETHER: "Only together do they speak",
    Agreement.SILENT: "They are silent",
}
NEITHER_SPEAKS = "No source gives advice on these here; --full names them."


def document(answer: BySource, showing: Showing) -> Document:
    """Return what each source advises alone; in full it names the options on which neither says a word."""
    situation = answer.together.situation
    sections = []
    for agreement, heading in AGREEMENTS.items():
        compared = [found for found in answer.options if found.agreement is agreement]
        if compared and agreement is Agreement.SILENT and not showing.full:
            sections.append(Section(heading, note=str(len(compared)), lead=NEITHER_SPEAKS))
        else:
            lines = tuple(line for found in compared for line in _option(found))
            columns = ("Option", *answer.alone, "together")
            sections.append(Section(heading, lines, str(len(compared)), columns=columns))
    header = words.header(answer.together, showing.remark)
    return Document(words.title(situation), (header,), sections=tuple(sections))


def data(answer: BySource, showing: Showing) -> BySourceData:
    """Return what each source advises alone beside what they advise together, option by option."""
    return {
        **advice_head("by-source", answer.together, showing.remark),
        "sources": sorted(answer.alone),
        "options": {
            found.option.id: {
                "verdict": found.together,
                "title": found.option.title,
                "alone": dict(found.alone),
                "agreement": found.agreement,
            }
            for found in answer.options
        },
    }


def _option(found: OptionBySource) -> list[Line]:
    """Return an option in a line; where the sources differ, or say more together, the verdicts follow below."""
    speaking = {source: spoken for source, spoken in found.alone.items() if spoken is not Verdict.SILENT}
    verdict = found.together if set(speaking.values()) <= {found.together} else Verdict.SILENT
    who = f"{', '.join(speaking)} " if found.agreement is Agreement.ONE_SPEAKS else ""
    said = () if verdict is Verdict.SILENT else (strong(who), Span(verdict.value, verdict), f"{GLUE} ")
    title = strong(found.option.title)
    cells = ((found.option.title, " ", Span(found.option.id, Tone.ID)), *found.alone.values(), found.together.value)
    lines = [Line((*said, title), aside=found.option.id, verdict=verdict, hang=0, cells=cells)]
    if verdict is not found.together:
        apart: list[str | Span] = []
        for source, spoken in [*speaking.items(), ("together", found.together)]:
            apart += ["  " if apart else "", f"{source}:{GLUE}", Span(spoken.value, spoken)]
        lines.append(Line(tuple(apart), 1, hang=0))
    return lines
