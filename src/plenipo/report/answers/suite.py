"""The rulebook's own suite: what was expected, what came instead, what no situation reaches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plenipo.audit.coverage import Coverage
from plenipo.audit.mutation import Mutation
from plenipo.audit.suite import SuiteCase, SuiteResult, Unexpected
from plenipo.report.answers.coverage import coverage_data, coverage_lines
from plenipo.report.answers.mutation import mutation_data, mutation_sections
from plenipo.report.document import Document, Line, Section, Showing, Sign, coded, name, outcome, quiet
from plenipo.report.json import SCHEMA_VERSION
from plenipo.report.words import counted

if TYPE_CHECKING:
    from plenipo.report.shapes.suite import JudgementData, SuiteCaseData, SuiteData


@dataclass(frozen=True)
class SuiteReport:
    """
    A result of the suite with the coverage and the mutants of its situations, where they were asked for.

    `least` is the share that is required of each. The situations are the `whole` suite, or only a part of it.
    """

    result: SuiteResult
    coverage: Coverage | None = None
    mutation: Mutation | None = None
    least: float = 0.0
    whole: bool = True

    @property
    def passed(self) -> bool:
        """Whether every expectation holds, and the shares are as large as is required."""
        covered = self.coverage is None or self.coverage.reaches(self.least)
        return self.result.passed and covered and (self.mutation is None or self.mutation.score >= self.least)


def document(answer: SuiteResult | SuiteReport, showing: Showing) -> Document:
    """Return a line for each situation, every difference with the rules behind it, then which rules fire."""
    report = _report(answer)
    result, sections = report.result, []
    if result.cases:
        sections.append(Section(lines=tuple(line for case in result.cases for line in _case(case))))
    fired = _fired(result, whole=report.whole) if result.cases else ()
    summary = Line(outcome(_summary(result), good=result.passed), hang=0)
    sections.append(Section(lines=(*fired, summary)))
    if report.coverage is not None:
        sections.append(Section(lines=tuple(coverage_lines(report.coverage, report.least))))
    if report.mutation is not None:
        sections += mutation_sections(report.mutation, report.least)
    return Document(topic="Whether situations get the advice they expect", sections=tuple(sections))


def data(answer: SuiteResult | SuiteReport, showing: Showing) -> SuiteData:
    """Return the result as plain data; `passed` speaks of the expectations, and each part has one for itself."""
    report = _report(answer)
    result = report.result
    document: SuiteData = {
        "schema_version": SCHEMA_VERSION,
        "kind": "suite",
        "passed": result.passed,
        "situations": {case.advice.situation.name: _case_data(case) for case in result.cases},
        "coverage": {"rules": result.rules, "never_fired": list(result.never_fired)},
    }
    if report.coverage is not None:
        document["conditions"] = coverage_data(report.coverage, report.least)
    if report.mutation is not None:
        document["mutation"] = mutation_data(report.mutation, report.least)
    return document


def _report(answer: SuiteResult | SuiteReport) -> SuiteReport:
    return answer if isinstance(answer, SuiteReport) else SuiteReport(answer)


def _case(case: SuiteCase) -> Iterator[Line]:
    situation = case.advice.situation
    held = quiet(f"{case.expectations - len(case.differences)} of {case.expectations}")
    if not case.expectations:
        missing = "this file expects nothing"
        yield Line((name(situation.name), f": {missing}"), aside=held, sign=Sign.UNKNOWN, hang=0)
        yield Line(coded("add `expect:`, with the verdict that each option should have"), 2)
    else:
        sign, words = (Sign.NO, "not as expected") if case.differences else (Sign.YES, "as expected")
        yield Line((name(situation.name), f": {words}"), aside=held, sign=sign, hang=0)
    for difference in case.differences:
        yield from _difference(difference)
    for read in case.readers:
        yield Line((name(read.option), f": readers judge {read.expected}, and the advice is {read.got.verdict}"), 2)


def _difference(difference: Unexpected) -> Iterator[Line]:
    got = difference.got
    yield Line((name(difference.option), f": expected {difference.expected}, and the advice is {got.verdict}"), 2)
    for word, rules in (("by", got.decided_by), ("outranked", got.outranked), ("overridden", got.overridden)):
        for rule in rules:
            yield Line(f"{rule.id}: {rule.because}", 3, word)
    if not got.decided_by:
        yield Line(quiet("no rule speaks of it here"), 3, hang=0)


def _fired(result: SuiteResult, *, whole: bool) -> Iterator[Line]:
    """Yield how many rules fire; those that never do are named only where the situations are the whole suite."""
    fired = result.rules - len(result.never_fired)
    named = result.never_fired if whole else ()
    tail = "; these fire in none of them:" if named else ""
    yield Line(
        f"{fired} of {counted(result.rules, 'rule fires', 'rules fire')} in at least one of the situations{tail}",
        hang=0,
    )
    yield from (Line(id, 1, hang=0) for id in named)


def _summary(result: SuiteResult) -> str:
    expected = result.expectations
    if not expected:
        return "nothing was tested: nothing is expected"
    silent = sum(not case.expectations for case in result.cases)
    rest = f"; {counted(silent, 'situation expects', 'situations expect')} nothing" if silent else ""
    differing = sum(len(case.differences) for case in result.cases)
    held = f"{expected - differing} of {counted(expected, 'expectation holds', 'expectations hold')}"
    return f"{held} in {counted(len(result.cases), 'situation')}{rest}"


def _case_data(case: SuiteCase) -> SuiteCaseData:
    told: SuiteCaseData = {
        "expectations": case.expectations,
        "differences": [
            {
                "option": difference.option,
                "expected": difference.expected,
                "got": difference.got.verdict,
                "decided_by": [rule.id for rule in difference.got.decided_by],
                "outranked": [rule.id for rule in difference.got.outranked],
                "overridden": [rule.id for rule in difference.got.overridden],
            }
            for difference in case.differences
        ],
    }
    if case.readers:
        told["readers"] = {each.option: _judged(each) for each in case.readers}
    return told


def _judged(difference: Unexpected) -> JudgementData:
    return {"judged": difference.expected, "got": difference.got.verdict}
