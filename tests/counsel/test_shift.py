"""What really changes for the reader of a brief: no option that only comes into a short list or falls off it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import plenipo
from plenipo.counsel.choice import Choice
from plenipo.counsel.compare import Contrast
from plenipo.counsel.shift import Shift, shifts
from plenipo.report.answers.differing import only_named
from plenipo.rulebook.verdict import Verdict

NOTHING = Choice((), (), ())
#: Pairs of situations, and situations with what is varied in them.
PAIRS = [
    ("late-summer-2020", "november-2020-transition"),
    ("after-hanoi-2019", "biden-first-spring-2021"),
    ("spring-2018-before-singapore", "summer-2018-after-singapore"),
    ("autumn-2017-fire-and-fury", "autumn-2025-no-meeting"),
]
VARIED: list[tuple[str, dict[str, str | bool | None]]] = [
    ("november-2020-transition", {"us_election_status": "new_administration"}),
    ("biden-first-spring-2021", {"china_backing": "none"}),
    ("biden-first-spring-2021", {"us_sanctions_stance": "none_until_permanent"}),
    ("late-summer-2020", {"dprk_willing_to_talk": True}),
]


@pytest.mark.parametrize(
    ("before", "after", "now", "told"),
    [
        (Choice(("a",), (), ()), NOTHING, {"a": Verdict.RECOMMEND}, (Shift("lead", still=("a",)),)),
        (Choice(("a",), (), ()), NOTHING, {"a": Verdict.DONE}, (Shift("lead", gone=("a",)),)),
        (NOTHING, Choice(("a",), (), ()), {"a": Verdict.RECOMMEND}, (Shift("lead", ("a",)),)),
        (NOTHING, Choice((), ("h",), ()), {"h": Verdict.DEFER}, ()),
        (Choice((), ("h",), ()), NOTHING, {"h": Verdict.DEFER}, ()),
        (Choice((), ("h",), ()), NOTHING, {"h": Verdict.SILENT}, (Shift("not_yet", gone=("h",)),)),
        (Choice((), (), ("w",)), NOTHING, {"w": Verdict.AVOID}, ()),
        (
            Choice((), ("h",), ()),
            Choice((), (), ("h",)),
            {"h": Verdict.AVOID},
            (
                Shift("not_yet", gone=("h",)),
                Shift("beware", ("h",)),
            ),
        ),
    ],
)
def test_a_verdict_or_what_leads_has_to_change(
    before: Choice, after: Choice, now: dict[str, Verdict], told: tuple[Shift, ...]
) -> None:
    was = {"a": Verdict.RECOMMEND, "h": Verdict.DEFER, "w": Verdict.AVOID}
    assert shifts(before, after, was, {**was, **now}) == told


def compared() -> Iterator[Contrast]:
    for one, other in PAIRS:
        yield plenipo.compare(one, other)
    for name, changes in VARIED:
        yield plenipo.compare(name, plenipo.load_situation(name, changes=changes))


def test_a_comparison_tells_no_change_of_what_is_advised_on_as_before() -> None:
    told = 0
    for found in compared():
        turned = {turn.option.title: turn for turn in found.turns}
        still = {
            said.option.title
            for id, said in found.after.options.items()
            if id not in {t.option.id for t in found.turns}
        }
        opening = plenipo.render(found, width=2000).split("\n\n")[1]
        for label, named in re.findall(r"(?m)^(New|No longer) under (?:Not yet|Beware): (.*)$", opening):
            for title in named.split("; "):
                told += 1
                assert re.sub(r" \(now \w+\)$", "", title) in turned, (label, title)
        for named in re.findall(r"(?m)^No longer first: (.*)$", opening):
            assert "(now recommend)" not in named
            assert still.isdisjoint(named.split("; "))
    assert told > 3


def test_a_step_that_only_leads_no_longer_is_said_to_be_still_advised() -> None:
    name, changes = VARIED[0]
    text = plenipo.render(plenipo.compare(name, plenipo.load_situation(name, changes=changes)), width=200)
    assert "Still advised, no longer among the first: Make a joint US-South Korean public offer\n" in text
    assert "No longer first: Appoint a US negotiator (now done)\n" in text


def test_where_only_other_deferrals_are_named_nothing_is_said_to_come_first_anew() -> None:
    name, changes = VARIED[1]
    text = plenipo.render(plenipo.compare(name, plenipo.load_situation(name, changes=changes)), width=200)
    assert "No verdict changes; the brief only names others under Not yet." in text
    assert "First, as before:" in text
    assert "what comes first does" not in text
    assert "No longer under" not in text


@pytest.mark.parametrize(
    "name", ["biden-first-spring-2021", "late-summer-2020", "after-hanoi-2019", "what-the-essays-take-as-given"]
)
def test_an_outlook_gives_no_leave_to_begin_what_would_be_deferred_as_before(name: str) -> None:
    asking = plenipo.brief(name)
    text = plenipo.render(plenipo.outlook(name), full=True, width=2000)
    told = re.findall(r"o longer under (?:Not yet|Beware): (.*)", text)
    assert all(re.fullmatch(r".* \(now \w+\)", title) for named in told for title in named.split("; "))
    moving = asking.moving
    assert moving
    for asked in moving:
        was = {id: said.verdict for id, said in asking.advice.options.items()}
        found = shifts(asking.choice, asked.telling.choice, was, asked.telling.verdicts)
        gone = {id for each in found if each.part != "lead" for id in (*each.new, *each.gone)}
        assert all(was[id] is not asked.telling.verdicts[id] for id in gone)


def test_an_outlook_says_that_no_verdict_would_change() -> None:
    text = plenipo.render(plenipo.outlook("biden-first-spring-2021"), width=200)
    said = "if none, no verdict would change; the brief would only name others under Not yet: Win the backing of China,"
    assert said in text
    assert "no longer under Not yet: Begin nuclear verification" not in text


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            Choice(("a",), ("h",), ()),
            Choice(("a",), ("i",), ("w",)),
            "names others under Not yet and more under Beware",
        ),
        (Choice(("a",), ("h", "i"), ()), Choice(("a",), ("i",), ()), "names fewer under Not yet"),
        (
            Choice(("a",), ("h", "i"), ()),
            Choice(("a",), ("i", "h"), ()),
            "names the same in another order under Not yet",
        ),
        (Choice(("a",), ("h",), ()), Choice(("a",), ("h",), ()), ""),
    ],
)
def test_how_a_brief_names_others_though_the_same_is_advised(before: Choice, after: Choice, said: str) -> None:
    assert only_named(before, after) == said


def test_a_sweep_says_of_cases_with_the_same_advice_that_only_others_are_named() -> None:
    text = plenipo.render(plenipo.sweep("biden-first-spring-2021", ["china_backing"]), width=200)
    assert "the same is advised; the brief only names others under Not yet" in text
    assert "onger under" not in text
