"""Answers laid out for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plenipo.report import Answer, Texts
    from plenipo.report.page import Page

__all__ = ["lay_out"]


def lay_out(answer: Answer, page: Page, *, full: bool = False, texts: Texts | None = None, remark: str = "") -> None:
    """Write any answer to a page; only what lays out this kind of answer is imported."""
    if answer.kind == "advice":
        from plenipo.report.text.advice import advice  # noqa: PLC0415

        advice(answer, page, full=full, remark=remark)
    elif answer.kind == "explanation":
        from plenipo.report.text.explanation import explanation  # noqa: PLC0415

        explanation(answer, page, full=full, texts=texts, remark=remark)
    elif answer.kind == "by-source":
        from plenipo.report.text.sources import by_source  # noqa: PLC0415

        by_source(answer, page, full=full, remark=remark)
    else:
        from plenipo.report.inquiries import answer as inquiries  # noqa: PLC0415
        from plenipo.report.inquiries import dress  # noqa: PLC0415

        dress.lay_out(inquiries.told(answer, full=full, remark=remark), page)
