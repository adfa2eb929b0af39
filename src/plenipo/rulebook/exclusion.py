"""Exclusion: facts that a situation tells and that a constraint says can never be so together."""

from __future__ import annotations

from collections.abc import Mapping

from plenipo.errors import Location
from plenipo.rulebook.faults import Faults, quoted
from plenipo.rulebook.model import Rulebook


def refuse_impossible(
    rulebook: Rulebook, facts: Mapping[str, str], faults: Faults, places: Mapping[str, Location], name: str
) -> None:
    """
    Add a fault to `faults` for every constraint that the facts break.

    `places` tells where a fact was given; one that it does not tell was given under `name`.
    """
    for constraint in rulebook.constraints:
        if constraint.never.holds(facts):
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
