"""Several situations side by side, and how the advice moved from one date to the next."""

from __future__ import annotations

from collections.abc import Iterator

from plenipo.counsel.compare import Contrast
from plenipo.counsel.report import Report
from plenipo.report import words
from plenipo.report.answers.differing import titles
from plenipo.report.document import Line, Section, Span, Text, Tone, anchor, quiet, strong

SAME = "the same in all"


def side_by_side(report: Report) -> Iterator[Section]:
    """Yield what leads in each situation, then the verdicts and the facts, those that differ first."""
    yield Section("Side by side", tuple(_situations(report)))
    numbers = tuple(f"{number}" for number, _ in enumerate(report.accounts, 1))
    verdicts, facts = tuple(_verdicts(report)), tuple(_facts(report))
    yield _table("Verdicts that differ", ("Option", *numbers), verdicts, same=False)
    yield _table("Facts that differ", ("Question", *numbers), facts, same=False)
    yield _table("Verdicts that are the same", ("Option", *numbers), verdicts, same=True)


def over_time(report: Report) -> Section:
    """Return what came and went from one dated situation to the next."""
    contrasts = report.over_time
    columns = ("As of", "Situation", "New first", "No longer first", "Verdicts that change")
    rows = [_start(contrasts[0])] if contrasts else []
    return Section("Over time", (*rows, *map(_step, contrasts)), columns=columns)


def _situations(report: Report) -> Iterator[Line]:
    for number, account in enumerate(report.accounts, 1):
        situation = account.advice.situation
        yield Line((strong(words.title(situation)), quiet(f" {words.header(account.advice)}")), number=number)
        lead = titles(account.brief.choice.lead, report.rulebook) or "nothing"
        yield Line(lead, 1, "first:")


def _table(heading: str, columns: tuple[str, ...], rows: tuple[tuple[bool, Line], ...], *, same: bool) -> Section:
    chosen = tuple(line for alike, line in rows if alike is same)
    return Section(heading, chosen, str(len(chosen)), columns=columns, minor=True)


def _verdicts(report: Report) -> Iterator[tuple[bool, Line]]:
    """Yield each option with its verdicts, and whether they are all the same."""
    for id, verdicts in report.verdicts.items():
        title = report.rulebook.options[id].title
        spoken = tuple(Span(verdict.value, verdict) for verdict in verdicts)
        said: list[str | Span] = [f"{title}:"]
        for number, span in enumerate(spoken, 1):
            said += [f" {number}\xa0", span]
        cells: tuple[Text, ...] = ((title, " ", Span(id, Tone.ID)), *spoken)
        line = Line(tuple(said), aside=id, cells=cells, anchor=anchor("option", id))
        yield len(set(verdicts)) == 1, line


def _facts(report: Report) -> Iterator[tuple[bool, Line]]:
    """Yield each fact with its answers, and whether they are all the same."""
    for id, values in report.facts.items():
        fact = report.rulebook.facts[id]
        answers = tuple(words.labels(fact, [value]) for value in values)
        said = "; ".join(f"{number} {answer}" for number, answer in enumerate(answers, 1))
        cells: tuple[Text, ...] = ((fact.ask, " ", Span(id, Tone.ID)), *answers)
        line = Line(f"{fact.ask} {said}", aside=id, cells=cells, anchor=anchor("fact", id))
        yield len(set(values)) == 1, line


def _start(contrast: Contrast) -> Line:
    situation, book = contrast.before.situation, contrast.before.rulebook
    lead = titles(contrast.there.choice.lead, book) or "nothing"
    cells: tuple[Text, ...] = (situation.as_of, words.title(situation), lead, "", "")
    return Line(f"{situation.as_of} {words.title(situation)}. First: {lead}.", cells=cells)


def _step(contrast: Contrast) -> Line:
    """Return what came and went from one date to the next."""
    situation, book = contrast.after.situation, contrast.after.rulebook
    before, after = contrast.there.choice.lead, contrast.here.choice.lead
    new = titles([id for id in after if id not in before], book)
    gone = titles([id for id in before if id not in after], book)
    turns = "; ".join(f"{turn.option.title}: {turn.before} → {turn.after}" for turn in contrast.turns)
    cells: tuple[Text, ...] = (situation.as_of, words.title(situation), new, gone, turns)
    parts = (new and f"New first: {new}.", gone and f"No longer first: {gone}.", turns and f"Verdicts: {turns}.")
    said = " ".join(part for part in parts if part) or "Nothing changes."
    return Line(f"{situation.as_of} {words.title(situation)}. {said}", cells=cells)
