"""Rows whose facts the constraints of the rulebook exclude together."""

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
class TiedFacts:
    """
    Facts that constraints tie to one another, examined apart from all others.

    A row has the faults that a fact file with these facts has. However many rows there are, few combinations of values
    occur, and each is examined once. `rulebook` has the constraints on these facts alone.
    """

    facts: tuple[str, ...]
    rulebook: Rulebook

    def rejects(self, source: str, facts: pl.DataFrame, numbered: pl.DataFrame) -> list[Reject]:
        """Return the faults of the rows of `facts`; `numbered` has their numbers and their keys."""
        tied = facts.select(self.facts)
        faults = {values: found for values in tied.unique().iter_rows() if (found := tuple(self._faults(values)))}
        if not faults:
            return []
        wrong = pl.DataFrame(list(faults), schema=tied.schema, orient="row")
        rows = pl.concat([numbered, tied], how="horizontal").join(wrong, on=self.facts, how="semi", nulls_equal=True)
        return [
            Reject(source, record, case, *fault, record=record, check="impossible-facts")
            for record, case, *values in rows.iter_rows()
            for fault in faults[tuple(values)]
        ]

    def _faults(self, values: Sequence[str | None]) -> Iterator[tuple[str, str, str]]:
        """Yield, for each fault of these values, the columns that it is in, their values, and the reason."""
        pairs = zip(self.facts, values, strict=True)
        known: Mapping[str, str] = {id: value for id, value in pairs if value is not None}
        faults = Faults()
        refuse_impossible(self.rulebook, known, faults, {id: Location(id) for id in known}, "")
        for fault in faults:
            places = [fault.location, *(place for place, _ in fault.also)]
            columns = sorted({place.file for place in places} & known.keys())
            yield ", ".join(columns), ", ".join(known[id] for id in columns), f"{fault.message}: {fault.help[0]}"


def tied_facts(rulebook: Rulebook) -> list[TiedFacts]:
    """Return the facts that the constraints of a rulebook tie; constraints with a fact in common go together."""
    groups: list[tuple[set[str], list[Constraint]]] = []
    for constraint in rulebook.constraints:
        names = {atom.name for atom in constraint.never.every_atom()}
        tied = [group for group in groups if group[0] & names]
        groups = [group for group in groups if group not in tied]
        facts = names.union(*(facts for facts, _ in tied))
        groups.append((facts, [*chain.from_iterable(constraints for _, constraints in tied), constraint]))
    return [
        TiedFacts(tuple(sorted(facts)), replace(rulebook, constraints=tuple(constraints)))
        for facts, constraints in groups
    ]
