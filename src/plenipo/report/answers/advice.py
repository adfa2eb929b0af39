"""Advice: the brief on one screen, or in full the long answer, subject by subject."""

from __future__ import annotations

from plenipo.advice.conclude import Advice
from plenipo.counsel.brief import brief
from plenipo.counsel.plan import plan
from plenipo.report.answers import brief as one_screen
from plenipo.report.answers import plan as long_answer
from plenipo.report.answers.advice_data import data
from plenipo.report.document import Document, Showing

__all__ = ["data", "document"]


def document(advice: Advice, showing: Showing) -> Document:
    """Return the brief of some advice; in full, everything that the essays advise."""
    if showing.full:
        return long_answer.document(plan(advice), showing)
    return one_screen.document(brief(advice), showing)
