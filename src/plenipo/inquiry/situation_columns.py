"""Worlds: several situations laid out as columns, so that rules are tried on all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plenipo.engines.bitset.truth_table import Column, Columns
from plenipo.inquiry.scope import reach
from plenipo.rulebook.model import UNKNOWN, Rulebook

#: Fact -> value; a fact that is absent is unknown.
Facts = Mapping[str, str]
#: Fact -> value -> the rows in which it has that value.
Layout = Mapping[str, Mapping[str, Column]]


def layout(rulebook: Rulebook, worlds: Sequence[Facts]) -> Layout:
    """Return the facts of situations as columns, a row for each situation in the order given."""
    return {id: _of_fact([world.get(id, UNKNOWN) for world in worlds]) for id in rulebook.facts}


def worlds(rulebook: Rulebook, situations: Sequence[Facts]) -> Columns:
    """Return situations as columns, with every rule run on them."""
    columns = Columns(rulebook, every(situations), layout(rulebook, situations), {})
    columns.run(rulebook.order)
    return columns


def every(situations: Sequence[Facts]) -> Column:
    """Return the column of all rows."""
    return (1 << len(situations)) - 1


def numbers(column: Column) -> Iterator[int]:
    """
    Yield the numbers of the rows in a column.

    >>> list(numbers(0b1101))
    [0, 2, 3]
    """
    while column:
        lowest = column & -column
        yield lowest.bit_length() - 1
        column ^= lowest


def domains(rulebook: Rulebook, facts: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return what each of some facts, and of those that constraints tie to them, may be: unknown, then its values."""
    tied = reach(rulebook).linked(facts, rulebook.facts.keys())
    return {fact: (UNKNOWN, *rulebook.facts[fact].values) for fact in tied}


def _of_fact(values: Sequence[str]) -> Mapping[str, Column]:
    columns: dict[str, Column] = {}
    for number, value in enumerate(values):
        columns[value] = columns.get(value, 0) | 1 << number
    return columns
