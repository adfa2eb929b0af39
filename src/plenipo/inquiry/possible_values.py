"""What constraints leave possible: the values a fact can still have, and what has been told that cannot be so."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from plenipo.engines.bitset.truth_table import Table, fits
from plenipo.inquiry.scope import reach
from plenipo.rulebook.model import UNKNOWN, Atom, Condition, Constraint, Rulebook


def offered(rulebook: Rulebook, told: Mapping[str, str], fact: str) -> tuple[str, ...]:
    """Return the values of a fact that some way of filling in what is unknown allows, whatever value it has now."""
    values = tuple(rulebook.facts[fact].values)
    others = {id: value for id, value in told.items() if id != fact}
    linked = reach(rulebook).linked([fact], rulebook.facts.keys() - others.keys())
    touched = [constraint for constraint in rulebook.constraints if set(linked) & _names(constraint)]
    if not touched:
        return values
    domains = {id: tuple(rulebook.facts[id].values) for id in linked}
    if not fits(domains):
        free = {id: tuple(domain.values) for id, domain in rulebook.facts.items() if id not in others and id != fact}
        from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

        engine = answer_engine(rulebook)
        return tuple(value for value in values if engine.acting({**others, fact: value}, free) is not None)
    table = Table(rulebook, domains, others)
    return tuple(
        value for value in values if table.holds(Condition((Atom(fact, (value,)),))) & _allowed(table, touched)
    )


def broken(rulebook: Rulebook, told: Mapping[str, str]) -> tuple[Constraint, ...]:
    """Return the constraints that what is told breaks already, whatever else may be so."""
    return tuple(
        constraint
        for constraint in rulebook.constraints
        if not any(UNKNOWN in atom.values for atom in constraint.never.every_atom()) and constraint.never.holds(told)
    )


def can_hold(condition: Condition, domains: Mapping[str, Collection[str]]) -> bool:
    """Return whether a condition on facts holds for some values in their domains."""
    return _can_hold([condition], domains)


def _can_hold(conditions: list[Condition], domains: Mapping[str, Collection[str]]) -> bool:
    if not conditions:
        return True
    first, *others = conditions
    narrowed = dict(domains)
    for atom in first.atoms:
        narrowed[atom.name] = [value for value in narrowed[atom.name] if value in atom.values]
        if not narrowed[atom.name]:
            return False
    if not first.any_of:
        return _can_hold(others, narrowed)
    return any(_can_hold([branch, *others], narrowed) for branch in first.any_of)


def _names(constraint: Constraint) -> set[str]:
    return {atom.name for atom in constraint.never.every_atom()}


def _allowed(table: Table, touched: list[Constraint]) -> int:
    """Return the rows that these constraints leave: one that is broken by other facts rules out no value here."""
    rows = table.full
    for constraint in touched:
        rows &= ~table.holds(constraint.never)
    return rows
