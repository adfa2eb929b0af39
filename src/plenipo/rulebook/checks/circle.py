"""Rules wait for one another in a circle, or options come after (or are part of) one another in one."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.dependency_order import RuleOrFinding, circle, dependencies
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Finding, Option, Rule

#: How one thing waits for another, by what they are.
WAITS = {("rule", "finding"): "asks for", ("finding", "rule"): "is found by", ("rule", "rule"): "is overridden by"}


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every circle, spelled out, as long as they have nothing in common."""
    waits = dependencies((rule for rule, _ in declared.meant(Rule)), declared.ids(Finding))
    places = {("finding", finding.id): written.place for finding, written in declared.meant(Finding)}
    places |= {("rule", rule.id): written.node.place for rule, written in declared.meant(Rule)}
    for found in _circles(waits):
        # There is a rule in every circle, and it is named from its first one on.
        start = next(number for number, node in enumerate(found) if node[0] == "rule")
        around = (*found[start:-1], *found[:start], found[start])
        steps = [f"{WAITS[one[0], other[0]]} {_called(other)}" for one, other in pairwise(around)]
        message = f"{_called(around[0])} depends on itself: it {', which '.join(steps)}"
        also = tuple((places[node], _called(node)) for node in around[1:-1] if node in places)
        help = ("a finding may not rest on itself, nor an exception on what it overrides",)
        yield Fault(message, places[around[0]], also, help)
    yield from _options(declared)


def _options(declared: Declarations) -> Iterator[Fault]:
    options = {option.id: (option, written.place) for option, written in declared.meant(Option)}
    after = {id: tuple(option.after) for id, (option, _) in options.items()}
    part_of = {id: (option.part_of,) if option.part_of else () for id, (option, _) in options.items()}
    for named, words in ((after, "comes after"), (part_of, "is part of")):
        waits = {("option", id): frozenset(("option", other) for other in others) for id, others in named.items()}
        for around in _circles(waits):
            also = tuple((options[id][1], f"option {quoted(id)}") for _, id in around[1:-1])
            steps = ", which ".join(f"{words} {_called(other)}" for other in around[1:])
            message = f"{_called(around[0])} {words} itself: it {steps}"
            yield Fault(message, options[around[0][1]][1], also, ("take out one of the steps",))


def _circles(waits: Mapping[RuleOrFinding, frozenset[RuleOrFinding]]) -> Iterator[tuple[RuleOrFinding, ...]]:
    while around := circle(waits):
        yield around
        waits = {node: first.difference(around) for node, first in waits.items() if node not in around}


def _called(node: RuleOrFinding) -> str:
    return f"{node[0]} {quoted(node[1])}"
