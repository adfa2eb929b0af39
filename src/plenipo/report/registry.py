"""The one place that says how each kind of answer is put: a class of the library -> a module of `answers/`."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from plenipo.report import FORMATS

#: The formats in which some answers can be written by themselves: tables, and pictures.
OWN_FORMATS = ("csv", "jsonl", "svg", "dot", "mermaid")
#: The module has `document` (what a reader sees) and `data` (the JSON), and what else of OWN_FORMATS it can be.
ANSWERS = {
    "plenipo.advice.conclude:Advice": "advice",
    "plenipo.counsel.brief:Brief": "brief",
    "plenipo.counsel.plan:Plan": "plan",
    "plenipo.counsel.roadmap:Roadmap": "roadmap",
    "plenipo.counsel.report:Report": "report",
    "plenipo.advice.explain:Explanation": "explanation",
    "plenipo.advice.trace:Trace": "trace",
    "plenipo.advice.reasoning_graph:ReasoningGraph": "graph",
    "plenipo.advice.by_source:BySource": "by_source",
    "plenipo.inquiry.outlook:Outlook": "outlook",
    "plenipo.inquiry.change:Change": "change",
    "plenipo.counsel.compare:Contrast": "comparison",
    "plenipo.counsel.sweep:Sweep": "sweep",
    "plenipo.inquiry.robustness.answer:Robustness": "robustness",
    "plenipo.audit.examine:Examination": "check",
    "plenipo.audit.suite:SuiteResult": "suite",
    "plenipo.report.answers.suite:SuiteReport": "suite",
    "plenipo.audit.coverage:Coverage": "coverage",
    "plenipo.audit.mutation:Mutation": "mutation",
    "plenipo.audit.generate:Generated": "generated",
    "plenipo.audit.diff:Difference": "rulebook_diff",
    "plenipo.rulebook.catalogue.entry:Entry": "entry",
    "plenipo.rulebook.catalogue:Overview": "overview",
    "plenipo.rulebook.essays:Sources": "sources",
    "plenipo.rulebook.essays:Verifications": "verification",
    "plenipo.interview.state:Interview": "questionnaire",
    "plenipo.batch.counts:BatchSummary": "batch_summary",
}


def module_of(answer: object) -> ModuleType:
    """
    Return the module that puts an answer.

    Raises:
        TypeError: this is not an answer.
    """
    for kind in type(answer).__mro__:
        if name := ANSWERS.get(f"{kind.__module__}:{kind.__qualname__}"):
            return import_module(f"plenipo.report.answers.{name}")
    raise TypeError(f"a {type(answer).__name__} is not an answer of plenipo, and cannot be rendered")


def formats_of(module: ModuleType) -> list[str]:
    """Return the formats in which the answers that a module puts can be written."""
    return [*FORMATS, *(name for name in OWN_FORMATS if hasattr(module, name))]


def refuse_format(module: ModuleType, format: str) -> None:
    """
    Refuse a format in which an answer cannot be written.

    Raises:
        UsageError: it is one.
    """
    if format not in (known := formats_of(module)):
        from plenipo.report.whole_file import no_format  # noqa: PLC0415 - hardly ever needed

        raise no_format(format, known)
