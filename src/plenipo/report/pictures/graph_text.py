"""A reasoning graph in the languages that other programs draw: DOT for Graphviz, and Mermaid."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plenipo.advice.reasoning_graph import GraphEdge, GraphNode, NodeKind, Part, ReasoningGraph
from plenipo.report.pictures.node_texts import node_text, verdict_words
from plenipo.rulebook.verdict import Verdict

#: How thick an edge is by its part, and how a box of each kind is put in Mermaid.
THICKNESS = {Part.NONE: "0.5", Part.AT_WORK: "1", Part.DECIDES: "2.2"}
BOXES = {NodeKind.FACT: "[{}]", NodeKind.FINDING: "({})", NodeKind.RULE: "[/{}/]", NodeKind.OPTION: "[[{}]]"}
ARROWS = {Part.NONE: "-.->", Part.AT_WORK: "-->", Part.DECIDES: "==>"}


def dot(graph: ReasoningGraph) -> str:
    """Return a graph in the language of Graphviz; text is quoted so that nothing in it means anything to it."""
    names = _names(graph)
    return "\n".join(["digraph reasoning {", *_dot_lines(graph, names), "}", ""])


def mermaid(graph: ReasoningGraph) -> str:
    """Return a graph as a Mermaid flowchart; letters that could mean something to it are written by their numbers."""
    names = _names(graph)
    lines = [f"  {name}{BOXES[node.kind].format(_in_mermaid(_text(graph, node)))}" for node, name in names.items()]
    for edge in graph.edges:
        label = _label(graph, edge)
        arrow = f"{ARROWS[edge.part]}|{label}|" if label else ARROWS[edge.part]
        lines.append(f"  {names[edge.start]} {arrow} {names[edge.end]}")
    return "\n".join(["flowchart LR", *lines, ""])


def _names(graph: ReasoningGraph) -> dict[GraphNode, str]:
    return {node: f"n{place}" for place, node in enumerate(graph.nodes)}


def _dot_lines(graph: ReasoningGraph, names: dict[GraphNode, str]) -> Iterator[str]:
    yield '  rankdir=LR; node [shape=box, fontname="Helvetica", fontsize=10];'
    for node, name in names.items():
        faint = ', fontcolor="gray50", color="gray70"' if graph.advice and not graph.part_of_node[node] else ""
        rounded = ', style="rounded"' if node.kind is NodeKind.FINDING else ""
        yield f"  {name} [label={_in_dot(_text(graph, node))}{rounded}{faint}];"
    for kind in (NodeKind.FACT, NodeKind.OPTION):
        column = [name for node, name in names.items() if node.kind is kind]
        yield f"  {{ rank=same; {' '.join(f'{name};' for name in column)} }}"
    for edge in graph.edges:
        yield f"  {names[edge.start]} -> {names[edge.end]} [{_dot_style(graph, edge)}];"


def _label(graph: ReasoningGraph, edge: GraphEdge) -> str:
    """Return what an edge does where it is not simply that its start leads to its end."""
    does = ["holds back"] if edge.holds_back else []
    if graph.by_absence(edge):
        does.append("since it is not known" if edge.start.kind is NodeKind.FACT else "since it is not so")
    return " ".join(does)


def _dot_style(graph: ReasoningGraph, edge: GraphEdge) -> str:
    faint = ', color="gray70"' if edge.part is Part.NONE else ""
    dashed = ', style="dashed"' if edge.holds_back else ', style="dotted"' if graph.by_absence(edge) else ""
    label = f', xlabel="{said}", fontsize=8' if (said := _label(graph, edge)) else ""
    return f"penwidth={THICKNESS[edge.part]}{dashed}{faint}{label}"


def _text(graph: ReasoningGraph, node: GraphNode) -> list[str]:
    said = node_text(graph, node)
    spoken = said.verdict is not None and said.verdict is not Verdict.SILENT
    verdict = [verdict_words(said.verdict)] if spoken and said.verdict else []
    return [*said.lines, *said.value, *verdict]


def _in_dot(lines: list[str]) -> str:
    escaped = (line.replace("\\", "\\\\").replace('"', '\\"') for line in lines)
    return '"' + "\\n".join(escaped) + '"'


def _in_mermaid(lines: list[str]) -> str:
    return (
        '"'
        + "<br>".join(_numbered(line, lambda letter: letter.isalnum() or letter in " ,.:'✓✗◐●○()-") for line in lines)
        + '"'
    )


def _numbered(text: str, plain: Callable[[str], bool]) -> str:
    return "".join(letter if plain(letter) else f"#{ord(letter)};" for letter in text)
