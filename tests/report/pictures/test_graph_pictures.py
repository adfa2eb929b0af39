"""The pictures of the reasoning: well formed whatever is in them, in the same places, and of the rulebook as it is."""

from __future__ import annotations

import builtins
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import hypothesis
import pytest
from pygraphviz import AGraph

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.advice.reasoning_graph import Part, ReasoningGraph, reasoning_graph
from plenipo.errors import UsageError
from plenipo.report.pictures import layout, node_texts
from plenipo.report.pictures.layout import Layout
from plenipo.rulebook.model import Rulebook
from tests.answers import advise, advised, few, shown
from tests.made_up.harbour import FINDINGS, OPTIONS, RULES, STORM

Book = Callable[..., Rulebook]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</script>\"><svg onload='x'>]]>\x01\u2028\u202e\x1b[31m\\N \ud800 <b>&amp; `a` --> end"


def parsed(picture: str) -> ElementTree.Element:
    return ElementTree.fromstring(picture)


def boxes(picture: str) -> list[tuple[str, ...]]:
    places = ("x", "y", "width", "height")
    return [tuple(each.attrib[place] for place in places) for each in parsed(picture).iter(f"{SVG}rect")]


def letters(picture: str) -> list[str]:
    return ["".join(each.itertext()) for each in parsed(picture).iter(f"{SVG}text")]


@pytest.fixture(scope="module")
def bundled() -> Rulebook:
    return plenipo.load_rulebook()


def test_the_places_that_are_kept_are_those_of_the_bundled_rulebook(bundled: Rulebook) -> None:
    kept = json.loads(Path(layout.__file__).with_name(layout.KEPT).read_text(encoding="utf-8"))
    assert kept["digest"] == bundled.digest, "run `make docs`"
    assert kept["layouts"].keys() == {"", *bundled.options}


def test_no_box_of_the_bundled_rulebook_is_on_another_one(bundled: Rulebook) -> None:
    graphs = list(layout.graphs_to_keep(bundled))
    assert len(graphs) == 1 + len(bundled.options)
    for graph in graphs:
        assert overlapping(graph, layout.layout(graph)) == []


def overlapping(graph: ReasoningGraph, found: Layout) -> list[tuple[str, str]]:
    """Return the pairs of nodes whose boxes share more than an edge."""
    sizes = {node: (node_texts.WIDTHS[node.kind], node_texts.height(graph.rulebook, node)) for node in graph.nodes}
    return [
        (one.id, other.id)
        for place, one in enumerate(graph.nodes)
        for other in graph.nodes[place + 1 :]
        if all(
            abs(found.middles[one][axis] - found.middles[other][axis]) < (sizes[one][axis] + sizes[other][axis]) / 2 - 2
            for axis in (0, 1)
        )
    ]


def test_facts_are_at_the_left_and_options_at_the_right(bundled: Rulebook) -> None:
    graph = reasoning_graph(bundled)
    found = layout.layout(graph)
    facts = {found.middles[node][0] for node in graph.nodes if node.kind == "fact"}
    options = {found.middles[node][0] for node in graph.nodes if node.kind == "option"}
    others = {found.middles[node][0] for node in graph.nodes if node.kind == "finding"}
    assert max(facts) < min(others)
    assert max(others) < min(options)


def test_two_situations_have_every_box_in_the_same_place(bundled: Rulebook) -> None:
    before, after = (shown(plenipo.graph(name), "svg") for name in ("late-summer-2020", "november-2020-transition"))
    assert boxes(before) == boxes(after)
    assert before != after


def test_what_decides_is_strong_and_the_rest_is_faint() -> None:
    picture = parsed(shown(plenipo.graph("late-summer-2020", "four_party_talks"), "svg"))
    nodes = {group.attrib["class"] for group in picture.iter(f"{SVG}g")}
    assert "option decides defer" in nodes
    assert "fact decides" in nodes
    assert "fact none unknown" in nodes
    assert "◐ defer" in letters(shown(plenipo.graph("late-summer-2020", "four_party_talks"), "svg"))


