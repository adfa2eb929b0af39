"""The summary of a batch as text and as JSON: how often each verdict was given, and each rule fired."""

from __future__ import annotations

from collections.abc import Mapping

from plenipo.batch.counts import BatchSummary
from plenipo.report.page import Page
from plenipo.rulebook.verdict import Verdict

Document = dict[str, object]


def summary(found: BatchSummary, page: Page) -> None:
    """Write a line for each option with how often it was given each verdict, then one for each rule that fired."""
    if found.verdicts is not None:
        page.heading("Verdicts", note=_situations(found.situations))
        for option, given in found.verdicts.items():
            page.pair([(option, "bold")], _shares(given, found.situations))
    if found.fired is not None:
        page.blank()
        page.heading("Rules that fired", note=f"{len(found.fired) - len(found.never)} of {len(found.fired)}")
        for rule, times in sorted(found.fired.items(), key=lambda rule: (-rule[1], rule[0])):
            if times:
                page.pair([rule], _share(times, found.situations))
        if found.never:
            page.blank()
            page.heading("Rules that never fired", note=f"{len(found.never)}")
            for rule in found.never:
                page.paragraph(rule)
        page.blank()
    page.paragraph((outcome(found), "bold"))


def outcome(found: BatchSummary) -> str:
    """Return in one sentence what came of a batch."""
    told = f"{_situations(found.situations)} answered"
    if found.out:
        told += f" in {found.out}"
    if found.rejected:
        where = f", told in {found.rejects}" if found.rejects else ""
        rows = "1 row" if found.rejected == 1 else f"{found.rejected:,} rows"
        told += f"; {rows} rejected for {found.faults:,} fault{'' if found.faults == 1 else 's'}{where}"
    return told


def summary_document(found: BatchSummary) -> Document:
    """Return the summary as plain data."""
    return {
        "schema_version": 1,
        "kind": "batch-summary",
        "rulebook": {"digest": found.rulebook.digest, "rules": len(found.rulebook.rules)},
        "situations": found.situations,
        "rejected": {"rows": found.rejected, "faults": found.faults, "file": found.rejects},
        "out": found.out,
        "options": None
        if found.verdicts is None
        else {
            id: {verdict.value: given.get(verdict, 0) for verdict in Verdict} for id, given in found.verdicts.items()
        },
        "rules": None if found.fired is None else dict(found.fired),
        "never_fired": None if found.fired is None else list(found.never),
    }


def _situations(count: int) -> str:
    return "1 situation" if count == 1 else f"{count:,} situations"


def _shares(given: Mapping[str, int], situations: int) -> str:
    ranked = sorted(given.items(), key=lambda verdict: -verdict[1])
    return ", ".join(f"{verdict} {_percent(times, situations)}" for verdict, times in ranked)


def _share(times: int, situations: int) -> str:
    return f"{times:,}, {_percent(times, situations)}"


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
