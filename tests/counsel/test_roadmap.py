"""The roadmap: what comes up once the steps that lead have succeeded, and what follows from each answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

import pytest

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.counsel.choice import LEADS
from plenipo.counsel.roadmap import (
    MOST_BRANCHES,
    MOST_STAGES,
    Branch,
    Roadmap,
    Stage,
    Step,
    next_steps,
    roadmap,
)
from plenipo.errors import UsageError
from plenipo.rulebook.model import Rulebook
from tests.answers import advise
from tests.made_up.journeys import journey
from tests.oracle import Oracle

PARTIES = "parties: {we: {title: The town, own: true}, they: {title: The islanders}}"
FACTS = """\
facts:
  talks:
    envoy: {ask: Is there an envoy?, values: boolean}
    letter: {ask: How was the letter answered?, values: {unsent: -, unanswered: no reply, agreed: yes, refused: no}}
    talks: {ask: Do the two talk?, values: boolean, says: {true: the two talk}}
    treaty: {ask: Is there a treaty?, values: boolean}
    ferry: {ask: Does the ferry run?, values: boolean}
"""
OPTIONS = """\
options:
  talks:
    send: {title: Send an envoy, by: we, brings: {envoy: true}}
    write:
      title: Write a letter
      by: we
      brings:
        - {outcome: the islanders say yes, by: they, facts: {letter: agreed}}
        - {outcome: the islanders do not reply, by: they, facts: {letter: unanswered}}
        - {outcome: the islanders say no, by: they, facts: {letter: refused}}
    talk: {title: Talk, by: [we, they], brings: {talks: true}}
    again: {title: Write once more, by: we}
    sign: {title: Sign a treaty, by: [we, they], brings: {treaty: true}}
    feast: {title: Hold a feast}
