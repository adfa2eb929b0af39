"""The report: a brief to read in a minute, behind it all that it rests on, and several situations side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from plenipo.counsel.report import Account, Report
from plenipo.report import words
from plenipo.report.answers import advice_data, change, comparison, graph, report_basis, report_options, report_several
from plenipo.report.answers import roadmap as roadmap_answer
from plenipo.report.answers.brief_form import BriefPart, form
from plenipo.report.document import Command, Document, Line, Section, Showing, quiet, spans
from plenipo.report.json import head
from plenipo.version import VERSION

if TYPE_CHECKING:
    from plenipo.report.shapes.report import AccountData, ReportData

FIRST = "What to hear first; all that follows is what it rests on."


def document(report: Report, showing: Showing) -> Document:
    """Return a report in words."""
    one = report.accounts[0] if len(report.accounts) == 1 else None
    sections = _one(one, showing) if one else _several(report, showing)
    first = report.accounts[0].advice
    return Document(
        words.title(first.situation) if one else f"{words.counted(len(report.accounts), 'situation')} side by side",
        aside=quiet(words.header(first, showing.remark) if one else showing.remark),
        sections=(*sections, _how_made(report)),
        commands=_again(report, showing),
        contents=True,
        places=report_basis.places(one) if one else {},
    )


def data(report: Report, showing: Showing) -> ReportData:
    """Return what was advised on each situation, its roadmap, what would change it, and how they differ over time."""
    return {
        **head("report"),
        "version": VERSION,
        "rulebook": {"digest": report.rulebook.digest},
        "situations": [_account_data(account, showing) for account in report.accounts],
        "over_time": [comparison.data(contrast, showing) for contrast in report.over_time],
    }


def _account_data(account: Account, showing: Showing) -> AccountData:
    return {
        "advice": advice_data.data(account.plan, showing),
        "roadmap": roadmap_answer.data(account.roadmap, showing)["roadmap"],
        "changes": {
            id: {each.wanted: change.data(each, showing)["ways"] for each in found}
            for id, found in account.changes.items()
            if found
        },
    }


def _one(account: Account, showing: Showing) -> Iterator[Section]:
    yield from _brief(account, "In one minute", FIRST)
    yield from _roadmap(account, showing)
    yield from report_basis.situation(account)
    yield report_basis.reading(account)
    yield graph.picture(account.graph, "The reasoning as a picture")
    yield from report_options.options(account)
    yield report_options.silent(account)
    yield from report_basis.rules(account)
    yield from report_basis.propositions(account)


def _several(report: Report, showing: Showing) -> Iterator[Section]:
    yield from report_several.side_by_side(report)
    yield from report_several.over_time(report)
    for number, account in enumerate(report.accounts, 1):
        title, header = words.title(account.advice.situation), words.header(account.advice)
        yield from _brief(account, f"{number}. {title}", header)
        yield from (replace(section, minor=True) for section in _roadmap(account, showing))


def _brief(account: Account, heading: str, header: str) -> Iterator[Section]:
    """Yield the brief where there is room for all of it, under one heading."""
    opening, *rest = form(account.brief, BriefPart, "see the options")
    if opening.heading or opening.lines:
        opening, rest = Section(), [opening, *rest]
    yield Section(heading, lead=(quiet(f"{header} "), *spans(opening.lead)))
    yield from (replace(section, minor=True) for section in rest)


def _roadmap(account: Account, showing: Showing) -> Iterator[Section]:
    """Yield what comes once the first steps have succeeded."""
    written = roadmap_answer.document(account.roadmap, showing)
    now, later, picture = written.sections
    remarks = tuple(Line(quiet(remark)) for remark in written.rest)
    yield replace(now, heading="The roadmap: now")
    yield replace(later, lines=(*later.lines, *remarks), minor=True)
    yield replace(picture, heading="The roadmap as a picture", minor=True)


def _how_made(report: Report) -> Section:
    """Return with what the report was made, and how to make it again."""
    book = report.rulebook
    holds = words.listed(
        (
            words.counted(len(book.rules), "rule"),
            words.counted(len(book.options), "option"),
            words.counted(len(book.facts), "fact"),
        )
    )
    lines = (
        Line(f"plenipo {VERSION}", label="made by"),
        Line(f"{holds}; digest {book.digest or 'none'}", label="rulebook"),
        Line("The same facts and the same rulebook give the same report, to the letter."),
    )
    return Section("How this was made", lines)


def _again(report: Report, showing: Showing) -> tuple[Command, ...]:
    """Return the command that makes the report again, where it is known how the situations were asked for."""
    one = len(report.accounts) == 1
    asked = words.asked(report.accounts[0].advice.situation, showing.asked) if one else tuple(showing.asked)
    return (Command("Make it again", ("plenipo", "report", *asked, "-o", "advice.html")),) if asked else ()
