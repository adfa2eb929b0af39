"""A document written as Markdown, for notes, issues and mail; text from files shows as it is and does nothing."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterable, Iterator

from plenipo.report.document import GLUE, Document, Line, Section, Sign, Span, Text, Tone, coded, spans
from plenipo.report.untrusted_text import clean, escape_markdown
from plenipo.rulebook.verdict import Verdict

SIGNS = {Sign.YES: "✓ ", Sign.NO: "✗ ", Sign.UNKNOWN: "? ", Sign.CAUTION: "**Caution:** ", Sign.QUOTE: "> "}
#: What is written around text of a tone.
MARKS = {Tone.STRONG: "**", Tone.GOOD: "**", Tone.BAD: "**", Tone.LABEL: "*", Tone.WARNING: "*"}


#: A citation in brackets, with what may stand behind them.
CITED = re.compile(r"\[(?P<inside>[^\[\]]{2,})\](?P<behind>(?: .*)?)")


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
        commands = (*document.commands, *document.spare_commands)
        lines += ["", *(f"- {command.gives}:{_code(shlex.join(command.words))}" for command in commands)]
    return "\n".join(lines) + "\n"


def _section(section: Section) -> Iterator[str]:
    if section.heading:
        note = f" ({section.note})" if section.note else ""
        yield from ("", f"{'###' if section.minor else '##'} {_text(section.heading)}{note}")
    if section.lead:
        yield from ("", _text(section.lead))
    if section.lines:
        yield ""
    if section.columns:
        yield _row(*map(_text, section.columns))
        yield _row(*["---"] * len(section.columns))
        for line in section.lines:
            if line.cells:
                yield _row(*(_text(cell) for cell in line.cells))
        return
    yield from _list(section.lines)


def _list(lines: Iterable[Line]) -> Iterator[str]:
    """Yield lines as a list; a numbered one that is no first needs an empty line where no number comes before it."""
    open_items: list[str] = []
    for line in lines:
        marker = f"{line.number}. " if line.number else "- "
        before = open_items[line.depth :]
        del open_items[line.depth :]
        if line.number > 1 and not (before and before[0][:1].isdigit()):
            yield ""
        yield f"{' ' * len(''.join(open_items))}{marker}{_content(line)}".rstrip()
        open_items.append(marker)


def _content(line: Line) -> str:
    label = f"*{_text(line.label.strip())}* " if line.label else ""
    cite = f" {_citation(line.cite)}" if line.cite else ""
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
        shown = _span(piece, opens=not said or said.isdigit())
        before = " " if said and not said.endswith(" ") and piece.text[:1] in (" ", GLUE) else ""
        after = " " if shown and piece.text[-1:] in (" ", GLUE) else ""
        said += f"{before}{shown}{after}"
    return said.strip()


def _span(piece: Span, *, opens: bool) -> str:
    text = piece.text.strip()
    if piece.tone in (Tone.NAME, Tone.ID, Tone.CODE):
        return _code(text).strip()
    around = "*" if isinstance(piece.tone, Verdict) else MARKS.get(piece.tone, "")
    escaped = _citation(text) if piece.tone is Tone.CITATION else escape_markdown(text, opens=opens)
    return f"{around}{escaped}{around}" if escaped else ""


def _citation(text: str) -> str:
    """Return a citation: of brackets alone, which no link follows, Markdown makes nothing."""
    brackets = CITED.fullmatch(text)
    return (
        f"[{escape_markdown(brackets['inside'])}]{escape_markdown(brackets['behind'])}"
        if brackets
        else escape_markdown(text)
    )


def _code(text: str) -> str:
    return f" `{clean(text).replace('`', '')}`" if text else ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
