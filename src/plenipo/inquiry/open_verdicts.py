"""
Which verdicts are still open, and which questions can close them: the one expected to settle most of them comes first.

What is left to ask may be answered with any value that is possible, or stay unknown: the situations to which answers
can lead are all of these combinations. A verdict is open when some of them give another one than now. A question can
matter when two of them differ in its fact alone and give different verdicts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from plenipo.engines.bitset.situation_columns import Column, Facts, SituationColumns, verdict_in
from plenipo.engines.bitset.truth_table import Domains, TruthTable, table_size
from plenipo.inquiry.samples import Sample
from plenipo.inquiry.scope import scope
from plenipo.inquiry.solver import option_solver
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict
from plenipo.situations.constraints import broken_constraints, possible_values

#: The largest table from which every effect of an answer is counted; beyond that effects come from a sample.
QUICK_ROWS = 1 << 14
#: The size of that sample.
QUESTION_SAMPLE = 1024


@dataclass(frozen=True)
class RankedQuestion:
    """
    A question that can matter, and what its answer is expected to do.

    `settles` is how many open verdicts an answer with a value settles on average, `narrows` how much less doubtful it
    leaves the verdicts; `bears_on` are the options to which the answer can matter.
    """

    fact: str
    settles: float
    narrows: float
    bears_on: tuple[str, ...]


@dataclass(frozen=True)
class AnswerEffect:
    """What the answer to one question is expected to do to a verdict: settle it, or make it less doubtful."""

    settles: float
    narrows: float


@dataclass(frozen=True)
class Leeway:
    """
    Whether answers can still change one verdict, and the effect of each fact that can matter to it.

    Unless it is `exact`, the facts may include some that cannot matter; that it is `open` is always certain. Where it
    is `undecided`, no way was found in time in which answers change it.
    """

    open: bool = False
    facts: Mapping[str, AnswerEffect] = field(default_factory=dict)
    exact: bool = True
    undecided: bool = False


@dataclass(frozen=True)
class Asking:
    """
    Where a questionnaire is: the `answers` (fact -> value), what is left to ask, and the options that count.

    When the answers break a constraint, nothing is left that a further answer could do.
    """

    rulebook: Rulebook
    answers: Facts
    left: tuple[str, ...]
    about: tuple[str, ...]

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The options whose verdict answers can still change."""
        return tuple(self._leeways)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The options of which it was not settled in time whether answers can change their verdict."""
        return tuple(id for id, found in self._every_leeway.items() if found.undecided)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The facts that can still matter, and perhaps a few that will turn out not to; no other will be asked."""
        bearing = {fact for found in self._leeways.values() for fact in found.facts}
        return tuple(fact for fact in self.left if fact in bearing)

    @cached_property
    def next(self) -> RankedQuestion | None:
        """The question expected to settle most, proved to matter, or None where no answer can change a verdict."""
        for question in self._ranked:
            if any(self._matters(option, question.fact) for option in question.bears_on):
                return question
        certain = {fact for option in self.open if (fact := self._turning(option))}
        return next((question for question in self._ranked if question.fact in certain), None)

    def bears_on(self, fact: str) -> tuple[str, ...]:
        """Return the options whose verdict a question may turn."""
        return tuple(id for id, found in self._leeways.items() if fact in found.facts)

    @cached_property
    def _ranked(self) -> tuple[RankedQuestion, ...]:
        """The questions by what they are expected to do, equal ones in the order of the rulebook."""
        return tuple(sorted(map(self._question, self.questions), key=lambda each: (-each.settles, -each.narrows)))

    def _question(self, fact: str) -> RankedQuestion:
        effects = {id: self._leeways[id].facts[fact] for id in self.bears_on(fact)}
        return RankedQuestion(
            fact,
            round(sum(effect.settles for effect in effects.values()), 9),
            round(sum(effect.narrows for effect in effects.values()), 9),
            tuple(effects),
        )

    @cached_property
    def _leeways(self) -> Mapping[str, Leeway]:
        return {id: found for id, found in self._every_leeway.items() if found.open}

    @cached_property
    def _every_leeway(self) -> Mapping[str, Leeway]:
        if broken_constraints(self.rulebook, self.answers):
            return {}
        return {id: self._leeway(id) for id in self.about}

    def _leeway(self, option: str) -> Leeway:
        """Return what answers can do to one verdict."""
        scopes = scope(self.rulebook)
        domains = {fact: self._domains[fact] for fact in scopes.tied(scopes.facts(option), self._domains.keys())}
        if not domains:
            return Leeway()
        if table_size(domains) <= QUICK_ROWS:
            # Without constraints only what is known in the option's scope can matter.
            known = self.answers if self.rulebook.constraints else _within(self.answers, scopes.facts(option))
            return _tabled(self.rulebook, option, tuple(sorted(known.items())), tuple(domains.items()))
        self._sample.run(id for id in scopes.rules(option) if id not in self._sample.acts)
        verdicts = self._sample.verdicts(option)
        try:
            if len(verdicts) < 2 and self._elsewhere(option) is None:
                return Leeway()
        except TimeoutError:
            return Leeway(undecided=True)
        effects = {fact: _effect(self._sample, verdicts, fact, values) for fact, values in domains.items()}
        return Leeway(open=True, facts=effects, exact=False)

    def _matters(self, option: str, fact: str) -> bool:
        """Return whether a question is proved to matter to an open verdict; False means only that there is no proof."""
        if self._leeways[option].exact:
            return True
        there = self._sample.turned(fact, scope(self.rulebook).rules(option))
        return bool(self._sample.differing(there, option))

    def _turning(self, option: str) -> str | None:
        """
        Return a fact that is proved to matter to an open verdict: one on the way to where it is another one.

        There is none where the way was not found in time.
        """
        try:
            elsewhere = dict(self._elsewhere(option) or {})
        except TimeoutError:
            return None
        there = self._verdict(option, elsewhere)
        for fact in tuple(elsewhere):
            del elsewhere[fact]
            if self._verdict(option, elsewhere) is not there:
                return fact
        raise LookupError(f"the verdict on `{option}` is not open")

    def _elsewhere(self, option: str) -> Facts | None:
        """Return answers under which the option has another verdict than now, or None where none give it."""
        return option_solver(self.rulebook, option, self.answers, self._domains).otherwise(self._verdict(option, {}))

    def _verdict(self, option: str, more: Facts) -> Verdict:
        rules = scope(self.rulebook).rules(option)
        return verdict_in(self.rulebook, option, rules, {**self.answers, **more})

    @cached_property
    def _domains(self) -> Domains:
        return {fact: (UNKNOWN, *possible_values(self.rulebook, self.answers, fact)) for fact in self.left}

    @cached_property
    def _sample(self) -> Sample:
        return Sample(self.rulebook, self.answers, self._domains, QUESTION_SAMPLE)


