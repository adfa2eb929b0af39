"""The reasoning as a graph: everything that matters for an option is in it, and what decides is joined up."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.advice.reasoning_graph import GraphNode, NodeKind, Part, ReasoningGraph, reasoning_graph
from plenipo.errors import UsageError
from plenipo.rulebook.model import Rulebook, Verb
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, advised, few
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM
from tests.strategies import rulebooks, situations

Book = Callable[..., Rulebook]


def ends(graph: ReasoningGraph) -> set[tuple[str, str]]:
    return {(edge.start.id, edge.end.id) for edge in graph.edges}


@few
@hypothesis.given(st.data())
def test_a_fact_outside_the_graph_of_an_option_never_changes_its_verdict(data: st.DataObject) -> None:
    book = data.draw(rulebooks())
    before, after = data.draw(situations(book)), data.draw(situations(book))
    assert book.options
    for option in book.options:
        inside = {node.id for node in reasoning_graph(book, option=option).nodes if node.kind is NodeKind.FACT}
        mixed = {**after, **{id: before[id] for id in inside & before.keys()}}
        mixed = {id: value for id, value in mixed.items() if id not in inside or id in before}
        assert advise(book, before).options[option].verdict is advise(book, mixed).options[option].verdict


@few
@hypothesis.given(advised(), st.booleans())
def test_what_met_a_deciding_rule_leads_to_the_verdict(advice: Advice, unfolded: bool) -> None:
    graph = reasoning_graph(advice.rulebook, advice, unfolded=unfolded)
    deciding = {(edge.start.id, edge.end.id) for edge in graph.edges if edge.part is Part.DECIDES}
    assert advice.options
    for option, said in advice.options.items():
        for rule in said.decided_by:
            end = rule.id if unfolded else option
            assert {(atom.name, end) for atom in advice.fired[rule.id].met} <= deciding
            assert not unfolded or (rule.id, option) in deciding


@few
@hypothesis.given(advised())
def test_what_decides_decides_something_and_has_a_beginning(advice: Advice) -> None:
    graph = reasoning_graph(advice.rulebook, advice)
    deciding = [edge for edge in graph.edges if edge.part is Part.DECIDES]
    starts = {edge.start for edge in deciding}
    assert all(edge.end in starts or graph.verdict(edge.end) is not Verdict.SILENT for edge in deciding)
    assert all(any(drawing.rule.id in advice.fired for drawing in edge.drawings) for edge in deciding)


@few
@hypothesis.given(advised())
def test_nodes_and_edges_are_the_same_in_every_situation(advice: Advice) -> None:
    graph, bare = reasoning_graph(advice.rulebook, advice), reasoning_graph(advice.rulebook)
    assert graph.nodes == bare.nodes
    assert ends(graph) == ends(bare)
    assert [edge.drawings for edge in graph.edges] == [edge.drawings for edge in bare.edges]
    assert {edge.part for edge in bare.edges} <= {Part.NONE}


def test_the_graph_of_an_option_has_what_leads_to_it_and_nothing_else(book: Book) -> None:
    graph = reasoning_graph(book(RULES, options=OPTIONS, findings=FINDINGS), option="cross")
    assert ends(graph) == {("tide", "cross"), ("moon", "cross"), ("rough", "cross"), ("wind", "rough")}
    assert {node.id for node in graph.nodes} == {"tide", "moon", "wind", "rough", "cross"}


def test_what_decides_in_a_storm(book: Book) -> None:
    rulebook = book(RULES, options=OPTIONS, findings=FINDINGS)
    graph = reasoning_graph(rulebook, advise(rulebook, STORM), "sail")
    deciding = {(edge.start.id, edge.end.id) for edge in graph.edges if edge.part is Part.DECIDES}
    assert deciding == {("wind", "rough"), ("rough", "sail")}


def test_an_exception_is_told_from_a_condition(book: Book) -> None:
    graph = reasoning_graph(book(RULES, options=OPTIONS, findings=FINDINGS), option="sail")
    held = {(edge.start.id, edge.end.id) for edge in graph.edges if edge.holds_back}
    assert held == {("sky", "sail")}


def test_an_override_of_an_override_matters_too(book: Book) -> None:
    rules = """\
- {id: go, then: {recommend: sail}}
- {id: not-in-a-storm, when: {wind: storm}, then: {recommend: rest}, overrides: go}
- {id: unless-at-night, when: {sky: dark}, then: {find: safe}, overrides: not-in-a-storm}
- {id: always-rough, then: {find: rough}}
"""
    graph = reasoning_graph(book(rules, options=OPTIONS, findings=FINDINGS), option="sail")
    assert ends(graph) == {("wind", "sail"), ("sky", "sail")}


def test_a_rule_without_a_condition_is_standing(book: Book) -> None:
    graph = reasoning_graph(book(RULES, options=OPTIONS, findings=FINDINGS))
    standing = {node.id: [rule.id for rule in rules] for node, rules in graph.standing.items()}
    assert standing["sail"] == ["sail-anyway", "mind-the-reef"]
    assert "paint" not in standing


def test_an_option_that_is_not_there_is_told(book: Book) -> None:
    with pytest.raises(UsageError, match="no option is called `sial`"):
        reasoning_graph(book(RULES, options=OPTIONS, findings=FINDINGS), option="sial")


def test_every_conclusion_of_the_bundled_rulebook_is_in_its_graph() -> None:
    book = plenipo.load_rulebook()
    graph = reasoning_graph(book)
    drawn = {(drawing.rule.id, drawing.verb, edge.end) for edge in graph.edges for drawing in edge.drawings}
    conditional = [rule for rule in book.rules.values() if next(rule.every_atom(), None) is not None]
    assert len(conditional) > 100
    for rule in conditional:
        for each in rule.then:
            kind = NodeKind.FINDING if each.verb is Verb.FIND else NodeKind.OPTION
            assert (rule.id, each.verb, GraphNode(kind, each.on)) in drawn
