"""
The sources: what the bundled seeds must look like, and how a text is told by the fingerprints of its paragraphs.

The essays themselves are not in the project, so that the texts here are made up; `make verify-sources` checks the
bundled fingerprints against the reader's own copies.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plenipo.rulebook.essays import (
    WhereFound,
    cited_paragraphs,
    fingerprint,
    paragraphs,
    read_text,
    verify,
)
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import LARGEST
from plenipo.rulebook.locations import home
from plenipo.rulebook.model import Proposition, Source, Strength

#: The content of each seed file, by its id.
Seeds = Mapping[str, Any]
KINDS = {
    "aim",
    "condition",
    "conditional",
    "observation",
    "ordering",
    "precedent",
    "premise",
    "recommendation",
    "warning",
}
GARDEN = ("Roses need light,\nand patience.", "Prune them in March.", "Caf\u00e9 grounds do no harm.", "Water at dusk.")
HARBOUR = ("Boats come in at noon.", "Fog delays them.")


def source(id: str, texts: tuple[str, ...], *, file: str = "") -> Source:
    """Return a source of these paragraphs, each of which two propositions cite."""
    said = {
        f"{id}{number}{part}": Proposition(f"{id}{number}{part}", id, number, "premise", Strength.PLAIN, "So it is.")
        for number in range(1, len(texts) + 1)
        for part in "ab"
    }
    return Source(id, "Nobody", file or f"{id}.txt", tuple(fingerprint(text) for text in texts), said)


SOURCES = {"G": source("G", GARDEN, file="garden.txt"), "H": source("H", HARBOUR, file="harbour.txt")}


def essay(*blocks: str) -> str:
    return "\n\n".join(("A heading", *blocks, "About the author: nobody.")) + "\n"


def standings(text: str) -> list[str]:
    return [each.standing.value for each in verify(SOURCES, text, "it").paragraphs]


# The bundled seeds


@pytest.fixture(scope="module")
def seeds() -> Seeds:
    """The two seed files, every scalar as its text."""
    folder = home() / "seeds"
    return {id: yaml.load((folder / f"{id}.yaml").read_text("utf-8"), Loader=yaml.BaseLoader) for id in "AB"}


@pytest.mark.parametrize(("id", "propositions", "blocks"), [("A", 67, 11), ("B", 72, 39)])
def test_a_seed_has_its_propositions_and_paragraphs(seeds: Seeds, id: str, propositions: int, blocks: int) -> None:
    seed = seeds[id]
    assert seed["id"] == id
    assert seed["file"].endswith(".txt")
    assert list(seed["propositions"]) == [f"{id}{number:02}" for number in range(1, propositions + 1)]
    assert len(seed["paragraphs"]) == len(set(seed["paragraphs"])) == blocks
    assert all(re.fullmatch("[0-9a-f]{64}", each) for each in seed["paragraphs"])


@pytest.mark.parametrize(("id", "blocks"), [("A", 11), ("B", 39)])
def test_propositions_follow_the_text_and_cite_every_paragraph(seeds: Seeds, id: str, blocks: int) -> None:
    cited = [int(said["paragraph"]) for said in seeds[id]["propositions"].values()]
    assert cited == sorted(cited)
    assert set(cited) == set(range(1, blocks + 1))


@pytest.mark.parametrize("id", ["A", "B"])
def test_every_proposition_is_a_sentence_with_a_kind_and_a_strength(seeds: Seeds, id: str) -> None:
    assert seeds[id]["propositions"]
    for name, said in seeds[id]["propositions"].items():
        assert said["kind"] in KINDS, name
        assert said["strength"] in set(Strength), name
        assert said["says"].endswith("."), name
        assert set(said) <= {"paragraph", "kind", "strength", "hedge", "says", "background"}, name


def test_no_two_propositions_say_the_same(seeds: Seeds) -> None:
    said = [each["says"] for seed in seeds.values() for each in seed["propositions"].values()]
    assert len(said) == len(set(said)) == 139


def test_the_only_must_is_working_level_engagement(seeds: Seeds) -> None:
    """K27: nothing is put more strongly than its author puts it."""
    strong = {name: said["strength"] for seed in seeds.values() for name, said in seed["propositions"].items()}
    assert [name for name, strength in strong.items() if strength == "must"] == ["B20"]
    assert [name for name, strength in strong.items() if strength == "should" and name[0] == "A"] == [
        "A14",
        "A19",
        "A54",
        "A55",
        "A56",
        "A58",
    ]


def test_essay_b_is_of_september_2020_and_its_title_is_marked_as_ours(seeds: Seeds) -> None:
    """K31: its file has neither title nor date; a public copy gives the outlet and the month, not the day."""
    essay = seeds["B"]
    assert (essay["outlet"], essay["date"]) == ("Asia Times", "2020-09")
    assert essay["title"].endswith("(our description)")


# Telling a text


def test_a_whole_text_is_confirmed() -> None:
    found = verify(SOURCES, essay(*GARDEN), "garden.txt")
    assert (found.name, found.source, found.confirmed, found.astray) == ("garden.txt", "G", True, ())
    assert found.paragraphs[1].number == 2
    assert found.paragraphs[1].propositions == ("G2a", "G2b")


def test_what_stands_between_paragraphs_is_passed_over() -> None:
    assert verify(SOURCES, essay(GARDEN[0], "A caption", *GARDEN[1:]), "it").confirmed


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="windows line ends"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="old mac line ends"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: unicodedata.normalize("NFD", text), id="decomposed"),
        pytest.param(lambda text: text.replace("\n", "  \t\n"), id="trailing white space"),
        pytest.param(lambda text: text.replace(" ", "\u00a0 "), id="no-break spaces"),
        pytest.param(lambda text: text.replace("light,\nand", "light, and"), id="not wrapped"),
        pytest.param(lambda text: text.replace("\n\n", "\n\n \n\n\n"), id="more blank lines"),
    ],
)
def test_how_a_text_is_set_makes_no_difference(change: Callable[[str], str]) -> None:
    text = change("Roses first.\n\n" + essay(*GARDEN))
    assert verify(SOURCES, text, "it").confirmed


@pytest.mark.parametrize("changed", ["Prune them in April.", "prune them in March.", "Prune them in March", ""])
def test_a_changed_paragraph_is_missing_with_what_cites_it(changed: str) -> None:
    found = verify(SOURCES, essay(GARDEN[0], changed, *GARDEN[2:]), "it")
    assert not found.confirmed
    (astray,) = found.astray
    assert (astray.number, astray.standing, astray.propositions) == (2, WhereFound.MISSING, ("G2a", "G2b"))


def test_a_paragraph_out_of_order_is_named_and_the_others_keep_their_place() -> None:
    text = essay(GARDEN[3], *GARDEN[:3])
    assert standings(text) == ["in-place", "in-place", "in-place", "out-of-place"]


def test_a_paragraph_that_also_stands_elsewhere_is_in_its_place() -> None:
    assert verify(SOURCES, essay(GARDEN[3], *GARDEN, GARDEN[0]), "it").confirmed


def test_a_source_may_repeat_itself() -> None:
    twice = {"R": source("R", ("Again.", "Once.", "Again."))}
    assert verify(twice, essay("Again.", "Once.", "Again."), "it").confirmed
    assert len(verify(twice, essay("Again.", "Once."), "it").astray) == 1


def test_a_text_is_the_source_of_which_it_has_most() -> None:
    assert verify(SOURCES, essay(HARBOUR[0], *GARDEN[:2]), "it").source == "G"
    assert verify(SOURCES, essay(*HARBOUR, GARDEN[0]), "it").source == "H"


@pytest.mark.parametrize("text", ["", "\n \n", "Nothing of the kind.", "\x00\x01", "\ufeff"])
def test_a_text_of_neither_is_said_to_be_none(text: str) -> None:
    found = verify(SOURCES, text, "it")
    assert (found.source, found.confirmed, found.paragraphs) == (None, False, ())


def test_without_sources_every_text_is_of_none() -> None:
    assert verify({}, essay(*GARDEN), "it").source is None


@given(st.permutations(range(4)))
def test_as_many_as_possible_are_in_place(order: list[int]) -> None:
    """The paragraphs in place keep their order in the text, and no larger set of them would."""
    found = verify(SOURCES, essay(*(GARDEN[index] for index in order)), "it")
    placed = [each.number - 1 for each in found.paragraphs if each.standing is WhereFound.IN_PLACE]
    at = [order.index(index) for index in placed]
    assert at == sorted(at)
    subsets = [[index for index in range(4) if bits >> index & 1] for bits in range(16)]
    ordered = [some for some in subsets if (there := [order.index(i) for i in some]) == sorted(there)]
    assert len(placed) == max(map(len, ordered))


@given(st.text())
def test_any_text_can_be_cut_and_cut_again(text: str) -> None:
    blocks = paragraphs(text)
    assert paragraphs("\n\n".join(blocks)) == blocks
    assert all(block == " ".join(block.split()) != "" for block in blocks)


@given(st.text(st.characters(exclude_categories=())))
def test_every_paragraph_has_a_fingerprint(text: str) -> None:
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(text))


# The reader's own copies


def test_cited_paragraphs_are_told_by_number() -> None:
    text = essay(GARDEN[2], GARDEN[0])
    assert cited_paragraphs(SOURCES["G"], text) == {1: "Roses need light, and patience.", 3: GARDEN[2]}


# Reading


def faults_of(path: Path) -> list[tuple[str, int]]:
    faults = Faults()
    assert read_text(path, faults) is None
    return [(found.check, found.location.line) for found in faults]


def test_a_text_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "garden.txt"
    path.write_bytes(essay(*GARDEN).encode())
    assert read_text(path, Faults()) == essay(*GARDEN)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", ("empty-file", 0), id="empty"),
        pytest.param(b"\xef\xbb\xbf \n", ("empty-file", 0), id="blank"),
        pytest.param(b"one\ntwo \xff", ("not-utf8", 2), id="not utf-8"),
        pytest.param(b"\x7fELF\x02\x01\x00\x00\xd0\x00", ("not-utf8", 1), id="binary"),
        pytest.param("text".encode("utf-16"), ("not-utf8", 1), id="utf-16"),
        pytest.param(b"a" * (LARGEST + 1), ("too-large", 0), id="too large"),
    ],
)
def test_a_file_that_holds_no_text_is_told(tmp_path: Path, content: bytes, expected: tuple[str, int]) -> None:
    path = tmp_path / "it.txt"
    path.write_bytes(content)
    assert faults_of(path) == [expected]


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "nowhere.txt") == [("unreadable", 0)]
    assert faults_of(tmp_path) == [("unreadable", 0)]