@lru_cache(maxsize=4096)
def _tabled(
    rulebook: Rulebook,
    option: str,
    known: tuple[tuple[str, str], ...],
    domains: tuple[tuple[str, tuple[str, ...]], ...],
) -> Leeway:
    table = TruthTable(rulebook, dict(domains), dict(known))
    table.run(scope(rulebook).rules(option))
    verdicts = table.verdicts(option)
    if len(verdicts) < 2:
        return Leeway()
    effects = {fact: _effect(table, verdicts, fact, values) for fact, values in domains if table.turns(verdicts, fact)}
    return Leeway(open=True, facts=effects)


def _effect(
    columns: SituationColumns, verdicts: Mapping[Verdict, Column], fact: str, values: Iterable[str]
) -> AnswerEffect:
    """Return what an answer with a value does, taken over the situations with each value it may give."""
    settled = doubt = answered = 0.0
    for value in values:
        if value == UNKNOWN:
            continue
        here = columns.has(fact, [value])
        counts = [count for column in verdicts.values() if (count := (column & here).bit_count())]
        answered += sum(counts)
        settled += sum(counts) if len(counts) == 1 < len(verdicts) else 0
        doubt += sum(counts) * _doubt(counts)
    before = _doubt([column.bit_count() for column in verdicts.values()])
    return AnswerEffect(settled / answered, before - doubt / answered) if answered else AnswerEffect(0.0, 0.0)


def _doubt(counts: list[int]) -> float:
    """Return how likely two of these situations have different verdicts."""
    total = sum(counts)
    return 1 - sum(count * count for count in counts) / (total * total) if total else 0.0


def _within(facts: Facts, ids: Iterable[str]) -> Facts:
    return {id: facts[id] for id in ids if id in facts}
