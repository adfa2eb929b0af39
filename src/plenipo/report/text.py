"""A document written to a page, for a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rich.cells import cell_len

from plenipo.report.document import GLUE, Command, Document, Line, Section, Sign, Span, Text, Tone, spans
from plenipo.report.line_breaking import Stretch
from plenipo.report.page import COLOURS, Page
from plenipo.report.untrusted_text import clean
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
    """Write a document to a page, one that has to fit on a screen in the form that does."""

    def fits(sections: Sequence[Section], document: Document = document) -> bool:
        return page.fits(document.most_lines, lambda trial: _write(document, sections, trial))

    sections = document.fitted(fits) if document.fitted else document.sections
    with_spare = replace(document, commands=(*document.commands, *document.spare_commands))
    _write(with_spare if fits(sections, with_spare) else document, sections, page)


def _write(document: Document, sections: Sequence[Section], page: Page) -> None:
    begun = bool(document.title)
    if document.title:
        _head(document, page)
    column = 2 + max((cell_len(section.heading) for section in sections if section.aside), default=0)
    for section in sections:
        if section.lines or section.lead:
            if begun and not section.joined:
                page.blank()
            _beside(section, page, column) if section.aside else _section(section, page)
            begun = True
    for remark in document.rest:
        page.blank()
        page.paragraph((remark, "dim"))
    if document.commands:
        if not document.most_lines:
            page.blank()
        _commands(document.commands, page)


def _head(document: Document, page: Page) -> None:
    if document.note:
        page.heading(document.title, note=document.note)
    else:
        page.paragraph((document.title, "bold"), right=_right(document.aside))
    if document.standing is not None:
        _line(document.standing, page, 0)
    for part in document.header:
        page.paragraph((part, "dim"))


def _section(section: Section, page: Page) -> None:
    if section.heading and (section.minor or not section.ruled):
        page.paragraph(
            (
                f"{section.heading}{f' ({section.note})' if section.note else ''}",
                f"bold {COLOURS[section.verdict]}".strip(),
            )
        )
    elif section.heading:
        page.heading(section.heading, COLOURS[section.verdict], section.note)
    inset = section.inset if section.inset is not None else 1 if section.heading else 0
    if section.lead:
        page.paragraph(*_stretches(section.lead), indent=inset)
    for line in section.lines:
        _line(line, page, inset)


def _beside(section: Section, page: Page, column: int) -> None:
    """Write a section with its heading in a column to the left."""
    heading: Stretch | None = (section.heading.ljust(column - 1), f"bold {COLOURS[section.verdict]}".strip())
    for line in section.lines:
        _line(line, page, 0 if heading else column, heading)
        heading = None


def _commands(commands: Sequence[Command], page: Page) -> None:
    """Write commands to paste, each behind what it gives; one that is too long for that begins a line of its own."""
    column = 3 + max(cell_len(command.gives) for command in commands)
    for command in commands:
        said = clean(shlex.join(command.words)).replace(" ", GLUE)
        if column + cell_len(said) <= page.width:
            page.paragraph(said, mark=(command.gives.ljust(column - 1), "dim"))
        else:
            page.paragraph((f"{command.gives}:", "dim"))
            page.command(*command.words)


def _line(line: Line, page: Page, inset: int, mark: Stretch | None = None) -> None:
    number: list[Stretch] = [(f"{line.number} ", "")] if line.number else []
    pieces: list[Stretch] = [*number, *_label(line), *_stretches(line.text)]
    if line.cite:
        pieces += [(" ", ""), *_stretches(Span(line.cite, Tone.CITATION))]
    depth = min(line.depth, page.width // 8)
    page.paragraph(
        *pieces,
        indent=inset + 2 * depth,
        hang=line.hang,
        mark=mark or _mark(line, page),
        right=_right(line.aside),
    )


def _label(line: Line) -> Iterator[Stretch]:
    if line.label:
        yield (line.label, f"italic {COLOURS[line.verdict]}".strip() if line.verdict else "italic")
        yield (" ", "")


def _right(aside: str | Span) -> str:
    return aside.text if isinstance(aside, Span) else aside


def _stretches(text: Text) -> Iterator[Stretch]:
    for said, tone, _ in spans(text):
        if isinstance(tone, Verdict):
            yield (said, COLOURS[tone])
        elif tone is Tone.CODE:
            yield (f"`{said}`".replace(" ", GLUE), "")
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
