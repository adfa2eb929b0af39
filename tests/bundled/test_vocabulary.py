"""The vocabulary: frozen ids and values, short explanations in plain words, and a sound order among the options."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest
import yaml

from plenipo.audit.style import examine_style
from plenipo.rulebook.load import load_rulebook
from plenipo.rulebook.locations import home
from plenipo.rulebook.model import Basis, Strength, Verb
from plenipo.rulebook.verdict import Verdict

TREE = Path(__file__).resolve().parents[2]
#: What Washington and Seoul cannot bring about, as the head of rules/facts.yaml explains.
BEYOND_REACH = {"us_election_status", "kim_initiative", "leader_talks_tried", "dprk_economy", "humanitarian_need"}
#: An option, `after` or `with`, and the other option.
Link = tuple[str, str, str]


def read(path: Path) -> Mapping[str, Any]:
    """Return what a YAML file holds, every scalar as its text."""
    content: Mapping[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return content


FROZEN = read(TREE / "tests" / "vocabulary.yaml")
FACTS = read(home() / "rules" / "facts.yaml")["facts"]
GROUPS = read(home() / "rules" / "options.yaml")["options"]
OPTIONS = {id: option for group in GROUPS.values() for id, option in group.items()}
ALL_FACTS = {id: fact for group in FACTS.values() for id, fact in group.items()}
CITED = {id for letter in "AB" for id in read(home() / "seeds" / f"{letter}.yaml")["propositions"]}


def values(fact: Mapping[str, Any]) -> list[str]:
    return ["true", "false"] if fact["values"] == "boolean" else list(fact["values"])


def links() -> list[tuple[Link, Mapping[str, Any]]]:
    return [
        ((id, kind, other), why)
        for id, option in OPTIONS.items()
        for kind in ("after", "with")
        for other, why in option.get(kind, {}).items()
    ]


# Ids and words


def test_facts_have_the_frozen_ids_groups_and_values() -> None:
    assert {group: {id: values(fact) for id, fact in facts.items()} for group, facts in FACTS.items()} == FROZEN[
        "facts"
    ]
    assert len(ALL_FACTS) == 44


def test_options_have_the_frozen_ids_and_groups() -> None:
    assert {group: list(options) for group, options in GROUPS.items()} == FROZEN["options"]
    assert len(OPTIONS) == 73


@pytest.mark.parametrize("id", ALL_FACTS)
def test_a_fact_is_explained(id: str) -> None:
    fact = ALL_FACTS[id]
    assert not fact["title"].endswith("?")
    assert fact["ask"].endswith("?")
    assert fact["ask"].count("?") == 1
    assert fact["help"].endswith(".")
    assert fact["why"].endswith(".")
    if isinstance(fact["values"], dict):
        assert all(fact["values"].values())
        assert len(set(fact["values"].values())) == len(fact["values"])


def test_nothing_can_be_said_against_its_style() -> None:
    assert examine_style(load_rulebook()) == ()


@pytest.mark.parametrize("id", ALL_FACTS)
def test_no_label_ends_in_a_period(id: str) -> None:
    if isinstance(labels := ALL_FACTS[id]["values"], dict):
        assert not any(label.endswith(".") for label in labels.values())
    else:
        assert labels == "boolean"


def test_only_what_is_beyond_reach_is_not_movable() -> None:
    assert {id for id, fact in ALL_FACTS.items() if fact.get("movable") == "false"} == BEYOND_REACH
    assert {fact["movable"] for fact in ALL_FACTS.values() if "movable" in fact} == {"false"}


@pytest.mark.parametrize("id", OPTIONS)
def test_an_option_is_explained_and_cited(id: str) -> None:
    option = OPTIONS[id]
    assert option["title"][0].isupper()
    assert option["help"].endswith(".")
    assert set(option["cite"]) <= CITED
    assert option["cite"]


@pytest.mark.parametrize("name", ["facts", "options"])
def test_no_label_is_a_word_that_yaml_takes_for_yes_or_no(name: str) -> None:
    """Somebody else's reader would make a truth value of it."""
    plain = yaml.safe_load((home() / "rules" / f"{name}.yaml").read_text("utf-8"))
    whole: dict[str, Any] = {name: plain[name]}
    waiting: list[Any] = [whole]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            assert all(isinstance(key, str) for key in node)
            labels = {key: value for key, value in node.items() if key not in {"arises_when", "brings"}}
            keys = {key for key, value in labels.items() if isinstance(value, bool)}
            assert keys <= {"calendar", "movable", "orienting", "soft", "exchange"}
            waiting += labels.values()


