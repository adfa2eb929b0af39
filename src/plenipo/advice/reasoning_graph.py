"""
The reasoning as a graph: facts at its start, then findings, then options, joined by the rules that lead to them.

The graph of a rulebook is the same whatever the situation is; an advice says which part of it is at work. Rules are
folded into the edges that they draw, or nodes between them where the graph is unfolded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.rulebook.model import UNKNOWN, Rule, Rulebook, Verb
from plenipo.rulebook.unknown_names import no_option
from plenipo.rulebook.verdict import Verdict


class NodeKind(StrEnum):
    """What a node of the graph is."""

    FACT = "fact"
    FINDING = "finding"
    RULE = "rule"
    OPTION = "option"


class Part(IntEnum):
    """What part something has in an advice, the least first: none, at work, or on the way to the verdict."""

    NONE = 0
    AT_WORK = 1
    DECIDES = 2


@dataclass(frozen=True, order=True)
class GraphNode:
    """A fact, a finding, an option or, in an unfolded graph, a rule, by its id."""

    kind: NodeKind
    id: str


@dataclass(frozen=True)
class Drawing:
    """
    How one rule leads from one end of an edge to the other.

    `verb` is what it draws there. A rule that overrides another `holds_back` what that one would have drawn, and so
    does the exception of a rule.
    """

    rule: Rule
    verb: Verb
    holds_back: bool = False


@dataclass(frozen=True)
class GraphEdge:
    """Two nodes of which the first matters for the second, with the rules by which it does, and its part."""

    start: GraphNode
    end: GraphNode
    drawings: tuple[Drawing, ...]
    part: Part = Part.NONE

    @property
    def holds_back(self) -> bool:
        """Whether all that it does is to keep something from being drawn."""
        return all(drawing.holds_back for drawing in self.drawings)


@dataclass(frozen=True)
class ReasoningGraph:
    """
    The nodes and edges of a rulebook, or of what matters for one `option`, in the order of the rulebook.

    Where there is an `advice`, an edge has the part that it plays there, and the whole has a state to show.
    """

    kind: ClassVar[Literal["graph"]] = "graph"

    rulebook: Rulebook
    advice: Advice | None
    option: str | None
    unfolded: bool
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]

    @cached_property
    def part_of_node(self) -> Mapping[GraphNode, Part]:
        """The part of every node: that of the weightiest edge that leads from it, and for an option its verdict's."""
        found = dict.fromkeys(self.nodes, Part.NONE)
        for edge in self.edges:
            found[edge.start] = max(found[edge.start], edge.part)
            if edge.end.kind is not NodeKind.OPTION:
                found[edge.end] = max(found[edge.end], min(edge.part, Part.AT_WORK))
        for node in self.nodes:
            if node.kind is NodeKind.OPTION and self.verdict(node) is not Verdict.SILENT:
                found[node] = Part.DECIDES
            elif node.kind is NodeKind.FINDING and self.holds(node):
                found[node] = max(found[node], Part.AT_WORK)
        return found

    def verdict(self, node: GraphNode) -> Verdict:
        """Return the verdict on an option, which without an advice is silent."""
        return self.advice.options[node.id].verdict if self.advice else Verdict.SILENT

    def value(self, node: GraphNode) -> str:
        """Return the value of a fact, which is `unknown` where nobody knows it."""
        return self.advice.state.get(node.id, UNKNOWN) if self.advice else UNKNOWN

    def holds(self, node: GraphNode) -> bool:
        """Return whether a finding holds."""
        return self.advice is not None and node.id in self.advice.findings

    def by_absence(self, edge: GraphEdge) -> bool:
        """Return whether an edge is at work since a finding is not found, or since nobody knows a fact."""
        if self.advice is None or edge.part is Part.NONE:
            return False
        if edge.start.kind is NodeKind.FINDING:
            return not self.holds(edge.start)
        return edge.start.kind is NodeKind.FACT and self.value(edge.start) == UNKNOWN

    @cached_property
    def standing(self) -> Mapping[GraphNode, tuple[Rule, ...]]:
        """For each node that rules without any condition lead to: these rules."""
        found: dict[GraphNode, list[Rule]] = {}
        for rule in self.rulebook.rules.values():
            if next(rule.every_atom(), None) is None:
                for drawn in rule.then:
                    found.setdefault(_target(drawn.verb, drawn.on), []).append(rule)
        return {node: tuple(found[node]) for node in self.nodes if node in found}


