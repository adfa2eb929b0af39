"""
Questions about all situations within bounds, and the one place that decides how each of them is answered.

A truth table answers where it is small enough, the answer-set engine elsewhere. Both look at every situation that the
constraints allow, so the answers are exact, and callers do not see which of the two gave them. A search may only take
the time that `search_time` gives it: an answer that has no room to say so raises `TimeoutError`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, TypeAlias

from plenipo.engines.bitset.situation_columns import Facts
from plenipo.engines.bitset.truth_table import Domains, fits
from plenipo.inquiry import table_solver
from plenipo.inquiry.bounds import Completions
from plenipo.inquiry.scope import Scope, scope
from plenipo.rulebook.model import Rulebook

if TYPE_CHECKING:
    from plenipo.inquiry.answer_set_solver import AnswerSetSolver

#: What answers questions about one option.
OptionSolver: TypeAlias = "table_solver.TableSolver | AnswerSetSolver"


def option_solver(rulebook: Rulebook, option: str, facts: Facts, domains: Domains) -> OptionSolver:
    """
    Return what answers questions about the verdict on an option within bounds.

    `domains` give for each fact that is free the value it has now, and then the others it may take.
    """
    scopes = scope(rulebook)
    free = {fact: domains[fact] for fact in scopes.tied(scopes.facts(option), domains.keys())}
    if fits(free):
        return table_solver.TableSolver(rulebook, option, facts, free)
    from plenipo.inquiry.answer_set_solver import AnswerSetSolver  # noqa: PLC0415 - small questions do without

    return AnswerSetSolver(rulebook, option, facts, free)


def possible_verdicts(rulebook: Rulebook, options: Collection[str], facts: Facts) -> Mapping[str, Completions]:
    """
    Return for each option the verdicts that completions of the facts give, and the facts on which they turn.

    A completion gives every unknown fact a value. Verdicts turn on a fact when two completions that differ in it alone
    give different ones. An option in whose scope everything is known is left out.
    """
    scopes, unknown = scope(rulebook), rulebook.facts.keys() - facts.keys()
    found = {}
    large = []
    for option in options:
        free = {fact: tuple(rulebook.facts[fact].values) for fact in scopes.tied(scopes.facts(option), unknown)}
        if not fits(free):
            large.append(option)
        elif free:
            found[option] = table_solver.verdicts_by_table(rulebook, option, facts, free)
    if large:
        from plenipo.inquiry import answer_set_solver  # noqa: PLC0415 - as above

        found.update(answer_set_solver.verdicts_by_search(rulebook, large, facts))
    return found


def smallest_examples(rulebook: Rulebook, rules: Collection[str]) -> Mapping[str, Facts | None]:
    """
    Return for each rule an allowed situation with as few known facts as possible in which it acts, or None.

    None is a proof that there is none. Rules for which that was not decided in time are left out.
    """
    scopes = Scope(rulebook)
    found: dict[str, Facts | None] = {}
    large = []
    for rule in rules:
        domains = scopes.incomplete(scopes.facts_behind(rule))
        if fits(domains):
            found[rule] = table_solver.example_by_table(scopes, rule, domains)
        else:
            large.append(rule)
    if large:
        from plenipo.inquiry import answer_set_solver  # noqa: PLC0415 - as above

        found.update(answer_set_solver.examples_by_search(rulebook, large))
    return found


def smallest_difference(rulebook: Rulebook, other: Rulebook, option: str) -> Facts | None:
    """
    Return a smallest situation in which another rulebook over the same facts gives an option another verdict, or None.

    The other may lack rules or have them changed, but the verdict must not depend on more facts. None is a proof.

    Raises:
        TimeoutError: it was not decided in time.
    """
    scopes = scope(rulebook)
    if fits(scopes.incomplete(scopes.facts(option))):
        return table_solver.difference_by_table(rulebook, other, option)
    from plenipo.inquiry import answer_set_solver  # noqa: PLC0415 - as above

    return answer_set_solver.difference_by_search(rulebook, other, option)
