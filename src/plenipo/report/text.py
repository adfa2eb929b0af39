"""A document written to a page, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from plenipo.report.document import GLUE, Document, Line, Section, Sign, Span, Text, Tone, spans
from plenipo.report.line_breaking import Stretch
from plenipo.report.page import COLOURS, Page
from plenipo.rulebook.verdict import Verdict

STYLES = {
    Tone.PLAIN: "",
    Tone.STRONG: "bold",
    Tone.QUIET: "dim",
    Tone.LABEL: "italic",
    Tone.NAME: "bold",
    Tone.ID: "dim",
    Tone.CITATION: "dim",
    Tone.QUOTATION: "italic",
    Tone.GOOD: "bold green",
    Tone.BAD: "bold red",
    Tone.WARNING: "yellow",
}


def write(document: Document, page: Page) -> None:
    """Write a document to a page."""
    begun = bool(document.title)
    if document.title:
        _head(document, page)
    for section in document.sections:
        if section.lines or section.lead:
            if begun and not section.joined:
                page.blank()
            _section(section, page)
            begun = True
    for remark in document.rest:
        page.blank()
        page.paragraph((remark, "dim"))


def _head(document: Document, page: Page) -> None:
    if document.note:
        page.heading(document.title, note=document.note)
    else:
        page.paragraph((document.title, "bold"), right=document.aside)
    if document.standing is not None:
        _line(document.standing, page, 0)
    for part in document.header:
        page.paragraph((part, "dim"))


def _section(section: Section, page: Page) -> None:
    if section.heading and not section.ruled:
        page.paragraph((f"{section.heading} ({section.note})", "bold"))
    elif section.heading:
        page.heading(section.heading, COLOURS[section.verdict], section.note)
    inset = section.inset if section.inset is not None else 1 if section.heading else 0
    if section.lead:
        page.paragraph(*_stretches(section.lead), indent=inset)
    for line in section.lines:
        _line(line, page, inset)


def _line(line: Line, page: Page, inset: int) -> None:
    pieces: list[Stretch] = [*_label(line), *_stretches(line.text)]
    if line.cite:
        pieces += [(" ", ""), *_stretches(Span(line.cite, Tone.CITATION))]
    depth = min(line.depth, page.width // 8)
    page.paragraph(*pieces, indent=inset + 2 * depth, hang=line.hang, mark=_mark(line, page), right=_aside(line))


def _label(line: Line) -> Iterator[Stretch]:
    if line.label:
        yield (line.label, f"italic {COLOURS[line.verdict]}".strip() if line.verdict else "italic")
        yield (" ", "")


def _aside(line: Line) -> str:
    return line.aside.text if isinstance(line.aside, Span) else line.aside


def _stretches(text: Text) -> Iterator[Stretch]:
    for said, tone in spans(text):
        if isinstance(tone, Verdict):
            yield (said, COLOURS[tone])
        elif tone is Tone.CODE:
            yield (f"`{said}`", "")
        else:
            yield (said.replace(" ", GLUE) if tone is Tone.CITATION else said, STYLES[tone])


def _mark(line: Line, page: Page) -> Stretch | None:
    if line.verdict is not None:
        return page.mark(line.verdict)
    marks = page.marks
    return {
        Sign.YES: (marks.yes, "green"),
        Sign.NO: (marks.no, "red"),
        Sign.UNKNOWN: (marks.unknown, "yellow"),
        Sign.STEP: (marks.step, "dim"),
        Sign.CAUTION: (marks.caution, "yellow"),
        Sign.QUOTE: (marks.quote, "dim"),
        None: None,
    }[line.sign]
