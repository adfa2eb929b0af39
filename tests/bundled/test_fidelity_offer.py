"""What the essays say of the goal, the formats, friends, the offer and assistance. Each test is named for it."""

from __future__ import annotations

import pytest

import plenipo
from tests.bundled.questions import FOR, advice, cautions, rules_on, verdict, verdicts

WIDER = ("four_party_talks", "six_party_talks")
FRIENDS = ("expert_institute", "un_secretary_general", "eu_participation")
RENOUNCED = {"dprk_professes_denuclearization": "false"}
NEGOTIATORS = ("vacant", "designated", "appointed", "unknown")


def deciding(option: str, **facts: str) -> set[str]:
    """Return the ids of the rules behind the verdict on an option."""
    return {rule.id for rule in advice(**facts).options[option].decided_by}


def said(id: str) -> str:
    """Return the reason that a rule gives."""
    return plenipo.load_rulebook().rules[id].because


# The goal


@pytest.mark.parametrize("professed", ["true", "unknown"])
def test_the_goal_is_mutual_while_the_north_professes_it(professed: str) -> None:
    facts = {"dprk_professes_denuclearization": professed}
    assert verdict("loose_mutual_goal", **facts) == "recommend"
    assert "the-north-names-the-goal-itself" in deciding("keep_denuclearization_goal", **facts)
    assert "goal-is-no-longer-mutual" not in cautions("keep_denuclearization_goal", **facts)


def test_a_goal_that_the_north_renounced_is_the_allies_own() -> None:
    assert verdict("keep_denuclearization_goal", **RENOUNCED) == "recommend"
    assert "goal-is-no-longer-mutual" in cautions("keep_denuclearization_goal", **RENOUNCED)
    assert "their own" in said("goal-is-no-longer-mutual")


def test_a_renounced_goal_is_not_held_as_mutual_and_the_north_is_not_said_to_name_it() -> None:
    assert verdict("loose_mutual_goal", **RENOUNCED) == "defer"
    assert "the-north-names-the-goal-itself" not in deciding("keep_denuclearization_goal", **RENOUNCED)


def test_a_north_that_renounced_the_goal_gains_no_right_and_changes_no_step() -> None:
    assert verdicts("abandon_denuclearization", "concede_nuclear_right", **RENOUNCED) == {"avoid"}
    assert verdicts("nuclear_caps", "conventional_arms_talks", "cwc_invitation", **RENOUNCED) == {"recommend"}


def test_acceptance_as_a_nuclear_power_is_not_granted_by_admitting_a_long_road() -> None:
    facts = {"dprk_priority_demand": "acceptance_as_nuclear_power"}
    assert "acceptance-is-asked-for" in deciding("concede_nuclear_right", **facts)
    assert verdict("acknowledge_long_horizon", **facts) == "consider"
    assert "acceptance-is-asked-for" in cautions("acknowledge_long_horizon", **facts)


# Bilateral talks


@pytest.mark.parametrize("facts", [{"us_negotiator": "vacant"}, {"dprk_counterpart": "not_invited"}])
def test_bilateral_talks_are_worth_considering_while_the_first_step_is_taken(facts: dict[str, str]) -> None:
    assert verdict("us_dprk_talks", **facts) == "consider"
    assert "missing" not in said("first-step-opens-the-bilateral")


@pytest.mark.parametrize("counterpart", ["no_answer", "refused"])
@pytest.mark.parametrize("negotiator", NEGOTIATORS)
def test_bilateral_talks_wait_where_the_invitation_was_refused_or_has_no_answer(
    counterpart: str, negotiator: str
) -> None:
    assert verdict("us_dprk_talks", dprk_counterpart=counterpart, us_negotiator=negotiator) == "defer"


def test_bilateral_talks_that_are_held_or_that_kim_asks_for_by_concessions_are_not_put_off() -> None:
    facts = {"us_negotiator": "appointed", "dprk_counterpart": "no_answer"}
    assert verdict("us_dprk_talks", working_level="meeting", **facts) == "consider"
    assert verdict("us_dprk_talks", kim_initiative="tangible_concessions", **facts) == "consider"