def reasoning_graph(
    rulebook: Rulebook, advice: Advice | None = None, option: str | None = None, *, unfolded: bool = False
) -> ReasoningGraph:
    """
    Return the graph of a rulebook, as an advice uses it, or of what can matter for one option.

    Raises:
        UsageError: there is no such option.
    """
    if option is not None and option not in rulebook.options:
        raise no_option(rulebook, option)
    edges = _joined(rulebook, advice, unfolded=unfolded)
    nodes = set(_every_node(rulebook, unfolded=unfolded))
    if option is not None:
        nodes = _leading_to(GraphNode(NodeKind.OPTION, option), edges)
        edges = [edge for edge in edges if edge.end in nodes]
    if advice is not None:
        edges = _deciding(edges, option)
    order = (node for node in _every_node(rulebook, unfolded=unfolded) if node in nodes)
    return ReasoningGraph(rulebook, advice, option, unfolded, tuple(order), tuple(edges))


def _every_node(rulebook: Rulebook, *, unfolded: bool) -> Iterator[GraphNode]:
    yield from (GraphNode(NodeKind.FACT, id) for id in rulebook.facts)
    yield from (GraphNode(NodeKind.FINDING, id) for id in rulebook.findings)
    yield from (GraphNode(NodeKind.RULE, id) for id in rulebook.rules if unfolded)
    yield from (GraphNode(NodeKind.OPTION, id) for id in rulebook.options)


def _target(verb: Verb, on: str) -> GraphNode:
    return GraphNode(NodeKind.FINDING if verb is Verb.FIND else NodeKind.OPTION, on)


def _joined(rulebook: Rulebook, advice: Advice | None, *, unfolded: bool) -> list[GraphEdge]:
    """Return every edge once, with all its drawings and the weightiest of their parts."""
    found: dict[tuple[GraphNode, GraphNode], dict[Drawing, Part]] = {}
    for rule in rulebook.rules.values():
        for start, end, drawing, part in _edges_of(rule, rulebook, advice, unfolded=unfolded):
            drawings = found.setdefault((start, end), {})
            drawings[drawing] = max(part, drawings.get(drawing, Part.NONE))
    place = {node: at for at, node in enumerate(_every_node(rulebook, unfolded=unfolded))}
    ordered = sorted(found.items(), key=lambda item: (place[item[0][0]], place[item[0][1]]))
    return [GraphEdge(*ends, tuple(drawings), max(drawings.values())) for ends, drawings in ordered]


#: An edge by one rule: where it starts and ends, how it is drawn, and its part.
_Edge = tuple[GraphNode, GraphNode, Drawing, Part]


def _edges_of(rule: Rule, rulebook: Rulebook, advice: Advice | None, *, unfolded: bool) -> Iterator[_Edge]:
    """Yield the edges that one rule makes: from what it asks about to what it draws and what it holds back."""
    use = _Use(rule, advice)
    ends = [
        (_target(drawn.verb, drawn.on), Drawing(rule, drawn.verb), use.draws(drawn.verb, drawn.on))
        for drawn in rule.then
    ]
    if unfolded:
        node = GraphNode(NodeKind.RULE, rule.id)
        for other in _overridden(rule, rulebook):
            held_back = Drawing(rule, other.then[0].verb, holds_back=True)
            ends.append((GraphNode(NodeKind.RULE, other.id), held_back, use.overrides(other)))
        yield from ((node, end, drawing, part) for end, drawing, part in ends)
        ends = [(node, Drawing(rule, rule.then[0].verb), Part.DECIDES)]
    else:
        ends += [each for each in _held_back(rule, rulebook, use) if each[0] not in {end for end, _, _ in ends}]
    for name, (asked, excepted) in _asked(rule).items():
        start = GraphNode(NodeKind.FACT if name in rulebook.facts else NodeKind.FINDING, name)
        for end, drawing, part in ends:
            if asked:
                yield start, end, drawing, min(part, use.met(name))
            if excepted:
                held = Drawing(rule, drawing.verb, holds_back=True)
                yield start, end, held, Part.AT_WORK if use.excepted_by(name) else Part.NONE


def _overridden(rule: Rule, rulebook: Rulebook) -> Iterator[Rule]:
    return (rulebook.rules[id] for id in rule.overrides if id in rulebook.rules)


