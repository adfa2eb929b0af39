"""
The rulebook as the engines and the reports see it: every name resolved, every value in its one spelling.

Everything here is frozen and plain. It has never heard of YAML, of files or of any engine; what a rulebook *means* is
section 2 of the design (docs/meaning.md), and the little of it that every reader of a rule needs stands here: when a
condition holds. A fact, a finding and an option are known by their id; ids of facts and findings never clash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from plenipo.errors import Location
from plenipo.rulebook.dependency_order import dependencies, strata

if TYPE_CHECKING:
    from fractions import Fraction

UNKNOWN = "unknown"
TRUE = "true"
FALSE = "false"
#: Spellings of yes and no that a yes/no fact and a finding take besides their own values.
SPELLINGS = {"yes": TRUE, "on": TRUE, "no": FALSE, "off": FALSE}
#: Spellings of "not known" that every fact takes.
BLANKS = frozenset({"", "~", "null", UNKNOWN})


class Verb(StrEnum):
    """What a rule may draw: a finding, a verdict on an option, or a caution attached to one."""

    FIND = "find"
    RECOMMEND = "recommend"
    CONSIDER = "consider"
    DEFER = "defer"
    AVOID = "avoid"
    DONE = "done"
    CAUTION = "caution"


class Basis(StrEnum):
    """Whether the essay says it, or it is our reading of it."""

    STATED = "stated"
    INFERRED = "inferred"


class Strength(StrEnum):
    """The author's own hedge, strongest first."""

    MUST = "must"
    SHOULD = "should"
    PLAIN = "plain"
    COULD = "could"
    MIGHT = "might"


@dataclass(frozen=True)
class Atom:
    """One comparison: the fact or finding `name` has one of `values`, which may include `unknown`."""

    name: str
    values: tuple[str, ...]

    def holds(self, state: Mapping[str, str]) -> bool:
        """Return whether the state gives the name one of the values; a name the state lacks is unknown."""
        return state.get(self.name, UNKNOWN) in self.values


@dataclass(frozen=True)
class Condition:
    """
    All of `atoms`, and one of `any_of` where there are any; an empty condition always holds.

    >>> calm = Condition((Atom("friction", ("low", "moderate")),))
    >>> calm.holds({"friction": "low"}), calm.holds({}), Condition().holds({})
    (True, False, True)
    """

    atoms: tuple[Atom, ...] = ()
    any_of: tuple[Condition, ...] = ()

    def holds(self, state: Mapping[str, str]) -> bool:
        """Return whether the condition holds in a state (name -> value), where an absent name is unknown."""
        return all(atom.holds(state) for atom in self.atoms) and (
            not self.any_of or any(branch.holds(state) for branch in self.any_of)
        )

    def every_atom(self) -> Iterator[Atom]:
        """Yield every atom, those inside alternatives included."""
        yield from self.atoms
        for branch in self.any_of:
            yield from branch.every_atom()

    def met(self, state: Mapping[str, str]) -> Iterator[Atom]:
        """Yield the atoms by which a condition that holds is met, those of every alternative that holds included."""
        yield from self.atoms
        for branch in self.any_of:
            if branch.holds(state):
                yield from branch.met(state)


@dataclass(frozen=True)
class Conclusion:
    """What a rule draws: a verb, on a finding (`find`) or an option (all others)."""

    verb: Verb
    on: str


@dataclass(frozen=True)
class Fact:
    """A question about the world with a finite list of answers (value -> label); `movable` if one can act on it."""

    id: str
    group: str
    ask: str
    values: Mapping[str, str]
    help: str = ""
    why: str = ""
    movable: bool = True
    cite: tuple[str, ...] = ()
    location: Location | None = None
    title: str = ""

    @property
    def name(self) -> str:
        """What reports call the fact: its title, or its id where it has none."""
        return self.title or self.id

    @property
    def boolean(self) -> bool:
        """Whether this is a yes/no fact."""
        return set(self.values) == {TRUE, FALSE}

    def read(self, text: str) -> str | None:
        """
        Return the value that `text` stands for, `unknown`, or None when it is no value of this fact.

        >>> willing = Fact("willing", "timing", "Willing?", {"true": "yes", "false": "no"})
        >>> willing.read("yes"), willing.read(""), willing.read("maybe")
        ('true', 'unknown', None)
        """
        if text in self.values:
            return text
        word = text.strip().casefold()
        if word in BLANKS:
            return UNKNOWN
        word = SPELLINGS.get(word, word) if self.boolean else word
        return word if word in self.values else None


@dataclass(frozen=True)
class Link:
    """
    Why one option stands after or beside another: the propositions it rests on, and whether they say so.

    A `soft` order is better kept and holds nothing up.
    """

    cite: tuple[str, ...] = ()
    basis: Basis = Basis.INFERRED
    because: str = ""
    soft: bool = False


