"""
Proof: a situation that tells a mutant from the original, or the certainty that there is none.

The verdicts are what tells: every option that can turn on the mutated rule is looked at, in every situation that the
constraints allow, complete or not. Where the facts that matter are few that is a truth table; where they are many, it
is a question to the answer-set engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from plenipo.audit.mutation.mutants import Mutant
from plenipo.engines.bitset.truth_table import Column, Table, fits
from plenipo.inquiry.scope import reach
from plenipo.inquiry.situation_columns import Facts, domains
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: Facts -> what each may be, in a form that can be remembered.
Varying = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Witness:
    """A situation in which an option has the verdict `original`, and for the mutant the verdict `mutated`."""

    facts: Facts
    option: str
    original: Verdict
    mutated: Verdict


class UndecidedError(Exception):
    """A proof took longer than it was given."""


class Proving:
    """Proofs about the mutants of one rulebook, each option's of which may take so many seconds."""

    def __init__(self, rulebook: Rulebook, seconds: float) -> None:
        self._rulebook = rulebook
        self._seconds = seconds
        self._reach = reach(rulebook)
        self._table = cache(self._make_table)

    def witness(self, mutant: Mutant, options: Sequence[str]) -> Witness | None:
        """
        Return a smallest situation that tells a mutant from the original by the verdict on one of the options.

        None is a proof that there is no such situation.

        Raises:
            UndecidedError: no witness was found, and no proof either.
        """
        mutated = mutant.rulebook(self._rulebook)
        undecided = False
        found: list[Witness] = []
        for option in options:
            varying = domains(self._rulebook, self._reach.facts(option))
            try:
                if fits(varying):
                    witness = self._tabled(mutated, option, tuple(varying.items()))
                else:
                    witness = self._searched(mutated, option)
            except UndecidedError:
                undecided = True
            else:
                found += [witness] if witness else []
        if undecided and not found:
            raise UndecidedError
        return min(found, key=lambda witness: len(witness.facts), default=None)

    def _tabled(self, mutated: Rulebook, option: str, varying: Varying) -> Witness | None:
        table, before = self._table(option, varying)
        other = Table(mutated, dict(varying), {})
        other.run(id for id in self._reach.rules(option) if id in mutated.rules)
        after = other.verdicts(option)
        differing = table.allowed
        for verdict, column in before.items():
            differing &= ~(column & after.get(verdict, 0))
        nearest = table.nearest(differing)
        row = next(table.rows(nearest), None)
        if row is None:
            return None
        facts = {fact: row[fact] for fact, values in varying if row[fact] != values[0]}
        first = nearest & -nearest
        original, turned = (_in(first, verdicts) for verdicts in (before, after))
        return Witness(facts, option, original, turned)

    def _make_table(self, option: str, varying: Varying) -> tuple[Table, Mapping[Verdict, Column]]:
        table = Table(self._rulebook, dict(varying), {})
        table.run(self._reach.rules(option))
        return table, table.verdicts(option)

    def _searched(self, mutated: Rulebook, option: str) -> Witness | None:
        from plenipo.audit.diff import difference  # noqa: PLC0415 - only large rulebooks need it

        found = difference(self._cut(self._rulebook, option), self._cut(mutated, option), self._seconds)
        for divergence in found.divergences:
            facts = divergence.situation.facts
            return Witness(facts, option, divergence.before.verdict, divergence.after.verdict)
        if found.undecided:
            raise UndecidedError
        return None

    def _cut(self, rulebook: Rulebook, option: str) -> Rulebook:
        """Return only what can matter to one option."""
        spoken = {option, *rulebook.findings}
        rules = {
            id: replace(rule, then=tuple(drawn for drawn in rule.then if drawn.on in spoken))
            for id in self._reach.rules(option)
            if (rule := rulebook.rules.get(id)) is not None
        }
        return replace(rulebook, rules=rules, options={option: rulebook.options[option]})


def _in(row: Column, verdicts: Mapping[Verdict, Column]) -> Verdict:
    """Return the verdict that holds in one row."""
    return next(verdict for verdict, column in verdicts.items() if column & row)
