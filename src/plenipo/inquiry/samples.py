"""
Samples: situations drawn at random, always the same ones, that prove on which facts a verdict turns.

Two situations that differ in one fact alone and give different verdicts are a proof. Where a sample holds no such pair
nothing is proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from random import Random

from plenipo.engines.bitset.situation_columns import Column, Facts, Layout, SituationColumns, all_rows
from plenipo.engines.bitset.truth_table import Domains
from plenipo.inquiry.scope import Scope
from plenipo.rulebook.model import Rulebook

#: The size of a sample that looks for the facts on which verdicts turn, and the number of such samples.
SAMPLE_SIZE = 2048
SAMPLES = 2


class Sample(SituationColumns):
    """
    Situations in which each fact of the domains has one of its values by chance; the others are as `facts` says.

    In the first situation every fact of the domains has its first value.
    """

    def __init__(self, rulebook: Rulebook, facts: Facts, domains: Domains, size: int, seed: int = 0) -> None:
        random = Random(seed)  # noqa: S311 - nothing is secret here
        self._facts = facts
        self._layout: dict[str, Mapping[str, Column]] = {}
        for fact, values in domains.items():
            drawn = [0, *random.choices(range(len(values)), k=size - 1)][::-1]
            self._layout[fact] = {
                value: int("".join("1" if each == place else "0" for each in drawn), 2)
                for place, value in enumerate(values)
            }
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
