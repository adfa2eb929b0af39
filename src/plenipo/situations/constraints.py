"""Constraints: the one notion of which facts are possible together in a situation."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from plenipo.errors import Location, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.model import Constraint, Rulebook
from plenipo.situations.exclusions import exclusions


def possible(rulebook: Rulebook, facts: Mapping[str, str]) -> bool:
    """Return whether facts can be so together, and whatever is not known can be filled in."""
    return not any(each.never.holds(facts) for each in exclusions(rulebook))


def possible_values(rulebook: Rulebook, facts: Mapping[str, str], fact: str) -> tuple[str, ...]:
    """
    Return the values of a fact that the other facts allow it, regardless of its value now.

    A constraint that only other facts break rules out no value.
    """
    bearing = [each.never for each in exclusions(rulebook) if fact in each.values]
    return tuple(
        value
        for value in rulebook.facts[fact].values
        if not any(never.holds({**facts, fact: value}) for never in bearing)
    )


def broken_constraints(rulebook: Rulebook, facts: Mapping[str, str]) -> tuple[Constraint, ...]:
    """
    Return the constraints by which some facts are not allowed, by id; none where they are.

    These are those that the facts break. Where they break none, they are a smallest set that leaves an unknown fact no
    value.
    """
    broken = [each for each in rulebook.constraints if each.never.holds(facts)]
    return tuple(sorted(broken or _leaving_no_value(rulebook, facts), key=lambda each: each.id))


def facts_at_odds(rulebook: Rulebook, facts: Mapping[str, str]) -> frozenset[str]:
    """Return the facts that are not allowed together, but for those without which the same constraints are broken."""
    broken = broken_constraints(rulebook, facts)
    found = frozenset(id for each in broken for id in _at_odds(each, facts))
    fewer = {id: {other: value for other, value in facts.items() if other != id} for id in found}
    return frozenset(id for id in found if broken_constraints(rulebook, fewer[id]) != broken) or found


def refuse_impossible(
    rulebook: Rulebook, facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """
    Add a fault to `faults` for every constraint that the facts break.

    Where they break none, add one if no way of filling in the unknown facts satisfies the constraints.

    `places` (fact -> place) are where facts were given; the others were given under `name`.
    """
    broken = broken_constraints(rulebook, facts)
    if broken and not broken[0].never.holds(facts):
        _refuse_dead_end(broken, facts, faults, places, name)
        return
    for constraint in broken:
        at, *earlier = sorted(
            ((places.get(id, Location(name)), id) for id in _at_odds(constraint, facts)), reverse=True
        )
        said = [_said(id, facts) for _, id in (*reversed(earlier), at)]
        faults.add(
            "impossible-facts",
            f"{' and '.join(said)} exclude one another" if earlier else f"{said[0]} is never possible",
            at[0],
            also=[(place, f"{_said(id, facts)} is here") for place, id in reversed(earlier) if place != at[0]],
            help=(constraint.because, "if one of them is not known, say `unknown`"),
        )


def _refuse_dead_end(
    broken: Sequence[Constraint], facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """Add a fault for constraints that together leave an unknown fact no value."""
    names = frozenset(atom.name for constraint in broken for atom in constraint.never.every_atom())
    known = sorted({(places.get(id, Location(name)), id) for each in broken for id in _at_odds(each, facts)})
    left = " and ".join(quoted(id) for id in sorted(names - facts.keys()))
    said = " and ".join(_said(id, facts) for _, id in known)
    faults.add(
        "impossible-facts",
        f"with {said}, no value of {left} satisfies the constraints"
        if known
        else f"no value of {left} satisfies the constraints, so that no situation is possible",
        known[-1][0] if known else Location(name),
        help=tuple(f"{each.id}: {each.because}" for each in broken),
    )


def _at_odds(constraint: Constraint, facts: Mapping[str, str]) -> frozenset[str]:
    """Return the facts that break a constraint, or that bear on it where they leave another fact no value."""
    never = constraint.never
    atoms = never.met(facts) if never.holds(facts) else never.every_atom()
    return frozenset(atom.name for atom in atoms) & facts.keys()


def _leaving_no_value(rulebook: Rulebook, facts: Mapping[str, str]) -> Sequence[Constraint]:
    """Return a smallest set of constraints by which facts that break none of them are not allowed."""
    found = [each for each in exclusions(rulebook) if each.never.holds(facts)]
    if not found:
        return ()
    needed = sorted(min(found, key=lambda each: (len(each.due_to), each.rank)).due_to, key=lambda each: each.id)
    for constraint in tuple(needed):
        fewer = [each for each in needed if each is not constraint]
        if not possible(replace(rulebook, constraints=tuple(fewer), closed=False), facts):
            needed = fewer
    return needed


def _said(fact: str, facts: Mapping[str, str]) -> str:
    return quoted(f"{fact}: {facts[fact]}")
