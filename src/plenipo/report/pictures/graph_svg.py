"""A reasoning graph as SVG: what decides is strong, what is at work plain, the rest faint; the places never move."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from plenipo.advice.reasoning_graph import Drawing, GraphEdge, GraphNode, NodeKind, Part, ReasoningGraph
from plenipo.report import words
from plenipo.report.document import anchor
from plenipo.report.pictures import node_texts, svg
from plenipo.report.pictures.layout import Layout, Point, layout
from plenipo.report.pictures.node_texts import (
    EDGE,
    FOUND,
    LINE,
    NOT_FOUND,
    first_line,
    node_text,
    tooltip,
    verdict_words,
)
from plenipo.rulebook.model import UNKNOWN
from plenipo.rulebook.verdict import Verdict

#: Above the boxes: the title, and the heading of each column; below them: what the lines mean.
TOP, BELOW, SIDE = 44, 18, 8
#: The height of a line of the legend, the length of each line that it shows, and how wide a letter of it is.
LEGEND_LINE, SAMPLE, LETTER = 14, 28, 4.5
#: The verdict stands this far from the right end of its box.
INSIDE = 5
COLUMNS = {NodeKind.FACT: "Facts", NodeKind.FINDING: "Findings", NodeKind.RULE: "Rules", NodeKind.OPTION: "Options"}
NOT_SO = "not so, as far as is known"
#: Below the picture: each kind of line, and each mark, with what it means.
LINES = (
    ("decides", "strong: leads to the verdict"),
    ("at_work", "applies here, and does not decide"),
    ("none", "faint: does not apply here"),
    ("decides by_absence", "leads there since something is not so, or not known"),
    ("at_work holds_back", "holds another rule back"),
)
MARKS = (
    (FOUND.strip(), "a finding that the rules lead to"),
    (NOT_FOUND.split()[0], f"a finding that is {NOT_SO}"),
)


def graph_svg(graph: ReasoningGraph, places_on_page: Collection[str] | None = None) -> str:
    """
    Return a graph as SVG: as a file of its own, or for a page that has the style of pictures.

    On a page, which has places for some of the boxes (see `document.anchor`), these boxes lead there.

    Raises:
        UsageError: nobody worked its places out yet, and Graphviz is not installed.
    """
    places = layout(graph)
    width = places.width + 2 * SIDE
    legend = _legend(width) if graph.advice else []
    height = places.height + TOP + (BELOW + LEGEND_LINE * (legend[-1].row + 1) - 4 if legend else 0)
    title = _title(graph)
    linked = places_on_page or ()
    label = f"{title}: facts at the left lead to options at the right"
    drawn = svg.picture(width, height, label, linked=bool(linked))
    svg.text(drawn, SIDE, 16, first_line(title, width), "heading")
    for kind, x in _columns(places).items():
        svg.text(drawn, x + SIDE, 36, COLUMNS[kind], "column")
    moved = svg.group(drawn, ("all",))
    moved.set("transform", f"translate({SIDE} {TOP})")
    for edge in sorted(graph.edges, key=lambda edge: edge.part):
        _draw_edge(graph, moved, edge, places.curves[edge.start, edge.end])
    for node in graph.nodes:
        _draw_node(graph, moved, node, places, linked)
    if graph.advice:
        _draw_legend(drawn, legend, places.height + TOP + BELOW)
    return svg.written(drawn, alone=places_on_page is None)


def _title(graph: ReasoningGraph) -> str:
    about = graph.rulebook.options[graph.option].title if graph.option else ""
    where = words.title(graph.advice.situation) if graph.advice else ""
    return ": ".join(part for part in (about, where) if part) or "The rulebook"


def _columns(places: Layout) -> dict[NodeKind, int]:
    """Return where the leftmost box of each kind begins."""
    found: dict[NodeKind, int] = {}
    for node, (x, _) in places.middles.items():
        left = x - node_texts.WIDTHS[node.kind] // 2
        found[node.kind] = min(left, found.get(node.kind, left))
    return found


def _draw_edge(graph: ReasoningGraph, parent: svg.Element, edge: GraphEdge, curve: tuple[Point, ...]) -> None:
    classes = [edge.part.name.lower() if edge.part else "none"]
    if edge.holds_back:
        classes.append("holds_back")
    elif graph.by_absence(edge):
        classes.append("by_absence")
    if edge.end.kind is NodeKind.OPTION:
        classes += ["to_option", graph.verdict(edge.end).value]
    *points, tip = curve
    start, *rest = (f"{x} {y}" for x, y in points)
    said = tooltip(line for drawing in edge.drawings for line in _said_of_drawing(graph, drawing))
    svg.path(parent, f"M{start}C{' '.join(rest)}", " ".join(["edge", *classes]), said)
    svg.path(parent, _arrow(points[-1], tip), " ".join(["tip", *classes]))


def _arrow(before: Point, tip: Point) -> str:
    """Return the head of an arrow that ends at a tip."""
    across, down = tip[0] - before[0], tip[1] - before[1]
    length = max((across**2 + down**2) ** 0.5, 1)
    aside, along = -down / length * 2.2, across / length * 2.2
    corners = (tip, (before[0] + aside, before[1] + along), (before[0] - aside, before[1] - along))
    return "M" + "L".join(f"{x:.4g} {y:.4g}" for x, y in corners) + "Z"


def _draw_node(
    graph: ReasoningGraph, parent: svg.Element, node: GraphNode, places: Layout, linked: Collection[str]
) -> None:
    said, (x, y) = node_text(graph, node), places.middles[node]
    width, height = node_texts.WIDTHS[node.kind], node_texts.height(graph.rulebook, node)
    left, top = x - width / 2, y - height / 2
    place = anchor(node.kind.value, node.id)
    href = f"#{place}" if place in linked else ""
    drawn = svg.group(parent, _classes(graph, node), tooltip(_said_of_node(graph, node)), href)
    svg.box(drawn, left, top + 1, width, height - 2)
    base = svg.lines(drawn, left + INSIDE, top + EDGE + LINE - 2.5, said.lines)
    svg.lines(drawn, left + INSIDE, base, said.value, "value")
    if said.verdict is not None and said.verdict is not Verdict.SILENT:
        end = left + width - INSIDE
        svg.text(drawn, end, top + EDGE + LINE - 2.5, verdict_words(said.verdict), "said", anchor="end")


def _classes(graph: ReasoningGraph, node: GraphNode) -> Iterator[str]:
    yield node.kind.value
    part = graph.part_of_node[node] if graph.advice else Part.AT_WORK
    yield part.name.lower()
    if node.kind is NodeKind.OPTION:
        yield graph.verdict(node).value
    elif node.kind is NodeKind.FACT and graph.advice and graph.value(node) == UNKNOWN:
        yield "unknown"
    elif node.kind is NodeKind.FINDING and graph.advice and not graph.holds(node):
        yield "not_so"


def _said_of_node(graph: ReasoningGraph, node: GraphNode) -> Iterator[str]:
    """Yield what is said of a box where one points at it: what it means, how it stands, and its sources."""
    book, advice = graph.rulebook, graph.advice
    if node.kind is NodeKind.FACT:
        yield book.facts[node.id].ask
        if advice:
            yield words.labels(book.facts[node.id], [graph.value(node)])
            yield advice.situation.notes.get(node.id, "")
    elif node.kind is NodeKind.FINDING:
        yield book.findings[node.id].says
        yield ("found" if graph.holds(node) else NOT_SO) if advice else ""
    elif node.kind is NodeKind.RULE:
        yield from _said_of_drawing(graph, Drawing(book.rules[node.id], book.rules[node.id].then[0].verb))
        yield node.id
    else:
        yield book.options[node.id].title
        for rule in advice.options[node.id].decided_by if advice else ():
            yield f"{graph.verdict(node).value}: {rule.because} {words.rule_sources(rule, book)}"
    for rule in graph.standing.get(node, ()) if advice is None else ():
        yield f"{words.unconditional(rule, book)}: {rule.because} {words.rule_sources(rule, book)}"


def _said_of_drawing(graph: ReasoningGraph, drawing: Drawing) -> Iterator[str]:
    rule = drawing.rule
    verb = "holds back" if drawing.holds_back else drawing.verb.value
    yield f"{verb}: {rule.because or rule.id} {words.rule_sources(rule, graph.rulebook)}".rstrip()


class _Entry(NamedTuple):
    """An entry of the legend: where it stands, a line of some classes or else a mark, and what that means."""

    x: float
    row: int
    classes: str
    mark: str
    meaning: str


def _legend(width: int) -> list[_Entry]:
    """Return the entries of the legend, in as many rows as it takes where a picture is so wide."""
    found: list[_Entry] = []
    x, row = float(SIDE), 0
    entries = [*((line, "", meaning) for line, meaning in LINES), *(("", *each) for each in MARKS)]
    for classes, mark, meaning in entries:
        wide = (12 if mark else SAMPLE + 5) + LETTER * len(meaning)
        if found and x + wide > width - SIDE:
            x, row = float(SIDE), row + 1
        found.append(_Entry(x, row, classes, mark, meaning))
        x += wide + 16
    return found


def _draw_legend(parent: svg.Element, entries: list[_Entry], top: int) -> None:
    for each in entries:
        y = top + LEGEND_LINE * each.row
        if each.mark:
            svg.text(parent, each.x, y, each.mark, "small")
            svg.text(parent, each.x + 12, y, each.meaning, "small")
        else:
            svg.path(parent, f"M{each.x} {y - 3}H{each.x + SAMPLE}", f"edge {each.classes}")
            svg.text(parent, each.x + SAMPLE + 5, y, each.meaning, "small")
