"""What the essays say of the first step, of summits, of offers to Kim and of his wishes. Each test is named for it."""

from __future__ import annotations

import pytest

import plenipo
from tests.bundled.questions import FOR, advice, cautions, rules_on, verdict, verdicts

TRANSITION = {"us_election_status": "transition"}
DEMANDS = list(plenipo.load_rulebook().facts["dprk_priority_demand"].values)
PHASES = ["pending", "transition", "new_administration", "settled"]
NEGOTIATORS = ["appointed", "vacant", "unknown"]


def deciding(option: str, **facts: str) -> set[str]:
    """Return the ids of the rules behind the verdict on an option."""
    return {rule.id for rule in advice(**facts).options[option].decided_by}


@pytest.mark.parametrize("negotiator", NEGOTIATORS)
def test_the_incoming_team_chooses_its_negotiator_and_announces_him_on_taking_office(negotiator: str) -> None:
    facts = TRANSITION | {"us_negotiator": negotiator}
    assert verdict("appoint_negotiator", **facts) == "recommend"
    assert "incoming-team-chooses" in deciding("appoint_negotiator", **facts)
    assert "announce-on-taking-office" in cautions("appoint_negotiator", **facts)


@pytest.mark.parametrize("counterpart", ["not_invited", "no_answer", "refused", "unknown"])
@pytest.mark.parametrize("negotiator", [*NEGOTIATORS, "designated"])
def test_the_invitation_and_bilateral_talks_wait_for_the_inauguration(negotiator: str, counterpart: str) -> None:
    facts = TRANSITION | {"us_negotiator": negotiator, "dprk_counterpart": counterpart}
    assert verdicts("invite_counterpart", "working_level_talks", "us_dprk_talks", **facts) == {"defer"}


@pytest.mark.parametrize("phase", ["transition", "new_administration"])
def test_a_designated_negotiator_is_half_the_step_and_is_to_be_confirmed(phase: str) -> None:
    facts = {"us_negotiator": "designated", "us_election_status": phase}
    assert verdict("appoint_negotiator", **facts) == "recommend"
    assert deciding("appoint_negotiator", **facts) == {"designated-negotiator-is-half-the-step"}
    assert "first_step_incomplete" in advice(**facts).findings


def test_a_negotiator_in_place_is_enough_until_another_administration_comes() -> None:
    assert verdict("appoint_negotiator", us_negotiator="appointed", us_election_status="settled") == "done"
    assert verdict("appoint_negotiator", us_negotiator="appointed", us_election_status="pending") == "done"
    assert verdict("appoint_negotiator", us_negotiator="appointed", **TRANSITION) == "recommend"


def test_in_a_campaign_whoever_wins_will_have_to_appoint_anew() -> None:
    facts = {"us_negotiator": "appointed", "us_election_status": "pending"}
    assert "next-president-appoints-anew" in cautions("appoint_negotiator", **facts)
    assert not cautions("appoint_negotiator", us_negotiator="appointed", us_election_status="settled")


def test_a_new_envoy_has_invited_nobody_yet() -> None:
    for facts in ({"us_negotiator": "vacant"}, {"us_election_status": "new_administration"}):
        assert verdict("invite_counterpart", dprk_counterpart="no_answer", **facts) == "recommend"
    settled = {"us_negotiator": "appointed", "us_election_status": "settled"}
    assert verdict("invite_counterpart", dprk_counterpart="no_answer", **settled) == "consider"


def test_kim_is_wary_in_a_campaign_and_until_the_inauguration() -> None:
    wary = {phase: "new_deal_distrusted" in advice(us_election_status=phase).findings for phase in PHASES}
    assert wary == {"pending": True, "transition": True, "new_administration": False, "settled": False}


@pytest.mark.parametrize("option", ["joint_public_offer", "allied_agreement_on_offer", "agree_process"])
def test_what_binds_the_next_administration_is_agreed_with_it(option: str) -> None:
    said = advice(**TRANSITION).options[option].cautions
    assert any("incoming team" in rule.because and rule.cite == ("A03",) for rule in said)
    assert not cautions(option, us_election_status="settled") & {rule.id for rule in said if rule.cite == ("A03",)}