@pytest.mark.parametrize("negotiator", NEGOTIATORS)
@pytest.mark.parametrize("counterpart", ["not_invited", "no_answer", "refused", "named"])
def test_nothing_is_said_of_bilateral_talks_once_a_text_is_agreed(negotiator: str, counterpart: str) -> None:
    facts = {"us_negotiator": negotiator, "dprk_counterpart": counterpart, "working_level": "text_agreed"}
    assert verdict("us_dprk_talks", **facts) == "silent"


# Wider formats and friends


def test_the_koreas_complained_of_being_left_out_and_not_of_being_misunderstood() -> None:
    said_of_it = said("great-powers-talk-past-the-koreas")
    assert "left them out" in said_of_it
    assert "past" not in said_of_it
    assert all("great-powers-talk-past-the-koreas" in cautions(option) for option in WIDER)


@pytest.mark.parametrize("option", [*WIDER, *FRIENDS, "invite_friends"])
@pytest.mark.parametrize("stage", ["opening", "interim", "final_settlement", "unknown"])
def test_that_it_complicates_the_talks_is_a_weak_objection_at_every_stage(option: str, stage: str) -> None:
    assert "complication-is-a-weak-objection" in cautions(option, talks_stage=stage)


def test_others_must_come_into_the_talks_some_day_and_not_only_back_them() -> None:
    options = ("us_dprk_talks", "inter_korean_talks", "trilateral_talks", *WIDER)
    assert all("others-join-at-some-point" in cautions(option) for option in options)
    assert plenipo.load_rulebook().rules["others-join-at-some-point"].cite == ("A35",)


def test_inviting_friends_ranks_with_the_other_headlines_and_above_its_parts() -> None:
    assert verdicts("invite_friends", "broadened_approach", "joint_public_offer") == {"recommend"}
    assert verdict("eu_participation") == "consider"
    options = plenipo.load_rulebook().options
    assert {id for id, option in options.items() if option.part_of == "invite_friends"} == set(FRIENDS)


def test_all_friends_may_soften_distrust_and_not_the_eu_alone() -> None:
    assert "friends-take-the-edge-off" in deciding("invite_friends", mutual_suspicion="high")
    assert "friends-take-the-edge-off" not in deciding("invite_friends", mutual_suspicion="low")
    assert verdict("invite_friends", mutual_suspicion="low") == "recommend"


def test_the_institute_and_the_un_office_wait_for_their_subjects() -> None:
    facts = {"conventional_talks": "none", "negotiating_agenda": "denuclearization_for_sanctions"}
    assert verdicts("expert_institute", "un_secretary_general", **facts) == {"defer"}
    assert verdicts("conventional_arms_talks", "broadened_approach", **facts) == {"recommend"}


def test_both_powers_look_for_advantage_and_not_beijing_alone() -> None:
    assert "Washington and Beijing both" in said("rivalry-strains-backing")
    assert "rivalry-strains-backing" in cautions("regional_backing", us_china_friction="high")


# Arms


@pytest.mark.parametrize(
    ("option", "rule"),
    [("nuclear_caps", "caps-are-proposed-first"), ("conventional_arms_talks", "arms-talks-are-proposed-first")],
)
def test_without_a_counterpart_caps_and_arms_talks_are_proposed(option: str, rule: str) -> None:
    alone = {"us_negotiator": "appointed", "dprk_counterpart": "not_invited"}
    together = {"us_negotiator": "appointed", "dprk_counterpart": "named"}
    assert verdict(option, **alone) == verdict(option, **together) == "recommend"
    assert rule in cautions(option, **alone)
    assert "ropose" in said(rule)
    assert rule not in cautions(option, **together)
    assert rule not in cautions(option, working_level="meeting", **alone)


def test_an_agreement_that_leaves_the_guns_near_seoul_is_not_the_end_of_arms_talks() -> None:
    options = ("conventional_arms_talks", "artillery_for_airpower", "most_threatening_systems")
    near = {"conventional_talks": "agreed", "forward_forces": "threatening_seoul"}
    assert verdicts(*options, **near) <= FOR
    assert verdict("expert_institute", **near) == "defer"
    assert verdicts(*options, "expert_institute", conventional_talks="agreed", forward_forces="pulled_back") == {"done"}
    assert verdicts(*options, "expert_institute", conventional_talks="agreed") == {"done"}


