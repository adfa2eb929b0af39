"""The sentences for a condition of a rule against a situation: what is so, and what would have to be."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from plenipo.advice.explain import ConditionNode, FactNode, FindingNode
from plenipo.report.document import Sign
from plenipo.report.words import labels, listed
from plenipo.rulebook.model import TRUE, UNKNOWN, Atom, Fact, Rulebook


def answer(fact: Fact, value: str, origin: str = "") -> str:
    """
    Return a question and its answer, which is the one from the situation `origin` where it was taken over.

    >>> answer(Fact("sky", "weather", "What is the sky like?", {"dark": "as dark as night"}), "dark")
    'What is the sky like? As dark as night.'
    """
    said = labels(fact, [value])
    said = f"{said[:1].upper()}{said[1:]}{f' (taken over from {origin})' if origin else ''}"
    return f"{fact.ask} {said}{'' if said.endswith(('.', '?', '!')) else '.'}"


def sign(node: FactNode | FindingNode) -> Sign:
    """Return whether a comparison is met; what nobody knows has a sign of its own, even where that will do."""
    if isinstance(node, FactNode) and not node.known:
        return Sign.UNKNOWN
    return Sign.YES if node.holds else Sign.NO


def fact_line(node: FactNode) -> str:
    """Return a comparison with a fact: the question, the answer, and what that comes to where it is not plain."""
    said = answer(node.fact, node.value, node.taken_over)
    if not node.holds:
        return f"{said} It would have to be {_quoted(node.fact, node.wanted)}."
    return said if node.known else f"{said} {unknown_will_do(node.fact, node.wanted)}"


def unknown_will_do(fact: Fact, wanted: Collection[str]) -> str:
    """Return why a comparison with a fact is met although nobody knows it: `unknown` is among the answers wanted."""
    others = [value for value in fact.values if value not in wanted]
    if len(others) == len(fact.values):
        return "That is what is asked for here."
    if not others:
        return "Any answer would do here."
    return f"Until it is known, it does not count as {_quoted(fact, others)}."


def finding_line(node: FindingNode) -> str:
    """Return a comparison with a finding in a sentence that goes with its sign."""
    return finding(node.finding.says, found=node.found, met=node.holds)


def finding(says: str, *, found: bool, met: bool) -> str:
    """
    Return what a finding says, or that it does not hold here, in words that fit the sign of a comparison with it.

    A comparison that is not met opens with what it asks for, since the sign before it denies that.

    >>> finding("The sea is safe.", found=False, met=True)
    'Not so, as far as is known: The sea is safe.'
    >>> finding("The sea is safe.", found=False, met=False)
    'The sea is safe. That is not so, as far as is known.'
    >>> finding("no period", found=False, met=False)
    'no period. That is not so, as far as is known.'
    """
    if found:
        return says if met else f"It would have to be otherwise, but it is so: {says}"
    if met:
        return f"Not so, as far as is known: {says}"
    end = "" if says.endswith((".", "?", "!")) else "."
    return f"{says}{end} That is not so, as far as is known."


def met_line(atom: Atom, rulebook: Rulebook, value: str) -> tuple[str, Sign]:
    """Return in a sentence a comparison that was met, with its sign; `value` is that of the fact, if it is one."""
    if fact := rulebook.facts.get(atom.name):
        node = FactNode(fact, value, atom.values)
        return fact_line(node), sign(node)
    return finding(rulebook.findings[atom.name].says, found=TRUE in atom.values, met=True), Sign.YES


def exception_lines(condition: ConditionNode) -> Iterator[tuple[FactNode | FindingNode, str]]:
    """Yield each comparison for want of which an exception does not hold, with the sentence that says so."""
    sufficient = set(_alone(condition))
    for node in condition.lacking:
        yield node, _exception(node, "would" if node in sufficient else "could")


def _alone(condition: ConditionNode) -> Sequence[FactNode | FindingNode]:
    """Return the comparisons each of which would do by itself."""
    if not condition.any_of:
        return condition.lacking if len(condition.lacking) == 1 else ()
    if not all(term.holds for term in condition.terms):
        return ()
    return [term for branch in condition.any_of for term in _alone(branch)]


def _exception(node: FactNode | FindingNode, would: str) -> str:
    then = f"there {would} be an exception."
    if isinstance(node, FactNode):
        said = answer(node.fact, node.value, node.taken_over)
        none = "" if node.known else "Until it is known, there is no exception. "
        return f"{said} {none}If it were {_quoted(node.fact, node.wanted)}, {then}"
    said = finding(node.finding.says, found=node.found, met=True)
    return f"{said} If it were {'not ' if node.found else ''}so, {then}"


def _quoted(fact: Fact, values: Iterable[str]) -> str:
    """Return the answers that would do, each in quotes, since many have commas."""
    said = {value: labels(fact, [value]) for value in values}
    return listed((each if value == UNKNOWN else f'"{each}"' for value, each in said.items()), "or")
