"""Constraints: the one notion of which facts are possible together in a situation."""

from collections.abc import Mapping, Sequence

from plenipo.errors import Location, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.model import Condition, Constraint, Rulebook

#: How many ways to fill in unknown facts are tried; facts that leave more open than that are allowed.
TRIES = 10_000


def possible(rulebook: Rulebook, facts: Mapping[str, str]) -> bool:
    """Return whether facts can be so together, and whatever is not known can be filled in, as far as is tried."""
    bearing = [each for each in rulebook.constraints if _holds(each.never, facts, unknown=True)]
    return not any(each.never.holds(facts) for each in bearing) and _completable(rulebook, bearing, facts)


def refuse_impossible(
    rulebook: Rulebook, facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """
    Add a fault to `faults` for every constraint that the facts break.

    Where they break none, add one if no way of filling in the unknown facts satisfies the constraints.

    `places` (fact -> place) are where facts were given; the others were given under `name`.
    """
    broken = False
    for constraint in rulebook.constraints:
        if constraint.never.holds(facts):
            broken = True
            met = {atom.name for atom in constraint.never.met(facts)}
            at, *earlier = sorted(((places.get(id, Location(name)), id) for id in met), reverse=True)
            said = [_said(id, facts) for _, id in (*reversed(earlier), at)]
            faults.add(
                "impossible-facts",
                f"{' and '.join(said)} exclude one another" if earlier else f"{said[0]} is never possible",
                at[0],
                also=[(place, f"{_said(id, facts)} is here") for place, id in reversed(earlier) if place != at[0]],
                help=(constraint.because, "if one of them is not known, say `unknown`"),
            )
    if rulebook.constraints and not broken:
        _refuse_dead_end(rulebook, facts, faults, places, name)


def _refuse_dead_end(
    rulebook: Rulebook, facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """Add a fault where the unknown facts cannot be filled in, naming a smallest set of constraints that forbids it."""
    bearing = [each for each in rulebook.constraints if _holds(each.never, facts, unknown=True)]
    if not any(_names(each) & facts.keys() for each in bearing) or _completable(rulebook, bearing, facts):
        return
    for constraint in tuple(bearing):
        rest = [each for each in bearing if each is not constraint]
        if not _completable(rulebook, rest, facts):
            bearing = rest
    names = frozenset[str]().union(*map(_names, bearing))
    known = sorted((places.get(id, Location(name)), id) for id in names & facts.keys())
    if not known:
        return
    said = " and ".join(_said(id, facts) for _, id in known)
    left = " and ".join(quoted(id) for id in sorted(names - facts.keys()))
    faults.add(
        "impossible-facts",
        f"with {said}, no value of {left} satisfies the constraints",
        known[-1][0],
        help=tuple(f"{each.id}: {each.because}" for each in bearing),
    )


def _completable(rulebook: Rulebook, constraints: Sequence[Constraint], facts: Mapping[str, str]) -> bool:
    """Return whether the unknown facts can be filled in without breaking a constraint, or there was too much to try."""
    names = frozenset[str]().union(*map(_names, constraints))
    unknown = [id for id in rulebook.facts if id in names and id not in facts]
    waiting = [dict(facts)]
    for _ in range(TRIES):
        if not waiting:
            return False
        state = waiting.pop()
        if any(_holds(each.never, state, unknown=False) for each in constraints):
            continue
        id = next((id for id in unknown if id not in state), None)
        if id is None:
            return True
        waiting.extend({**state, id: value} for value in rulebook.facts[id].values)
    return True


def _said(fact: str, facts: Mapping[str, str]) -> str:
    return quoted(f"{fact}: {facts[fact]}")


def _names(constraint: Constraint) -> frozenset[str]:
    return frozenset(atom.name for atom in constraint.never.every_atom())


def _holds(condition: Condition, state: Mapping[str, str], *, unknown: bool) -> bool:
    """Return whether a condition holds where comparisons with unknown facts all do, or all do not."""
    return all(state[atom.name] in atom.values if atom.name in state else unknown for atom in condition.atoms) and (
        not condition.any_of or any(_holds(branch, state, unknown=unknown) for branch in condition.any_of)
    )
