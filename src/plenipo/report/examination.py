"""The examination of a rulebook as text and as JSON: what was found, and how much of the essays is taken up."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plenipo.audit.examine import CitationCoverage, Examination
from plenipo.errors import Diagnostic
from plenipo.report.page import Page

Document = dict[str, object]


def examination(found: Examination, page: Page, files: Sequence[Path] = (), *, full: bool = False) -> None:
    """
    Write every finding, then a line for each source and for each of the fact files that were written.

    In full, the accepted remarks are written as well, with their reasons.
    """
    for diagnostic in found.diagnostics:
        _lines(diagnostic, page)
    if found.diagnostics:
        page.blank()
    for acceptance, diagnostic in found.accepted if full else ():
        _lines(diagnostic, page)
        page.paragraph(f"accepted: {acceptance.because}", indent=2, hang=2)
    if found.accepted:
        page.paragraph(f"{len(found.accepted)} accepted" + ("" if full else ", which --full shows"), hang=2)
    for check in found.undecided:
        page.paragraph(f"not decided in time: {check}", hang=2)
    for coverage in found.coverage:
        _coverage(coverage, page)
    for file in files:
        page.paragraph(f"written: {file}", hang=2)
    page.paragraph((_summary(found), "bold green" if found.passed else "bold red"))


def examination_document(found: Examination, files: Sequence[Path] = ()) -> Document:
    """Return the examination as plain data, with the fact files that were written."""
    return {
        "schema_version": 1,
        "kind": "check",
        "passed": found.passed,
        "rules": len(found.rulebook.rules),
        "findings": [_diagnostic(each) for each in found.diagnostics],
        "accepted": [{**_diagnostic(each), "because": acceptance.because} for acceptance, each in found.accepted],
        "undecided": list(found.undecided),
        "witnesses": [
            {"name": each.name, "title": each.title, "facts": dict(each.facts), "expect": dict(each.expect)}
            for each in found.witnesses
        ],
        "files": [str(file) for file in files],
        "coverage": {
            each.source.id: {
                "propositions": len(each.source.propositions),
                "cited": len(each.cited),
                "background": list(each.background),
                "left_over": list(each.left_over),
            }
            for each in found.coverage
        },
    }


def _summary(found: Examination) -> str:
    words = f"{len(found.diagnostics)} found" if found.diagnostics else "nothing found"
    if found.undecided:
        count = len(found.undecided)
        words += f", {count} {'check' if count == 1 else 'checks'} not decided"
    return f"{len(found.rulebook.rules)} rules checked: {words}"


def _coverage(coverage: CitationCoverage, page: Page) -> None:
    counts = f"{len(coverage.cited)} cited, {len(coverage.background)} background, {len(coverage.left_over)} neither"
    page.paragraph(f"source {coverage.source.id}: {len(coverage.source.propositions)} propositions, {counts}", hang=2)


def _lines(diagnostic: Diagnostic, page: Page) -> None:
    for number, line in enumerate(str(diagnostic).splitlines()):
        page.paragraph(line.strip(), indent=2 if number else 0, hang=2)


def _diagnostic(found: Diagnostic) -> Document:
    return {
        "check": found.check,
        "severity": found.severity.value,
        "message": found.message,
        "file": found.location.file,
        "line": found.location.line,
        "column": found.location.column,
        "also": [{"place": str(place), "why": why} for place, why in found.also],
        "help": list(found.help),
    }
