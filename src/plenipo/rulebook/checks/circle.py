"""Rules wait for one another in a circle, or options stand after (or inside) one another in one."""

from collections.abc import Iterator, Mapping

from plenipo.rulebook.draft import Draft, Fault
from plenipo.rulebook.faults import quoted
from plenipo.rulebook.order import Node, circle, dependencies


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every circle, spelled out, as long as they have nothing in common."""
    rules = {entry.item.id: entry.item for entry in draft.rules}
    findings = {entry.item.id for entry in draft.findings}
    waits = dependencies(rules.values(), findings)
    places = {("rule", entry.item.id): entry.place for entry in draft.rules}
    places |= {("finding", entry.item.id): entry.place for entry in draft.findings}
    for around in _circles(waits):
        rule = next(node for node in around if node[0] == "rule" and node in places)
        said = _said(around, waits_on=" waits for ")
        also = tuple((places[node], _called(node)) for node in around[:-1] if node in places and node != rule)
        help = ("a finding may not depend on itself, nor an exception on what it overrides",)
        yield Fault(f"{_called(rule)} waits for itself: {said}", places[rule], also, help)
    yield from _options(draft)


def _options(draft: Draft) -> Iterator[Fault]:
    options = {entry.item.id: entry for entry in draft.options}
    for key, words in (("after", " comes after "), ("part_of", " is part of ")):
        waits = {
            ("option", id): frozenset(("option", other) for other in _named(entry.item, key))
            for id, entry in options.items()
        }
        for around in _circles(waits):
            also = tuple((options[id].place, f"option {quoted(id)}") for _, id in around[1:-1] if id in options)
            message = f"the key `{key}` leads in a circle: {_said(around, waits_on=words)}"
            yield Fault(message, options[around[0][1]].place, also, ("take out one of the steps",))


def _named(option: object, key: str) -> tuple[str, ...]:
    held = getattr(option, key)
    return (held,) if isinstance(held, str) else tuple(held or ())


def _circles(waits: Mapping[Node, frozenset[Node]]) -> Iterator[tuple[Node, ...]]:
    while around := circle(waits):
        yield around
        waits = {node: first.difference(around) for node, first in waits.items() if node not in around}


def _said(around: tuple[Node, ...], waits_on: str) -> str:
    return waits_on.join(_called(node) for node in around)


def _called(node: Node) -> str:
    return f"{node[0]} {quoted(node[1])}"
