"""Exclusions: rows whose facts, by the constraints of the rulebook, can never be so together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import polars as pl

from plenipo.batch.rejects import Reject
from plenipo.errors import Location
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.model import Constraint, Rulebook
from plenipo.situations.constraints import refuse_impossible


@dataclass(frozen=True)
class Exclusion:
    """
    Facts that constraints tie to one another, looked at apart from all others.

    What is said of a row is what is said of a fact file with these facts. Few sets of their values occur, however many
    the rows, and each is looked at once.
    """

    facts: tuple[str, ...]
    rulebook: Rulebook

    def broken(self, source: str, facts: pl.DataFrame, numbered: pl.DataFrame) -> list[Reject]:
        """Return the faults of the rows of `facts`, whose numbers and keys stand in `numbered`."""
        told = facts.select(self.facts)
        said = {values: faults for values in told.unique().iter_rows() if (faults := tuple(self._faults(values)))}
        if not said:
            return []
        wrong = pl.DataFrame(list(said), schema=told.schema, orient="row")
        rows = pl.concat([numbered, told], how="horizontal").join(wrong, on=self.facts, how="semi", nulls_equal=True)
        return [
            Reject(source, record, case, *fault, record=record, check="impossible-facts")
            for record, case, *values in rows.iter_rows()
            for fault in said[tuple(values)]
        ]

    def _faults(self, values: Sequence[str | None]) -> Iterator[tuple[str, str, str]]:
        """Yield, for each fault of these values, the columns that bear it, what stands there, and why it is one."""
        known: Mapping[str, str] = {
            id: value for id, value in zip(self.facts, values, strict=True) if value is not None
        }
        faults = Faults()
        refuse_impossible(self.rulebook, known, faults, {id: Location(id) for id in known}, "")
        for fault in faults:
            places = [fault.location, *(place for place, _ in fault.also)]
            columns = sorted({place.file for place in places} & known.keys())
            yield ", ".join(columns), ", ".join(known[id] for id in columns), f"{fault.message}: {fault.help[0]}"


def exclusions(rulebook: Rulebook) -> list[Exclusion]:
    """Return the constraints of a rulebook, those together that have a fact in common."""
    groups: list[tuple[set[str], list[Constraint]]] = []
    for constraint in rulebook.constraints:
        names = {atom.name for atom in constraint.never.every_atom()}
        tied = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in tied]
        groups.append(
            (
                names.union(*(facts for facts, _ in tied)),
                [*chain.from_iterable(constraints for _, constraints in tied), constraint],
            )
        )
    return [
        Exclusion(tuple(sorted(facts)), replace(rulebook, constraints=tuple(constraints)))
        for facts, constraints in groups
    ]
