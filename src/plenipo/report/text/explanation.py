"""A justification on a page: the verdict, and under it rule by rule down to the facts."""

from __future__ import annotations

from plenipo.advice.explain import Explanation
from plenipo.report import outline, words
from plenipo.report.citations import Texts, citations
from plenipo.report.outline import Item, Sign
from plenipo.report.page import COLOURS, Page, Piece
from plenipo.report.text.advice import glued
from plenipo.report.wrap import GLUE, Stretch


def explanation(
    explanation: Explanation, page: Page, *, full: bool = False, texts: Texts | None = None, remark: str = ""
) -> None:
    """Write an explanation, the propositions it cites at its end, each with its paragraph where `texts` has it."""
    verdict = explanation.verdict
    situation = explanation.advice.situation
    page.pair([(explanation.option.title, "bold")], explanation.option.id)
    stand = (f"{verdict}", f"bold {COLOURS[verdict]}".strip())
    page.paragraph(stand, f": {words.MEANING[verdict]}", mark=page.mark(verdict))
    page.paragraph((words.title(situation), "dim"))
    page.paragraph((words.header(explanation.advice, remark), "dim"))
    seen: set[str] = set()
    for section in outline.sections(explanation):
        page.blank()
        page.heading(section.heading, COLOURS[section.verdict])
        if section.lead:
            page.paragraph(section.lead, indent=1)
        for item in outline.items(section, explanation, seen, full=full):
            _item(item, page)
    if rest := outline.untold(explanation):
        page.blank()
        page.paragraph((rest, "dim"))
    _sources(explanation, seen, page, texts or {})


def _item(item: Item, page: Page) -> None:
    """Write one item of the outline."""
    indent = 1 + 2 * min(item.depth, page.width // 8)
    label: list[Piece] = [(item.label, "italic"), " "] if item.label else []
    name: list[Piece] = [(item.name, "bold"), " "] if item.name else []
    cite: list[Piece] = [" ", (glued(item.cite), "dim")] if item.cite else []
    page.paragraph(*label, *name, item.text, *cite, indent=indent, mark=_mark(item, page), right=item.aside)


def _mark(item: Item, page: Page) -> Stretch | None:
    marks = page.marks
    shown = {
        Sign.YES: (marks.yes, "green"),
        Sign.NO: (marks.no, "red"),
        Sign.UNKNOWN: (marks.unknown, "yellow"),
        Sign.RULE: (marks.step, "dim"),
    }
    return shown.get(item.sign)


def _sources(explanation: Explanation, told: set[str], page: Page, texts: Texts) -> None:
    cited = citations(explanation.advice.rulebook, told)
    if cited:
        page.blank()
        page.heading("Cited")
    shown: set[tuple[str, int]] = set()
    for said in cited:
        hedge = f" ({said.hedge})" if said.hedge else ""
        place = f"{GLUE}par.{GLUE}{said.paragraph}"
        page.paragraph((said.id, "bold"), (place, "dim"), f"  {said.says}{hedge}", indent=1, hang=5)
        where = (said.source, said.paragraph)
        if where in texts and where not in shown:
            shown.add(where)
            page.paragraph((texts[where], "italic"), indent=6, mark=("|", "dim"))
