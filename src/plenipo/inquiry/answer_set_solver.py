"""The questions of `table_solver` where tables would be too large, answered by the answer-set engine."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from plenipo.engines.answers import AnswerEngine, answer_engine
from plenipo.engines.answers.space import SpaceEngine
from plenipo.engines.bitset.situation_columns import Facts
from plenipo.inquiry.bounds import MOST_CHOICES, Bounds, Choices, Completions, free_choices
from plenipo.inquiry.paired_rulebooks import differing
from plenipo.inquiry.samples import turning_in_samples
from plenipo.inquiry.scope import scope
from plenipo.rulebook.model import UNKNOWN, Condition, Rulebook
from plenipo.rulebook.verdict import Verdict
from plenipo.situations.exclusions import exclusions


class AnswerSetSolver(Bounds):
    """The questions of `TableSolver`, each answered by a search."""

    def nearest(self, verdicts: Collection[Verdict], most: int) -> Sequence[tuple[str, ...]]:
        """Return smallest sets of facts that can change to give the option one of the verdicts."""
        sets = self._engine.nearest(self.facts, self.free, self.option, verdicts, most)
        return tuple(tuple(fact for fact in self.free if fact in each) for each in sets)

    def choices(self, facts: Collection[str], verdicts: Collection[Verdict]) -> Choices:
        """Return the new values of these facts that give the option one of the verdicts."""
        within = self.within(facts)
        occurring = self._engine.values(self.facts, within, self.option, verdicts)
        values = {id: tuple(value for value in within[id] if value in occurring[id]) for id in within}
        if self._free(values, [verdict for verdict in Verdict if verdict not in verdicts]):
            return free_choices(values)
        found = self._engine.choices(self.facts, values, self.option, verdicts, MOST_CHOICES + 1)
        return Choices(values, False, found[:MOST_CHOICES], len(found) > MOST_CHOICES)

    def otherwise(self, verdict: Verdict) -> Facts | None:
        """Return values under which the option has another verdict, or None where none give it."""
        return self._engine.otherwise(self.facts, self.free, self.option, verdict)

    def acting(self, drawing: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """Return the rules that act in every situation within the bounds, and those that act in some."""
        return self._engine.acting(self.facts, self.free, drawing) or (frozenset(), frozenset())

    def _free(self, values: Mapping[str, tuple[str, ...]], others: Sequence[Verdict]) -> bool:
        """Return whether every combination of some values is allowed and gives none of the other verdicts."""
        state = {**{id: (self.facts.get(id, UNKNOWN),) for id in self.rulebook.facts}, **values}
        if any(_can_hold([each.never], state) for each in exclusions(self.rulebook)):
            return False
        return not self._engine.choices(self.facts, values, self.option, others, 1)

    @property
    def _engine(self) -> AnswerEngine:
        return answer_engine(self.rulebook)


def verdicts_by_search(rulebook: Rulebook, options: Collection[str], facts: Facts) -> Mapping[str, Completions]:
    """Return for each option the verdicts that some completion gives, and the facts on which they turn."""
    scopes, engine = scope(rulebook), answer_engine(rulebook)
    possible, whole = engine.possible(facts, options)
    unknown = rulebook.facts.keys() - facts.keys()
    candidates = {option: unknown.intersection(scopes.facts(option)) for option in options if len(possible[option]) > 1}
    turning = turning_in_samples(scopes, facts, candidates)
    # What no sample shows is searched for.
    left = {option: ids - turning[option] for option, ids in candidates.items() if ids - turning[option]}
    searched, all_searched = engine.pivotal(facts, left) if left else ({}, True)
    return {
        option: Completions(
            tuple(verdict for verdict in Verdict if verdict.value in possible[option]),
            tuple(id for id in rulebook.facts if id in turning.get(option, ()) or id in searched.get(option, ())),
            undecided=not whole or (option in left and not all_searched),
        )
        for option in options
    }


def examples_by_search(rulebook: Rulebook, rules: Collection[str]) -> Mapping[str, Facts | None]:
    """Return for each rule a smallest situation in which it acts, or None; without those not decided in time."""
    found = SpaceEngine(rulebook).examples("acts", [(rule,) for rule in rules])
    return {rule: None if example is None else example.facts for (rule,), example in found.items()}


def difference_by_search(rulebook: Rulebook, other: Rulebook, option: str) -> Facts | None:
    """
    Return a smallest situation in which another rulebook gives an option another verdict, or None.

    Raises:
        TimeoutError: it was not decided in time.
    """
    rules = scope(rulebook).rules(option)
    found = differing(_cut(rulebook, option, rules), _cut(other, option, rules))
    if option not in found:
        raise TimeoutError
    return found[option]


def _cut(rulebook: Rulebook, option: str, rules: Collection[str]) -> Rulebook:
    """Return only what can matter to the option."""
    kept = {option, *rulebook.findings}
    cut = {
        id: replace(rule, then=tuple(drawn for drawn in rule.then if drawn.on in kept))
        for id in rules
        if (rule := rulebook.rules.get(id)) is not None
    }
    return replace(rulebook, rules=cut, options={option: rulebook.options[option]})


def _can_hold(conditions: Sequence[Condition], domains: Mapping[str, Collection[str]]) -> bool:
    """Return whether conditions on facts hold together for some values in the domains."""
    if not conditions:
        return True
    first, *others = conditions
    narrowed = dict(domains)
    for atom in first.atoms:
        narrowed[atom.name] = [value for value in narrowed[atom.name] if value in atom.values]
        if not narrowed[atom.name]:
            return False
    if not first.any_of:
        return _can_hold(others, narrowed)
    return any(_can_hold([branch, *others], narrowed) for branch in first.any_of)
