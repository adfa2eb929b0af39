"""
Mutation: how many small mistakes in a rulebook its situations would notice.

A mutant is the rulebook with one mistake in it (`mutants`). It is killed when an expectation that the original meets
fails for it (`killing`). One that is not is either equivalent, when no situation at all gives another verdict on any
option, or a survivor, with a smallest situation that would show it (`proof`). Equivalent mutants are not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plenipo.audit.mutation.killing import Killing
from plenipo.audit.mutation.mutants import Mistake, Mutant, mutants
from plenipo.audit.mutation.proof import Witness, find_witness
from plenipo.inquiry.solver import SECONDS_A_SEARCH
from plenipo.rulebook.model import Rulebook, Situation

__all__ = ["Kill", "Mistake", "Mutant", "Mutation", "Survivor", "Witness", "mutation"]


@dataclass(frozen=True)
class Kill:
    """A mutant, and the situations of which an expectation fails for it."""

    mutant: Mutant
    by: tuple[str, ...]


@dataclass(frozen=True)
class Survivor:
    """A mutant that no expectation shows, with a smallest situation that would; None if not decided in time."""

    mutant: Mutant
    witness: Witness | None


@dataclass(frozen=True)
class Mutation:
    """
    What became of every mutant, in the order of the rulebook.

    `out_of_sight` are the rules of which no mutants are made: no verdict rests on them, and expectations are about
    verdicts.
    """

    killed: tuple[Kill, ...]
    survivors: tuple[Survivor, ...]
    equivalent: tuple[Mutant, ...]
    out_of_sight: tuple[str, ...]

    @property
    def counted(self) -> int:
        """How many mutants count: those that are not equivalent."""
        return len(self.killed) + len(self.survivors)

    @property
    def score(self) -> float:
        """The share of them that is killed."""
        return len(self.killed) / self.counted if self.counted else 1.0


def mutation(rulebook: Rulebook, situations: Sequence[Situation], seconds: float = SECONDS_A_SEARCH) -> Mutation:
    """
    Return what becomes of every mutant of a rulebook when the expectations of situations are tried on it.

    A mutant that is not decided within so many seconds for each option counts as a survivor.
    """
    killing = Killing(rulebook, situations)
    killed: list[Kill] = []
    survivors: list[Survivor] = []
    equivalent: list[Mutant] = []
    for rule in rulebook.rules.values():
        options = killing.turning(rule.id)
        for mutant in mutants(rulebook, rule) if options else ():
            if by := killing.by(mutant):
                killed.append(Kill(mutant, by))
                continue
            try:
                witness = find_witness(rulebook, mutant, options, seconds)
            except TimeoutError:
                survivors.append(Survivor(mutant, None))
            else:
                if witness is None:
                    equivalent.append(mutant)
                else:
                    survivors.append(Survivor(mutant, witness))
    unseen = tuple(id for id in rulebook.rules if not killing.turning(id))
    return Mutation(tuple(killed), tuple(survivors), tuple(equivalent), unseen)