def test_the_summits_looked_back_on_could_have_settled_a_process_at_most() -> None:
    open_process = {"process_agreed": "false"}
    assert verdict("summit_on_process", kim_initiative="tangible_concessions", **open_process) == "consider"
    for initiative in ("none", "words_only", "unknown"):
        assert verdict("summit_on_process", kim_initiative=initiative, **open_process) == "defer"
    for level in ("drafting", "text_agreed"):
        assert verdict("summit_on_process", working_level=level, **open_process) == "silent"
    assert verdict("summit_on_process", process_agreed="true") == "done"


@pytest.mark.parametrize("tried", ["true", "false", "unknown"])
@pytest.mark.parametrize("option", ["symbolic_summit", "leader_led_diplomacy"])
def test_it_was_fair_to_try_summits_and_earlier_diplomacy_was_their_cloud(option: str, tried: str) -> None:
    against = advice(leader_talks_tried=tried).options[option].decided_by
    assert any({"B11", "B13"} <= set(rule.cite) for rule in against)


def test_only_vague_guarantees_are_barred_and_only_from_the_offer() -> None:
    (rule,) = rules_on("early_security_guarantees", "avoid")
    assert rule.basis == "inferred"
    assert "vague" in rule.because
    assert "offer" in rule.because
    assert verdict("early_security_guarantees", talks_stage="opening") == "avoid"


@pytest.mark.parametrize("level", ["none", "meeting", "drafting"])
def test_an_initiative_is_taken_up_until_there_is_a_text(level: str) -> None:
    facts = {"kim_initiative": "tangible_concessions"}
    assert verdict("follow_up_initiative", working_level=level, **facts) == "recommend"
    assert verdict("follow_up_initiative", working_level="text_agreed", **facts) == "silent"
    assert not cautions("follow_up_initiative", working_level="text_agreed", **facts)


@pytest.mark.parametrize("demand", DEMANDS)
def test_what_kim_wants_is_unclear_whatever_pyongyang_demands(demand: str) -> None:
    assert "wants_unclear" in advice(dprk_priority_demand=demand).findings


@pytest.mark.parametrize("mandate", ["undefined", "demands_only", "unknown"])
def test_negotiators_need_room_only_until_they_have_a_text(mandate: str) -> None:
    facts = {"negotiator_mandate": mandate, "leaders_back_officials": "false"}
    assert verdict("empower_negotiators", working_level="drafting", **facts) == "recommend"
    assert verdict("empower_negotiators", working_level="text_agreed", **facts) == "silent"


def test_officials_who_draft_have_not_finished() -> None:
    assert verdict("working_level_talks", working_level="drafting") == "recommend"
    assert verdict("working_level_talks", working_level="text_agreed") == "done"


def test_the_backing_of_russia_is_only_perhaps_needed() -> None:
    final = {"talks_stage": "final_settlement"}
    neighbours = final | {"china_backing": "tacit", "japan_backing": "open"}
    assert verdict("regional_backing", **neighbours) == "done"
    assert verdict("regional_backing", russia_backing="none", **neighbours) == "recommend"
    assert "guarantees_doubted" not in advice(russia_backing="none", **neighbours).findings
    assert "guarantees_doubted" in advice(japan_backing="none", **final).findings


def test_war_is_likelier_with_conventional_arms_wherever_the_guns_are_not_known_to_be_gone() -> None:
    assert "conventional_war_risk" in advice().findings
    assert "conventional_war_risk" not in advice(forward_forces="pulled_back").findings


@pytest.mark.parametrize(
    "id",
    [
        "no-breakthrough-in-a-campaign",
        "successor-may-not-honour",
        "first-step-still-open",
        "hard-work-follows-first-step",
        "poor-economy-is-the-worry",
        "narrow-bargain-calls-for-other-subjects",
        "hostile-policies-are-only-reported",
        "patience-was-never-official",
    ],
)
def test_what_the_essays_do_not_say_in_so_many_words_is_our_reading(id: str) -> None:
    assert plenipo.load_rulebook().rules[id].basis == "inferred"


def test_a_north_that_asks_for_nothing_still_needs_growth() -> None:
    assert "need-without-a-demand" in cautions("broadened_approach", dprk_priority_demand="nothing")
    assert verdict("broadened_approach", dprk_priority_demand="nothing") in FOR
