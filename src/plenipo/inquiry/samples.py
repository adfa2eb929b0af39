"""
Samples: situations drawn at random, always the same ones, that prove on which facts a verdict turns.

Two situations that differ in one fact alone and give different verdicts are a proof. Where a sample holds no such pair
nothing is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from random import Random

from plenipo.engines.bitset.situation_columns import Facts, Layout, SituationColumns, all_rows, draw_columns
from plenipo.inquiry.scope import Scope
from plenipo.rulebook.model import UNKNOWN, Rulebook

#: The size of a sample that looks for the facts on which verdicts turn, and the number of such samples.
SAMPLE_SIZE = 2048
SAMPLES = 2


class Sample(SituationColumns):
    """
    Situations in which each fact of the domains has one of its values by chance; the others are as `facts` says.

    Every fact that may be unknown is unknown in the first of them.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        facts: Facts,
        domains: Mapping[str, Iterable[str]],
        size: int,
        seed: int = 0,
    ) -> None:
        random = Random(seed)  # noqa: S311 - nothing is secret here
        self._facts = facts
        self._layout: dict[str, Mapping[str, int]] = {}
        for fact, values in domains.items():
            columns = draw_columns(dict.fromkeys(values, 1), size, random)
            if UNKNOWN in columns:
                columns = {value: column & ~1 | (value == UNKNOWN) for value, column in columns.items()}
            self._layout[fact] = columns
        super().__init__(rulebook, all_rows(size), self._layout, facts)

    def turned(self, fact: str, rules: Iterable[str]) -> SituationColumns:
        """Return the same situations with another value of one fact in each, and some rules run."""
        columns = self._layout[fact]
        first, *others = columns.values()
        turned: Layout = {**self._layout, fact: dict(zip(columns, (*others, first), strict=True))}
        there = SituationColumns(self.rulebook, self.full, turned, self._facts)
        there.run(rules)
        return there


def turning_in_samples(
    scope: Scope, facts: Facts, candidates: Mapping[str, AbstractSet[str]]
) -> Mapping[str, AbstractSet[str]]:
    """Return, of the candidates (option -> unknown facts), those on which the verdict is proved to turn."""
    found: dict[str, set[str]] = {option: set() for option in candidates}
    rulebook = scope.rulebook
    domains = {id: tuple(fact.values) for id, fact in rulebook.facts.items() if id not in facts}
    for seed in range(SAMPLES):
        sample = Sample(rulebook, facts, domains, SAMPLE_SIZE, seed)
        sample.run(rulebook.order)
        for fact in domains:
            if asking := [option for option, turning in candidates.items() if fact in turning - found[option]]:
                there = sample.turned(fact, rulebook.order)
                for option in asking:
                    if sample.differing(there, option):
                        found[option].add(fact)
    return found
