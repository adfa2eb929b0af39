"""
Mutation: how many small mistakes in a rulebook its situations would notice.

A mutant is the rulebook with one mistake in it (`mutants`). It is killed when an expectation that the original meets
fails for it (`killing`). One that is not is either equivalent, when no situation at all gives another verdict on any
option, or a survivor, with a smallest situation that would show it. Equivalent mutants are not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plenipo.audit.mutation.killing import Killing
from plenipo.audit.mutation.mutants import Mistake, Mutant, mutants
from plenipo.engines.bitset.situation_columns import Facts, verdict_in
from plenipo.inquiry.scope import scope
from plenipo.inquiry.solver import smallest_difference
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from plenipo.search_time import SECONDS_OVER_ALL, search_time

__all__ = ["Kill", "Mistake", "Mutant", "Mutation", "Survivor", "Witness", "mutation"]


@dataclass(frozen=True)
class Kill:
    """A mutant, and the situations of which an expectation fails for it."""

    mutant: Mutant
    by: tuple[str, ...]


@dataclass(frozen=True)
class Witness:
    """A situation in which an option has the verdict `original`, and for the mutant the verdict `mutated`."""

    facts: Facts
    option: str
    original: Verdict
    mutated: Verdict


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


def mutation(rulebook: Rulebook, situations: Sequence[Situation], seconds: float = SECONDS_OVER_ALL) -> Mutation:
    """
    Return what becomes of every mutant of a rulebook when the expectations of situations are tried on it.

    A mutant counts as a survivor if it is not decided while there is time: all searching may take so many seconds.
    """
    with search_time(seconds):
        return _mutation(rulebook, Killing(rulebook, situations))


def _mutation(rulebook: Rulebook, killing: Killing) -> Mutation:
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
                witness = _find_witness(rulebook, mutant, options)
            except TimeoutError:
                survivors.append(Survivor(mutant, None))
            else:
                if witness is None:
                    equivalent.append(mutant)
                else:
                    survivors.append(Survivor(mutant, witness))
    unseen = tuple(id for id in rulebook.rules if not killing.turning(id))
    return Mutation(tuple(killed), tuple(survivors), tuple(equivalent), unseen)


def _find_witness(rulebook: Rulebook, mutant: Mutant, options: Sequence[str]) -> Witness | None:
    """
    Return a smallest situation in which one of the options has another verdict for a mutant.

    None is a proof that there is no such situation.

    Raises:
        TimeoutError: no witness was found, and no proof either.
    """
    mutated = mutant.rulebook(rulebook)
    undecided = False
    found: list[Witness] = []
    for option in options:
        try:
            facts = smallest_difference(rulebook, mutated, option)
        except TimeoutError:
            undecided = True
        else:
            if facts is not None:
                rules = scope(rulebook).rules(option)
                verdict = verdict_in(rulebook, option, rules, facts)
                kept = [id for id in rules if id in mutated.rules]
                found.append(Witness(facts, option, verdict, verdict_in(mutated, option, kept, facts)))
    if undecided and not found:
        raise TimeoutError
    return min(found, key=lambda witness: len(witness.facts), default=None)
