"""
The justification of one verdict: rules, the findings behind them, and the facts behind those.

Every rule and finding of the rulebook is read once against the advice, so that what several branches share is one and
the same node, and a report can say it once and point back to it. A fact nobody knows is said to be unknown: it is never
counted as false. What did not happen is explained with the same nodes as what did.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice, drawing
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Atom, Condition, Fact, Finding, Option, Rule, Verb
from plenipo.rulebook.unknown_names import no_option
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True, eq=False)
class FactNode:
    """
    A comparison with a fact: the values wanted, the one it has (`unknown` where nobody knows), the note on it.

    `taken_over` names the situation that the fact was taken over from, if it was.
    """

    fact: Fact
    value: str
    wanted: tuple[str, ...]
    note: str = ""
    taken_over: str = ""

    @property
    def known(self) -> bool:
        """Whether the situation gives the fact a value."""
        return self.value != UNKNOWN

    @property
    def holds(self) -> bool:
        """Whether the comparison is met."""
        return self.value in self.wanted


@dataclass(frozen=True, eq=False, repr=False)
class FindingNode:
    """A comparison with a finding, and every rule that could find it; it holds when one of those fired and stood."""

    finding: Finding
    value: str
    wanted: tuple[str, ...]
    finders: tuple[RuleNode, ...]

    @property
    def found(self) -> bool:
        """Whether the statement itself holds."""
        return self.value == TRUE

    @property
    def holds(self) -> bool:
        """Whether the comparison is met."""
        return self.value in self.wanted

    @property
    def responsible(self) -> tuple[RuleNode, ...]:
        """The rules that account for it: those that found it, or else all that might have."""
        return tuple(rule for rule in self.finders if rule.acts) if self.found else self.finders


@dataclass(frozen=True, eq=False, repr=False)
class ConditionNode:
    """A condition read against the situation: all of `terms`, and one of `any_of` where there are any."""

    holds: bool
    terms: tuple[FactNode | FindingNode, ...] = ()
    any_of: tuple[ConditionNode, ...] = ()

    @cached_property
    def lacking(self) -> tuple[FactNode | FindingNode, ...]:
        """The comparisons that fail, those of every alternative included where none holds."""
        own = tuple(term for term in self.terms if not term.holds)
        if any(branch.holds for branch in self.any_of):
            return own
        return own + tuple(term for branch in self.any_of for term in branch.lacking)


@dataclass(frozen=True, eq=False, repr=False)
class RuleNode:
    """
    A rule read against the situation.

    It fired when `when` holds and `unless` does not; it acts when it fired and none of `overridden_by`, the
    rules that overrode it, took its place.
    """

    rule: Rule
    fired: bool
    when: ConditionNode
    unless: ConditionNode | None = None
    overridden_by: tuple[RuleNode, ...] = ()

    @property
    def acts(self) -> bool:
        """Whether the rule drew its conclusions."""
        return self.fired and not self.overridden_by

    @property
    def blocked(self) -> bool:
        """Whether the rule's own exception kept it from firing."""
        return self.unless is not None and self.unless.holds


@dataclass(frozen=True, eq=False, repr=False)
class Alternative:
    """A verdict that might have been, and every rule that could have given it."""

    verdict: Verdict
    rules: tuple[RuleNode, ...]


@dataclass(frozen=True, eq=False, repr=False)
class Explanation:
    """
    Why an option has its verdict, and why it has no other.

    `deciding` drew the verdict; `outranked` drew one that gave way to it; `overridden` fired, and an exception took
    their place; `cautions` attach a risk. `alternatives` holds the verdicts that might have been, and only the one that
    was asked for where one was. For a silent option that is every rule that speaks of it.
    """

    kind: ClassVar[Literal["explanation"]] = "explanation"

    advice: Advice
    option: Option
    verdict: Verdict
    deciding: tuple[RuleNode, ...]
    outranked: tuple[RuleNode, ...]
    overridden: tuple[RuleNode, ...]
    cautions: tuple[RuleNode, ...]
    alternatives: tuple[Alternative, ...]
    why_not: Verdict | None = None


def explain(advice: Advice, option: str, why_not: Verdict | None = None) -> Explanation:
    """
    Return the whole justification of the verdict on one option.

    With `why_not` the alternatives are that verdict alone, with every rule that could have given it, whether there is
    one or not.

    Raises:
        UsageError: the rulebook has no such option.
    """
    options = advice.rulebook.options
    if option not in options:
        raise no_option(advice.rulebook, option)
    said = advice.options[option]
    nodes = read_rules(advice)
    asked = [why_not] if why_not else [verdict for verdict in Verdict if verdict is not said.verdict]

    def of(rules: Iterable[Rule]) -> tuple[RuleNode, ...]:
        return tuple(nodes[rule.id] for rule in rules)

    instead = [
        Alternative(verdict, of(sorted(drawing(advice.rulebook, option, verdict), key=lambda rule: rule.id)))
        for verdict in asked
    ]
    return Explanation(
        advice,
        options[option],
        said.verdict,
        deciding=of(said.decided_by),
        outranked=of(said.outranked),
        overridden=of(said.overridden),
        cautions=of(said.cautions),
        alternatives=tuple(found for found in instead if found.rules or why_not),
        why_not=why_not,
    )


def read_rules(advice: Advice) -> Mapping[str, RuleNode]:
    """Return every rule of the rulebook as it is in the advice, by id, each after everything it waits for."""
    reader = _Reader(advice)
    for id in advice.rulebook.order:
        reader.read(advice.rulebook.rules[id])
    return reader.rules


class _Reader:
    """Reads rules against an advice from the bottom up, so that no depth of findings is too deep."""

    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        self.rules: dict[str, RuleNode] = {}
        self.nodes: dict[Atom, FactNode | FindingNode] = {}
        self.finders: dict[str, list[str]] = {}
        for rule in advice.rulebook.rules.values():
            for id in {drawn.on for drawn in rule.then if drawn.verb is Verb.FIND}:
                self.finders.setdefault(id, []).append(rule.id)

    def read(self, rule: Rule) -> None:
        firing = self.advice.fired.get(rule.id)
        self.rules[rule.id] = RuleNode(
            rule,
            fired=firing is not None,
            when=self._condition(rule.when),
            unless=self._condition(rule.unless) if rule.unless is not None else None,
            overridden_by=tuple(self.rules[id] for id in firing.overridden_by) if firing else (),
        )

    def _condition(self, condition: Condition) -> ConditionNode:
        return ConditionNode(
            condition.holds(self.advice.state),
            tuple(self._term(atom) for atom in condition.atoms),
            tuple(self._condition(branch) for branch in condition.any_of),
        )

    def _term(self, atom: Atom) -> FactNode | FindingNode:
        if atom not in self.nodes:
            self.nodes[atom] = self._finding(atom) if atom.name in self.advice.rulebook.findings else self._fact(atom)
        return self.nodes[atom]

    def _fact(self, atom: Atom) -> FactNode:
        situation = self.advice.situation
        note, origin = situation.notes.get(atom.name, ""), situation.taken_over.get(atom.name, "")
        value = situation.facts.get(atom.name, UNKNOWN)
        return FactNode(self.advice.rulebook.facts[atom.name], value, atom.values, note, origin)

    def _finding(self, atom: Atom) -> FindingNode:
        finders = tuple(self.rules[id] for id in sorted(self.finders.get(atom.name, ())))
        value = TRUE if atom.name in self.advice.findings else FALSE
        return FindingNode(self.advice.rulebook.findings[atom.name], value, atom.values, finders)