def _held_back(rule: Rule, rulebook: Rulebook, use: _Use) -> Iterator[tuple[GraphNode, Drawing, Part]]:
    """Yield what a rule can keep others from drawing: those that it overrides, and those that these override."""
    direct = set(rule.overrides)
    waiting, seen = [*_overridden(rule, rulebook)], {rule.id}
    while waiting:
        other = waiting.pop()
        if other.id in seen:
            continue
        seen.add(other.id)
        part = use.overrides(other) if other.id in direct else Part.NONE
        yield from (
            (_target(each.verb, each.on), Drawing(rule, each.verb, holds_back=True), part) for each in other.then
        )
        waiting += _overridden(other, rulebook)


def _asked(rule: Rule) -> Mapping[str, tuple[bool, bool]]:
    """Return every name that a rule asks about: whether its condition does, and whether its exception does."""
    when = {atom.name for atom in rule.when.every_atom()}
    unless = {atom.name for atom in rule.unless.every_atom()} if rule.unless else set[str]()
    return {atom.name: (atom.name in when, atom.name in unless) for atom in rule.every_atom()}


class _Use:
    """What part a rule and its comparisons have in an advice."""

    def __init__(self, rule: Rule, advice: Advice | None) -> None:
        self.rule, self.advice = rule, advice
        firing = advice.fired.get(rule.id) if advice else None
        self.acts = firing is not None and not firing.overridden_by
        self._met = {atom.name for atom in firing.met} if firing and self.acts else set[str]()
        self._blocked = self._excepting()

    def draws(self, verb: Verb, on: str) -> Part:
        """Return the part of a conclusion: it decides where it is the verdict."""
        if not self.acts or self.advice is None:
            return Part.NONE
        if verb in (Verb.FIND, Verb.CAUTION):
            return Part.AT_WORK
        return Part.DECIDES if self.advice.options[on].verdict.value == verb.value else Part.AT_WORK

    def overrides(self, other: Rule) -> Part:
        """Return the part of overriding another rule: it is at work where both fired and this one acts."""
        return Part.AT_WORK if self.acts and self.advice and other.id in self.advice.fired else Part.NONE

    def met(self, name: str) -> Part:
        """Return the most that a comparison with a name can be: it has no part where it was not met."""
        return Part.DECIDES if name in self._met else Part.NONE

    def excepted_by(self, name: str) -> bool:
        """Return whether the rule did not fire since its exception holds, by a comparison with this name."""
        return name in self._blocked

    def _excepting(self) -> set[str]:
        if self.advice is None or self.rule.unless is None:
            return set()
        state = self.advice.state
        if not (self.rule.when.holds(state) and self.rule.unless.holds(state)):
            return set()
        return {atom.name for atom in self.rule.unless.met(state)}


def _leading_to(end: GraphNode, edges: Iterable[GraphEdge]) -> set[GraphNode]:
    """Return a node and all from which edges lead to it."""
    before: dict[GraphNode, list[GraphNode]] = {}
    for edge in edges:
        before.setdefault(edge.end, []).append(edge.start)
    found, waiting = {end}, [end]
    while waiting:
        for start in before.get(waiting.pop(), ()):
            if start not in found:
                found.add(start)
                waiting.append(start)
    return found


def _deciding(edges: Iterable[GraphEdge], option: str | None) -> list[GraphEdge]:
    """
    Return the edges, where those that decide are the whole way from facts to a verdict: the option's, or to any.

    An edge into a finding or a rule decides where it is at work and something goes on from there that decides.
    """
    edges = list(edges)
    before: dict[GraphNode, list[GraphEdge]] = {}
    for edge in edges:
        before.setdefault(edge.end, []).append(edge)
    waiting = [node for node in before if node.kind is NodeKind.OPTION and option in (None, node.id)]
    seen = set(waiting)
    chosen: set[tuple[GraphNode, GraphNode]] = set()
    while waiting:
        node = waiting.pop()
        needed = Part.DECIDES if node.kind is NodeKind.OPTION else Part.AT_WORK
        for edge in before.get(node, ()):
            if edge.part >= needed and not edge.holds_back:
                chosen.add((edge.start, edge.end))
                if edge.start not in seen:
                    seen.add(edge.start)
                    waiting.append(edge.start)
    return [_with_part(edge, decides=(edge.start, edge.end) in chosen) for edge in edges]


def _with_part(edge: GraphEdge, *, decides: bool) -> GraphEdge:
    part = Part.DECIDES if decides else min(edge.part, Part.AT_WORK)
    return GraphEdge(edge.start, edge.end, edge.drawings, part)
