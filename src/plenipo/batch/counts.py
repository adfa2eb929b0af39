"""What came of a batch: how often each verdict was given and each rule fired, counted part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from plenipo.batch.rejects import Reject
from plenipo.engines.columns import Masks
from plenipo.rulebook.model import LooseReading, Rulebook
from plenipo.rulebook.verdict import Verdict

#: How many faults a summary keeps.
FIRST_FAULTS = 10
#: How the names begin of what is counted besides verdicts and rules, as no id does.
UNKNOWN_COUNT = "unknown\0"
LEFT_OUT_COUNT = "left out\0"
READ_COUNT = "read\0"
KEYLESS_COUNT = "keyless\0"


@dataclass(frozen=True)
class BatchSummary:
    """
    What came of a batch: how many situations were answered, how many rows rejected for how many faults.

    `verdicts` (option -> verdict -> situations) and `fired` (rule -> situations) are None where counting was not asked
    for. `read_as` are the words that were taken for a value without being it, letter by letter, each with its cells.
    `unknown` (word -> cells) are the words of tables, as `N/A`, that were taken for unknown, and `left_out`
    (column -> rows) what was not kept because it came too late in JSON Lines. `first` holds the first faults; the file
    `rejects`, where there is one, holds all of them. `remarks` say how inputs were read, where this was in doubt.
    """

    rulebook: Rulebook
    situations: int = 0
    rejected: int = 0
    faults: int = 0
    verdicts: Mapping[str, Mapping[str, int]] | None = None
    fired: Mapping[str, int] | None = None
    first: tuple[Reject, ...] = ()
    rejects: str | None = None
    unknown: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    out: str | None = None
    remarks: tuple[str, ...] = ()
    read_as: Mapping[LooseReading, int] = field(default_factory=dict)

    @property
    def never(self) -> tuple[str, ...]:
        """The rules that fired in none of the situations."""
        return tuple(id for id, times in (self.fired or {}).items() if not times)


class AnswerCounter:
    """Counts a part of the answers: how often each verdict is in it, and each rule, by the names of these counts."""

    def __init__(self, rulebook: Rulebook, masks: Masks) -> None:
        self._expressions = [
            (pl.col(option).to_physical() == place).sum().alias(verdict_count(option, verdict))
            for option in rulebook.options
            for place, verdict in enumerate(Verdict)
        ] + [
            (pl.col(name) & (1 << bit) != 0).sum().alias(rule_count(id))
            for name in masks.names
            for bit, id in enumerate(masks.of(name))
        ]

    def count(self, answers: pl.DataFrame) -> Mapping[str, int]:
        """Return the counts of a part that has a column for each option, and the rules that fired as bits."""
        if not (answers.height and self._expressions):
            return {}
        counted = answers.lazy().select(self._expressions).collect().row(0, named=True)
        return {name: int(times) for name, times in counted.items() if times}


def by_option(rulebook: Rulebook, counts: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
    """Return option -> verdict -> how often it was given; verdicts that were never given are left out."""
    return {
        option: {verdict.value: times for verdict in Verdict if (times := counts.get(verdict_count(option, verdict)))}
        for option in rulebook.options
    }


def by_rule(rulebook: Rulebook, counts: Mapping[str, int]) -> Mapping[str, int]:
    """Return rule -> how often it fired, in the order of the rulebook."""
    return {id: counts.get(rule_count(id), 0) for id in rulebook.rules}


def by_word(counts: Mapping[str, int], kind: str) -> Mapping[str, int]:
    """Return word -> how often it was counted under a kind, the most frequent first."""
    found = {name.removeprefix(kind): times for name, times in counts.items() if name.startswith(kind)}
    return dict(sorted(found.items(), key=lambda word: (-word[1], word[0])))


def read_count(reading: LooseReading) -> str:
    """Return the name of the count of a word that was taken for something."""
    return READ_COUNT + "\0".join((reading.taken, reading.fact, reading.given))


def by_reading(counts: Mapping[str, int]) -> Mapping[LooseReading, int]:
    """Return how often each word was taken for something, the most frequent first."""
    words = ((name.split("\0", 2), times) for name, times in by_word(counts, READ_COUNT).items())
    return {LooseReading(given, taken, fact): times for (taken, fact, given), times in words}


def verdict_count(option: str, verdict: Verdict) -> str:
    """Return the name of the count of a verdict on an option."""
    return f"{option} {verdict.value}"


def rule_count(id: str) -> str:
    """Return the name of the count of a rule."""
    return f"rule {id}"
