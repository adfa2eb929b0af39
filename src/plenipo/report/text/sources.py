"""The essays side by side on a page: where they agree, where they differ, where only one of them speaks."""

from __future__ import annotations

from plenipo.advice import Verdict
from plenipo.essays import Agreement, BySource, Comparison
from plenipo.report import words
from plenipo.report.page import Page, Piece
from plenipo.report.wrap import GLUE


def by_source(answer: BySource, page: Page, *, full: bool = False, remark: str = "") -> None:
    """Write what each essay advises alone; `full` names the options on which neither says a word."""
    situation = answer.together.situation
    page.paragraph((words.title(situation), "bold"))
    page.paragraph((words.header(answer.together, remark), "dim"))
    for agreement, heading in words.AGREEMENTS.items():
        compared = [found for found in answer.options if found.agreement is agreement]
        if compared:
            page.blank()
            page.heading(heading, note=str(len(compared)))
            if agreement is Agreement.SILENT and not full:
                page.paragraph(words.NEITHER_SPEAKS, indent=1)
                continue
            for found in compared:
                _option(found, page)


def _option(found: Comparison, page: Page) -> None:
    page.pair([(found.option.title, "bold")], found.option.id, indent=1)
    if found.agreement is Agreement.SILENT:
        return
    pieces: list[Piece] = []
    for source, verdict in found.alone.items():
        pieces += [f"{source}:{GLUE}", *_verdict(verdict, page), "   "]
    page.paragraph(*pieces, "together:", GLUE, *_verdict(found.together, page), indent=3)


def _verdict(verdict: Verdict, page: Page) -> list[Piece]:
    mark, colour = page.mark(verdict)
    return [(f"{mark}{GLUE}{verdict.value}", colour)]
