"""Bounds: the situations that a question about one option is about, and the choices of values that answer it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import NamedTuple

from plenipo.engines.bitset.situation_columns import Facts
from plenipo.engines.bitset.truth_table import Domains
from plenipo.inquiry.scope import Scope, scope
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: The most choices of values that are listed for one set of facts.
MOST_CHOICES = 60


@dataclass(frozen=True)
class Bounds:
    """
    One option, the situation now, and for each fact that is `free` its value now, then the others it may take.

    All other facts keep the value that `facts` gives them, or stay unknown.
    """

    rulebook: Rulebook
    option: str
    facts: Facts
    free: Domains

    @property
    def scope(self) -> Scope:
        """The scopes in the rulebook."""
        return scope(self.rulebook)

    def within(self, facts: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the new values that some facts may take."""
        return {fact: tuple(values[1:]) for fact, values in self.free.items() if fact in facts}


class Completions(NamedTuple):
    """
    The verdicts that completions give, and the facts on which they turn.

    Where time was up before all was looked at (`undecided`), these are the ones that were found by then.
    """

    possible: tuple[Verdict, ...]
    turns_on: tuple[str, ...] = ()
    undecided: bool = False


@dataclass(frozen=True)
class Choices:
    """
    The new values that work for a set of facts: `values` are all that occur, fact by fact.

    They are `free` when every combination of them works. `listed` are combinations that do, and `more` says that there
    are others.
    """

    values: Mapping[str, tuple[str, ...]]
    free: bool
    listed: tuple[Facts, ...]
    more: bool


def free_choices(values: Mapping[str, tuple[str, ...]]) -> Choices:
    """Return every combination of some values as choices."""
    combinations = islice(product(*values.values()), MOST_CHOICES)
    listed = tuple(dict(zip(values, combination, strict=True)) for combination in combinations)
    return Choices(values, True, listed, prod(map(len, values.values())) > MOST_CHOICES)