@dataclass(frozen=True)
class Option:
    """
    A step that somebody could take.

    `part_of` names the option it is an element of, `after` those that must come first, `beside` those that go together
    with it (`with` in the file, which Python keeps for itself).
    """

    id: str
    group: str
    title: str
    help: str = ""
    part_of: str | None = None
    after: Mapping[str, Link] = field(default_factory=dict)
    beside: Mapping[str, Link] = field(default_factory=dict)
    cite: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class Finding:
    """A named intermediate conclusion; `says` is its sentence. It holds when some rule finds it, and not otherwise."""

    id: str
    says: str
    help: str = ""
    cite: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class Rule:
    """
    When `when` holds and `unless` does not, the rule fires; unless overridden, it draws `then`.

    `because` is its reason in one sentence; `cite` the propositions it rests on. A rule that cites several essays is
    given by each of them alone, unless it rests on them `jointly`. `track` is the file it stands in.
    """

    id: str
    track: str
    then: tuple[Conclusion, ...]
    because: str
    cite: tuple[str, ...]
    basis: Basis
    strength: Strength
    when: Condition = Condition()
    unless: Condition | None = None
    overrides: tuple[str, ...] = ()
    jointly: bool = False
    location: Location | None = None

    def fires(self, state: Mapping[str, str]) -> bool:
        """Return whether the conditions hold in a state that settles every finding they name."""
        return self.when.holds(state) and not (self.unless is not None and self.unless.holds(state))

    def every_atom(self) -> Iterator[Atom]:
        """Yield every atom of `when` and `unless`."""
        yield from self.when.every_atom()
        if self.unless is not None:
            yield from self.unless.every_atom()


@dataclass(frozen=True)
class Constraint:
    """Facts that exclude one another: a situation in which `never` holds is impossible. It speaks of facts alone."""

    id: str
    never: Condition
    because: str = ""
    cite: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class Acceptance:
    """A remark of the check `check` on `subject` that the author has seen and keeps, and why."""

    check: str
    subject: str
    because: str
    location: Location | None = None


@dataclass(frozen=True)
class Proposition:
    """
    One thing an essay says, in our words.

    `hedge` tells how the author puts it; `background` is the reason why nothing cites it, where nothing does.
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
    """An essay: where it appeared, the fingerprint of each of its paragraphs in order, and its propositions."""

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
        """Its title, or how to tell an essay without one from others."""
        return self.title or f"untitled, {f'in {self.outlet}' if self.outlet else f'in the file {self.file}'}"


@dataclass(frozen=True)
class Situation:
    """
    What is held to be so: fact -> value, where a fact that is absent is unknown.

    `considering` are the options under discussion, `notes` say why a fact is held to be so, and `expect` (option ->
    verdict) makes the situation a test. `name` is what messages call it, `file` the user's file it was read from, if it
    was. `likely` gives facts that are not known but likely to have one value or another (fact -> value -> weight, in
    all 1): advice takes them as unknown.
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


@dataclass(frozen=True, eq=False)
class Rulebook:
    """
    The whole of what is known: vocabulary, rules and sources, each by id, in the order in which their author put them.

    `constraints` rule situations out, `accepted` are remarks that the author keeps. `digest` is the SHA-256 of the
    files it was read from. Nothing that is answered may depend on the order.
    """

    facts: Mapping[str, Fact]
    options: Mapping[str, Option]
    findings: Mapping[str, Finding]
    rules: Mapping[str, Rule]
    sources: Mapping[str, Source] = field(default_factory=dict)
    digest: str = ""
    constraints: tuple[Constraint, ...] = ()
    accepted: tuple[Acceptance, ...] = ()

    @cached_property
    def propositions(self) -> Mapping[str, Proposition]:
        """Every proposition of every source, by id."""
        return {id: said for source in self.sources.values() for id, said in source.propositions.items()}

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
        """Return this rulebook with only the rules that one essay gives without help of another, citing it alone."""
        kept = {
            rule.id: replace(rule, cite=tuple(id for id in rule.cite if self.propositions[id].source == source))
            for rule in self.rules.values()
            if self._gives(source, rule)
        }
        return replace(self, rules=kept, digest=f"{self.digest}:{source}")

    def without(self, source: str) -> Rulebook:
        """Return this rulebook with only the rules that the other essays give without this one, citing them alone."""
        kept = {
            rule.id: replace(rule, cite=tuple(id for id in rule.cite if self.propositions[id].source != source))
            for rule in self.rules.values()
            if self._spares(source, rule)
        }
        return replace(self, rules=kept, digest=f"{self.digest}:-{source}")

    def _spares(self, source: str, rule: Rule) -> bool:
        cited = {self.propositions[id].source for id in rule.cite}
        return source not in cited if rule.jointly else bool(cited - {source})

    def _gives(self, source: str, rule: Rule) -> bool:
        cited = {self.propositions[id].source for id in rule.cite}
        return cited == {source} if rule.jointly else source in cited
