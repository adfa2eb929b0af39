"""The essays pull two ways in places; the rulebook reconciles them as a careful reader would. One test a tension."""

from __future__ import annotations

import plenipo
from tests.bundled.questions import FOR, advice, cautions, rules_on, verdict, verdicts


def test_t1_the_offer_is_public_and_reform_is_quiet() -> None:
    assert verdict("joint_public_offer") in FOR
    assert verdict("publicised_quick_fix") == "avoid"
    assert "offer-needs-substance" in cautions("joint_public_offer")
    assert "advice-must-not-threaten" in cautions("reform_advice")


def test_t2_sanctions_relief_has_three_roles() -> None:
    assert verdict("lift_sanctions_now") == "avoid"
    assert verdict("sanctions_easing_vehicle") == "avoid"
    assert verdict("limited_sanctions_inducement", cwc_status="outside") == "consider"
    assert verdict("un_secretary_general", negotiating_agenda="broadened") == "consider"


def test_t3_the_economy_is_a_need_and_no_promise_of_acceptance() -> None:
    facts = {"dprk_economy": "failing", "dprk_priority_demand": "unclear"}
    assert verdict("fast_economic_relief", **facts) in FOR
    assert {"economic_need_certain", "wants_unclear"} <= advice(**facts).findings


def test_t4_fast_relief_and_slow_reform_have_two_horizons() -> None:
    assert verdicts("fast_economic_relief", "reform_advice", dprk_economy="failing") <= FOR
    assert "relief-and-reform-have-two-horizons" in cautions("fast_economic_relief")


def test_t5_each_aid_has_its_own_conditions() -> None:
    asks = {"cyber_crime": "continuing", "budget_figures": "withheld", "rapporteur_access": "refused"}
    assert verdict("humanitarian_assistance", humanitarian_need="severe", un_assessor_access="all", **asks) in FOR
    assert verdict("limited_conditionality") in FOR


def test_t6_conduct_is_bargained_over_and_diversion_tolerated() -> None:
    assert verdict("end_cyber_crime", cyber_crime="continuing") in FOR
    assert verdict("diversion_proof_aid", aid_diversion_concern="blocking") == "avoid"
    assert "conduct-not-diversion" in cautions("end_cyber_crime")


def test_t7_the_pause_is_for_thinking_and_never_for_waiting() -> None:
    facts = {"talks_status": "paused", "us_election_status": "pending", "weapons_programme": "advancing"}
    assert verdict("think_through_alternatives", **facts) in FOR
    assert verdict("strategic_patience", **facts) == "avoid"


def test_t8_willingness_bounds_success_and_not_the_first_step() -> None:
    facts = {"dprk_willing_to_talk": "false", "us_negotiator": "vacant", "dprk_counterpart": "not_invited"}
    assert verdicts("appoint_negotiator", "invite_counterpart", "joint_public_offer", **facts) <= FOR
    assert "unwilling-north-is-no-reason-to-wait" in cautions("appoint_negotiator", **facts)


def test_t9_the_goal_is_kept_and_is_not_the_immediate_point() -> None:
    assert verdict("keep_denuclearization_goal") == "recommend"
    assert verdict("disarmament_first") == "avoid"


def test_t10_the_goal_may_be_loose_and_texts_are_tight() -> None:
    assert verdict("loose_mutual_goal") in FOR
    assert verdict("detailed_text", working_level="drafting") == "recommend"
    assert "loose-goal-tight-texts" in cautions("loose_mutual_goal")


def test_t11_equal_conventional_caps_are_not_nuclear_caps() -> None:
    assert verdict("equal_number_caps") == "avoid"
    assert verdict("nuclear_caps", weapons_programme="advancing") == "recommend"


def test_t12_small_swaps_are_distrusted_and_small_steps_are_not() -> None:
    assert verdict("small_nuclear_swap") == "avoid"
    assert verdicts("cwc_invitation", "conventional_arms_talks", "reform_advice") <= FOR


