"""What is told, dressed: on a page, or as Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plenipo.report.inquiries.told import Line, Told
from plenipo.report.safe import clean, escape_markdown

if TYPE_CHECKING:
    from plenipo.report.page import Page, Piece


def lay_out(told: Told, page: Page) -> None:
    """Write what is told to a page."""
    from plenipo.report.page import COLOURS  # noqa: PLC0415 - it brings Rich, which Markdown does without

    page.pair([(told.title, "bold")], told.aside)
    if told.standing is not None:
        _line(told.standing, page, 0)
    page.paragraph((told.header, "dim"))
    for part in told.parts:
        page.blank()
        page.heading(part.heading, COLOURS[part.verdict], part.note)
        for line in part.lines:
            _line(line, page, 1)
    for said in told.rest:
        page.blank()
        page.paragraph((said, "dim"))


def _line(line: Line, page: Page, start: int) -> None:
    from plenipo.report.page import COLOURS  # noqa: PLC0415 - likewise
    from plenipo.report.wrap import GLUE  # noqa: PLC0415 - likewise

    label: list[Piece] = [(line.label, f"italic {COLOURS[line.verdict]}".strip() if line.verdict else "italic"), " "]
    cite: list[Piece] = [" ", (line.cite.replace(" ", GLUE), "dim")] if line.cite else []
    pieces = [*(label if line.label else []), (line.text, "bold" if line.strong else ""), *cite]
    mark = page.mark(line.verdict) if line.verdict else None
    page.paragraph(*pieces, indent=start + 2 * line.depth, hang=2, mark=mark, right=line.aside)


def markdown(told: Told) -> str:
    """Return what is told as Markdown."""
    lines = [f"# {_text(told.title)}{_code(told.aside)}", ""]
    if told.standing is not None:
        lines += [f"**{told.standing.label}** {_text(told.standing.text)}", ""]
    lines.append(f"*{_text(told.header)}*")
    for part in told.parts:
        lines += ["", f"## {_text(part.heading)}{f' ({part.note})' if part.note else ''}", ""]
        lines += [_item(line) for line in part.lines]
    for said in told.rest:
        lines += ["", _text(said)]
    return "\n".join(lines) + "\n"


def _item(line: Line) -> str:
    label = f"*{_text(line.label.strip())}* " if line.label else ""
    text = f"**{_text(line.text)}**" if line.strong else _text(line.text)
    cite = f" {escape_markdown(line.cite)}" if line.cite else ""
    return f"{'  ' * line.depth}- {label}{text}{cite}{_code(line.aside)}".rstrip()


def _text(text: str) -> str:
    return escape_markdown(text)


def _code(text: str) -> str:
    return f" `{clean(text).replace('`', '')}`" if text else ""
