"""Advice: the brief on one screen, or in full the long answer, subject by subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plenipo.advice.conclude import Advice
from plenipo.counsel.brief import brief
from plenipo.report.answers import brief as one_screen
from plenipo.report.document import Document, Showing

if TYPE_CHECKING:
    from plenipo.report.shapes.advice import AdviceData


def document(advice: Advice, showing: Showing) -> Document:
    """Return the brief of some advice; in full, everything that the sources advise."""
    if showing.full:
        from plenipo.counsel.plan import plan  # noqa: PLC0415 - the brief does without
        from plenipo.report.answers import plan as long_answer  # noqa: PLC0415 - likewise

        return long_answer.document(plan(advice), showing)
    return one_screen.document(brief(advice), showing)


def data(answer: Advice, showing: Showing) -> AdviceData:
    """Return the document of the JSON."""
    from plenipo.report.answers import advice_data  # noqa: PLC0415 - text does without, and advice is to come at once

    return advice_data.data(answer, showing)
