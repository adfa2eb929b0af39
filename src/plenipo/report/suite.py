"""The rulebook's own suite as text and as JSON: what was expected, what came instead, what no situation reaches."""

from __future__ import annotations

from plenipo.audit.coverage import Coverage
from plenipo.audit.mutation import Mutation
from plenipo.audit.suite import SuiteCase, SuiteResult, Unexpected
from plenipo.report.coverage import coverage, coverage_document
from plenipo.report.mutation import mutation, mutation_document
from plenipo.report.page import Page

Document = dict[str, object]


def suite(  # noqa: PLR0913 - a result, what goes with it, and how much of it to tell
    result: SuiteResult,
    page: Page,
    covered: Coverage | None = None,
    mutated: Mutation | None = None,
    least: float = 0.0,
    *,
    whole: bool = True,
) -> None:
    """
    Write a line for each situation, every difference with the rules behind it, then which rules fire.

    Coverage and mutation follow where there are any; `least` is what is required of them. Rules that never fire are
    named where the situations are the `whole` suite, and only counted where they are a part of it.
    """
    for case in result.cases:
        _case(case, page)
    if result.cases:
        page.blank()
        _fired(result, page, whole=whole)
    page.paragraph((_summary(result), _style(passed=result.passed)))
    if covered is not None:
        page.blank()
        coverage(covered, page, least)
    if mutated is not None:
        page.blank()
        mutation(mutated, page, least)


def suite_document(
    result: SuiteResult, covered: Coverage | None = None, mutated: Mutation | None = None, least: float = 0.0
) -> Document:
    """Return the result as plain data; `passed` speaks of the expectations, and each part of its own."""
    document: Document = {
        "schema_version": 1,
        "kind": "suite",
        "passed": result.passed,
        "situations": {case.advice.situation.name: _case_document(case) for case in result.cases},
        "coverage": {"rules": result.rules, "never_fired": list(result.never_fired)},
    }
    if covered is not None:
        document["conditions"] = coverage_document(covered, least)
    if mutated is not None:
        document["mutation"] = mutation_document(mutated, least)
    return document


def _case(case: SuiteCase, page: Page) -> None:
    situation = case.advice.situation
    held = case.expectations - len(case.differences)
    mark = (page.marks.no, "red") if case.differences else (page.marks.yes, "green")
    words = "as expected" if not case.differences else "not as expected"
    if not case.expectations:
        mark, words = (page.marks.unknown, "yellow"), "this file expects nothing"
    page.pair([(situation.name, "bold"), f": {words}"], f"{held} of {case.expectations}", mark=mark)
    if not case.expectations:
        page.paragraph(("add `expect:`, with the verdict that each option should have", "dim"), indent=4, hang=2)
    for difference in case.differences:
        _difference(difference, page)


def _difference(difference: Unexpected, page: Page) -> None:
    got = difference.got
    page.paragraph(
        (difference.option, "bold"),
        f": expected {difference.expected}, and the advice is {got.verdict}",
        indent=4,
        hang=2,
    )
    for word, rules in (("by", got.decided_by), ("outranked", got.outranked), ("overridden", got.overridden)):
        for rule in rules:
            page.paragraph((f"{word} ", "dim"), f"{rule.id}: {rule.because}", indent=6, hang=2)
    if not got.decided_by:
        page.paragraph(("no rule speaks of it here", "dim"), indent=6)


def _style(*, passed: bool) -> str:
    return "bold green" if passed else "bold red"


def _fired(result: SuiteResult, page: Page, *, whole: bool) -> None:
    fired = result.rules - len(result.never_fired)
    tail = "; these fire in none of them:" if whole and result.never_fired else ""
    page.paragraph(f"{fired} of {result.rules} rules fire in at least one of the situations{tail}")
    for id in result.never_fired if whole else ():
        page.paragraph(id, indent=2)


def _summary(result: SuiteResult) -> str:
    expected = sum(case.expectations for case in result.cases)
    differing = sum(len(case.differences) for case in result.cases)
    return f"{expected - differing} of {expected} expectations hold in {len(result.cases)} situations"


def _case_document(case: SuiteCase) -> Document:
    return {
        "expectations": case.expectations,
        "differences": [
            {
                "option": difference.option,
                "expected": difference.expected.value,
                "got": difference.got.verdict.value,
                "decided_by": [rule.id for rule in difference.got.decided_by],
                "outranked": [rule.id for rule in difference.got.outranked],
                "overridden": [rule.id for rule in difference.got.overridden],
            }
            for difference in case.differences
        ],
    }