# Parts and order


def test_parts_belong_to_options_that_are_no_parts_themselves() -> None:
    wholes = {option["part_of"] for option in OPTIONS.values() if "part_of" in option}
    assert wholes <= set(OPTIONS)
    assert not any("part_of" in OPTIONS[id] for id in wholes)


@pytest.mark.parametrize(
    ("link", "why"), links(), ids=lambda given: " ".join(given) if isinstance(given, tuple) else ""
)
def test_a_link_says_what_it_rests_on(link: Link, why: Mapping[str, Any]) -> None:
    assert link[2] in OPTIONS
    assert link[0] != link[2]
    assert why["basis"] in {"stated", "inferred"}
    assert set(why["cite"]) <= CITED
    assert why["cite"]
    assert why["because"].endswith(".")


def test_no_option_comes_after_itself() -> None:
    after = {id: set(option.get("after", {})) for id, option in OPTIONS.items()}
    order = list(TopologicalSorter(after).static_order())
    assert set(order) == set(OPTIONS)


def test_what_goes_together_is_written_once_and_never_one_after_the_other() -> None:
    together = [frozenset((id, other)) for (id, kind, other), _ in links() if kind == "with"]
    assert len(together) == len(set(together))
    for pair in together:
        one, other = sorted(pair)
        assert other not in before(one)
        assert one not in before(other)


def before(id: str) -> set[str]:
    """Return every option that comes before another, at however many removes."""
    found: set[str] = set()
    waiting = [id]
    while waiting:
        new = set(OPTIONS[waiting.pop()].get("after", {})) - found
        found |= new
        waiting += new
    return found


# The orderings of the sources


def rows() -> Mapping[str, tuple[list[Link], str, set[str]]]:
    """Return the table of docs/orderings.md: for each id the links, the basis, what is cited."""
    text = (TREE / "docs" / "orderings.md").read_text("utf-8")
    found = {}
    for id, encoded, basis, cites in re.findall(r"^\| (OR\d+) \| [^|]+ \| ([^|]+) \| (\w+) \| ([^|]+) \|$", text, re.M):
        named = re.findall(r"`(\w+)` (after|with) `(\w+)`", encoded)
        assert named or encoded == "not encoded", id
        assert id not in found
        found[id] = (named, basis, set(cites.split(", ")))
    return found


def test_every_ordering_of_the_sources_is_accounted_for() -> None:
    assert list(rows()) == [f"OR{number}" for number in range(1, 30)]
    text = (TREE / "docs" / "orderings.md").read_text("utf-8")
    reasons = text.partition("## Why some are not encoded")[2].partition("\n## ")[0]
    given = set(re.findall(r"\*\*(OR\d+)\*\*", reasons))
    assert {id for id, (named, _, _) in rows().items() if not named} == given


def test_the_table_of_orderings_and_the_options_tell_the_same() -> None:
    told = {link: (id, basis, cites) for id, (named, basis, cites) in rows().items() for link in named}
    assert sorted(told) == sorted(link for link, _ in links())
    for link, why in links():
        id, basis, cites = told[link]
        assert why["basis"] == basis, id
        assert set(why["cite"]) <= cites, id
    for id, (named, _, cites) in rows().items():
        if named:
            assert set().union(*(why["cite"] for link, why in links() if link in named)) == cites, id


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nuclear_caps", "conventional_arms_talks"),
        ("nuclear_caps", "cwc_invitation"),
        ("joint_public_offer", "appoint_negotiator"),
        ("joint_public_offer", "invite_counterpart"),
        ("humanitarian_assistance", "reform_advice"),
        ("regional_backing", "joint_public_offer"),
        ("regional_backing", "working_level_talks"),
    ],
)
def test_what_the_sources_leave_unordered_stays_so(one: str, other: str) -> None:
    assert other not in before(one)
    assert one not in before(other)


@pytest.mark.parametrize("id", ["appoint_negotiator", "invite_counterpart"])
def test_the_first_step_waits_for_nothing(id: str) -> None:
    """K1, OR21: neither for willingness nor for anything else."""
    assert before(id) == set()


@pytest.mark.parametrize("word", [*Verdict, *Verb, *Basis, *Strength])
def test_the_glossary_has_the_words_that_answers_are_made_of(word: str) -> None:
    text = (TREE / "docs" / "glossary.md").read_text("utf-8")
    assert f"**{word}**" in text or f"`{word}`" in text
