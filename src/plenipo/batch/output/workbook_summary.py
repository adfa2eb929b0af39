"""What came of a batch, as the rows of a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plenipo.batch.counts import BatchSummary
from plenipo.rulebook.verdict import Verdict


def summary_rows(found: BatchSummary) -> Iterator[Sequence[str | int]]:
    """Yield how many rows there were, how often each verdict was given on each option, and which rules fired."""
    yield "situations answered", found.situations
    yield "rows rejected", found.rejected
    yield "faults", found.faults
    for said, counted in (("read as unknown", found.unknown), ("left out", found.left_out)):
        for word, times in counted.items():
            yield f"{said}: {word}", times
    for remark in found.remarks:
        yield (remark,)
    yield ("made with the rulebook", found.rulebook.digest)
    yield ()
    yield ("option", *(verdict.value for verdict in Verdict), "title")
    for id, given in (found.verdicts or {}).items():
        counts = (given.get(verdict, 0) for verdict in Verdict)
        yield (id, *counts, found.rulebook.options[id].title)
    yield ()
    yield "rule", "fired", "reason"
    for id, times in (found.fired or {}).items():
        yield id, times, found.rulebook.rules[id].because
