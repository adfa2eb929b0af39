"""Where a reader in a hurry goes wrong, and a program with him. One test a trap that a program can fall into."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import plenipo
from plenipo.rulebook.model import Rule, Verb
from plenipo.rulebook.verdict import Verdict
from tests.bundled.questions import FOR, advice, cautions, read_by, rules_on, verdict, verdicts

FIRST_STEPS = ("appoint_negotiator", "invite_counterpart", "joint_public_offer")


@pytest.mark.parametrize("willing", ["true", "false", "unknown"])
def test_k1_the_first_step_is_not_gated_on_willingness(willing: str) -> None:
    facts = {"us_negotiator": "vacant", "dprk_counterpart": "not_invited", "offer_status": "none"}
    assert verdicts(*FIRST_STEPS, dprk_willing_to_talk=willing, **facts) == {"recommend"}


def test_k2_two_kinds_of_caps_are_two_options() -> None:
    nuclear = {id for rule in rules_on("nuclear_caps", "recommend") for id in rule.cite}
    conventional = {id for rule in rules_on("equal_number_caps", "avoid") for id in rule.cite}
    assert "A27" in conventional
    assert {"B28", "B53"} <= nuclear
    assert not nuclear & conventional


def test_k3_the_meanwhile_steps_stand_on_a_kept_goal() -> None:
    for agenda in ("denuclearization_for_sanctions", "broadened", "nothing"):
        assert verdict("keep_denuclearization_goal", negotiating_agenda=agenda) == "recommend"
        assert verdict("abandon_denuclearization", negotiating_agenda=agenda) == "avoid"
    assert verdict("humanitarian_assistance", humanitarian_need="severe", un_assessor_access="none") == "defer"


def test_k4_it_is_kim_who_is_wary_of_a_deal_that_may_not_last() -> None:
    finding = plenipo.load_rulebook().findings["new_deal_distrusted"]
    assert finding.says.startswith("Kim ")
    assert finding.cite == ("A03",)
    assert "new_deal_distrusted" in advice(us_election_status="pending").findings
    assert "new_deal_distrusted" not in advice(us_election_status="settled").findings


def test_k5_sanctions_relief_is_neither_rejected_nor_endorsed() -> None:
    held = {
        verdict(option, cwc_status="outside")
        for option in ("lift_sanctions_now", "sanctions_easing_vehicle", "limited_sanctions_inducement")
    }
    assert held == {"avoid", "consider"}


@pytest.mark.parametrize("cyber", ["continuing", "stopped"])
@pytest.mark.parametrize("budget", ["withheld", "shared"])
@pytest.mark.parametrize("rapporteur", ["allowed", "refused", "not_asked"])
def test_k6_conditions_on_aid_are_not_crossed(cyber: str, budget: str, rapporteur: str) -> None:
    asks = {"cyber_crime": cyber, "budget_figures": budget, "rapporteur_access": rapporteur}
    assert verdict("humanitarian_assistance", un_assessor_access="all", **asks) == "recommend"
    assert verdict("humanitarian_assistance", un_assessor_access="some", **asks) == "defer"
    assert verdict("end_cyber_crime", un_assessor_access="none", cyber_crime="continuing") in FOR


def test_k7_intangibles_are_ruled_out_for_the_offer_only() -> None:
    assert verdict("intangible_inducements", talks_stage="final_settlement") == "avoid"
    assert "intangibles-have-their-place" in cautions("intangible_inducements", talks_stage="final_settlement")
    assert verdict("regional_backing", talks_stage="final_settlement") == "recommend"


def test_k8_friction_is_about_four_parties_and_appetite_about_both() -> None:
    assert verdict("four_party_talks", us_china_friction="high") == "defer"
    assert verdict("six_party_talks", us_china_friction="high") == "silent"
    assert verdicts("four_party_talks", "six_party_talks", wider_format_appetite="little") == {"defer"}
    assert not rules_on("four_party_talks", "avoid")
    assert not rules_on("six_party_talks", "avoid")


def test_k9_trilateral_talks_are_neither_advised_nor_advised_against() -> None:
    assert not rules_on("trilateral_talks", "recommend", "consider", "defer", "avoid", "done")
    assert "trilateral-risks-a-wrecker" in cautions("trilateral_talks")
    assert "china-stands-aside-from-bilaterals" not in cautions("trilateral_talks")


def test_k10_an_unknown_wish_is_not_a_refusal() -> None:
    facts = {"us_china_friction": "low", "wider_format_appetite": "real"}
    unknown = advice(**facts).options["four_party_talks"]
    refused = advice(dprk_wants_china="false", **facts).options["four_party_talks"]
    assert {rule.id for rule in unknown.decided_by} == {"ask-the-north-about-china"}
    assert {rule.id for rule in refused.decided_by} == {"north-does-not-want-china"}


def test_k11_each_friend_has_its_own_subject() -> None:
    assert verdict("expert_institute", conventional_talks="under_way") == "consider"
    assert verdict("expert_institute", negotiating_agenda="broadened") == "silent"
    assert verdict("un_secretary_general", conventional_talks="under_way") == "silent"
    assert verdict("un_secretary_general", economic_aid_on_table="true") == "consider"
    facts = {name for rule in rules_on("peer_coalition", "consider") for name in read_by(rule)}
    assert facts == {"market_tolerance", "contract_security"}


def test_k12_summits_are_not_condemned() -> None:
    assert verdict("summit_to_ratify", working_level="text_agreed", leader_talks_tried="true") == "recommend"
    cited = {id for rule in rules_on("leader_led_diplomacy", "avoid") for id in rule.cite}
    assert "B11" in cited


@pytest.mark.parametrize("option", ["agree_process", "empower_negotiators", "summit_on_process"])
def test_k13_counterfactuals_are_inferred(option: str) -> None:
    rules = rules_on(option, "recommend", "consider")
    assert rules
    assert {rule.basis for rule in rules} == {"inferred"}


def test_k14_strategic_patience_is_not_ascribed_to_anyone() -> None:
    assert "patience-was-never-official" in cautions("strategic_patience")


@pytest.mark.parametrize("initiative", ["none", "words_only", "unknown"])
def test_k15_the_exception_to_a_forecast_is_no_advice_to_wait(initiative: str) -> None:
    facts = {"kim_initiative": initiative, "talks_status": "paused", "us_election_status": "pending"}
    assert "breakthrough_unlikely" in advice(**facts).findings
    assert verdict("follow_up_initiative", **facts) == "silent"
    assert verdict("strategic_patience", **facts) == "avoid"
    assert verdict("appoint_negotiator", us_negotiator="vacant", **facts) == "recommend"


def test_k15_only_tangible_concessions_lift_the_forecast() -> None:
    facts = {"kim_initiative": "tangible_concessions", "talks_status": "paused", "us_election_status": "pending"}
    assert "breakthrough_unlikely" not in advice(**facts).findings
    assert verdict("follow_up_initiative", **facts) == "recommend"


def test_k16_hostile_policies_are_reported_and_nothing_is_advised() -> None:
    assert not rules_on("hostile_policy_concessions", "recommend", "consider", "defer", "avoid", "done")
    facts = {"dprk_priority_demand": "end_hostile_policies"}
    assert verdict("hostile_policy_concessions", **facts) == "silent"
    assert cautions("hostile_policy_concessions", **facts) == {"hostile-policies-are-only-reported"}


def test_k17_a_long_road_admitted_is_no_right_conceded() -> None:
    assert verdict("acknowledge_long_horizon") == "consider"
    assert verdict("concede_nuclear_right") == "avoid"


def test_k18_near_consensus_is_not_never() -> None:
    assert "B23" not in {id for rule in rules_on("abandon_denuclearization", "recommend") for id in rule.cite}
    assert not rules_on("abandon_denuclearization", "recommend", "consider", "defer")


def test_k19_the_trade_is_an_example_and_says_no_more_than_it_does() -> None:
    said = " ".join(rule.because.lower() for rule in rules_on("artillery_for_airpower", "consider", "caution"))
    assert "short-range" in said
    assert "example" in said
    assert "american air" not in said
    assert "remov" not in said


def test_k20_precedents_say_no_more_than_they_show() -> None:
    six_party = next(rule for rule in rules_on("six_party_talks", "caution") if "A44" in rule.cite)
    assert "both Koreas" in six_party.because
    assert "reportedly" in six_party.because
    assert {rule.id for rule in plenipo.load_rulebook().rules.values() if "B16" in rule.cite} == {
        "details-are-the-matter"
    }


def test_k21_what_is_no_hard_thing_to_ask_is_the_chemical_convention() -> None:
    rules = [rule for rule in plenipo.load_rulebook().rules.values() if "B56" in rule.cite]
    assert {drawn.on for rule in rules for drawn in rule.then} == {"cwc_invitation"}


def test_k22_too_much_worry_is_the_fault_and_some_conditions_stay() -> None:
    facts = {"aid_diversion_concern": "blocking"}
    assert verdict("diversion_proof_aid", **facts) == "avoid"
    assert verdict("limited_conditionality", **facts) == "recommend"


def test_k23_peers_advise_and_neither_american_nor_chinese_companies_lead() -> None:
    assert "peers-advise-they-do-not-own" in cautions("peer_coalition")
    because = " ".join(rule.because for rule in rules_on("outside_company_control", "avoid"))
    assert "American" in because
    assert "Chinese" in because


def test_k24_lifting_sanctions_is_no_cure() -> None:
    found = advice(contract_security="unprotected")
    assert "sanctions_relief_cures_little" in found.findings
    assert "relief-would-not-cure" in {rule.id for rule in found.options["lift_sanctions_now"].decided_by}


def test_k25_nothing_of_2020_is_taken_for_granted() -> None:
    nothing_known = advice().findings
    assert not nothing_known & {"great_power_rivalry", "alliance_doubted", "first_step_incomplete", "text_in_sight"}
    assert verdict("four_party_talks") == "silent"


def test_k26_no_rule_names_a_president() -> None:
    book = plenipo.load_rulebook()
    said = [rule.because for rule in book.rules.values()] + [finding.says for finding in book.findings.values()]
    said += [option.title for option in book.options.values()]
    assert not [text for text in said if re.search(r"\b(Trump|Biden)\b", text)]


LOUDNESS = ["might", "could", "plain", "should", "must"]


def _reports(rule: Rule) -> bool:
    """Tell whether a rule only reports how things stand, which takes no hedge of the author's."""
    return {drawn.verb for drawn in rule.then} <= {Verb.FIND, Verb.DONE}


