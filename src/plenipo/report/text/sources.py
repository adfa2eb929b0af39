"""The essays side by side on a page: where they agree, where they differ, where only one of them speaks."""

from __future__ import annotations

from plenipo.advice.by_source import Agreement, BySource, Comparison
from plenipo.report import words
from plenipo.report.agreements import AGREEMENTS, NEITHER_SPEAKS
from plenipo.report.page import COLOURS, Page, Piece
from plenipo.report.wrap import GLUE
from plenipo.rulebook.verdict import Verdict


def by_source(answer: BySource, page: Page, *, full: bool = False, remark: str = "") -> None:
    """Write what each essay advises alone; `full` names the options on which neither says a word."""
    situation = answer.together.situation
    page.paragraph((words.title(situation), "bold"))
    page.paragraph((words.header(answer.together, remark), "dim"))
    for agreement, heading in AGREEMENTS.items():
        compared = [found for found in answer.options if found.agreement is agreement]
        if compared:
            page.blank()
            page.heading(heading, note=str(len(compared)))
            if agreement is Agreement.SILENT and not full:
                page.paragraph(NEITHER_SPEAKS, indent=1)
                continue
            for found in compared:
                _option(found, page)


def _option(found: Comparison, page: Page) -> None:
    """Write an option in a line; where the essays differ, or say more together, the verdicts follow below."""
    speaking = {source: spoken for source, spoken in found.alone.items() if spoken is not Verdict.SILENT}
    verdict = found.together if set(speaking.values()) <= {found.together} else Verdict.SILENT
    who = f"{', '.join(speaking)} " if found.agreement is Agreement.ONE_SPEAKS else ""
    title: list[Piece] = [(found.option.title, "bold")]
    if verdict is not Verdict.SILENT:
        title[:0] = [(who, "bold"), (verdict.value, COLOURS[verdict]), f"{GLUE} "]
    page.pair(title, found.option.id, indent=1, mark=page.mark(verdict))
    if verdict is not found.together:
        pieces: list[Piece] = []
        for source, spoken in [*speaking.items(), ("together", found.together)]:
            pieces += ["  " if pieces else "", f"{source}:{GLUE}", (spoken.value, COLOURS[spoken])]
        page.paragraph(*pieces, indent=3)
