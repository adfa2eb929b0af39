"""
The trace: every rule that fired, with what met it, what it drew and what took its place; and why the others did not.

Rules are numbered in an order in which each comes after all that it waits for: a rule after those that find what it
asks for, and after those that may override it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from plenipo.advice.conclude import Advice
from plenipo.advice.explain import ConditionNode, FactNode, FindingNode, RuleNode, read_rules
from plenipo.rulebook.model import Conclusion, Rule, Verb
from plenipo.rulebook.unknown_names import no_option, no_rule

#: A comparison of a condition, read against the situation.
Comparison = FactNode | FindingNode


@dataclass(frozen=True)
class DrawnConclusion:
    """A conclusion that a rule drew, and the rules that decided otherwise on the same option: they outrank it."""

    conclusion: Conclusion
    outranked_by: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class FiredRule:
    """
    A rule that fired: its number, the comparisons that met it, what it drew.

    `node` holds the whole of its conditions and the rules that overrode it. An overridden rule drew nothing.
    """

    number: int
    node: RuleNode
    met: tuple[Comparison, ...]
    drew: tuple[DrawnConclusion, ...]


@dataclass(frozen=True)
class UnfiredRule:
    """
    A rule that did not fire.

    `lacks` is the first comparison that failed, where conditions are read from left to right; it is one of several
    alternatives, none of which holds, where `alternatives` says so. A rule whose conditions hold lacks nothing: its
    exception holds, by the comparisons of `exception`.
    """

    node: RuleNode
    lacks: Comparison | None
    alternatives: bool = False
    exception: tuple[Comparison, ...] = ()


@dataclass(frozen=True)
class Trace:
    """
    The rules of an advice, as far as they were asked for: those that fired by number, and the others.

    `numbers` has the number of every rule that fired, `rules` are those that were asked for by id. `not_fired` and
    `flat` say how the trace is read: the others in place of those that fired, and in one list rather than by subject.
    """

    advice: Advice
    fired: tuple[FiredRule, ...]
    unfired: tuple[UnfiredRule, ...]
    numbers: Mapping[str, int]
    rules: tuple[str, ...] = ()
    not_fired: bool = False
    flat: bool = False


def trace(  # noqa: PLR0913 - three ways to narrow it, two to read it
    advice: Advice,
    *,
    rules: Collection[str] = (),
    options: Collection[str] = (),
    findings: bool = False,
    not_fired: bool = False,
    flat: bool = False,
) -> Trace:
    """
    Return the trace of an advice, narrowed to some rules, to those that speak of some options, or that find something.

    Raises:
        UsageError: there is no such rule or option.
    """
    book = advice.rulebook
    for id in rules:
        if id not in book.rules:
            raise no_rule(book, id)
    for id in options:
        if id not in book.options:
            raise no_option(book, id)

    def wanted(rule: Rule) -> bool:
        named = not rules or rule.id in rules
        speaks = not options or any(drawn.on in options and drawn.verb is not Verb.FIND for drawn in rule.then)
        return named and speaks and (not findings or any(drawn.verb is Verb.FIND for drawn in rule.then))

    nodes = read_rules(advice)
    numbers = {firing.rule.id: number for number, firing in enumerate(advice.trace, 1)}
    order = [nodes[id] for id in book.order if wanted(book.rules[id])]
    return Trace(
        advice,
        tuple(_fired(node, numbers[node.rule.id], advice) for node in order if node.fired),
        tuple(_unfired(node) for node in order if not node.fired),
        numbers,
        tuple(rules),
        not_fired,
        flat,
    )


def _fired(node: RuleNode, number: int, advice: Advice) -> FiredRule:
    drawn = node.rule.then if node.acts else ()
    return FiredRule(
        number,
        node,
        tuple(dict.fromkeys(_met(node.when))),
        tuple(DrawnConclusion(each, _outranking(each, advice)) for each in drawn),
    )


def _outranking(drawn: Conclusion, advice: Advice) -> tuple[Rule, ...]:
    """Return the rules that decided on the option of a conclusion, where they gave another verdict than it does."""
    if drawn.verb in (Verb.FIND, Verb.CAUTION):
        return ()
    said = advice.options[drawn.on]
    return () if said.verdict.value == drawn.verb.value else said.decided_by


def _unfired(node: RuleNode) -> UnfiredRule:
    if node.when.holds:
        return UnfiredRule(node, None, exception=tuple(_met(node.unless)) if node.unless else ())
    own = next((term for term in node.when.terms if not term.holds), None)
    return UnfiredRule(node, own or next(iter(node.when.lacking), None), alternatives=own is None)


def _met(node: ConditionNode) -> Iterator[Comparison]:
    """Yield the comparisons by which a condition holds."""
    yield from node.terms
    for branch in node.any_of:
        if branch.holds:
            yield from _met(branch)
