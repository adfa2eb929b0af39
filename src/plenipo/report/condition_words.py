"""The words for a condition of a rule against a situation: what is so, and what was wanted."""

from __future__ import annotations

from plenipo.advice.explain import FactNode, FindingNode
from plenipo.report.words import labels


def fact_line(node: FactNode) -> str:
    """Return a comparison with a fact in a sentence: the question, the answer, and the one wanted where it differs."""
    if not (node.known or node.holds):
        return f"{node.fact.ask} not known; wanted: {labels(node.fact, node.wanted)}"
    origin = f" (taken over from {node.taken_over})" if node.taken_over else ""
    wanted = "" if node.holds else f"; wanted: {labels(node.fact, node.wanted)}"
    return f"{node.fact.ask} {labels(node.fact, [node.value])}{origin}{wanted}"


def finding_line(node: FindingNode) -> str:
    """Return a comparison with a finding in a sentence."""
    return node.finding.says if node.found else f"Not found: {node.finding.says}"


def exception_line(node: FactNode | FindingNode) -> str:
    """Return a comparison that would have kept a rule from firing, and did not."""
    if isinstance(node, FindingNode):
        said = node.finding.says.rstrip(".")
        return f"not found: {said}; it is found." if node.found else f"{said}: not so (not found)."
    found = labels(node.fact, [node.value]) if node.known else "not known"
    return f"{node.fact.ask} {labels(node.fact, node.wanted)}: not so ({found})."
