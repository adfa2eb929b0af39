"""
Where the boxes and edges of a graph stand: the same for every situation, so that two pictures can be laid side by side.

For the rulebook that comes with plenipo the places were worked out beforehand, by the digest of the rulebook. For any
other, and for an unfolded graph, Graphviz works them out, which is an extra. It is never given any text of ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from plenipo.advice.reasoning_graph import GraphEdge, GraphNode, NodeKind, ReasoningGraph
from plenipo.errors import UsageError
from plenipo.report.pictures import node_texts
from plenipo.rulebook.model import Rulebook

#: Beside this module: digest, and layout by the id of an option, with that of the whole rulebook under "".
KEPT = "bundled_layouts.json"
#: A point of a picture: how far from its left and its upper edge.
Point = tuple[int, int]
_POINTS_IN_AN_INCH = 72
#: Between the first column and the last where nothing is between them, in points.
_GAP = 70


@dataclass(frozen=True)
class Layout:
    """
    How large a picture is, in points, the middle of each box, and the curve of each edge.

    A curve is a start and then three points for each piece, as SVG and Graphviz have them; its tip comes last.
    """

    width: int
    height: int
    middles: Mapping[GraphNode, Point]
    curves: Mapping[tuple[GraphNode, GraphNode], tuple[Point, ...]]


def layout(graph: ReasoningGraph) -> Layout:
    """
    Return the places of a graph.

    Raises:
        UsageError: they are not kept, and Graphviz is not installed.
    """
    kept = _kept()
    if graph.rulebook.digest and kept.get("digest") == graph.rulebook.digest and not graph.unfolded:
        return _read(graph, kept["layouts"][graph.option or ""])
    return computed(graph)


def computed(graph: ReasoningGraph) -> Layout:
    """
    Return the places that Graphviz finds for a graph: facts in the first column, options in the last.

    Raises:
        UsageError: Graphviz is not installed.
    """
    try:
        from pygraphviz import AGraph  # noqa: PLC0415 - an extra
    except ImportError:
        why = "an unfolded graph" if graph.unfolded else "the graph of this rulebook"
        help = "type: pip install 'plenipo[graph]' (the text, JSON, dot and mermaid formats need nothing)"
        raise UsageError(f"to draw {why}, plenipo needs Graphviz, which is not installed", help=(help,)) from None
    separation = {"nodesep": "0.02", "ranksep": "1.1" if graph.option is None else "0.7"}
    drawn = AGraph(directed=True, rankdir="LR", splines="true", **separation)
    drawn.node_attr.update(shape="box", fixedsize="true", label="")
    drawn.edge_attr.update(tailport="e", headport="w")
    joined = {node for edge in graph.edges for node in (edge.start, edge.end)}
    names = {node: f"n{place}" for place, node in enumerate(graph.nodes) if node in joined}
    for node, name in names.items():
        width, height = node_texts.WIDTHS[node.kind], node_texts.height(graph.rulebook, node)
        drawn.add_node(name, width=width / _POINTS_IN_AN_INCH, height=height / _POINTS_IN_AN_INCH)
    for kind in (NodeKind.FACT, NodeKind.OPTION):
        if column := [name for node, name in names.items() if node.kind is kind]:
            drawn.add_subgraph(column, rank="same")
    for edge in graph.edges:
        drawn.add_edge(names[edge.start], names[edge.end])
    drawn.layout("dot")
    _, _, right, top = (float(each) for each in (drawn.graph_attr["bb"] or "0,0,0,0").split(","))

    def point(text: str) -> Point:
        x, y = text.split(",")
        return round(float(x)), round(top - float(y))

    middles = {node: point(drawn.get_node(name).attr["pos"]) for node, name in names.items()}
    curves = {}
    for edge in graph.edges:
        tip, *rest = drawn.get_edge(names[edge.start], names[edge.end]).attr["pos"].split()
        curves[edge.start, edge.end] = (*map(point, rest), point(tip.removeprefix("e,")))
    return _with_unjoined(graph, Layout(round(right), round(top), middles, curves))


def _with_unjoined(graph: ReasoningGraph, found: Layout) -> Layout:
    """Return the layout with the boxes that no edge reaches below the others, options at the right."""
    middles, widths = dict(found.middles), node_texts.WIDTHS
    left = max((widths[node.kind] for node in graph.nodes if node.kind is not NodeKind.OPTION), default=0)
    width = max(found.width, left + _GAP + widths[NodeKind.OPTION])
    bottom = found.height
    sides = {True: _end(graph, middles, width - widths[NodeKind.OPTION]), False: found.height}
    for node in graph.nodes:
        if node not in middles:
            at_right = node.kind is NodeKind.OPTION
            height, half = node_texts.height(graph.rulebook, node), widths[node.kind] // 2
            middles[node] = (width - half if at_right else half, sides[at_right] + height // 2 + 1)
            sides[at_right] += height + 2
            bottom = max(bottom, sides[at_right])
    return Layout(width, bottom, middles, found.curves)


def _end(graph: ReasoningGraph, middles: Mapping[GraphNode, Point], left: int) -> int:
    """Return where the lowest of the boxes ends that reach further to the right than `left`."""
    beyond = (node for node, (x, _) in middles.items() if x + node_texts.WIDTHS[node.kind] / 2 > left)
    return max((middles[node][1] + node_texts.height(graph.rulebook, node) // 2 + 1 for node in beyond), default=0)


def written(graphs: Iterable[ReasoningGraph], digest: str) -> str:
    """Return what is kept for a rulebook of this digest: the places of some of its graphs, as JSON."""
    layouts = {graph.option or "": _plain(graph, computed(graph)) for graph in graphs}
    lines = [f"{json.dumps(name)}: {json.dumps(each, separators=(',', ':'))}" for name, each in layouts.items()]
    return "\n".join([f'{{"digest": {json.dumps(digest)}, "layouts": {{', ",\n".join(lines), "}}", ""])


@cache
def _kept() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(files("plenipo.report.pictures").joinpath(KEPT).read_text(encoding="utf-8"))
    return found


def _plain(graph: ReasoningGraph, found: Layout) -> list[Any]:
    """Return places as numbers, in the order of the nodes and edges of the graph."""
    middles = [number for node in graph.nodes for number in found.middles[node]]
    curves = [[number for point in found.curves[_ends(edge)] for number in point] for edge in graph.edges]
    return [found.width, found.height, middles, curves]


def _read(graph: ReasoningGraph, plain: list[Any]) -> Layout:
    width, height, middles, curves = plain
    return Layout(
        width,
        height,
        dict(zip(graph.nodes, _points(middles), strict=True)),
        {_ends(edge): _points(curve) for edge, curve in zip(graph.edges, curves, strict=True)},
    )


def _points(numbers: list[int]) -> tuple[Point, ...]:
    return tuple(zip(numbers[::2], numbers[1::2], strict=True))


def _ends(edge: GraphEdge) -> tuple[GraphNode, GraphNode]:
    return edge.start, edge.end


def graphs_to_keep(rulebook: Rulebook) -> Iterable[ReasoningGraph]:
    """Yield the graphs of a rulebook whose places are kept: the whole, and that of each option."""
    from plenipo.advice.reasoning_graph import reasoning_graph  # noqa: PLC0415

    yield reasoning_graph(rulebook)
    yield from (reasoning_graph(rulebook, option=id) for id in rulebook.options)
