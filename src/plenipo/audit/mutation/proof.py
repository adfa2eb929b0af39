"""
Proof: a situation in which a mutant gives another verdict than the original, or the certainty that there is none.

Every option whose verdict can depend on the mutated rule is looked at, in every situation that the constraints allow,
complete or not.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plenipo.audit.mutation.mutants import Mutant
from plenipo.engines.bitset.situation_columns import Facts, verdict_in
from plenipo.inquiry.scope import scope
from plenipo.inquiry.solver import smallest_difference
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Witness:
    """A situation in which an option has the verdict `original`, and for the mutant the verdict `mutated`."""

    facts: Facts
    option: str
    original: Verdict
    mutated: Verdict


def find_witness(rulebook: Rulebook, mutant: Mutant, options: Sequence[str], seconds: float) -> Witness | None:
    """
    Return a smallest situation in which one of the options has another verdict for a mutant.

    None is a proof that there is no such situation. A search about one option may take so many seconds.

    Raises:
        TimeoutError: no witness was found, and no proof either.
    """
    mutated = mutant.rulebook(rulebook)
    undecided = False
    found: list[Witness] = []
    for option in options:
        try:
            facts = smallest_difference(rulebook, mutated, option, seconds)
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
