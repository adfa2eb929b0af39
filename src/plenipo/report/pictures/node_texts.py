"""What stands in the boxes of a graph, broken into lines, and how large each box has to be for any situation."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from rich.cells import cell_len

from plenipo.advice.reasoning_graph import GraphNode, NodeKind, ReasoningGraph
from plenipo.report.page import FINE
from plenipo.report.untrusted_text import clean
from plenipo.report.words import labels
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict

#: The height of a line of text, and the space above the first and below the last, in points.
LINE, EDGE = 11, 3
#: How wide the boxes of each kind are, in points, and how many letters a line of one holds.
WIDTHS = {NodeKind.FACT: 200, NodeKind.FINDING: 200, NodeKind.RULE: 210, NodeKind.OPTION: 290}
LETTERS = {NodeKind.FACT: 33, NodeKind.FINDING: 34, NodeKind.RULE: 37, NodeKind.OPTION: 42}
#: What a finding opens with where there is a situation: it is so, or nothing that is known says so.
FOUND, NOT_FOUND = f"{FINE.yes} ", f"{FINE.no} not so: "


@dataclass(frozen=True)
class NodeText:
    """
    The lines of a box: what it is about, then its value where it has one; the verdict stands at the end of the first.
    """

    lines: tuple[str, ...]
    value: tuple[str, ...] = ()
    verdict: Verdict | None = None


def node_text(graph: ReasoningGraph, node: GraphNode) -> NodeText:
    """Return what stands in a box in the situation of a graph, or without one, in any."""
    about = _about(graph.rulebook, node)
    lines = tuple(_broken(node.kind, about))
    if graph.advice is None:
        return NodeText(lines)
    if node.kind is NodeKind.FINDING:
        return NodeText(tuple(_broken(node.kind, f"{FOUND if graph.holds(node) else NOT_FOUND}{about}")))
    if node.kind is NodeKind.FACT:
        fact = graph.rulebook.facts[node.id]
        return NodeText(lines, tuple(_broken(node.kind, labels(fact, [graph.value(node)]))))
    if node.kind is NodeKind.OPTION:
        return NodeText(lines, verdict=graph.verdict(node))
    return NodeText(lines)


def height(rulebook: Rulebook, node: GraphNode) -> int:
    """Return how high a box is, which is the same in every situation: there is room for the longest of its texts."""
    values = [UNKNOWN, *rulebook.facts[node.id].values] if node.kind is NodeKind.FACT else []
    longest = max((len(_broken(node.kind, labels(rulebook.facts[node.id], [value]))) for value in values), default=0)
    marks = (FOUND, NOT_FOUND) if node.kind is NodeKind.FINDING else ("",)
    about = max(len(_broken(node.kind, f"{mark}{_about(rulebook, node)}")) for mark in marks)
    return 2 * EDGE + LINE * (about + longest)


def verdict_words(verdict: Verdict) -> str:
    """Return a verdict with its mark."""
    return f"{FINE.verdicts[verdict]} {verdict.value}"


def _about(rulebook: Rulebook, node: GraphNode) -> str:
    if node.kind is NodeKind.FACT:
        return rulebook.facts[node.id].name
    if node.kind is NodeKind.FINDING:
        return rulebook.findings[node.id].says
    if node.kind is NodeKind.RULE:
        return rulebook.rules[node.id].because or node.id
    return rulebook.options[node.id].title


def _broken(kind: NodeKind, text: str) -> list[str]:
    return broken(text, LETTERS[kind])


def broken(text: str, letters: int) -> list[str]:
    """
    Return a text in lines of at most so many letters, of which wide ones count twice.

    >>> broken("Talks with China", 10)
    ['Talks with', 'China']
    """
    text = clean(text)
    wide = cell_len(text) / max(len(text), 1)
    return textwrap.wrap(text, max(int(letters / max(wide, 1)), 4)) or [""]


def first_line(text: str, width: int) -> str:
    """Return as much of a title as a picture of this width has room for."""
    first, *rest = broken(text, width // 9)
    return f"{first} …" if rest else first


def tooltip(parts: Iterable[str]) -> str:
    """Return what is said of a part of a picture where one points at it, a line each."""
    return "\n".join(clean(part) for part in parts if part)