def test_joining_the_convention_lowers_the_risk_of_use() -> None:
    assert "use of chemical weapons" in said("convention-is-a-modest-request")


def test_experts_expect_no_full_and_verifiable_disarmament_and_the_core_asset_is_the_authors_view() -> None:
    experts, author = said("experts-expect-no-early-disarmament").split(";")
    assert "verifiable" in experts
    assert "core asset" in author
    assert "xpert" not in author


# The offer and assistance


@pytest.mark.parametrize("willing", ["true", "false", "unknown"])
def test_the_offer_has_worth_without_success_whatever_pyongyang_wants(willing: str) -> None:
    assert "offer-has-worth-without-success" in deciding("joint_public_offer", dprk_willing_to_talk=willing)


def test_an_offer_in_a_transition_binds_the_next_administration() -> None:
    for option in ("joint_public_offer", "economic_assistance"):
        assert "outgoing-promise-binds-the-next" in cautions(option, us_election_status="transition")
        assert "outgoing-promise-binds-the-next" not in cautions(option, us_election_status="pending")


def test_a_deferred_offer_defers_none_of_its_parts_which_belong_to_it() -> None:
    facts = {"us_rok_alignment": "divided", "offer_status": "none"}
    parts = ("fast_economic_relief", "limited_conditionality")
    assert verdict("joint_public_offer", **facts) == "defer"
    assert verdicts(*parts, **facts) == {"recommend"}
    assert {plenipo.load_rulebook().options[part].part_of for part in parts} == {"joint_public_offer"}


def test_a_peace_declaration_that_is_asked_for_is_still_no_content_for_the_offer() -> None:
    facts = {"dprk_priority_demand": "peace_declaration"}
    assert "declaration-demanded-is-still-intangible" in deciding("intangible_inducements", **facts)
    assert "declaration-demanded-is-still-intangible" not in deciding("intangible_inducements")


@pytest.mark.parametrize("cyber", ["continuing", "stopped", "unknown"])
@pytest.mark.parametrize("budget", ["withheld", "shared", "unknown"])
@pytest.mark.parametrize("aid", ["true", "false", "unknown"])
def test_assistance_is_never_recommended_without_an_ask(cyber: str, budget: str, aid: str) -> None:
    facts = {"cyber_crime": cyber, "budget_figures": budget, "economic_aid_on_table": aid}
    asked = "recommend" in verdicts("end_cyber_crime", "budget_transparency", **facts)
    assert (verdict("economic_assistance", **facts) == "recommend") == (asked and aid != "true")
    assert ("assistance-comes-with-requests" in cautions("economic_assistance", **facts)) == asked


def test_assistance_rests_on_what_it_is_exchanged_for() -> None:
    cited = {id for rule in rules_on("economic_assistance", "recommend") for id in rule.cite}
    assert {"B65", "B66"} <= cited <= {"B64", "B65", "B66"}


def test_humanitarian_aid_is_offered_on_condition_and_not_refused() -> None:
    facts = {"un_assessor_access": "none", "humanitarian_need": "severe"}
    assert verdict("humanitarian_assistance", **facts) == "defer"
    assert said("aid-waits-for-assessment").startswith("Offer ")


def test_reform_advice_names_creditworthiness_and_the_wide_effort() -> None:
    assert "recovery-takes-an-international-effort" in cautions("reform_advice")
    effort = said("recovery-takes-an-international-effort")
    assert "international" in effort
    assert "creditworthy" in effort


@pytest.mark.parametrize(
    "id",
    [
        "no-foreign-control-of-assets",
        "market-magic-frightens",
        "advice-in-small-portions",
        "diversion-worry-holds-things-up",
        "advice-must-not-threaten",
        "backing-is-for-later",
        "agree-the-offer-between-allies",
    ],
)
def test_what_the_essays_do_not_advise_themselves_is_our_reading(id: str) -> None:
    assert plenipo.load_rulebook().rules[id].basis == "inferred"
