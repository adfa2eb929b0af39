"""The explanation: every reason down to the facts, and what the other verdicts lacked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import hypothesis
import pytest

from plenipo.advice.conclude import Advice
from plenipo.advice.explain import ConditionNode, Explanation, FactNode, FindingNode, RuleNode, explain
from plenipo.errors import UsageError
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, advised, few, shown
from tests.made_up.harbour import CALM, FINDINGS, OPTIONS, RULES, STORM

Book = Callable[..., Rulebook]


@pytest.fixture
def harbour(book: Book) -> Rulebook:
    return book(RULES, options=OPTIONS, findings=FINDINGS)


def rules(nodes: tuple[RuleNode, ...]) -> list[str]:
    return [node.rule.id for node in nodes]


def terms(condition: ConditionNode) -> Iterator[FactNode | FindingNode]:
    yield from condition.terms
    for branch in condition.any_of:
        yield from terms(branch)


def leaves(node: RuleNode, seen: set[str]) -> Iterator[FactNode]:
    """Yield the facts on which a rule rests in the end."""
    if node.rule.id in seen:
        return
    seen.add(node.rule.id)
    for condition in (node.when, node.unless):
        for term in terms(condition) if condition else ():
            if isinstance(term, FactNode):
                yield term
            else:
                for rule in term.finders:
                    yield from leaves(rule, seen)


def test_a_verdict_is_explained_down_to_the_facts(harbour: Rulebook) -> None:
    found = explain(advise(harbour, Situation(CALM, notes={"wind": "Not a leaf stirs."})), "sail")
    (rule,) = found.deciding
    (safe,) = rule.when.terms
    assert isinstance(safe, FindingNode)
    assert rules(safe.responsible) == ["calm-is-safe"]
    (wind,) = safe.responsible[0].when.terms
    assert isinstance(wind, FactNode)
    assert (wind.fact.id, wind.value, wind.note) == ("wind", "calm", "Not a leaf stirs.")


def test_rules_that_lost_stay_visible(harbour: Rulebook) -> None:
    assert rules(explain(advise(harbour, CALM), "sail").outranked) == ["sail-anyway"]
    (lost,) = explain(advise(harbour, STORM), "rest").overridden
    assert rules(lost.overridden_by) == ["rested"]


def test_why_not_names_what_each_rule_lacked(harbour: Rulebook) -> None:
    (instead,) = explain(advise(harbour, {"sky": "dark"}), "sail", Verdict.RECOMMEND).alternatives
    (rule,) = instead.rules
    assert not rule.fired
    assert rule.blocked
    (lacking,) = rule.when.lacking
    assert isinstance(lacking, FindingNode)
    (wind,) = lacking.responsible[0].when.lacking
    assert isinstance(wind, FactNode)
    assert not wind.known


def test_an_unknown_fact_is_said_to_be_unknown_and_never_to_be_false(harbour: Rulebook) -> None:
    text = shown(explain(advise(harbour, {}), "cross", Verdict.DEFER))
    assert 'Is the tide in? Not known. It would have to be "no".' in text
    assert "Is the tide in? No." not in text


def test_a_silent_option_says_so_and_lists_what_speaks_of_it(harbour: Rulebook) -> None:
    found = explain(advise(harbour, {}), "insure")
    assert found.verdict is Verdict.SILENT
    assert rules(found.alternatives[0].rules) == ["insure-it"]
    text = shown(found)
    assert "the sources give no advice here" in text
    assert "insure-it" in text


def test_an_option_no_rule_speaks_of_is_listed_separately(harbour: Rulebook) -> None:
    assert "Neither source speaks of this under any circumstances." in shown(explain(advise(harbour, CALM), "sing"))


def test_asking_for_the_verdict_it_has_or_for_one_nothing_gives_is_answered(harbour: Rulebook) -> None:
    advice = advise(harbour, CALM)
    assert "Neither source calls this done under any circumstances." in shown(explain(advice, "sail", Verdict.DONE))
    assert "if none of the rules that decided had fired" in shown(explain(advice, "sail", Verdict.SILENT))
    assert "sail-when-safe" in shown(explain(advice, "sail", Verdict.RECOMMEND))


def test_an_option_that_is_not_there_is_refused_with_the_nearest_name(harbour: Rulebook) -> None:
    with pytest.raises(UsageError) as refused:
        explain(advise(harbour, CALM), "sial")
    assert str(refused.value) == "plenipo: no option is called `sial`\n  help: did you mean `sail`?"


def test_a_finding_that_several_rules_share_is_said_once(book: Book) -> None:
    text = shown(
        explain(
            advise(
                book(
                    """\
- {id: calm-is-safe, when: {wind: calm}, then: {find: safe}, because: Little wind moves little water.}
- {id: one, when: {safe: true}, then: {recommend: sail}}
- {id: two, when: {safe: true}, then: {recommend: sail}}
"""
                ),
                CALM,
            ),
            "sail",
        )
    )
    assert text.count("Little wind moves little water.") == 1
    assert "The sea is safe. (see above)" in text


def test_a_chain_of_findings_of_any_depth_is_explained(book: Book) -> None:
    depth = 400
    findings = "findings:\n" + "".join(f"  s{n}: {{says: Step {n}.}}\n" for n in range(depth))
    steps = "".join(f"- {{id: r{n}, when: {{s{n - 1}: true}}, then: {{find: s{n}}}}}\n" for n in range(1, depth))
    chain = f"- {{id: r0, when: {{wind: calm}}, then: {{find: s0}}}}\n{steps}"
    last = f"- {{id: end, when: {{s{depth - 1}: true}}, then: {{recommend: sail}}}}\n"
    found = explain(advise_in_order(book(chain + last, findings=findings), CALM), "sail")
    for format in ("text", "md", "json"):
        assert "How strong is the wind?" in shown(found, format)


def advise_in_order(rulebook: Rulebook, facts: dict[str, str]) -> Advice:
    """Return advice where the oracle would go too deep: every rule of a chain fires."""
    from plenipo.advice.conclude import conclude  # noqa: PLC0415

    return conclude(rulebook, Situation(facts), rulebook.rules)


def named(found: Explanation) -> set[str]:
    return {node.rule.id for group in (found.deciding, found.outranked, found.overridden) for node in group}


@few
@hypothesis.given(advised())
def test_every_option_of_every_rulebook_is_explained_by_all_that_spoke(held: list[object], advice: Advice) -> None:
    for id, said in advice.options.items():
        found = explain(advice, id)
        assert rules(found.deciding) == [rule.id for rule in said.decided_by]
        assert named(found) == {rule.id for rule in (*said.decided_by, *said.outranked, *said.overridden)}
        for node in (*found.deciding, *found.outranked, *found.overridden, *found.cautions):
            held.append(node)
            assert node.fired
            assert node.when.holds
            for leaf in leaves(node, set()):
                assert leaf.value == advice.situation.facts.get(leaf.fact.id, "unknown")
        text = shown(found, width=60)
        for rule in (*said.decided_by, *said.outranked, *said.overridden, *said.cautions):
            assert rule.id in text


@few
@hypothesis.given(advised())
def test_each_rule_that_might_have_given_another_verdict_lacks_something(held: list[object], advice: Advice) -> None:
    for id, said in advice.options.items():
        for verdict in Verdict:
            for instead in explain(advice, id, verdict).alternatives:
                for node in instead.rules:
                    held.append(node)
                    acts = node.acts and said.verdict is not verdict
                    assert node.fired or node.blocked or node.when.lacking
                    assert not acts or list(Verdict).index(said.verdict) < list(Verdict).index(verdict)