def test_a_finding_that_is_not_so_says_so_where_a_verdict_rests_on_that() -> None:
    graph = plenipo.graph("late-summer-2020", "summit_on_process")
    svg, said = parsed(shown(graph, "svg")), " ".join(letters(shown(graph, "svg")))
    assert "✗ not so: Kim has made a major move" in " ".join(said.split())
    assert "✓ Kim has made a major move" not in said
    assert "finding decides not_so" in {group.attrib["class"] for group in svg.iter(f"{SVG}g")}
    edges = [path.attrib["class"] for path in svg.iter(f"{SVG}path")]
    assert "edge decides by_absence to_option defer" in edges
    for meaning in (
        "strong: leads to the verdict",
        "faint: does not apply here",
        "a finding that is not so",
        "a finding",
    ):
        assert meaning in said
    assert "|since it is not so|" in shown(graph, "mermaid")
    assert 'style="dotted", xlabel="since it is not so"' in shown(graph, "dot")
    assert "✓ Not so, as far as is known: Kim has made" in " ".join(shown(graph).split())


def test_a_verdict_that_rests_on_what_nobody_knows_says_so(book: Book) -> None:
    rules = """\
- {id: rough-one, when: {wind: [storm, unknown]}, then: {find: rough}, because: It may blow.}
- {id: wait, when: {rough: true}, then: {defer: sail}, because: Wait.}
- {id: safe-one, when: {sky: clear}, then: {find: safe}, because: Clear.}
- {id: go, when: {safe: false}, then: {consider: paint}, because: Paint.}
"""
    rulebook = book(rules, options=OPTIONS, findings=FINDINGS)
    graph = reasoning_graph(rulebook, advise(rulebook, {}))
    assert "|since it is not known|" in shown(graph, "mermaid")
    assert len(re.findall(r'class="edge decides by_absence[ "]', shown(graph, "svg"))) == 3  # one is in the legend
    listed = " ".join(shown(graph).split())
    assert re.search(rf"\? {rulebook.facts['wind'].name}: not known", listed)
    assert "✓ Not so, as far as is known: The sea is safe." in listed
    full = " ".join(shown(reasoning_graph(rulebook, advise(rulebook, {"sky": "clear"})), full=True).split())
    assert "✗ Plays no part here, though it is so: The sea is safe." in full
    assert "✗ Not so" not in full


def test_the_legend_stays_inside_a_narrow_picture() -> None:
    narrow = parsed(shown(plenipo.graph("late-summer-2020", "summit_to_negotiate"), "svg"))
    legend = [each for each in narrow.findall(f"{SVG}text") if each.attrib.get("class") == "small"]
    assert len(legend) >= 7
    for each in legend:
        assert float(each.attrib["x"]) + 4 * len(each.text or "") < float(narrow.attrib["width"])
        assert float(each.attrib["y"]) < float(narrow.attrib["height"])


def test_every_box_says_its_sentence_and_source_where_one_points_at_it() -> None:
    picture = parsed(shown(plenipo.graph("late-summer-2020", "four_party_talks"), "svg"))
    titles = [title.text or "" for title in picture.iter(f"{SVG}title")]
    assert any("How much friction" in title or "friction" in title for title in titles)
    assert any(re.search(r"\[[AB] ¶\d+", title) for title in titles)


@few
@hypothesis.given(advised())
def test_any_graph_is_drawn_with_every_node_in_every_language(advice: Advice) -> None:
    for unfolded in (False, True):
        graph = reasoning_graph(advice.rulebook, advice, unfolded=unfolded)
        picture = shown(graph, "svg")
        assert len(boxes(picture)) == len(graph.nodes)
        assert overlapping(graph, layout.computed(graph)) == []
        assert shown(graph, "dot").count("[label=") == len(graph.nodes)
        assert len(re.findall(r"-\.->|-->|==>", shown(graph, "mermaid"))) == len(graph.edges)
        told = json.loads(shown(graph, "json"))
        assert len(told["nodes"]) == len(graph.nodes)
        assert {edge["part"] for edge in told["edges"]} <= {part.name.lower() for part in Part}


