"""Which inquiry an answer belongs to: how it is told, and its document."""

from __future__ import annotations

from plenipo.advice.conclude import Advice
from plenipo.inquiry.change import Change
from plenipo.inquiry.compare import Contrast
from plenipo.inquiry.outlook import Outlook
from plenipo.inquiry.robustness import Robustness
from plenipo.inquiry.sweep import Sweep
from plenipo.report.inquiries import change, contrast, json, outlook, ranges, robustness, sweep
from plenipo.report.inquiries.told import Told

Answer = Outlook | Change | Contrast | Robustness | Sweep


def told(answer: Answer, *, full: bool = False, remark: str = "") -> Told:
    """Return an answer as it is told."""
    match answer:
        case Outlook():
            return outlook.told(answer, full=full, remark=remark)
        case Change():
            return change.told(answer, full=full, remark=remark)
        case Contrast():
            return contrast.told(answer, full=full, remark=remark)
        case Robustness():
            return robustness.told(answer, full=full, remark=remark)
        case Sweep():
            return sweep.told(answer, full=full, remark=remark)


def document(answer: Answer) -> json.Document:
    """Return an answer as plain data, without the head of a document."""
    match answer:
        case Outlook():
            return json.outlook(answer)
        case Change():
            return json.change(answer)
        case Contrast():
            return json.contrast(answer)
        case Robustness():
            return ranges.robustness(answer)
        case Sweep():
            return ranges.sweep(answer)


def advice(answer: Answer) -> Advice:
    """Return the advice an answer is about, the first of two."""
    return answer.before if isinstance(answer, Contrast) else answer.advice
