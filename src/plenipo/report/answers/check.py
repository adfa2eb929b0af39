"""The examination of a rulebook: what was found, and how much of the sources it takes up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from plenipo.audit.examine import CitationCoverage, Examination
from plenipo.errors import Diagnostic
from plenipo.report.document import Document, Line, Section, Showing, coded, outcome
from plenipo.report.json import head, plain_facts
from plenipo.report.words import counted
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.rulebook import CheckData, CheckFindingData


def document(found: Examination, showing: Showing) -> Document:
    """Return every finding, then what each source gave and the files that were written; in full what is accepted."""
    findings = tuple(line for diagnostic in found.diagnostics for line in _diagnostic(diagnostic))
    return Document(
        topic="Whether the rulebook is sound",
        sections=(Section(lines=findings), Section(lines=tuple(_summary(found, showing)))),
    )


def data(found: Examination, showing: Showing) -> CheckData:
    """Return the examination as plain data, with the fact files that were written."""
    return {
        **head("check"),
        "passed": found.passed,
        "rules": len(found.rulebook.rules),
        "findings": [_diagnostic_data(each) for each in found.diagnostics],
        "accepted": [{**_diagnostic_data(each), "because": acceptance.because} for acceptance, each in found.accepted],
        "undecided": list(found.undecided),
        "undecided_because": dict(found.undecided),
        "witnesses": [
            {
                "name": each.name,
                "title": each.title,
                "facts": plain_facts(each.facts),
                "expect": {option: Verdict(said) for option, said in each.expect.items()},
            }
            for each in found.witnesses
        ],
        "files": [str(file) for file in showing.files],
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


def _summary(found: Examination, showing: Showing) -> Iterator[Line]:
    for acceptance, diagnostic in found.accepted if showing.full else ():
        yield from _diagnostic(diagnostic)
        yield Line(f"accepted: {acceptance.because}", 1)
    if found.accepted:
        yield Line(f"{len(found.accepted)} accepted" + ("" if showing.full else ", which --full shows"))
    for check, why in found.undecided.items():
        yield Line(f"not decided: {check}, because {why}")
    for coverage in found.coverage:
        yield Line(_coverage(coverage))
    for file in showing.files:
        yield Line(f"written: {file}")
    kinds = Counter(diagnostic.severity.value for diagnostic in found.diagnostics)
    result = " and ".join(counted(number, kind) for kind, number in sorted(kinds.items())) or "nothing found"
    if found.undecided:
        result += f", {counted(len(found.undecided), 'check')} not decided"
    yield Line(outcome(f"{counted(len(found.rulebook.rules), 'rule')} checked: {result}", good=found.passed), hang=0)


def _coverage(coverage: CitationCoverage) -> str:
    counts = f"{len(coverage.cited)} cited, {len(coverage.background)} background, {len(coverage.left_over)} neither"
    return f"source {coverage.source.id}: {counted(len(coverage.source.propositions), 'proposition')}, {counts}"


def _diagnostic(diagnostic: Diagnostic) -> Iterator[Line]:
    for number, line in enumerate(str(diagnostic).splitlines()):
        yield Line(coded(line.strip()), 1 if number else 0)


def _diagnostic_data(found: Diagnostic) -> CheckFindingData:
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
