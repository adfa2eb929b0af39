"""
Likely situations as sets, with a weight for every set of them.

They are every likely situation over the facts that count, as decision diagrams, or a random sample, a bit for each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Generic

from plenipo.engines.bitset.diagrams import Diagrams, DiagramSet
from plenipo.engines.bitset.situation_columns import Column, Evaluation, SetOf, all_rows, draw_columns
from plenipo.inquiry.robustness.likely_facts import Likelihood
from plenipo.rulebook.model import Rulebook


@dataclass(frozen=True)
class LikelySituations(Generic[SetOf]):
    """
    Situations on which rulebooks can be run, and what sets of them weigh.

    `weigh` gives the weight of a set, `split` that of its part with each value of some facts (set, facts -> fact ->
    value -> weight). `steps` says how many steps this work has taken so far, where that depends on the sets.
    """

    full: SetOf
    state: Mapping[str, Mapping[str, SetOf]]
    known: Mapping[str, str]
    weigh: Callable[[SetOf], int]
    split: Callable[[SetOf, Collection[str]], Mapping[str, Mapping[str, int]]]
    steps: Callable[[], int]

    def run(self, rulebook: Rulebook, rules: Iterable[str]) -> Evaluation[SetOf]:
        """Return the situations with these rules of a rulebook run on them."""
        evaluation = Evaluation(rulebook, self.full, self.state, self.known)
        evaluation.run(rules)
        return evaluation


def every_situation(
    likelihood: Likelihood, facts: Iterable[str], steps: int | None = None, until: float | None = None
) -> LikelySituations[DiagramSet]:
    """
    Return every likely situation over some facts, which are asked for in the order given; other facts are unknown.

    Weights are exact, in the likelihood's whole numbers. Every operation raises TooLargeError when its steps or its
    time are used up.
    """
    diagrams = Diagrams({id: likelihood.weights[id] for id in facts}, steps, until)
    return LikelySituations(
        diagrams.full, diagrams.state, likelihood.facts, diagrams.weigh, diagrams.split, lambda: diagrams.taken
    )


def sampled_situations(likelihood: Likelihood, number: int, random: Random) -> LikelySituations[Column]:
    """Return situations drawn at random by how likely they are, weighing 1 each; constraints may rule some out."""
    state = {id: draw_columns(weights, number, random) for id, weights in likelihood.weights.items()}

    def split(some: Column, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        return {id: {value: (some & there).bit_count() for value, there in state[id].items()} for id in facts}

    return LikelySituations(all_rows(number), state, likelihood.facts, int.bit_count, split, lambda: 0)


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
