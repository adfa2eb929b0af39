"""Tallies: how often each verdict was given on each option, and each rule fired, added up part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from plenipo.batch.rejects import Reject
from plenipo.engines.columns import Masks
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: As many faults as are told to somebody who looks at a terminal.
SHOWN = 10


@dataclass(frozen=True)
class Summary:
    """
    What came of a batch: how many situations were answered, how many rows rejected for how many faults.

    `verdicts` (option -> verdict -> situations) and `fired` (rule -> situations) are None where nobody asked for them.
    `first` are the first faults; all of them stand in the file `rejects`, where there is one.
    """

    rulebook: Rulebook
    situations: int = 0
    rejected: int = 0
    faults: int = 0
    verdicts: Mapping[str, Mapping[str, int]] | None = None
    fired: Mapping[str, int] | None = None
    first: tuple[Reject, ...] = ()
    rejects: str | None = None
    out: str | None = None

    @property
    def never(self) -> tuple[str, ...]:
        """The rules that fired in none of the situations."""
        return tuple(id for id, times in (self.fired or {}).items() if not times)


@dataclass
class Tally:
    """Counts by the name of what is counted; `count` looks at one part of the answers."""

    rulebook: Rulebook
    counts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        masks = Masks(self.rulebook.rules)
        self._expressions = [
            (pl.col(option).to_physical() == place).sum().alias(_verdict(option, verdict))
            for option in self.rulebook.options
            for place, verdict in enumerate(Verdict)
        ] + [
            (pl.col(name) & (1 << bit) != 0).sum().alias(_rule(id))
            for name in masks.names
            for bit, id in enumerate(masks.of(name))
        ]

    def count(self, answers: pl.DataFrame) -> Mapping[str, int]:
        """Return the counts of a part: it has the verdicts and the rules that fired as bits."""
        counted = answers.lazy().select(self._expressions).collect()
        return {
            name: int(times) for name, times in (counted.row(0, named=True) if counted.width else {}).items() if times
        }

    def add(self, counts: Mapping[str, int]) -> None:
        """Add the counts of a part."""
        for name, times in counts.items():
            self.counts[name] = self.counts.get(name, 0) + times

    @property
    def verdicts(self) -> Mapping[str, Mapping[str, int]]:
        """Option -> verdict -> how often it was given; verdicts never given are left out."""
        counted = {
            option: {verdict.value: self.counts.get(_verdict(option, verdict), 0) for verdict in Verdict}
            for option in self.rulebook.options
        }
        return {option: {word: times for word, times in given.items() if times} for option, given in counted.items()}

    @property
    def fired(self) -> Mapping[str, int]:
        """Rule -> how often it fired, in the order of the rulebook."""
        return {id: self.counts.get(_rule(id), 0) for id in self.rulebook.rules}


def _verdict(option: str, verdict: Verdict) -> str:
    return f"{option} {verdict.value}"


def _rule(id: str) -> str:
    return f"rule {id}"
