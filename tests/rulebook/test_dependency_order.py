"""The dependency order: what waits for what, and the circles."""

from __future__ import annotations

from itertools import permutations

from plenipo.rulebook.dependency_order import circle, dependencies, strata
from plenipo.rulebook.model import Rule
from tests.made_up.short import rule


def waits(*rules: Rule, findings: str = "f g h") -> dict[str, set[str]]:
    """Return what each rule and finding waits for, by name alone."""
    found = dependencies(rules, findings.split())
    return {id: {first for _, first in before} for (_, id), before in found.items()}


def layers(*rules: Rule, findings: str = "f g h") -> tuple[tuple[str, ...], ...]:
    return strata(dependencies(rules, findings.split()))


def test_a_rule_waits_for_the_findings_it_tests_wherever_it_tests_them() -> None:
    reads = rule("r", "avoid o", when={"f": "true", "any": [{"a": "x"}, {"g": "false"}]}, unless={"h": "true"})
    assert waits(reads)["r"] == {"f", "g", "h"}


def test_a_finding_waits_for_the_rules_that_find_it_and_no_others() -> None:
    found = waits(rule("r", "find f", "avoid o"), rule("s", "find f"), rule("t", "avoid f"))
    assert found == {"f": {"r", "s"}, "g": set(), "h": set(), "r": set(), "s": set(), "t": set()}


def test_a_rule_waits_for_the_rules_that_override_it() -> None:
    assert waits(rule("r", "avoid o"), rule("s", "avoid o", overrides=("r",)))["r"] == {"s"}


def test_names_that_are_not_there_are_in_no_order() -> None:
    reads = rule("r", "find nothing", when={"nothing": "true"}, overrides=("gone",))
    assert waits(reads) == {"f": set(), "g": set(), "h": set(), "r": set()}
    assert layers(reads) == (("r",),)


def test_a_rule_stands_one_layer_above_the_highest_it_waits_for() -> None:
    rules = (
        rule("finds-f", "find f"),
        rule("also-finds-f", "find f", when={"g": "true"}),
        rule("finds-g", "find g"),
        rule("reads-f", "avoid o", when={"f": "true"}),
        rule("exception", "avoid o", when={"f": "false"}, overrides=("finds-h",)),
        rule("finds-h", "find h"),
    )
    expected = (("finds-f", "finds-g"), ("also-finds-f",), ("exception", "reads-f"), ("finds-h",))
    assert layers(*rules) == expected
    assert {layers(*some) for some in permutations(rules)} == {expected}


def test_without_a_circle_there_is_none() -> None:
    rules = (rule("r", "find f"), rule("s", "find g", when={"f": "true"}), rule("t", "find f", overrides=("s",)))
    assert circle(dependencies(rules, ["f", "g"])) is None


def test_a_circle_is_spelled_out_from_its_smallest_node_whatever_the_order() -> None:
    rules = (
        rule("aside", "find h", when={"g": "true"}),
        rule("r", "find f", when={"g": "true"}),
        rule("s", "find g", when={"f": "true"}),
    )
    expected = (("finding", "f"), ("rule", "r"), ("finding", "g"), ("rule", "s"), ("finding", "f"))
    assert {circle(dependencies(some, ["h", "g", "f"])) for some in permutations(rules)} == {expected}


def test_rules_that_override_each_other_are_a_circle() -> None:
    rules = (rule("r", "avoid o", overrides=("s",)), rule("s", "avoid o", overrides=("r",)))
    assert circle(dependencies(rules, [])) == (("rule", "r"), ("rule", "s"), ("rule", "r"))
    assert circle(dependencies([rule("r", "avoid o", overrides=("r",))], [])) == (("rule", "r"), ("rule", "r"))


def test_a_rule_that_overrides_what_it_depends_on_is_a_circle() -> None:
    rules = (rule("r", "find f"), rule("s", "avoid o", when={"f": "true"}, overrides=("r",)))
    assert circle(dependencies(rules, ["f"])) == (("finding", "f"), ("rule", "r"), ("rule", "s"), ("finding", "f"))


def test_a_long_chain_has_an_order() -> None:
    findings = [f"f{n}" for n in range(2000)]
    rules = [rule("r", "find f0"), *(rule(f"r{n}", f"find f{n}", when={f"f{n - 1}": "true"}) for n in range(1, 2000))]
    found = dependencies(rules, findings)
    assert circle(found) is None
    assert [len(layer) for layer in strata(found)] == [1] * 2000
