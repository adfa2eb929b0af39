"""Several situations side by side, and how the advice moved from one date to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plenipo.counsel.compare import Contrast
from plenipo.counsel.report import Report
from plenipo.report import words
from plenipo.report.answers.differing import lead_shifted, titles
from plenipo.report.document import Line, Section, Span, Text, Tone, anchor, quiet, strong
from plenipo.rulebook.verdict import Verdict

LEADING = "The verdicts, date by date, on what changes; what leads at a date is marked."


def side_by_side(report: Report) -> Iterator[Section]:
    """Yield what leads in each situation, then the verdicts and the facts, those that differ first."""
    yield Section("Side by side", tuple(_situations(report)))
    numbers = tuple(f"{number}" for number, _ in enumerate(report.accounts, 1))
    verdicts, facts = tuple(_verdicts(report)), tuple(_facts(report))
    yield _table("Verdicts that differ", ("Option", *numbers), verdicts, same=False)
    yield _table("Facts that differ", ("Question", *numbers), facts, same=False)
    yield _table("Verdicts that are the same", ("Option", *numbers), verdicts, same=True)


def over_time(report: Report) -> Iterator[Section]:
    """Yield what came and went from one dated situation to the next: verdicts and what leads, then change by change."""
    contrasts = report.over_time
    if not contrasts:
        return
    cases = [(contrasts[0].before, contrasts[0].there), *((each.after, each.here) for each in contrasts)]
    rows = []
    for id, option in report.rulebook.options.items():
        led = [id in said.choice.lead for _, said in cases]
        if len({said.verdicts[id] for _, said in cases}) > 1 or len(set(led)) > 1:
            rows.append(_row(option.title, [said.verdicts[id] for _, said in cases], led))
    dates = tuple(advice.situation.as_of for advice, _ in cases)
    yield Section("Over time", tuple(rows), lead=LEADING, columns=("Option", *dates))
    lines = [line for contrast in contrasts for line in _step(contrast)]
    yield Section("What came and went", tuple(lines), minor=True)


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


def _row(title: str, verdicts: Sequence[Verdict], led: Sequence[bool]) -> Line:
    """Return an option with its verdict at each date, and whether it led then."""
    cells: list[Text] = [
        (Span(verdict.value, verdict), strong(" first") if first else "")
        for verdict, first in zip(verdicts, led, strict=True)
    ]
    said = ", ".join(f"{verdict}{' (first)' if first else ''}" for verdict, first in zip(verdicts, led, strict=True))
    return Line(f"{title}: {said}", cells=(title, *cells))


def _step(contrast: Contrast) -> Iterator[Line]:
    """Yield what came and went from one date to the next."""
    situation, book = contrast.after.situation, contrast.after.rulebook
    yield Line((strong(situation.as_of), f" {words.title(situation)}"))
    changed = lead_shifted(contrast.there, contrast.here, book)
    yield from (Line(named, 1, label) for label, named in changed)
    for turn in contrast.turns:
        yield Line((f"{turn.option.title}: {turn.before} → ", Span(turn.after.value, turn.after)), 1)
    if not (changed or contrast.turns):
        yield Line("No verdict changes, and the same leads.", 1)
