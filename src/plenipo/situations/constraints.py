"""Exclusion: facts that a situation tells and that, by the constraints of the rulebook, can never be so together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plenipo.errors import Location, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.model import Condition, Constraint, Rulebook

#: As many ways to fill in what is not known as are tried; facts that leave more open than that are let pass.
TRIES = 10_000


def possible(rulebook: Rulebook, facts: Mapping[str, str]) -> bool:
    """Return whether facts can be so together, and whatever is not known can be filled in, as far as is tried."""
    bearing = [each for each in rulebook.constraints if _can_hold(each.never, facts)]
    return not any(each.never.holds(facts) for each in bearing) and _completable(rulebook, bearing, facts)


def refuse_impossible(
    rulebook: Rulebook, facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """
    Add a fault to `faults` for every constraint that the facts break.

    Where they break none, add one if whatever is not known could not be filled in without breaking some.

    `places` tells where a fact was given; one that it does not tell was given under `name`.
    """
    broken = False
    for constraint in rulebook.constraints:
        if constraint.never.holds(facts):
            broken = True
            told = sorted(
                {atom.name: places.get(atom.name, Location(name)) for atom in constraint.never.met(facts)}.items(),
                key=lambda fact: fact[1],
            )
            said = [quoted(f"{id}: {facts[id]}") for id, _ in told]
            also = [(place, f"{words} stands here") for words, (_, place) in zip(said[:-1], told[:-1], strict=True)]
            faults.add(
                "impossible-facts",
                f"{' and '.join(said)} exclude one another" if len(said) > 1 else f"{said[0]} can never be so",
                told[-1][1],
                also=also if also and also[0][0] != told[-1][1] else (),
                help=(constraint.because, "say that one of them is `unknown`, if that is so"),
            )
    if rulebook.constraints and not broken:
        _refuse_dead_end(rulebook, facts, faults, places, name)


def _refuse_dead_end(
    rulebook: Rulebook, facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """Add a fault where the facts have no completion, naming constraints of which none can be spared for that."""
    bearing = [each for each in rulebook.constraints if _can_hold(each.never, facts)]
    if not any(_names(each) & facts.keys() for each in bearing) or _completable(rulebook, bearing, facts):
        return
    for constraint in tuple(bearing):
        rest = [each for each in bearing if each is not constraint]
        if not _completable(rulebook, rest, facts):
            bearing = rest
    names = frozenset[str]().union(*map(_names, bearing))
    told = sorted((places.get(id, Location(name)), id) for id in names & facts.keys())
    if not told:
        return
    said = " and ".join(quoted(f"{id}: {facts[id]}") for _, id in told)
    left = " and ".join(quoted(id) for id in sorted(names - facts.keys()))
    faults.add(
        "impossible-facts",
        f"{said} {'leaves' if len(told) == 1 else 'leave'} no value for {left} that can be so",
        told[-1][0],
        help=tuple(f"{each.id}: {each.because}" for each in bearing),
    )


def _completable(rulebook: Rulebook, constraints: Sequence[Constraint], facts: Mapping[str, str]) -> bool:
    """Return whether the facts can be completed without breaking a constraint, or there was too much to try."""
    names = frozenset[str]().union(*map(_names, constraints))
    unknown = [id for id in rulebook.facts if id in names and id not in facts]
    waiting = [dict(facts)]
    for _ in range(TRIES):
        if not waiting:
            return False
        state = waiting.pop()
        if any(_must_hold(each.never, state) for each in constraints):
            continue
        id = next((id for id in unknown if id not in state), None)
        if id is None:
            return True
        waiting.extend({**state, id: value} for value in rulebook.facts[id].values)
    return True


def _names(constraint: Constraint) -> frozenset[str]:
    return frozenset(atom.name for atom in constraint.never.every_atom())


def _must_hold(condition: Condition, state: Mapping[str, str]) -> bool:
    """Return whether a condition holds however the state is completed, as far as one can see fact by fact."""
    return all(state.get(atom.name) in atom.values for atom in condition.atoms) and (
        not condition.any_of or any(_must_hold(branch, state) for branch in condition.any_of)
    )


def _can_hold(condition: Condition, state: Mapping[str, str]) -> bool:
    """Return whether a condition may hold in a completion of the state, as far as one can see fact by fact."""
    return all(atom.name not in state or state[atom.name] in atom.values for atom in condition.atoms) and (
        not condition.any_of or any(_can_hold(branch, state) for branch in condition.any_of)
    )
