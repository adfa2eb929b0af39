"""
The rulebook as the engines and the reports see it: every name resolved, every value in its one spelling.

Everything here is frozen and plain. It has never heard of YAML, of files or of any engine; what a rulebook *means* is
in docs/meaning.md. Its parts are in `conditions`, `rules` and `vocabulary`, and are handed on from here. A fact, a
finding and an option are known by their id; ids of facts and findings never clash.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from plenipo.errors import Location, quoted
from plenipo.rulebook.conditions import BLANKS, FALSE, SPELLINGS, TRUE, UNKNOWN, Atom, Condition
from plenipo.rulebook.dependency_order import dependencies, strata
from plenipo.rulebook.rules import Acceptance, Basis, Conclusion, Constraint, Rule, Strength, Verb
from plenipo.rulebook.vocabulary import Fact, Finding, Link, Option, Outcome, Party, Subject

if TYPE_CHECKING:
    from fractions import Fraction


@dataclass(frozen=True)
class Proposition:
    """
    One thing a source says, in our words.

    `hedge` says how the author puts it; `background` is the reason why nothing cites it, where nothing does.
    """

    id: str
    source: str
    paragraph: int
    kind: str
    strength: Strength
    says: str
    hedge: str = ""
    background: str = ""
    location: Location | None = None


@dataclass(frozen=True)
class Source:
    """A source: where it appeared, the fingerprint of each of its paragraphs in order, and its propositions."""

    id: str
    author: str
    file: str
    paragraphs: tuple[str, ...]
    propositions: Mapping[str, Proposition]
    title: str = ""
    outlet: str = ""
    date: str = ""

    @property
    def called(self) -> str:
        """Its title, or, for a source without one, where it appeared."""
        return self.title or f"untitled, {f'in {self.outlet}' if self.outlet else f'in the file {self.file}'}"


#: Everything that bears an id.
Thing = Fact | Option | Finding | Party | Subject | Constraint | Rule | Proposition | Source


def kind_name(kind: type) -> str:
    """
    Return the word for a kind of thing.

    >>> kind_name(Fact), kind_name(Option)
    ('fact', 'option')
    """
    return kind.__name__.lower()


def a_kind(kind: type) -> str:
    """
    Return the word for a kind of thing with its article.

    >>> a_kind(Fact), a_kind(Option)
    ('a fact', 'an option')
    """
    return f"{'an' if kind is Option else 'a'} {kind_name(kind)}"


class LooseReading(NamedTuple):
    """A word, and the name it was taken for; for a value also the fact that has it."""

    given: str
    taken: str
    fact: str = ""

    def __str__(self) -> str:
        return f"read {quoted(self.given)} as {self.taken}{f' in {self.fact}' if self.fact else ''}"


@dataclass(frozen=True)
class Situation:
    """
    What is so in one place at one time: fact -> value, where a fact that is absent is unknown.

    `considering` are the options under discussion, `notes` say why a fact has its value, and `expect` (option ->
    verdict) makes the situation a test; `readers` (option -> verdict) is what a second reader of the sources judged.
    `name` is what messages call it, `file` the user's file it was read from, if it was. `likely` gives facts that are
    not known but likely to have one value or another (fact -> value -> weight, in all 1): advice takes them as unknown.
    `read_as` are the words that were taken for a name without being it, letter by letter.
    `based_on` names the situation from which it takes facts over that it leaves out, and `taken_over` (fact -> name of
    the situation that says so) are those facts, which are among `facts` or `likely` as well.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    title: str = ""
    as_of: str = ""
    considering: tuple[str, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
    expect: Mapping[str, str] = field(default_factory=dict)
    likely: Mapping[str, Mapping[str, Fraction]] = field(default_factory=dict)
    file: str = ""
    based_on: str = ""
    taken_over: Mapping[str, str] = field(default_factory=dict)
    readers: Mapping[str, str] = field(default_factory=dict)
    read_as: tuple[LooseReading, ...] = field(default=(), compare=False)


@dataclass(frozen=True, eq=False)
class Rulebook:
    """
    The whole of what is known: vocabulary, rules and sources, each by id, in the order in which their author put them.

    `constraints` rule situations out, `accepted` are remarks that the author keeps. `digest` is the SHA-256 of the
    files it was read from. Nothing that is answered may depend on the order. In a `closed` rulebook nothing follows
    from several constraints together that one of them does not say. `folder` is where it was read from, and where the
    situations are that come with it; there is none for the bundled one.
    """

    facts: Mapping[str, Fact]
    options: Mapping[str, Option]
    findings: Mapping[str, Finding]
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source] = field(default_factory=dict)
    digest: str = ""
    constraints: tuple[Constraint, ...] = ()
    accepted: tuple[Acceptance, ...] = ()
    parties: Mapping[str, Party] = field(default_factory=dict)
    subjects: Mapping[str, Subject] = field(default_factory=dict)
    closed: bool = False
    folder: Path | None = None

    def at(self, folder: Path | None) -> Rulebook:
        """Return this rulebook as it is read from a folder, with all that is known of it already."""
        there = copy(self)
        vars(there)["folder"] = folder
        return there

    def subject(self, group: str) -> str:
        """Return what to call a group of facts or options: its subject's title, or its id where it has none."""
        return self.subjects[group].title if group in self.subjects else group

    @cached_property
    def propositions(self) -> Mapping[str, Proposition]:
        """Every proposition of every source, by id."""
        return {id: said for source in self.sources.values() for id, said in source.propositions.items()}

    def cited(self, ids: Iterable[str]) -> tuple[Proposition, ...]:
        """Return the propositions of these ids, in their order; ids of other things are passed over."""
        return tuple(self.propositions[id] for id in ids if id in self.propositions)

    @cached_property
    def things(self) -> Mapping[str, Thing]:
        """Everything that bears an id, by id."""
        tables: Iterable[Mapping[str, Thing]] = (
            *(self.facts, self.options, self.findings, self.parties, self.subjects, self.rules),
            {constraint.id: constraint for constraint in self.constraints},
            *(self.propositions, self.sources),
        )
        return {id: thing for table in tables for id, thing in table.items()}

    @cached_property
    def strata(self) -> tuple[tuple[str, ...], ...]:
        """The ids of the rules in layers, each rule above everything it waits for."""
        return strata(dependencies(self.rules.values(), self.findings))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The ids of the rules, each after everything it waits for: the order of every trace."""
        return tuple(id for layer in self.strata for id in layer)

    @cached_property
    def overriders(self) -> Mapping[str, tuple[str, ...]]:
        """For each rule that another one overrides: the rules that name it, by id."""
        found: dict[str, list[str]] = {}
        for rule in self.rules.values():
            for target in rule.overrides:
                found.setdefault(target, []).append(rule.id)
        return {target: tuple(sorted(ids)) for target, ids in found.items()}

    def given_by(self, source: str) -> Rulebook:
        """Return this rulebook with only the rules that one source gives without help of another, citing it alone."""
        return replace(self, rules=self._resting_on({source}), digest=f"{self.digest}:{source}")

    def without(self, source: str) -> Rulebook:
        """Return this rulebook with only the rules that the other sources give without this one, citing them alone."""
        return replace(self, rules=self._resting_on(self.sources.keys() - {source}), digest=f"{self.digest}:-{source}")

    def _resting_on(self, sources: Set[str]) -> dict[str, Rule]:
        """Return the rules that some sources give without help of the others, citing these alone."""
        kept = {}
        for rule in self.rules.values():
            cite = tuple(id for id in rule.cite if self.propositions[id].source in sources)
            if cite and (cite == rule.cite or not rule.jointly):
                kept[rule.id] = replace(rule, cite=cite)
        return kept
