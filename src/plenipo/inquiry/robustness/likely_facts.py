"""
Likelihood: which facts vary, and how likely each of their values is.

Facts vary independently, except that situations which a constraint rules out do not count. Weights are whole numbers,
so that everything worked out with them is exact.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import lcm, prod

from plenipo.errors import UsageError
from plenipo.inquiry.scope import known_facts
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from plenipo.rulebook.unknown_names import no_fact
from plenipo.situations.likelihood import equal


@dataclass(frozen=True)
class Likelihood:
    """What varies (fact -> value -> weight, in the order of the rulebook), and the `facts` that are known."""

    weights: Mapping[str, Mapping[str, int]]
    facts: Mapping[str, str]

    @property
    def situations(self) -> int:
        """The number of likely situations, those that constraints rule out included."""
        return prod(len(weights) for weights in self.weights.values())


def likelihood(rulebook: Rulebook, situation: Situation, equally: Collection[str] = ()) -> Likelihood:
    """
    Return what a situation calls likely; facts named in `equally` have each value as likely as the others.

    `unknown` among these names all facts that are neither known nor likely. A fact that is neither likely nor named
    stays as the situation has it, unknown if it is unknown.

    Raises:
        UsageError: there is no such fact, or nothing varies.
    """
    for name in equally:
        if name not in rulebook.facts and name != UNKNOWN:
            raise no_fact(rulebook, name, more=(UNKNOWN,))
    facts = known_facts(rulebook, situation.facts)
    given = {id: weights for id, weights in situation.likely.items() if id not in equally}
    blank = rulebook.facts.keys() - facts.keys() - given.keys() if UNKNOWN in equally else set()
    weights: dict[str, Mapping[str, int]] = {}
    for id, fact in rulebook.facts.items():
        likely = equal(fact) if id in equally or id in blank else given.get(id)
        if likely:
            whole = lcm(*(weight.denominator for weight in likely.values()))
            weights[id] = {value: int(weight * whole) for value, weight in likely.items()}
    found = Likelihood(weights, {id: value for id, value in facts.items() if id not in weights})
    if found.situations < 2:
        raise UsageError("there is nothing to vary: " + _why(rulebook, found), help=_help(rulebook, found))
    return found


def _why(rulebook: Rulebook, found: Likelihood) -> str:
    if found.weights:
        return "only one situation is likely"
    if len(found.facts) == len(rulebook.facts):
        return "every fact is known"
    return "the situation does not say how likely the values of any fact are"


def _help(rulebook: Rulebook, found: Likelihood) -> tuple[str, ...]:
    example = next((id for id in rulebook.facts if id not in found.facts), next(iter(rulebook.facts), "fact"))
    first = f"take `{example}` out of `facts` and " if example in found.facts else ""
    say = f"{first}say in the file what is likely: `likely: {{{example}: equal}}`, or weights instead of `equal`"
    ask = f"`--equal {example}` takes its values as equally likely, regardless of the file"
    every = "`--equal unknown` takes all values of each fact that is not known as equally likely"
    return (say, ask) if len(found.facts) == len(rulebook.facts) else (every, say)
