"""What can be asked about the verdict on one option in every allowed situation within bounds."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from plenipo.engines.bitset.situation_columns import Facts
from plenipo.engines.bitset.truth_table import Domains
from plenipo.inquiry.scope import scope
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: The most choices of values that are listed for one set of facts.
MOST_CHOICES = 60


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


class OptionSolver(ABC):
    """
    One option, the situation now, and bounds: for each fact that is `free` its value now, then the others it may take.

    All other facts keep the value that `facts` gives them, or stay unknown.
    """

    def __init__(self, rulebook: Rulebook, option: str, facts: Facts, free: Domains) -> None:
        self.rulebook = rulebook
        self.option = option
        self.facts = facts
        self.free = free
        self.scope = scope(rulebook)

    @abstractmethod
    def nearest(self, verdicts: Collection[Verdict], most: int) -> Sequence[tuple[str, ...]]:
        """Return smallest sets of facts, at most so many, that can change to give the option one of the verdicts."""

    @abstractmethod
    def choices(self, facts: Collection[str], verdicts: Collection[Verdict]) -> Choices:
        """Return the new values of these facts that give the option one of the verdicts; the others stay."""

    @abstractmethod
    def otherwise(self, verdict: Verdict) -> Facts | None:
        """Return values under which the option has another verdict, or None where none give it."""

    @abstractmethod
    def acting(self, drawing: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """
        Return the rules that act in every situation within the bounds, and those that act in some.

        A rule acts when it fires and is not overridden. With `drawing`, only situations in which that rule acts count;
        where there is none, no rule acts.
        """

    def within(self, facts: Collection[str]) -> dict[str, tuple[str, ...]]:
        """Return the new values that some facts may take."""
        return {fact: tuple(values[1:]) for fact, values in self.free.items() if fact in facts}


def free_choices(values: Mapping[str, tuple[str, ...]]) -> Choices:
    """Return every combination of some values as choices."""
    combinations = islice(product(*values.values()), MOST_CHOICES)
    listed = tuple(dict(zip(values, combination, strict=True)) for combination in combinations)
    return Choices(values, True, listed, prod(map(len, values.values())) > MOST_CHOICES)
