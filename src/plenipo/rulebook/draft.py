"""
The draft of a rulebook: what its files say, in the model's terms, while nobody has yet asked whether it fits together.

Every entry keeps the part of the tree it was made from, so that a check can say where a word stands. One that does not
fit its shape is kept as it is written, so that the names in it can be checked all the same. Names in a draft may mean
nothing and values may be none; the checks find that out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from plenipo.errors import Location
from plenipo.rulebook.model import (
    Acceptance,
    Constraint,
    Fact,
    Finding,
    Option,
    Party,
    Proposition,
    Rule,
    Source,
    Subject,
    Verb,
)
from plenipo.rulebook.yaml_node import Node

Item = TypeVar("Item", Fact, Option, Finding, Rule, Constraint, Source, Proposition, Party, Subject)

FACT, OPTION, FINDING, RULE, SOURCE, PROPOSITION = "fact", "option", "finding", "rule", "source", "proposition"
CONSTRAINT, PARTY, SUBJECT = "constraint", "party", "subject"
#: The keys under which conditions stand.
CONDITIONS = ("unless", "when", "never", "arises_when")
KINDS = (FACT, OPTION, FINDING, RULE, CONSTRAINT, SOURCE, PROPOSITION, PARTY, SUBJECT)


@dataclass(frozen=True)
class Entry(Generic[Item]):
    """A fact, option, finding, rule, constraint, source or proposition with the node it was made from."""

    item: Item
    node: Node
    place: Location


@dataclass(frozen=True)
class Written:
    """An entry as it stands in its file, whether or not it fits its shape; its id is empty where it has none."""

    kind: str
    id: str
    node: Node


@dataclass(frozen=True)
class Name:
    """A place that gives something an id, whether or not the rest of it could be understood."""

    kind: str
    id: str
    place: Location


@dataclass(frozen=True)
class Fault:
    """What a check found: a diagnostic that does not know yet which check it belongs to."""

    message: str
    location: Location
    also: tuple[tuple[Location, str], ...] = ()
    help: tuple[str, ...] = ()
    #: A word, and the known names among which to look for the one that was meant.
    near: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Test:
    """One test of a condition: the name it asks about, its place, and each value with its place."""

    name: str
    place: Location
    values: tuple[tuple[str, Location], ...]


@dataclass(frozen=True)
class Citation:
    """A place where something (`kind`, `by`) cites a proposition."""

    proposition: str
    kind: str
    by: str
    place: Location


@dataclass
class Draft:
    """
    All entries of all files, in the order of the files; `lacking` are the kinds of which some file was unusable.

    `written` has those that do not fit their shape besides the others.
    """

    facts: list[Entry[Fact]] = field(default_factory=list)
    options: list[Entry[Option]] = field(default_factory=list)
    findings: list[Entry[Finding]] = field(default_factory=list)
    rules: list[Entry[Rule]] = field(default_factory=list)
    constraints: list[Entry[Constraint]] = field(default_factory=list)
    accepted: list[Acceptance] = field(default_factory=list)
    sources: list[Entry[Source]] = field(default_factory=list)
    propositions: list[Entry[Proposition]] = field(default_factory=list)
    parties: list[Entry[Party]] = field(default_factory=list)
    subjects: list[Entry[Subject]] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    names: list[Name] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    lacking: set[str] = field(default_factory=set)

    def complete(self, *kinds: str) -> bool:
        """Whether every file of these kinds was understood, so that an unknown name is the author's mistake."""
        return self.lacking.isdisjoint(kinds)

    @cached_property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """The ids of each kind, those of entries with other faults included."""
        ids: dict[str, dict[str, None]] = {}
        for name in self.names:
            ids.setdefault(name.kind, {})[name.id] = None
        return {kind: tuple(ids.get(kind, ())) for kind in KINDS}

    @cached_property
    def fact(self) -> Mapping[str, Fact]:
        """Each fact that was understood, by id."""
        return {entry.item.id: entry.item for entry in reversed(self.facts)}

    def citations(self) -> Iterator[Citation]:
        """Yield every place that cites a proposition."""
        for entry in self.written:
            for text, place in texts(entry.node.entries.get("cite")):
                yield Citation(text, entry.kind, entry.id, place)
        for option, key, other, link in self.links():
            for text, place in texts(link.entries.get("cite")):
                yield Citation(text, f"{key} {other} of option", option.id, place)
        for option in self.of(OPTION):
            cited_for = option.node.entries.get("cited_for")
            for key, cited in cited_for.entries.items() if cited_for else ():
                for text, place in texts(cited):
                    yield Citation(text, f"{key} of option", option.id, place)

    def of(self, kind: str) -> Iterator[Written]:
        """Yield every entry of a kind."""
        return (entry for entry in self.written if entry.kind == kind)

    def conditions(self) -> Iterator[Node]:
        """Yield the node of every condition of a rule, a constraint or an option."""
        for entry in (*self.of(RULE), *self.of(CONSTRAINT), *self.of(OPTION)):
            yield from conditions(entry.node)

    def outcomes(self) -> Iterator[Node]:
        """Yield what every option may bring: one mapping from facts to values for each outcome."""
        for entry in self.of(OPTION):
            if brings := entry.node.entries.get("brings"):
                yield from (item.entries["facts"] for item in brings.items if "facts" in item.entries)
                yield from [brings] if brings.entries else []

    def links(self) -> Iterator[tuple[Written, str, str, Node]]:
        """Yield every `after` and `with` of every option: the option, the key, the other option, what stands there."""
        for entry in self.of(OPTION):
            for key in ("after", "with"):
                for other, _ in texts(entry.node.entries.get(key)):
                    yield entry, key, other, entry.node.find(key, other)


def a(kind: str) -> str:
    """
    Return the word for a kind of thing with its article.

    >>> a(FACT), a(OPTION)
    ('a fact', 'an option')
    """
    return f"an {kind}" if kind.startswith("o") else f"a {kind}"


def conditions(node: Node) -> Iterator[Node]:
    """Yield the conditions that are in the node of a rule, a constraint or an option."""
    return (node.entries[key] for key in CONDITIONS if key in node.entries)


def texts(node: Node | None) -> Iterator[tuple[str, Location]]:
    """
    Yield the texts that a node holds, each with its place: itself, the elements of a list, the keys of a mapping.

    An empty text fits nowhere, and has been told as such.
    """
    if node is None:
        return
    if node.text:
        yield node.text, node.place
    yield from ((item.text, item.place) for item in node.items if item.text)
    yield from node.keys.items()


def drawn(rule: Written, verb: Verb) -> Iterator[tuple[str, Location]]:
    """Yield what a rule draws with a verb, each with its place."""
    then = rule.node.entries.get("then")
    return texts(then.entries.get(verb.value) if then else None)


def tests(conditions: Iterable[Node]) -> Iterator[Test]:
    """Yield every test of some conditions, those inside alternatives included."""
    waiting = list(conditions)
    while waiting:
        node = waiting.pop()
        for name, below in node.entries.items():
            if name == "any":
                waiting.extend(below.items)
            else:
                yield Test(name, node.keys[name], tuple(texts(below)))
