"""The sentences for a condition of a rule against a situation: what is so, and what would have to be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from plenipo.advice.explain import ConditionNode, FactNode, FindingNode
from plenipo.report.words import labels, listed
from plenipo.rulebook.model import UNKNOWN, Fact


def answer(fact: Fact, value: str, origin: str = "") -> str:
    """
    Return a question and its answer, which is the one from the situation `origin` where it was taken over.

    >>> answer(Fact("sky", "weather", "What is the sky like?", {"dark": "as dark as night"}), "dark")
    'What is the sky like? As dark as night.'
    """
    said = labels(fact, [value])
    said = f"{said[:1].upper()}{said[1:]}{f' (taken over from {origin})' if origin else ''}"
    return f"{fact.ask} {said}{'' if said.endswith(('.', '?', '!')) else '.'}"


def fact_line(node: FactNode) -> str:
    """Return a comparison with a fact: the question, the answer, and the one that it takes where it is another."""
    said = answer(node.fact, node.value, node.taken_over)
    return said if node.holds else f"{said} It would have to be {_quoted(node.fact, node.wanted)}."


def finding_line(node: FindingNode) -> str:
    """Return a comparison with a finding in a sentence."""
    said = finding(node.finding.says, found=node.found)
    return f"{said} It would have to be otherwise." if node.found and not node.holds else said


def finding(says: str, *, found: bool) -> str:
    """
    Return what a finding says, or that it does not hold here.

    >>> finding("The sea is safe.", found=False)
    'Not so, as far as is known: The sea is safe.'
    """
    return says if found else f"Not so, as far as is known: {says}"


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
        return f"{said} If it were {_quoted(node.fact, node.wanted)}, {then}"
    said = finding(node.finding.says, found=node.found)
    return f"{said} If it were {'not ' if node.found else ''}so, {then}"


def _quoted(fact: Fact, values: Iterable[str]) -> str:
    """Return the answers that would do, each in quotes, since many have commas."""
    said = {value: labels(fact, [value]) for value in values}
    return listed((each if value == UNKNOWN else f'"{each}"' for value, each in said.items()), "or")
