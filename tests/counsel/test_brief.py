"""The brief: what each entry says of this situation, and that no more is said than fits a screen."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis
import pytest
from hypothesis import strategies as st

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.counsel.brief import brief
from plenipo.counsel.plan import plan
from plenipo.counsel.roadmap import next_steps
from plenipo.inquiry.waiting import Need, waiting
from plenipo.rulebook import locations
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, advised, few
from tests.made_up.journeys import journey

BOOK = plenipo.load_rulebook()
FACTS = """\
facts:
  town:
    season:
      ask: Which season is it?
      values: {winter: winter, spring: spring, summer: summer}
      movable: no
      calendar: yes
      known_to: we
    envoy: {ask: Is there an envoy?, values: boolean, known_to: [they, we]}
    mood: {ask: What is their mood?, values: {good: good, bad: bad}, known_to: they}
"""
OPTIONS = """\
options:
  town:
    send: {title: Send an envoy, brings: {envoy: true}, with: [sing]}
    talk: {title: Talk, after: [send], headline: B}
    sing: {title: Sing}
    feast: {title: Hold a feast, headline: A}
    dance: {title: Dance, part_of: feast}
    pay: {title: Pay, with: {talk: {cite: [A01], exchange: true}}}
    fight: {title: Fight, arises_when: {mood: bad}}
"""
FINDINGS = """\
findings:
  sour: {says: They are cross., cite: [A02, B03], opens_answer: yes}
  cold: {says: It is cold., opens_answer: yes}
  dull: {says: Nothing happens., opens_answer: yes}
  quiet: {says: It is quiet.}
"""
RULES = """\
- {id: cross, when: {mood: bad}, then: {find: sour}}
- {id: chill, when: {season: winter}, then: {find: [cold, quiet]}}
- {id: always-dull, then: {find: dull}}
- {id: send-one, when: {envoy: false}, then: {recommend: send}, because: Nobody is there., cite: [A03]}
- {id: sent, when: {envoy: true}, then: {done: send}}
- {id: talk-on, then: {recommend: talk}, because: Talk helps., strength: must}
- id: talk-them-round
  when: {sour: true}
  then: {recommend: talk}
  because: Talk calms them.
  cite: [B04]
  basis: inferred
  strength: might
