"""
Likely situations as sets, with a weight for every set of them.

`EverySituation` holds every likely situation over the facts that count, as decision diagrams. `SampledSituations` are
drawn at random, a bit for each, and all weigh 1.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from random import Random
from typing import Protocol

from plenipo.engines.bitset.diagrams import Diagrams, DiagramSet
from plenipo.engines.bitset.situation_columns import Column, Evaluation, SetOf, SituationColumns, all_rows, draw_columns
from plenipo.inquiry.robustness.likely_facts import Likelihood
from plenipo.rulebook.model import Rulebook


class LikelySituations(Protocol[SetOf]):
    """Situations on which rulebooks can be run, each of them on the same situations."""

    @property
    def steps(self) -> int:
        """The number of steps that work with sets of these situations has taken, where it depends on the sets."""

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Evaluation[SetOf]:
        """Return the situations with these rules of a rulebook run on them."""

    def weigh(self, some: SetOf) -> int:
        """Return the weight of a set of them."""

    def split(self, some: SetOf, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return, for each of some facts and each of its values, the weight of those in a set that have the value."""


class EverySituation:
    """
    Every likely situation over some facts, which are asked for in the order given; other facts that vary are unknown.

    Weights are exact, in the likelihood's whole numbers.

    Raises:
        TooLargeError: from every operation, when its steps or its time are used up.
    """

    def __init__(
        self, likelihood: Likelihood, facts: Sequence[str], steps: int | None = None, until: float | None = None
    ) -> None:
        self._known = likelihood.facts
        self._diagrams = Diagrams({id: likelihood.weights[id] for id in facts}, steps, until)

    @property
    def steps(self) -> int:
        """The number of steps taken so far."""
        return self._diagrams.taken

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> Evaluation[DiagramSet]:
        """Return the situations with these rules run."""
        evaluation = Evaluation(rulebook, self._diagrams.full, self._diagrams.state, self._known)
        evaluation.run(rules)
        return evaluation

    def weigh(self, some: DiagramSet) -> int:
        """Return the weight of a set."""
        return self._diagrams.weigh(some)

    def split(self, some: DiagramSet, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return the weight of a set by the values of some facts."""
        found = zip(self._diagrams.state.items(), self._diagrams.split(some), strict=True)
        return {id: dict(zip(values, weights, strict=True)) for (id, values), weights in found if id in facts}


class SampledSituations:
    """Situations drawn at random by how likely they are; those that constraints rule out are among them."""

    #: Here a step is as long as any other, and there are few.
    steps = 0

    def __init__(self, likelihood: Likelihood, number: int, random: Random) -> None:
        self._full = all_rows(number)
        self._known = likelihood.facts
        self._state = {id: draw_columns(weights, number, random) for id, weights in likelihood.weights.items()}

    def run(self, rulebook: Rulebook, rules: Sequence[str]) -> SituationColumns:
        """Return the situations with these rules run."""
        columns = SituationColumns(rulebook, self._full, self._state, self._known)
        columns.run(rules)
        return columns

    def weigh(self, some: Column) -> int:
        """Return how many situations a column holds."""
        return some.bit_count()

    def split(self, some: Column, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return how many situations of a column have each value of some facts."""
        return {id: {value: (some & there).bit_count() for value, there in self._state[id].items()} for id in facts}


def asking_order(rulebook: Rulebook, option: str, rules: Sequence[str]) -> Sequence[str]:
    """
    Return the facts of an option's rules in the order in which the rules that draw on it come to ask for them.

    Diagrams that ask in this order stay small, because facts that rules ask for together are next to each other.
    """
    finders: dict[str, list[str]] = {}
    for id in reversed(rules):
        for on in {conclusion.on for conclusion in rulebook.rules[id].then}:
            finders.setdefault(on, []).append(id)
    order: dict[str, None] = {}
    met: set[str] = set()
    pending = list(finders.get(option, ()))
    while pending:
        id = pending.pop()
        if id not in met:
            met.add(id)
            asked = [atom.name for atom in rulebook.rules[id].every_atom()]
            order.update(dict.fromkeys(name for name in asked if name in rulebook.facts))
            pending += rulebook.overriders.get(id, ())
            pending += (rule for name in reversed(asked) for rule in finders.get(name, ()))
    return tuple(order)