def test_t13_summits_are_judged_by_what_they_are_for() -> None:
    assert verdict("summit_to_negotiate") == "avoid"
    assert verdict("summit_on_process", process_agreed="false", kim_initiative="tangible_concessions") == "consider"
    assert verdict("summit_on_process", process_agreed="false") == "defer"
    assert verdict("summit_to_ratify", working_level="text_agreed") == "recommend"
    assert verdict("exclude_leaders") == "avoid"


def test_t14_friends_now_and_the_interests_of_six_later() -> None:
    assert verdict("eu_participation", mutual_suspicion="high") == "consider"
    assert verdicts("four_party_talks", "six_party_talks", wider_format_appetite="little") == {"defer"}
    assert verdict("regional_backing", talks_stage="opening") == "defer"
    assert verdict("regional_backing", talks_stage="final_settlement") == "recommend"


def test_t15_chinas_backing_is_no_seat_and_no_control() -> None:
    facts = {"talks_stage": "final_settlement", "us_china_friction": "high"}
    assert verdict("regional_backing", **facts) == "recommend"
    assert verdict("four_party_talks", **facts) == "defer"
    assert verdict("outside_company_control", **facts) == "avoid"


def test_t16_guarantees_belong_to_the_settlement() -> None:
    assert verdict("early_security_guarantees", talks_stage="opening") == "avoid"
    assert verdict("early_security_guarantees", talks_stage="final_settlement") == "silent"
    assert "guarantees-at-the-settlement" in cautions("early_security_guarantees", talks_stage="final_settlement")


def test_t17_standing_in_bodies_is_not_normalization() -> None:
    assert verdict("body_recognition_inducement", cwc_status="outside") == "consider"
    assert verdict("intangible_inducements") == "avoid"


def test_t18_the_rapporteur_is_asked_for_despite_the_friction() -> None:
    facts = {"dprk_priority_demand": "end_hostile_policies", "rapporteur_access": "refused"}
    assert verdict("rapporteur_visit", **facts) == "consider"
    assert "visit-is-no-condition" in cautions("rapporteur_visit", **facts)


def test_t19_a_first_step_of_washingtons_own_beside_joint_moves() -> None:
    facts = {"us_negotiator": "vacant", "us_rok_alignment": "divided"}
    assert verdict("appoint_negotiator", **facts) == "recommend"
    assert verdict("joint_public_offer", **facts) == "defer"


def test_t20_may_be_and_always_was_too_narrow_keep_their_strengths() -> None:
    rules = plenipo.load_rulebook().rules
    assert rules["bargain-may-be-too-narrow"].strength == "might"
    assert rules["bargain-may-be-too-narrow"].cite == ("A08",)
    assert rules["bargain-was-always-too-narrow"].strength == "plain"
    assert {id[0] for id in rules["bargain-was-always-too-narrow"].cite} == {"B"}


def test_t21_two_old_policies_each_cited_to_its_own_essay() -> None:
    assert {id[0] for rule in rules_on("pre_2017_policy", "avoid") for id in rule.cite} == {"B"}
    for rule in rules_on("maximum_pressure", "avoid"):
        assert len({id[0] for id in rule.cite}) == 1, rule.id


def test_t22_the_eu_pays_and_guarantees_and_may_pass_for_a_broker() -> None:
    facts = {"outside_funds_or_guarantor_sought": "true", "mutual_suspicion": "low"}
    assert verdict("eu_participation", **facts) == "consider"
    assert "A52" not in {id for rule in rules_on("eu_participation", "consider") for id in rule.cite}
    assert "eu-as-a-whole" in cautions("eu_participation", **facts)


def test_t23_two_allies_open_and_many_rebuild() -> None:
    assert verdicts("joint_public_offer", "peer_coalition") <= FOR


def test_t24_asks_stay_few_and_unthreatening() -> None:
    for ask in ("end_cyber_crime", "budget_transparency", "rapporteur_visit"):
        assert "asks-stay-few-and-unthreatening" in cautions(ask)