"""
RULES = """\
- {id: send-one, unless: {envoy: true}, then: {recommend: send}}
- {id: write-one, unless: {letter: agreed}, then: {recommend: write}}
- {id: talk-to-friends, when: {envoy: true, letter: agreed}, then: {recommend: talk}}
- {id: insist, when: {letter: [refused, unanswered]}, then: {consider: again}}
- {id: sign-what-was-said, when: {talks: true}, then: {recommend: sign}}
- {id: feast-on-it, when: {treaty: true}, then: {consider: feast}}
"""
NONE = "findings: {}"


class Visit(NamedTuple):
    """A stage with the steps of the stages before it, and the branches that lead to it."""

    stage: Stage
    before: tuple[str, ...]
    way: tuple[Branch, ...]


@pytest.fixture
def island(book: Callable[..., Rulebook]) -> Rulebook:
    return book(RULES, facts=FACTS, options=OPTIONS, findings=NONE, parties=PARTIES)


def visits(made: Roadmap) -> Iterator[Visit]:
    left = [Visit(made.first, (), ())]
    while left:
        visit = left.pop()
        yield visit
        before = (*visit.before, *ids(visit.stage))
        left += [Visit(on.stage, before, (*visit.way, on)) for on in visit.stage.branches if on.stage]


def ids(stage: Stage | None) -> list[str]:
    return [step.option.id for step in stage.steps] if stage else []


def branches(made: Roadmap) -> list[Branch]:
    """Return every branch once, though two may lead to one stage."""
    stages = {id(visit.stage): visit.stage for visit in visits(made)}
    return [branch for stage in stages.values() for branch in stage.branches]


def shape(stage: Stage | None) -> object:
    """Return all that a stage tells, as values that can be compared."""
    return stage and (
        sorted(stage.supposed.items()),
        [
            (
                step.option.id,
                step.verdict,
                step.reason and step.reason.id,
                [(r.fact, r.value) for r in step.released_by],
            )
            for step in stage.steps
        ],
        [(on.agreed, [end.outcome.title for end in on.endings], shape(on.stage)) for on in stage.branches],
    )


def answers(stage: Stage) -> Mapping[str, list[str]]:
    """Return what comes up by the answer: the titles of the endings, an ampersand between those that all hold."""
    return {
        (" & " if on.agreed else " / ").join(end.outcome.title for end in on.endings): ids(on.stage)
        for on in stage.branches
    }


def test_what_leads_is_the_first_stage_and_rests_on_nothing_supposed(island: Rulebook) -> None:
    first = roadmap(advise(island, {})).first
    assert (ids(first), first.supposed) == (["send", "write"], {})
    assert all(step.released_by == () for step in first.steps)
    assert [step.reason.id for step in first.steps if step.reason] == ["send-one", "write-one"]


def test_another_party_chooses_and_the_roadmap_branches(island: Rulebook) -> None:
    first = roadmap(advise(island, {})).first
    assert answers(first) == {
        "the islanders say yes": ["talk"],
        "the islanders do not reply": ["again"],
        "the islanders say no": ["again"],
    }
    assert [on.agreed for on in first.branches] == [True, False, False]
    assert first.branches[0].facts == {"envoy": "true", "letter": "agreed"}


def test_each_step_names_what_released_it_and_no_more(island: Rulebook) -> None:
    agreed, silence, _ = roadmap(advise(island, {})).first.branches
    assert agreed.stage is not None
    assert silence.stage is not None
    assert [(r.fact, r.value, r.by.option.id) for r in agreed.stage.steps[0].released_by] == [
        ("envoy", "true", "send"),
        ("letter", "agreed", "write"),
    ]
    released = silence.stage.steps[0].released_by
    assert [(r.fact, r.by.outcome.title) for r in released] == [("letter", "the islanders do not reply")]


def test_it_goes_on_until_nothing_new_comes(island: Rulebook) -> None:
    made = roadmap(advise(island, {}), depth=MOST_STAGES)
    ways = {
        " > ".join(",".join(ids(stage)) for stage in (*_stages(visit, made), visit.stage)) for visit in visits(made)
    }
    assert "send,write > talk > sign > feast" in ways
    assert max(len(visit.way) for visit in visits(made)) == 3


def _stages(visit: Visit, made: Roadmap) -> list[Stage]:
    return [made.first, *(on.stage for on in visit.way[:-1] if on.stage)] if visit.way else []


def test_a_step_that_brings_nothing_is_done_once_taken(island: Rulebook) -> None:
    made = roadmap(advise(island, {"talks": "true"}), depth=MOST_STAGES)
    assert sorted(step for visit in visits(made) for step in ids(visit.stage)).count("feast") == len(
        [visit for visit in visits(made) if "feast" in ids(visit.stage)]
    )
    assert all(not set(ids(visit.stage)) & set(visit.before) for visit in visits(made))


def test_depth_counts_the_stages(island: Rulebook) -> None:
    for depth in (1, 2, 3):
        made = roadmap(advise(island, {}), depth=depth)
        assert max(len(visit.way) for visit in visits(made)) == depth - 1


@pytest.mark.parametrize("depth", [0, MOST_STAGES + 1])
def test_a_depth_that_no_roadmap_has_is_refused(island: Rulebook, depth: int) -> None:
    with pytest.raises(UsageError, match=f"1 to {MOST_STAGES} stages, not {depth}"):
        roadmap(advise(island, {}), depth=depth)


def test_one_may_suppose_facts_and_start_from_there(island: Rulebook) -> None:
    made = roadmap(advise(island, {"envoy": "false"}), {"envoy": "true", "letter": "agreed"})
    assert made.first.supposed == {"envoy": "true", "letter": "agreed"}
    assert ids(made.first) == ["talk"]


def test_what_another_answer_does_not_change_is_said_to_bring_nothing_new(island: Rulebook) -> None:
    rules = "\n".join(line for line in RULES.splitlines() if "insist" not in line)
    silent = replace(island, rules={id: rule for id, rule in island.rules.items() if id != "insist"})
    assert rules != RULES
    assert [on.stage is None for on in roadmap(advise(silent, {})).first.branches] == [False, True, True]


def test_answers_that_come_to_the_same_are_one_branch(island: Rulebook) -> None:
    write = island.options["write"]
    yes, silence, no = write.brings
    alike = replace(write, brings=(yes, silence, replace(no, facts=silence.facts)))
    first = roadmap(advise(replace(island, options={**island.options, "write": alike}), {})).first
    assert list(answers(first)) == ["the islanders say yes", "the islanders do not reply / the islanders say no"]


def test_an_answer_that_the_rulebook_rules_out_is_left_out(book: Callable[..., Rulebook]) -> None:
    constraints = (
        "constraints: {polite: {never: {envoy: true, letter: refused}, because: They do not refuse an envoy.}}"
    )
    island = book(RULES, facts=FACTS, options=OPTIONS, findings=NONE, parties=PARTIES, constraints=constraints)
    assert list(answers(roadmap(advise(island, {})).first)) == ["the islanders say yes", "the islanders do not reply"]


def test_the_next_steps_are_those_of_the_second_stage_where_all_goes_well(island: Rulebook) -> None:
    advice = advise(island, {})
    assert [step.option.id for step in next_steps(advice, ["send", "write"])] == ["talk"]
    assert next_steps(advice, ["send"]) == ()
    assert next_steps(advice, []) == ()


def test_a_rulebook_without_effects_has_a_roadmap_of_one_stage(book: Callable[..., Rulebook]) -> None:
    made = roadmap(advise(book(), {"wind": "calm"}))
    assert (ids(made.first), made.first.branches, made.cut) == (["sail"], (), False)


def test_it_follows_no_more_branches_than_it_may_and_says_so(book: Callable[..., Rulebook]) -> None:
    values = ", ".join(f"v{n}: v{n}" for n in range(9))
    facts = "\n".join(f"    f{n}: {{ask: What?, values: {{{values}}}}}" for n in range(4))
    endings = "\n".join(
        f"    o{n}:\n      title: Option {n}\n      brings:\n"
        + "\n".join(f"        - {{outcome: ending {n}-{v}, facts: {{f{n}: v{v}}}}}" for v in range(9))
        for n in range(4)
    )
    rules = "- {id: start, then: {recommend: o0}}\n" + "\n".join(
        f"- {{id: go-{n}, unless: {{f{n - 1}: unknown}}, then: {{recommend: o{n}}}}}" for n in range(1, 4)
    )
    wide = book(rules, facts=f"facts:\n  all:\n{facts}\n", options=f"options:\n  all:\n{endings}\n", findings=NONE)
    assert len(branches(roadmap(advise(wide, {}), depth=2))) == 9
    made = roadmap(advise(wide, {}), depth=MOST_STAGES)
    assert (len(branches(made)), made.cut) == (MOST_BRANCHES, True)


@pytest.fixture(scope="module")
def roads() -> list[tuple[Advice, Roadmap]]:
    """Roadmaps of made-up rulebooks, several of them of many stages."""
    made = []
    for seed in range(60):
        advice = advise(journey(seed), {})
        made.append((advice, roadmap(advice, depth=MOST_STAGES)))
    lengths = [max(len(visit.way) for visit in visits(road)) for _, road in made]
    assert sum(length >= 3 for length in lengths) >= 10
    return made


def test_every_stage_has_the_verdicts_of_the_situation_that_it_supposes(roads: list[tuple[Advice, Roadmap]]) -> None:
    for advice, made in roads:
        for visit in visits(made):
            there = Oracle(advice.rulebook, {**advice.situation.facts, **visit.stage.supposed})
            for step in visit.stage.steps:
                assert step.verdict == there.verdicts[step.option.id]
                assert step.reason is None or step.reason.id in there.acting


def test_no_step_is_listed_again_and_no_stage_or_roadmap_is_too_large(roads: list[tuple[Advice, Roadmap]]) -> None:
    for _, made in roads:
        assert len(branches(made)) <= MOST_BRANCHES
        for visit in visits(made):
            assert not set(ids(visit.stage)) & set(visit.before)
            assert len(visit.way) < MOST_STAGES
            assert len(visit.stage.steps) <= LEADS
            assert visit.stage.steps or not visit.way


def test_what_a_stage_supposes_is_what_the_steps_before_bring(roads: list[tuple[Advice, Roadmap]]) -> None:
    for advice, made in roads:
        for visit in visits(made):
            facts = dict(advice.situation.facts)
            for on in visit.way:
                assert any(facts.get(id) != value for id, value in on.facts.items())
                facts |= on.facts
            supposed = {id: value for id, value in facts.items() if advice.situation.facts.get(id) != value}
            assert visit.stage.supposed == supposed
            assert plenipo.load_situation(facts, rulebook=advice.rulebook).facts == facts


def test_the_branches_of_a_stage_lead_to_different_situations(roads: list[tuple[Advice, Roadmap]]) -> None:
    for _, made in roads:
        for visit in visits(made):
            brought = [frozenset(on.facts.items()) for on in visit.stage.branches]
            assert len(set(brought)) == len(brought)
            assert [on.agreed for on in visit.stage.branches[1:]] == [False] * (len(brought) - 1 if brought else 0)


def test_the_facts_that_release_a_step_bring_it_up_alone(roads: list[tuple[Advice, Roadmap]]) -> None:
    for advice, made in roads:
        for before, on, step in _steps_after(advice, made):
            assert step.released_by
            released = {each.fact: each.value for each in step.released_by}
            assert released.items() <= on.facts.items()
            assert Oracle(advice.rulebook, {**before, **released}).verdicts[step.option.id] == step.verdict
            assert all(each.by.outcome.facts[each.fact] == each.value for each in step.released_by)


def test_what_was_not_advised_and_is_now_is_not_left_out(roads: list[tuple[Advice, Roadmap]]) -> None:
    for advice, _ in roads:
        loose = {
            id: replace(option, after={}, part_of=None, beside={}) for id, option in advice.rulebook.options.items()
        }
        book = replace(advice.rulebook, options=loose)
        for visit in visits(roadmap(advise(book, advice.situation.facts), depth=3)):
            if len(visit.stage.steps) < LEADS and visit.way:
                after = {**advice.situation.facts, **visit.stage.supposed}
                before = _before(advice.situation.facts, visit)
                was, now = Oracle(book, before).verdicts, Oracle(book, after).verdicts
                new = {id for id in now if now[id] in POSITIVE and was[id] not in POSITIVE}
                assert new - set(visit.before) <= set(ids(visit.stage))


POSITIVE = ("recommend", "consider")


def _before(facts: Mapping[str, str], visit: Visit) -> Mapping[str, str]:
    """Return the situation of the stage before."""
    known = dict(facts)
    for on in visit.way[:-1]:
        known |= on.facts
    return known


def _steps_after(advice: Advice, made: Roadmap) -> Iterator[tuple[Mapping[str, str], Branch, Step]]:
    for visit in visits(made):
        if visit.way:
            yield from ((_before(advice.situation.facts, visit), visit.way[-1], step) for step in visit.stage.steps)


def test_the_order_of_the_rulebook_does_not_matter(roads: list[tuple[Advice, Roadmap]]) -> None:
    for advice, made in roads:
        book = advice.rulebook
        turned = replace(
            book,
            facts=dict(reversed(list(book.facts.items()))),
            options=dict(reversed(list(book.options.items()))),
            rules=dict(reversed(list(book.rules.items()))),
            findings=dict(reversed(list(book.findings.items()))),
            parties=dict(reversed(list(book.parties.items()))),
            constraints=tuple(reversed(book.constraints)),
        )
        depth = 1 + max(len(visit.way) for visit in visits(made))
        other = roadmap(advise(turned, advice.situation.facts), depth=depth)
        assert shape(other.first) == shape(roadmap(advice, depth=depth).first)
