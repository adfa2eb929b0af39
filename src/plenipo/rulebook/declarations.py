"""
Declarations: everything that the files of a rulebook give an id, as meant, together with the node it was made from.

The checks look at these. One that does not fit its shape has no meaning, but its id is known and the names in its node
are checked all the same. A name in a declaration may mean nothing, and a value may not exist; the checks find that out.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, NamedTuple, TypeVar

from plenipo.errors import Location, quoted
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Acceptance, Constraint, Fact, Finding, Option, Rule, Thing, Verb, kind_name
from plenipo.rulebook.yaml_node import Node

Sort = TypeVar("Sort", bound=Thing)

#: What may have the key `cite`.
CITING = (Fact, Option, Finding, Constraint, Rule)
#: What may have conditions, and the keys under which they are.
CONDITIONAL = (Rule, Constraint, Option)
CONDITIONS = ("unless", "when", "never", "arises_when")


@dataclass(frozen=True)
class Declared(Generic[Sort]):
    """
    Something that a file declares: its kind, its id with the id's place, its node, and what is meant if that is clear.

    A rule that lacks an id has an empty one.
    """

    kind: type[Sort]
    id: str
    place: Location
    node: Node
    meant: Sort | None

    def __str__(self) -> str:
        return f"{kind_name(self.kind)} {quoted(self.id)}"


class AtomPlace(NamedTuple):
    """One comparison as it is written: the name it asks about, its place, and each value with its place."""

    name: str
    place: Location
    values: tuple[tuple[str, Location], ...]


class CitationPlace(NamedTuple):
    """A place where something, named in words, cites a proposition."""

    proposition: str
    by: str
    place: Location


@dataclass(frozen=True)
class Declarations:
    """What all files declare, kind by kind; `lacking` are the kinds of which some file was unusable."""

    found: tuple[Declared[Any], ...]
    accepted: tuple[Acceptance, ...]
    lacking: frozenset[type]

    def complete(self, *kinds: type) -> bool:
        """Whether every file of these kinds was understood, so that an unknown name is the author's mistake."""
        return self.lacking.isdisjoint(kinds)

    def of(self, kind: type[Sort]) -> Iterator[Declared[Sort]]:
        """Yield every declaration of a kind."""
        return (each for each in self.found if each.kind is kind)

    def meant(self, kind: type[Sort]) -> Iterator[tuple[Sort, Declared[Sort]]]:
        """Yield everything of a kind that fits its shape, with its declaration."""
        return ((each.meant, each) for each in self.of(kind) if each.meant is not None)

    def named(self) -> Iterator[Declared[Any]]:
        """Yield every declaration that has an id."""
        return (each for each in self.found if each.id)

    def ids(self, kind: type) -> tuple[str, ...]:
        """Return the ids of a kind, those of declarations with other faults included."""
        return self._ids.get(kind, ())

    @cached_property
    def _ids(self) -> Mapping[type, tuple[str, ...]]:
        ids: dict[type, dict[str, None]] = {}
        for each in self.named():
            ids.setdefault(each.kind, {})[each.id] = None
        return {kind: tuple(known) for kind, known in ids.items()}

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """Each fact that fits its shape, by id; of two with one id the first."""
        return {fact.id: fact for fact, _ in reversed(list(self.meant(Fact)))}

    def unknown(self, kind: type, named: Iterable[tuple[str, Location]]) -> Iterator[Fault]:
        """Yield a fault for every name, given with its place, that nothing of a kind bears."""
        known = self.ids(kind)
        for id, place in named if self.complete(kind) else ():
            if id not in known:
                yield Fault(f"no {kind_name(kind)} is called {quoted(id)}", place, near=(id, known))

    def citations(self) -> Iterator[CitationPlace]:
        """Yield every place that cites a proposition."""
        citing = [(str(each), each.node.entries.get("cite")) for each in self.found if each.kind in CITING]
        citing += [
            (f"{key} {other} of {option}", link.entries.get("cite")) for option, key, other, link in self.links()
        ]
        for option in self.of(Option):
            if cited_for := option.node.entries.get("cited_for"):
                citing += [(f"{key} of {option}", cited) for key, cited in cited_for.entries.items()]
        for words, node in citing:
            for text, place in texts(node):
                yield CitationPlace(text, words, place)

    def conditions(self) -> Iterator[Node]:
        """Yield the node of every condition of a rule, a constraint or an option."""
        for each in self.found:
            if each.kind in CONDITIONAL:
                yield from conditions(each.node)

    def outcomes(self) -> Iterator[Node]:
        """Yield what every option may bring: one mapping from facts to values for each outcome."""
        for option in self.of(Option):
            if brings := option.node.entries.get("brings"):
                yield from (item.entries["facts"] for item in brings.items if "facts" in item.entries)
                yield from [brings] if brings.entries else []

    def links(self) -> Iterator[tuple[Declared[Option], str, str, Node]]:
        """Yield every `after` and `with` of every option: the option, the key, the other option, and the link."""
        for option in self.of(Option):
            for key in ("after", "with"):
                for other, _ in texts(option.node.entries.get(key)):
                    yield option, key, other, option.node.find(key, other)


def conditions(node: Node) -> Iterator[Node]:
    """Yield the conditions in the node of a rule, a constraint or an option."""
    return (node.entries[key] for key in CONDITIONS if key in node.entries)


def texts(node: Node | None) -> Iterator[tuple[str, Location]]:
    """
    Yield the texts that a node holds, each with its place: itself, the elements of a list, the keys of a mapping.

    An empty text fits nowhere, and has been reported as such.
    """
    if node is None:
        return
    if node.text:
        yield node.text, node.place
    yield from ((item.text, item.place) for item in node.items if item.text)
    yield from node.keys.items()


def drawn(rule: Declared[Rule], verb: Verb) -> Iterator[tuple[str, Location]]:
    """Yield what a rule draws with a verb, each with its place."""
    then = rule.node.entries.get("then")
    return texts(then.entries.get(verb.value) if then else None)


def atoms(conditions: Iterable[Node]) -> Iterator[AtomPlace]:
    """Yield every comparison in some conditions, those inside alternatives included."""
    waiting = list(conditions)
    while waiting:
        node = waiting.pop()
        for name, below in node.entries.items():
            if name == "any":
                waiting.extend(below.items)
            else:
                yield AtomPlace(name, node.keys[name], tuple(texts(below)))