def test_k27_no_rule_speaks_louder_than_what_it_cites() -> None:
    book = plenipo.load_rulebook()
    advising = [rule for rule in book.rules.values() if not _reports(rule)]
    assert advising
    for rule in advising:
        loudest = max(LOUDNESS.index(book.propositions[id].strength) for id in rule.cite)
        assert LOUDNESS.index(rule.strength) <= loudest, rule.id


def test_k27_a_stated_rule_carries_the_hedge_of_something_it_cites() -> None:
    book = plenipo.load_rulebook()
    hedged = [rule for rule in book.rules.values() if rule.basis == "stated" and not _reports(rule)]
    assert hedged
    for rule in hedged:
        assert rule.strength in {book.propositions[id].strength for id in rule.cite}, rule.id


def test_k28_every_citation_names_a_paragraph() -> None:
    book = plenipo.load_rulebook()
    cited = [(source, said) for source in book.sources.values() for said in source.propositions.values()]
    assert cited
    for source, said in cited:
        assert 1 <= said.paragraph <= len(source.paragraphs)


def test_k29_scanning_noise_is_never_quoted() -> None:
    noise = re.compile(r"\b(amis|aims control|tiy|veiy|long-tenn|ahnost)\b")
    root = Path(plenipo.__file__).parents[2]
    paths = [*root.glob("rules/*.yaml"), *root.glob("seeds/*.yaml")]
    assert paths
    for path in paths:
        assert not noise.search(path.read_text(encoding="utf-8")), path.name


def test_k30_the_convention_is_joined_and_escap_is_a_commission() -> None:
    book = plenipo.load_rulebook()
    said = " ".join(rule.because for rule in book.rules.values() if "escap" in rule.id or "convention" in rule.id)
    assert "sign" not in re.findall(r"\w+", said)
    assert "Committee" not in book.options["escap_framework"].help


def test_k31_essay_b_claims_a_month_and_no_title_of_the_authors() -> None:
    essay = plenipo.load_rulebook().sources["B"]
    assert (essay.title, essay.date) == ("A new path for North Korea (our description)", "2020-09")
    assert essay.file == "002_e5196e97beca57d7.txt"


def test_k32_blame_is_a_consolation_and_not_an_aim() -> None:
    assert "blame-is-not-the-aim" in cautions("joint_public_offer", offer_status="none")
    for rule in rules_on("joint_public_offer", "recommend"):
        assert rule.cite != ("A67",)


def test_every_option_has_a_verdict_in_every_case() -> None:
    assert {said.verdict for said in advice().options.values()} <= set(Verdict)
    assert len(advice().options) == 73
