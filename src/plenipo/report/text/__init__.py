"""Answers laid out for a terminal."""

from __future__ import annotations

from plenipo.essays import BySource
from plenipo.explain import Explanation
from plenipo.plan import Plan
from plenipo.report.citations import Texts
from plenipo.report.page import Page
from plenipo.report.text.advice import advice
from plenipo.report.text.explanation import explanation
from plenipo.report.text.sources import by_source

__all__ = ["Page", "advice", "by_source", "explanation", "lay_out"]


def lay_out(
    answer: Plan | Explanation | BySource,
    page: Page,
    *,
    full: bool = False,
    texts: Texts | None = None,
    remark: str = "",
) -> None:
    """Write any answer to a page."""
    match answer:
        case Plan():
            advice(answer, page, full=full, remark=remark)
        case Explanation():
            explanation(answer, page, full=full, texts=texts, remark=remark)
        case BySource():
            by_source(answer, page, full=full, remark=remark)
