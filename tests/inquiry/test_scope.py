"""Scopes: what a verdict can depend on, and the facts that constraints tie together."""

from __future__ import annotations

from dataclasses import replace

from plenipo.inquiry.scope import scope
from plenipo.rulebook.model import Constraint, Rulebook
from tests.made_up.short import condition, rule, rulebook


def tied(*pairs: tuple[str, str]) -> Rulebook:
    """A rulebook of five facts, of which only `a` bears on the option, and constraints that tie pairs of them."""
    book = rulebook(
        rule("r", "avoid o", when={"a": "x"}),
        rule("s", "avoid p", when=dict.fromkeys("bcde", "x")),
        rule("t", "caution p", when=dict.fromkeys("abcde", "y")),
    )
    nevers = [condition({one: "x", other: "x"}) for one, other in pairs]
    return replace(book, constraints=tuple(Constraint(f"c{n}", never) for n, never in enumerate(nevers)))


def test_ties_reach_from_fact_to_fact_in_any_order() -> None:
    for pairs in ([("a", "b"), ("b", "c"), ("c", "d")], [("c", "d"), ("b", "c"), ("a", "b")]):
        scopes = scope(tied(*pairs))
        assert scopes.facts("o") == ("a",)
        assert scopes.tied(["a"], {*"abcde"}) == ("a", "b", "c", "d")
        assert list(scopes.incomplete(["a"])) == ["a", "b", "c", "d"]


def test_no_tie_leads_through_a_fact_that_is_not_free() -> None:
    scopes = scope(tied(("a", "b"), ("b", "c"), ("c", "d")))
    assert scopes.tied(["a"], {*"acde"}) == ("a",)
    assert scopes.tied(["a"], {*"abde"}) == ("a", "b")
    assert scopes.tied(["a"], {*"bcde"}) == ()


def test_a_scope_goes_through_findings_and_overriders_and_no_further() -> None:
    book = rulebook(
        rule("finds", "find f", when={"a": "x"}),
        rule("exception", "caution p", when={"b": "x"}, overrides=("finds",)),
        rule("speaks", "avoid o", when={"f": "true"}),
        rule("elsewhere", "avoid p", when={"c": "x"}),
    )
    scopes = scope(book)
    assert set(scopes.rules("o")) == set(scopes.rules_behind("speaks")) == {"finds", "exception", "speaks"}
    assert set(scopes.facts("o")) == set(scopes.facts_behind("speaks")) == {"a", "b"}
    assert scopes.rules("p") == ("elsewhere",)