def hostile(book: Book) -> Rulebook:
    quoted = json.dumps(HOSTILE.replace("\x01", "").replace("\ud800", "").replace("\x1b", ""))
    options = f"options:\n  sea:\n    sail: {{title: {quoted}, cite: A01}}\n"
    findings = f"findings:\n  rough: {{says: {quoted}}}\n"
    rules = f"""\
- {{id: rough-one, when: {{wind: storm}}, then: {{find: rough}}, because: {quoted}}}
- {{id: wait, when: {{rough: true}}, then: {{defer: sail}}, because: {quoted}}}
"""
    return book(rules, options=options, findings=findings)


@pytest.mark.parametrize("format", ["svg", "dot", "mermaid", "md", "text"])
def test_hostile_words_stay_words(book: Book, format: str) -> None:
    rulebook = hostile(book)
    situation = plenipo.load_situation({"wind": "storm"}, rulebook=rulebook)
    told = type(situation)(**{**vars(situation), "title": HOSTILE, "notes": {"wind": HOSTILE}})
    written = shown(reasoning_graph(rulebook, advise(rulebook, told)), format)
    assert not set(written) & {"\x01", "\u2028", "\u202e", "\x1b", "\ud800"}
    if format == "svg":
        tags = {each.tag.removeprefix(SVG) for each in parsed(written).iter()}
        assert tags <= {"svg", "style", "g", "title", "rect", "text", "path"}
        assert not any(name.startswith("on") for each in parsed(written).iter() for name in each.attrib)
        assert any("onload" in text for text in letters(written))
    if format == "mermaid":
        assert "<svg" not in written
        assert written.count('"') % 2 == 0
    if format == "dot":
        assert "\\\\N" in written


def test_dot_is_understood_by_graphviz(book: Book) -> None:
    rulebook = hostile(book)
    graph = reasoning_graph(rulebook, advise(rulebook, STORM))
    read = AGraph(string=shown(graph, "dot"))
    assert len(read.nodes()) == len(graph.nodes)
    assert len(read.edges()) == len(graph.edges)


def test_without_graphviz_it_says_what_to_type(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = book(RULES, options=OPTIONS, findings=FINDINGS)
    imported = builtins.__import__

    def refusing(name: str, *rest: object) -> object:
        if name == "pygraphviz":
            raise ImportError(name)
        return imported(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", refusing)
    with pytest.raises(UsageError, match="Graphviz, which is not installed") as told:
        shown(reasoning_graph(rulebook), "svg")
    assert "plenipo[graph]" in " ".join(told.value.help)
    assert "flowchart" in shown(reasoning_graph(rulebook), "mermaid")
    assert "<svg" in shown(plenipo.graph("late-summer-2020"), "svg")


def test_the_list_beside_the_picture_leads_from_the_verdict_to_the_facts() -> None:
    listed = shown(plenipo.graph("late-summer-2020", "four_party_talks"))
    assert re.search(r"Hold four-party talks with China", listed)
    assert re.search(r"US-China friction: much, or growing", listed)
    assert listed.index("four-party") < listed.index("US-China friction")


def test_a_roadmap_is_drawn_with_every_step() -> None:
    names = list(plenipo.situations())
    assert names
    for name in names:
        road = plenipo.roadmap(name, depth=6)
        drawn = " ".join(letters(shown(road, "svg")))
        assert all(f" {place} " in f" {drawn} " for place in range(1, len(road.first.steps) + 1))


def test_graph_writes_a_file_once(tmp_path: Path) -> None:

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "plenipo", "graph", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    assert run("late-summer-2020", "-o", "all.svg").returncode == 0
    drawn = (tmp_path / "all.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<svg")
    again = run("late-summer-2020", "-o", "all.svg")
    assert (again.returncode, "--force" in again.stderr) == (2, True)
    assert run("late-summer-2020", "-o", "all.svg", "--force").returncode == 0
    unknown = run("late-summer-2020", "-o", "all.doc")
    assert (unknown.returncode, ".svg" in unknown.stderr) == (2, True)
    assert run("-o", "book.mmd").returncode == 0
    assert (tmp_path / "book.mmd").read_text(encoding="utf-8").startswith("flowchart LR")
