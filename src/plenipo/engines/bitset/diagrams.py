"""
Decision diagrams: sets of situations that may be far too many to be listed.

A diagram is kept as questions. A node asks for the value of one fact and has a branch for each value. Every branch asks
for facts in the same order, leaves out a question that makes no difference, and shares equal nodes with the others
(reduced, ordered, multi-valued diagrams; R. E. Bryant, Graph-Based Algorithms for Boolean Function Manipulation, 1986).
How large they grow depends on the order and on the rules, not on the number of situations.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from time import monotonic

NONE, ALL = 0, 1
#: The number of steps between two looks at the clock.
CLOCK_STEPS = 1 << 12


class TooLargeError(Exception):
    """A diagram took more steps, or longer, than it was given."""


class DiagramSet:
    """A set of situations, as a node of some diagrams; sets can be joined only within the same diagrams."""

    __slots__ = ("_among", "node")

    def __init__(self, among: Diagrams, node: int) -> None:
        self._among, self.node = among, node

    def __and__(self, other: DiagramSet, /) -> DiagramSet:
        return DiagramSet(self._among, self._among.both(self.node, other.node))

    def __or__(self, other: DiagramSet, /) -> DiagramSet:
        return ~(~self & ~other) if self and other else self if self else other

    def __invert__(self) -> DiagramSet:
        return DiagramSet(self._among, self._among.others(self.node))

    def __bool__(self) -> bool:
        return self.node != NONE


class Diagrams:
    """
    All sets of the situations in which some facts have some values.

    `weights` gives for each fact its values with their weights, in the order in which facts are asked for. `steps` is
    the largest number of steps, `until` the time on the monotonic clock at which to give up; None sets no limit.

    Raises:
        TooLargeError: from every operation, when steps or time are used up, or there are far too many facts.
    """

    def __init__(
        self, weights: Mapping[str, Mapping[str, int]], steps: int | None = None, until: float | None = None
    ) -> None:
        self._weights = [tuple(values.values()) for values in weights.values()]
        self._steps, self._until, self.taken = steps, until, 0
        # A node is the place of its fact and its branches; the two that ask nothing come after all facts.
        self._nodes: list[tuple[int, tuple[int, ...]]] = [(len(weights), ()), (len(weights), ())]
        self._known: dict[tuple[int, tuple[int, ...]], int] = {}
        self._both: dict[tuple[int, int], int] = {}
        self._others = {NONE: ALL, ALL: NONE}
        self._weighed = {NONE: 0, ALL: 1}
        self._below = [1]
        for values in reversed(self._weights):
            self._below.append(self._below[-1] * sum(values))
        self._below.reverse()
        self.full = DiagramSet(self, ALL)
        self.state: Mapping[str, Mapping[str, DiagramSet]] = {
            fact: {value: self._having(place, number, len(values)) for number, value in enumerate(values)}
            for place, (fact, values) in enumerate(weights.items())
        }

    def weigh(self, situations: DiagramSet) -> int:
        """Return the weight of some situations, each of which weighs the product of the weights of its values."""
        try:
            return self._weigh(situations.node) * self._above(0, situations.node)
        except RecursionError:
            raise TooLargeError from None

    def split(self, situations: DiagramSet, facts: Collection[str]) -> Mapping[str, Mapping[str, int]]:
        """Return, for each of some facts and each of its values, the weight of those situations that have the value."""
        total = self.weigh(situations)
        split = [[0] * len(values) for values in self._weights]
        # How much weighs what leads to a node; those that lead there come before it.
        leading = {situations.node: self._above(0, situations.node)}
        for node in self._from(situations.node):
            place, branches = self._nodes[node]
            for number, (weight, branch) in enumerate(zip(self._weights[place], branches, strict=True)):
                weighs = leading[node] * weight * self._above(place + 1, branch)
                leading[branch] = leading.get(branch, 0) + weighs
                split[place][number] += weighs * self._weigh(branch)
        for values, weights in zip(split, self._weights, strict=True):
            rest = total - sum(values)
            for number, weight in enumerate(weights):
                values[number] += rest * weight // sum(weights)
        found = zip(self.state.items(), split, strict=True)
        return {id: dict(zip(values, weights, strict=True)) for (id, values), weights in found if id in facts}

    def _from(self, node: int) -> Sequence[int]:
        """Return a node with all below it that ask something, in the order of the facts they ask for."""
        found, pending = set[int](), [node]
        while pending:
            each = pending.pop()
            if each not in found and each not in (NONE, ALL):
                found.add(each)
                pending += self._nodes[each][1]
        return sorted(found, key=lambda each: self._nodes[each][0])

    def both(self, one: int, other: int) -> int:
        """Return the node of the situations that are in two sets."""
        try:
            return self._and(one, other)
        except RecursionError:
            raise TooLargeError from None

    def others(self, node: int) -> int:
        """Return the node of the situations that are not in a set."""
        try:
            return self._not(node)
        except RecursionError:
            raise TooLargeError from None

    def _having(self, place: int, number: int, values: int) -> DiagramSet:
        return DiagramSet(self, self._node(place, [ALL if each == number else NONE for each in range(values)]))

    def _node(self, place: int, branches: Iterable[int]) -> int:
        key = place, tuple(branches)
        if len(set(key[1])) == 1:
            return key[1][0]
        if key not in self._known:
            self._known[key] = len(self._nodes)
            self._nodes.append(key)
        return self._known[key]

    def _and(self, one: int, other: int) -> int:
        if other in (one, ALL):
            return one
        if one == ALL:
            return other
        if NONE in (one, other):
            return NONE
        key = (one, other) if one < other else (other, one)
        if key not in self._both:
            self._step()
            (place, branches), (place_of_other, others) = self._nodes[one], self._nodes[other]
            if place < place_of_other:
                others = (other,) * len(branches)
            elif place > place_of_other:
                branches, place = (one,) * len(others), place_of_other
            self._both[key] = self._node(place, map(self._and, branches, others))
        return self._both[key]

    def _not(self, node: int) -> int:
        if node not in self._others:
            self._step()
            place, branches = self._nodes[node]
            other = self._node(place, map(self._not, branches))
            self._others[node], self._others[other] = other, node
        return self._others[node]

    def _weigh(self, node: int) -> int:
        """Return the weight of what is below a node, its own fact included."""
        if node not in self._weighed:
            place, branches = self._nodes[node]
            total = 0
            for weight, branch in zip(self._weights[place], branches, strict=True):
                if branch != NONE:
                    total += weight * self._weigh(branch) * self._above(place + 1, branch)
            self._weighed[node] = total
        return self._weighed[node]

    def _above(self, place: int, node: int) -> int:
        """Return the weight of the facts from a place on that are not asked for before a node."""
        return self._below[place] // self._below[self._nodes[node][0]]

    def _step(self) -> None:
        self.taken += 1
        if self._steps is not None and self.taken > self._steps:
            raise TooLargeError
        if self._until is not None and not self.taken % CLOCK_STEPS and monotonic() > self._until:
            raise TooLargeError
