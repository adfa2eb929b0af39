"""A reasoning graph: as a nested list from verdicts to facts, as data, and as pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from plenipo.advice.reasoning_graph import Drawing, GraphEdge, GraphNode, NodeKind, Part, ReasoningGraph
from plenipo.errors import UsageError
from plenipo.report import condition_words, words
from plenipo.report.document import Document, Line, Section, Showing, Sign, Span, anchor, strong
from plenipo.report.json import SCHEMA_VERSION, advice_head, plain
from plenipo.report.pictures.graph_svg import graph_svg
from plenipo.report.pictures.graph_text import dot, mermaid
from plenipo.report.pictures.layout import layout
from plenipo.rulebook.model import UNKNOWN
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.graph import DrawingData, EdgeData, GraphData, NodeData, PartName

__all__ = ["data", "document", "dot", "mermaid", "svg"]

#: What the JSON calls each part.
PARTS: Mapping[Part, PartName] = {Part.NONE: "none", Part.AT_WORK: "at_work", Part.DECIDES: "decides"}
HEADINGS = {
    Verdict.RECOMMEND: "Recommended",
    Verdict.CONSIDER: "Worth considering",
    Verdict.DEFER: "Not yet",
    Verdict.AVOID: "Advised against",
    Verdict.DONE: "Done, or no longer needed",
    Verdict.SILENT: "No advice here",
}


def document(graph: ReasoningGraph, showing: Showing) -> Document:
    """
    Return the graph as a list: each option with what leads to its verdict, and what leads to that.

    In full, and without a situation, it has everything that can lead to an option, at work or not.
    """
    lines = _Lines(graph, full=showing.full or graph.advice is None)
    options = [node for node in graph.nodes if node.kind is NodeKind.OPTION]
    sections = [picture(graph, "As a picture")]
    if graph.advice is None:
        sections.append(Section("Options, and what can lead to them", tuple(lines.of(options)), str(len(options))))
        return Document("The rulebook", (_counts(graph),), sections=tuple(sections))
    for verdict, heading in HEADINGS.items():
        alike = [node for node in options if graph.verdict(node) is verdict]
        if verdict is Verdict.SILENT and not (showing.full or graph.option):
            continue
        sections.append(Section(heading, tuple(lines.of(alike)), str(len(alike)), verdict=verdict))
    situation = graph.advice.situation
    return Document(
        words.title(situation), (words.header(graph.advice, showing.remark), _counts(graph)), sections=tuple(sections)
    )


def picture(graph: ReasoningGraph, heading: str) -> Section:
    """Return a graph as a picture under a heading, or what it takes to draw it."""
    try:
        layout(graph)
    except UsageError as missing:
        return Section(heading, lead=f"{missing.args[0]}; {missing.help[0]}.")
    return Section(heading, picture=lambda places: graph_svg(graph, places))


def data(graph: ReasoningGraph, showing: Showing) -> GraphData:
    """Return the nodes with what is so of them, and the edges with their rules and the part that they have."""
    told: GraphData = {
        "schema_version": SCHEMA_VERSION,
        "kind": "graph",
        "option": graph.option,
        "unfolded": graph.unfolded,
        "nodes": [_node_data(graph, node) for node in graph.nodes],
        "edges": [_edge_data(edge) for edge in graph.edges],
    }
    return {**told, **advice_head("graph", graph.advice, showing.remark)} if graph.advice else told


def svg(graph: ReasoningGraph) -> str:
    """
    Return the picture of a graph.

    Raises:
        UsageError: nobody worked its places out yet, and Graphviz is not installed.
    """
    return graph_svg(graph)


def _counts(graph: ReasoningGraph) -> str:
    kinds = [(NodeKind.FACT, "fact"), (NodeKind.FINDING, "finding"), (NodeKind.OPTION, "option")]
    counts = (words.counted(sum(node.kind is kind for node in graph.nodes), called) for kind, called in kinds)
    rules = {drawing.rule.id for edge in graph.edges for drawing in edge.drawings}
    return f"{words.listed(counts)}, joined by {words.counted(len(rules), 'rule')}"


class _Lines:
    """Puts what leads to an option into nested lines; what was said of a finding before is not repeated."""

    def __init__(self, graph: ReasoningGraph, *, full: bool) -> None:
        self.graph = graph
        self.full = full
        self.before: dict[GraphNode, list[GraphEdge]] = {}
        for edge in graph.edges:
            self.before.setdefault(edge.end, []).append(edge)
        self.said: set[GraphNode] = set()

    def of(self, options: list[GraphNode]) -> Iterator[Line]:
        """Yield each option with everything that leads to it."""
        for option in options:
            verdict = self.graph.verdict(option) if self.graph.advice else None
            yield Line(
                strong(self.graph.rulebook.options[option.id].title),
                aside=option.id,
                verdict=verdict,
                anchor=_anchor(option),
            )
            if self.graph.advice is None or verdict is not Verdict.SILENT:
                yield from self._always(option, verdict)
            yield from self._leading_to(option, 1)

    def _always(self, option: GraphNode, verdict: Verdict | None) -> Iterator[Line]:
        """Yield the rules without a condition that lead to an option."""
        for rule in self.graph.standing.get(option, ()):
            verbs = [drawn.verb.value for drawn in rule.then if drawn.on == option.id]
            if verdict is None or verdict.value in verbs:
                cite = words.rule_sources(rule, self.graph.rulebook)
                when = words.unconditional(rule, self.graph.rulebook)
                yield Line(rule.because or rule.id, 1, f"{when}:", cite=cite)

    def _leading_to(self, node: GraphNode, depth: int) -> Iterator[Line]:
        for edge in self.before.get(node, ()):
            if self.full or edge.part is Part.DECIDES:
                yield self._start(edge, depth)
                if edge.start not in self.said:
                    self.said.add(edge.start)
                    yield from self._leading_to(edge.start, depth + 1)

    def _start(self, edge: GraphEdge, depth: int) -> Line:
        graph, node = self.graph, edge.start
        label = "can hold it back:" if edge.holds_back else ""
        if node.kind is NodeKind.FACT:
            fact = graph.rulebook.facts[node.id]
            value = f": {words.labels(fact, [graph.value(node)])}" if graph.advice else ""
            return Line((fact.name, value), depth, label, node.id, sign=self._sign(edge), anchor=_anchor(node))
        if node.kind is NodeKind.RULE:
            rule = graph.rulebook.rules[node.id]
            cite = words.rule_sources(rule, graph.rulebook)
            return Line(rule.because or rule.id, depth, label, rule.id, cite, anchor=_anchor(node))
        again = Span(" (see above)" if node in self.said and self.before.get(node) else "")
        return Line((self._said(edge), again), depth, label, node.id, sign=self._sign(edge), anchor=_anchor(node))

    def _sign(self, edge: GraphEdge) -> Sign | None:
        """Return whether an edge is at work; what nobody knows has a sign of its own."""
        if self.graph.advice is None:
            return None
        if edge.start.kind is NodeKind.FACT and self.graph.value(edge.start) == UNKNOWN:
            return Sign.UNKNOWN
        return Sign.YES if edge.part else Sign.NO

    def _said(self, edge: GraphEdge) -> str:
        """Return what a finding says, in words that fit the sign before it."""
        graph, says = self.graph, self.graph.rulebook.findings[edge.start.id].says
        if graph.advice is None:
            return says
        if graph.holds(edge.start) and not edge.part:
            return f"Plays no part here, though it is so: {says}"
        return condition_words.finding(says, found=graph.holds(edge.start), met=bool(edge.part))


def _anchor(node: GraphNode) -> str:
    return anchor(node.kind.value, node.id)


def _node_data(graph: ReasoningGraph, node: GraphNode) -> NodeData:
    told: NodeData = {"kind": node.kind, "id": node.id}
    if graph.advice is not None:
        told["part"] = PARTS[graph.part_of_node[node]]
        if node.kind is NodeKind.FACT:
            value = graph.value(node)
            told["value"] = None if value == UNKNOWN else plain(value)
        elif node.kind is NodeKind.FINDING:
            told["holds"] = graph.holds(node)
        elif node.kind is NodeKind.OPTION:
            told["verdict"] = graph.verdict(node)
    return told


def _edge_data(edge: GraphEdge) -> EdgeData:
    return {
        "from": {"kind": edge.start.kind, "id": edge.start.id},
        "to": {"kind": edge.end.kind, "id": edge.end.id},
        "part": PARTS[edge.part],
        "rules": [_drawing_data(drawing) for drawing in edge.drawings],
    }


def _drawing_data(drawing: Drawing) -> DrawingData:
    return {"rule": drawing.rule.id, "verb": drawing.verb, "holds_back": drawing.holds_back}
