"""The summary of a batch: how often each verdict was given, and how often each rule fired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from plenipo.batch.counts import BatchSummary
from plenipo.errors import quoted
from plenipo.report.document import Document, Line, Section, Showing, Span, Text, Tone, coded, quiet, strong
from plenipo.report.json import head, reading_data
from plenipo.report.words import counted
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.batch import BatchSummaryData


_IDS = coded(
    "With `-o OUT` each option is a column of the answers, under its id; `plenipo show options` lists the ids."
)
#: The verdicts, what to do before what not to do.
_HELPFUL = (
    Verdict.RECOMMEND,
    Verdict.CONSIDER,
    Verdict.DEFER,
    Verdict.AVOID,
    Verdict.DONE,
    Verdict.SILENT,
)
_LEFT_OUT = "not kept, as no line among the first has it"


def document(found: BatchSummary, showing: Showing) -> Document:
    """
    Return how often each option was given each verdict that it does not have everywhere, then what holds everywhere.

    In full, every option has a line, and so has every rule.
    """
    sections = [*(_every_verdict(found) if showing.full else _verdicts(found))]
    if found.fired is not None:
        fired, rules = len(found.fired) - len(found.never), len(found.fired)
        said = coded(
            f"{fired} of {counted(rules, 'rule')} fired. `--full` lists them, and every option by its subject."
        )
        sections += _rules(found, found.fired) if showing.full else [Section(lead=said)]
    sections.append(Section(lines=(Line(strong(outcome(found)), hang=0),)))
    return Document(topic="The advice on many situations", sections=tuple(sections))


def _verdicts(found: BatchSummary) -> Iterator[Section]:
    """Yield the options whose verdict is not the same in every situation, then those of which it is."""
    titles = {id: option.title for id, option in found.rulebook.options.items()}
    given = {
        id: [verdict for verdict in Verdict if counts.get(verdict)] for id, counts in (found.verdicts or {}).items()
    }
    note = counted(found.situations, "situation")
    differ = tuple(
        Line(titles[id], aside=_shares((found.verdicts or {})[id], found.situations))
        for id, verdicts in given.items()
        if len(verdicts) > 1
    )
    yield Section("Verdicts that differ", differ, note, lead=_IDS if differ else ())
    same = {verdict: [titles[id] for id, verdicts in given.items() if verdicts == [verdict]] for verdict in _HELPFUL}
    if silent := same.pop(Verdict.SILENT):
        same[Verdict.SILENT] = [counted(len(silent), "option")]
    lines = [Line("; ".join(named), label=f"{verdict}:", verdict=verdict) for verdict, named in same.items() if named]
    yield Section("The same in every situation", tuple(lines))


def _every_verdict(found: BatchSummary) -> Iterator[Section]:
    """Yield every option, by subject, with how often it was given each verdict."""
    if found.verdicts is None:
        return
    book = found.rulebook
    yield Section("Verdicts", note=counted(found.situations, "situation"), lead=_IDS)
    for group in dict.fromkeys(book.options[option].group for option in found.verdicts):
        lines = tuple(
            Line(book.options[option].title, aside=_shares(given, found.situations))
            for option, given in found.verdicts.items()
            if book.options[option].group == group
        )
        yield Section(book.subject(group), lines, minor=True)


def _rules(found: BatchSummary, times_fired: Mapping[str, int]) -> Iterator[Section]:
    """Yield every rule that fired with how often it did, then those that never did."""
    book, ranked = found.rulebook, sorted(times_fired.items(), key=lambda rule: (-rule[1], rule[0]))
    fired = tuple(Line(_rule(book, id), aside=_share(times, found.situations)) for id, times in ranked if times)
    yield Section("Rules that fired", fired, f"{len(fired)} of {len(times_fired)}")
    yield Section("Rules that never fired", tuple(Line(_rule(book, id)) for id in found.never), str(len(found.never)))


def data(found: BatchSummary, showing: Showing) -> BatchSummaryData:
    """Return the summary as plain data."""
    return {
        **head("batch-summary"),
        "rulebook": {"digest": found.rulebook.digest, "rules": len(found.rulebook.rules)},
        "situations": found.situations,
        "rejected": {"rows": found.rejected, "faults": found.faults, "file": found.rejects},
        "unknown": dict(found.unknown),
        "left_out": dict(found.left_out),
        "read_as": [{**reading_data(each), "cells": cells} for each, cells in found.read_as.items()],
        "out": found.out,
        "remarks": list(found.remarks),
        "options": None
        if found.verdicts is None
        else {id: {verdict: given.get(verdict, 0) for verdict in Verdict} for id, given in found.verdicts.items()},
        "rules": None if found.fired is None else dict(found.fired),
        "never_fired": None if found.fired is None else list(found.never),
    }


def outcome(found: BatchSummary) -> str:
    """Return in one sentence what came of a batch."""
    said = f"{counted(found.situations, 'situation')} answered"
    if found.out:
        said += f" in {found.out}"
    if found.rejected:
        where = f", listed in {found.rejects}" if found.rejects else ""
        said += f"; {counted(found.rejected, 'row')} rejected for {counted(found.faults, 'fault')}{where}"
    for words, what in ((found.unknown, "read as unknown"), (found.left_out, _LEFT_OUT)):
        if words:
            each = ", ".join(f"{quoted(word)} {times:,}" for word, times in words.items())
            said += f"; {what}: {each}"
    return said


def _rule(rulebook: Rulebook, id: str) -> Text:
    """Return the reason that a rule gives, and its id."""
    because = rulebook.rules[id].because
    return (f"{because} ", Span(id, Tone.ID)) if because else id


def _shares(given: Mapping[str, int], situations: int) -> Span:
    ranked = sorted(given.items(), key=lambda verdict: -verdict[1])
    return quiet(", ".join(f"{verdict} {_percent(times, situations)}" for verdict, times in ranked))


def _share(times: int, situations: int) -> Span:
    return quiet(f"{times:,}, {_percent(times, situations)}")


def _percent(times: int, situations: int) -> str:
    """
    Return a share in percent, which is 0 or 100 only when it is exactly so.

    >>> _percent(1, 3), _percent(1, 10_000), _percent(9_999, 10_000), _percent(0, 1)
    ('33 %', '<1 %', '>99 %', '0 %')
    """
    share = round(100 * times / max(situations, 1))
    if times and not share:
        return "<1 %"
    return ">99 %" if share == 100 and times < situations else f"{share} %"
