"""Facts that exclude one another: what is refused, where, and that no honest situation is."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

import plenipo
from plenipo.cli.main import main
from plenipo.errors import SituationError
from plenipo.inquiry.outlook import outlook
from plenipo.rulebook.model import Rulebook
from plenipo.situations.constraints import facts_at_odds
from tests.answers import advise
from tests.conftest import FACTS, FINDINGS, OPTIONS, PLAIN, RULES, seed, write_rulebook

CALIBRATION = Path(__file__).parents[1].joinpath("calibration.yaml")
CONSTRAINTS = """\
constraints:
  no-full-moon-in-a-clear-sky:
    never: {sky: clear, moon: yes}
    because: It is seen by night alone.
  no-storm-at-low-tide:
    never:
      wind: storm
      any: [{tide: no}, {sky: cloudy}]
    because: Storms bring the water in, and the clouds with them.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_rulebook(
        tmp_path / "book",
        {
            "rules/facts.yaml": FACTS,
            "rules/options.yaml": OPTIONS,
            "rules/findings.yaml": FINDINGS,
            "rules/constraints.yaml": CONSTRAINTS,
            "rules/boats.yaml": json.dumps([{**PLAIN, **rule} for rule in yaml.load(RULES, yaml.BaseLoader)]),
            "seeds/A.yaml": seed("A"),
            "seeds/B.yaml": seed("B"),
        },
    )


@pytest.fixture
def boats(folder: Path) -> Rulebook:
    return plenipo.load_rulebook(folder)


def test_a_file_that_tells_both_is_refused_with_both_places(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("night.yaml").write_text("facts:\n  moon: yes\n  wind: calm\n  sky: clear\n")
    assert main(["advise", "night.yaml", "--rulebook", str(folder)]) == 4
    assert capsys.readouterr().err == (
        "night.yaml:4:8: error[impossible-facts]: `moon: true` and `sky: clear` exclude one another\n"
        "  also: night.yaml:2:9: `moon: true` is here\n"
        "  help: It is seen by night alone.\n"
        "  help: if one of them is not known, say `unknown`\n"
    )


def test_an_alternative_counts_where_it_is_so(boats: Rulebook) -> None:
    for facts in ({"wind": "storm", "tide": "no"}, {"wind": "storm", "sky": "cloudy", "tide": "yes"}):
        with pytest.raises(SituationError, match="impossible-facts"):
            plenipo.load_situation(facts, rulebook=boats)
    assert plenipo.load_situation({"wind": "storm", "tide": "yes"}, rulebook=boats).facts


def test_what_is_not_known_excludes_nothing(boats: Rulebook) -> None:
    assert plenipo.load_situation({"moon": "yes", "sky": "unknown"}, rulebook=boats).facts == {"moon": "true"}


def test_a_fact_set_beside_a_file_may_exclude_one_in_it(boats: Rulebook, tmp_path: Path) -> None:
    file = tmp_path / "night.yaml"
    file.write_text("facts: {moon: yes}\n")
    with pytest.raises(SituationError, match="`moon: true` and `sky: clear` exclude one another"):
        plenipo.load_situation(file, rulebook=boats, changes={"sky": "clear"})
    kept = plenipo.load_situation(file, rulebook=boats, changes={"sky": "clear", "moon": None})
    assert kept.facts == {"sky": "clear"}


def test_a_single_fact_can_be_impossible(folder: Path) -> None:
    (folder / "rules" / "constraints.yaml").write_text(
        "constraints: {no-storms: {never: {wind: storm}, because: Not in these waters.}}"
    )
    with pytest.raises(SituationError, match="`wind: storm` is never possible"):
        plenipo.load_situation({"wind": "storm"}, rulebook=plenipo.load_rulebook(folder))


def test_facts_that_nothing_can_complete_are_refused(folder: Path) -> None:
    (folder / "rules" / "constraints.yaml").write_text(
        "constraints:\n"
        "  not-in: {never: {sky: clear, tide: yes}, because: One.}\n"
        "  not-out: {never: {sky: clear, tide: no}, because: Other.}\n"
        "  aside: {never: {sky: clear, wind: storm}, because: Third.}\n"
    )
    boats = plenipo.load_rulebook(folder)
    with pytest.raises(SituationError, match="with `sky: clear`, no value of `tide` satisfies") as refused:
        plenipo.load_situation({"sky": "clear"}, rulebook=boats)
    (fault,) = refused.value.diagnostics
    assert (fault.check, fault.help) == ("impossible-facts", ("not-in: One.", "not-out: Other."))
    for facts in ({"sky": "cloudy"}, {"tide": "yes"}, {}):
        assert plenipo.load_situation(facts, rulebook=boats).facts.keys() == facts.keys()


def test_what_is_unknown_is_only_filled_in_with_what_can_be(book: Callable[..., Rulebook], boats: Rulebook) -> None:
    rules = RULES + "- {id: look-up, when: {sky: clear}, then: {recommend: paint}}\n"
    free = outlook(advise(book(rules), {"moon": "true"})).options["paint"]
    bound = outlook(advise(replace(book(rules), constraints=boats.constraints), {"moon": "true"})).options["paint"]
    assert set(free.possible) == {"silent", "recommend"}
    assert set(bound.possible) == {"silent"}


def test_no_honest_situation_is_refused() -> None:
    cases = yaml.load(CALIBRATION.read_text(encoding="utf-8"), yaml.BaseLoader)
    assert cases
    for case in cases.values():
        assert plenipo.load_situation(case["facts"]).facts.keys() <= case["facts"].keys()


def test_every_bundled_constraint_refuses_something() -> None:
    book = plenipo.load_rulebook()
    assert 2 <= len(book.constraints) <= 5
    for constraint in book.constraints:
        facts = {atom.name: atom.values[0] for atom in constraint.never.atoms}
        with pytest.raises(SituationError, match="impossible-facts"):
            plenipo.load_situation(facts)


@pytest.mark.parametrize(
    ("facts", "apart"),
    [
        ({"wind": "storm", "sky": "cloudy", "tide": "true"}, {"wind", "sky"}),
        ({"wind": "storm", "sky": "clear", "tide": "false"}, {"wind", "tide"}),
        ({"wind": "storm", "sky": "cloudy", "tide": "false"}, {"wind"}),
        ({"wind": "calm", "sky": "clear", "moon": "true"}, {"sky", "moon"}),
        ({"wind": "calm", "sky": "dark", "moon": "true"}, set()),
    ],
)
def test_what_is_to_be_left_out_would_help(folder: Path, facts: dict[str, str], apart: set[str]) -> None:
    book = plenipo.load_rulebook(folder)
    found = facts_at_odds(book, facts)
    assert found == apart
    fewer = [{other: value for other, value in facts.items() if other != id} for id in found]
    assert not [each for each in fewer if facts_at_odds(book, each)]
