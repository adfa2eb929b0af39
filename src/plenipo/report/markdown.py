"""A document written as Markdown, for notes, issues and mail; text from files shows as it is and does nothing."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from plenipo.report.document import GLUE, Document, Line, Section, Sign, Span, Text, Tone, coded, spans
from plenipo.report.untrusted_text import clean, escape_markdown
from plenipo.rulebook.verdict import Verdict

SIGNS = {Sign.YES: "✓ ", Sign.NO: "✗ ", Sign.UNKNOWN: "? ", Sign.CAUTION: "**Caution:** ", Sign.QUOTE: "> "}
#: What is written around text of a tone.
MARKS = {Tone.STRONG: "**", Tone.GOOD: "**", Tone.BAD: "**", Tone.LABEL: "*", Tone.WARNING: "*"}


def markdown(document: Document) -> str:
    """Return a document as Markdown."""
    note = f" ({document.note})" if document.note else ""
    id = _code(document.aside) if isinstance(document.aside, str) else ""
    lines = [f"# {_text(document.title or document.topic)}{note}{id}"]
    if isinstance(document.aside, Span):
        lines += ["", f"*{_text(document.aside.text)}*"]
    if document.standing is not None:
        lines += ["", _content(document.standing)]
    if document.header:
        lines += ["", f"*{_text(' · '.join(document.header))}*"]
    for section in (*document.sections, *document.appendix):
        if section.lines or section.lead:
            lines += _section(section)
    for remark in document.rest:
        lines += ["", _text(coded(remark))]
    if document.commands:
        lines += ["", *(f"-{_code(shlex.join(command))}" for command in document.commands)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        yield from ("", f"## {_text(section.heading)}{f' ({section.note})' if section.note else ''}")
    if section.lead:
        yield from ("", _text(section.lead))
    if section.lines:
        yield ""
    if section.columns:
        yield _row(*section.columns)
        yield _row(*["---"] * len(section.columns))
        for line in section.lines:
            if line.cells:
                yield _row(*(_text(cell) for cell in line.cells))
        return
    for line in section.lines:
        yield f"{'  ' * line.depth}- {_content(line)}".rstrip()


def _content(line: Line) -> str:
    label = f"*{_text(line.label.strip())}* " if line.label else ""
    cite = f" {_text(line.cite)}" if line.cite else ""
    return f"{SIGNS.get(line.sign, '') if line.sign else ''}{label}{_text(line.text)}{cite}{_aside(line)}".strip()


def _aside(line: Line) -> str:
    """Return what is at the end of a line: an id, or words in brackets."""
    if isinstance(line.aside, Span):
        return f" {_text(line.aside)}" if line.aside.tone is Tone.CITATION else f" ({_text(line.aside.text)})"
    return _code(line.aside)


def _text(text: Text) -> str:
    """Return a text with its markup, and a space wherever its pieces have one."""
    said = ""
    for piece in spans(text):
        shown = _span(piece)
        before = " " if said and not said.endswith(" ") and piece.text[:1] in (" ", GLUE) else ""
        after = " " if shown and piece.text[-1:] in (" ", GLUE) else ""
        said += f"{before}{shown}{after}"
    return said.strip()


def _span(piece: Span) -> str:
    text = piece.text.strip()
    if piece.tone in (Tone.NAME, Tone.ID, Tone.CODE):
        return _code(text).strip()
    around = "*" if isinstance(piece.tone, Verdict) else MARKS.get(piece.tone, "")
    escaped = escape_markdown(text)
    return f"{around}{escaped}{around}" if escaped else ""


def _code(text: str) -> str:
    return f" `{clean(text).replace('`', '')}`" if text else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