- {id: gently, when: {mood: bad}, then: {caution: talk}, because: Speak softly.}
- {id: briefly, then: {caution: talk}, because: Be brief.}
- {id: no-envoy, when: {envoy: false}, then: {defer: talk}}
- {id: sing-on, then: {consider: sing}, strength: might, basis: inferred}
- {id: feast-on, then: {consider: feast}}
- {id: no-feast-in-winter, when: {season: [winter, spring]}, then: {defer: feast}, because: It is too cold.}
- {id: dance-on, then: {consider: dance}}
- {id: pay-it, then: {recommend: pay}}
- {id: no-fighting, then: {avoid: fight}, because: It ends badly.}
"""

PARTIES = "parties: {we: {title: The town, own: true}, they: {title: The islanders}}"


@pytest.fixture
def town(book: Callable[..., Rulebook]) -> Rulebook:
    return book(RULES, facts=FACTS, options=OPTIONS, findings=FINDINGS, parties=PARTIES)


def test_the_reason_that_rests_on_this_situation_comes_before_the_weightier_one(town: Rulebook) -> None:
    named = {each.option.id: each for each in brief(advise(town, {"mood": "bad"})).lead}
    reason = named["talk"].reason
    assert reason is not None
    assert (reason.because, [said.id for said in reason.cite]) == ("Talk calms them.", ["B04"])
    assert [fact.id for fact in reason.facts] == ["mood"]
    assert [caution.because for caution in named["talk"].cautions] == ["Speak softly."]
    general = {each.option.id: each for each in brief(advise(town, {})).lead}["talk"].reason
    assert general is not None
    assert general.because == "Talk helps."


def test_findings_that_rest_on_this_situation_open_the_answer(town: Rulebook) -> None:
    made = brief(advise(town, {"mood": "bad", "season": "winter"}))
    assert [(read.finding.id, [said.id for said in read.cite]) for read in made.reading] == [
        ("sour", ["A02", "B03"]),
        ("cold", []),
    ]
    assert brief(advise(town, {})).reading == ()


def test_a_step_that_may_be_done_leads_if_it_is_not_with_what_would_be_said_then(town: Rulebook) -> None:
    made = brief(advise(town, {"mood": "bad"}))
    first = made.lead[0]
    assert (first.option.id, first.verdict, first.if_not_done) == ("send", Verdict.SILENT, True)
    assert first.reason is not None
    assert first.reason.because == "Nobody is there."
    assert first.reason_if == (Need("envoy", ("false",), UNKNOWN),)
    assert not any(each.reason_if for each in made.lead[1:])
    assert [other.id for other in first.beside] == ["sing"]
    assert not any(each.if_not_done for each in made.lead[1:])


def test_what_is_given_in_return_is_named_with_what_it_is_given_for(town: Rulebook) -> None:
    lead = {each.option.id: each for each in brief(advise(town, {"mood": "bad"})).lead}
    assert [other.id for other in lead["talk"].in_return] == ["pay"]
    assert lead["talk"].beside == ()
    assert "pay" not in lead


def test_a_held_step_waits_for_what_is_ahead_and_holds_its_parts(town: Rulebook) -> None:
    (held,) = brief(advise(town, {"season": "spring", "envoy": "true"})).not_yet
    assert (held.option.id, [part.id for part in held.parts]) == ("feast", ["dance"])
    assert [[(need.name, need.values) for need in release.needs] for release in held.until] == [
        [("season", ("summer",))]
    ]


def test_a_held_step_does_not_wait_for_what_lies_in_the_past(book: Callable[..., Rulebook]) -> None:
    rules = """
    - {id: in-winter, when: {season: winter}, then: {recommend: dance}}
    - {id: too-late, when: {season: [spring, summer]}, then: {defer: dance}, because: The ice is gone.}
    """
    melted = advise(book(rules, facts=FACTS, options=OPTIONS, parties=PARTIES), {"season": "spring"})
    assert waiting("dance", melted).releases != ()
    assert brief(melted).not_yet[0].until == ()
    assert plan(melted).waits == {"dance": ()}


def test_questions_say_who_knows_and_which_answer_would_change_most(town: Rulebook) -> None:
    asked = {each.fact.id: each for each in brief(advise(town, {"season": "summer"})).find_out}
    assert {id: [party.id for party in each.known_to] for id, each in asked.items()} == {
        "envoy": ["they", "we"],
        "mood": ["they"],
    }
    assert (asked["envoy"].own, asked["mood"].own) == (True, False)
    assert asked["envoy"].telling.value == "false"
    assert asked["envoy"].telling.choice.not_yet == ("talk",)


def test_what_is_advised_in_any_case_and_what_may_be_done_already(town: Rulebook) -> None:
    made = brief(advise(town, {"envoy": "true"}))
    assert made.standing.avoid == 1
    named = {each.option.id for each in made.lead}
    assert {option.id for option in made.standing.keep} == {"feast", "talk"} - named


def test_advice_that_rests_on_this_situation_is_not_advice_in_any_case(book: Callable[..., Rulebook]) -> None:
    titles = {f"step{n}": f"Step {n}" for n in range(1, 5)}
    steps = [f"{id}: {{title: {title}, headline: A, arises_when: {{mood: bad}}}}" for id, title in titles.items()]
    options = "\n    ".join(["options:\n  town:", *steps, "whatever: {title: Ever, headline: A}"])
    rules = "\n".join(f"- {{id: go-{id}, when: {{mood: bad}}, then: {{recommend: {id}}}}}" for id in titles)
    rules += "\n- {id: so, then: {consider: whatever}}"
    made = brief(advise(book(rules, facts=FACTS, options=options, parties=PARTIES), {"mood": "bad"}))
    assert [each.option.id for each in made.lead] == ["step1", "step2", "step3"]
    assert [option.id for option in made.standing.keep] == ["whatever"]


def test_what_another_part_names_is_not_named_or_counted_again(town: Rulebook) -> None:
    made = brief(advise(town, Situation({"envoy": "true"}, considering=("fight", "feast", "talk"))))
    elsewhere = {each.option.id for each in (*made.lead, *made.not_yet, *made.beware)}
    elsewhere |= {step.option.id for step in made.then}
    assert [each.option.id for each in made.considering] == ["fight"]
    assert {"feast", "talk"} <= elsewhere
    assert (made.standing.keep, made.standing.avoid) == ((), 0)


def test_options_under_discussion_have_a_line_each_at_most_three_unless_they_are_named_elsewhere(
    town: Rulebook,
) -> None:
    considering = ("fight", "sing", "fight", *town.options)
    made = brief(advise(town, Situation({"mood": "bad"}, considering=considering)))
    elsewhere = {each.option.id for each in (*made.lead, *made.not_yet, *made.beware)}
    elsewhere |= {step.option.id for step in made.then}
    left = [id for id in dict.fromkeys(considering) if id not in elsewhere]
    assert elsewhere
    assert [each.option.id for each in made.considering] == left[:3]
    assert made.considering_more == len(left[3:])
    assert all(each.verdict is made.advice.options[each.option.id].verdict for each in made.considering)


def test_the_brief_of_an_empty_rulebook_is_empty() -> None:
    made = brief(advise(Rulebook({}, {}, {}, {}), {}))
    parts = (made.reading, made.lead, made.then, made.not_yet, made.beware, made.find_out, made.maybe_done)
    assert parts == ((),) * 7
    assert (made.standing.keep, made.standing.avoid) == ((), 0)


def check(advice: Advice) -> None:
    """Hold a brief to its caps, and what it names to its verdicts."""
    made = brief(advice)
    caps = {"reading": 3, "lead": 3, "then": 3, "not_yet": 4, "beware": 5, "considering": 3, "find_out": 3}
    assert all(len(getattr(made, part)) <= most for part, most in caps.items())
    for each in (*made.lead, *made.not_yet, *made.beware, *made.considering):
        assert each.verdict is advice.options[each.option.id].verdict
        assert each.reason or each.verdict is Verdict.SILENT
        assert each.verdict is Verdict.DEFER or not each.until
    held = {option.id for each in made.not_yet for option in (each.option, *each.parts)}
    discussed = {each.option.id for each in made.considering}
    lead, then = {each.option.id for each in made.lead}, {step.option.id for step in made.then}
    beside = [option.id for each in made.lead for option in each.beside]
    assert not (lead | held | discussed) & then
    assert not (lead | then | discussed) & {*beside}
    assert len(set(beside)) == len(beside)


@few
@hypothesis.given(advised())
def test_briefs_of_random_rulebooks_keep_to_the_caps(advice: Advice) -> None:
    check(advice)


@pytest.mark.parametrize("seed", range(10))
def test_briefs_keep_to_the_caps_where_steps_bring_facts_about(seed: int) -> None:
    check(advise(journey(seed), {"f0": "b", "f4": "a"}))


def test_briefs_of_the_bundled_situations_name_each_step_once() -> None:
    names = locations.situations()
    assert names
    for name in names:
        check(plenipo.advise(plenipo.load_situation(name, rulebook=BOOK), rulebook=BOOK))


@few
@hypothesis.given(st.data())
def test_briefs_of_any_situation_name_each_step_once(data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(sorted(BOOK.facts)), unique=True))
    facts = {id: data.draw(st.sampled_from(sorted(BOOK.facts[id].values))) for id in chosen}
    considering = tuple(data.draw(st.lists(st.sampled_from(sorted(BOOK.options)), max_size=4, unique=True)))
    check(plenipo.advise(Situation(facts, considering=considering), rulebook=BOOK))


def test_what_is_not_yet_to_be_done_does_not_come_then_as_well() -> None:
    made = brief(plenipo.advise(plenipo.load_situation("biden-first-spring-2021")))
    assert "working_level_talks" in made.choice.not_yet
    coming = {step.option.id for step in next_steps(made.advice, made.choice.lead)}
    assert "working_level_talks" in coming
    assert {step.option.id for step in made.then} == coming - {"working_level_talks"}
