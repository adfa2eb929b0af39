"""Killing: the mutants for which an expectation of some situations fails, all situations at once."""

from collections.abc import Mapping, Sequence
from functools import cache

from plenipo.audit.mutation.mutants import Mutant
from plenipo.engines.bitset.situation_columns import Column, SituationColumns, all_rows, in_columns, layout, row_numbers
from plenipo.inquiry.scope import scope
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict


class Killing:
    """Situations, with those of their expectations that the original meets; the others cannot show anything."""

    def __init__(self, rulebook: Rulebook, situations: Sequence[Situation]) -> None:
        facts = [situation.facts for situation in situations]
        self._rulebook = rulebook
        self._situations = situations
        self._full, self._layout = all_rows(len(facts)), layout(rulebook.facts, facts)
        self._behind = {option: frozenset(scope(rulebook).rules(option)) for option in rulebook.options}
        self.turning = cache(self._turning)
        self._rules = cache(self._rules_behind)
        original = in_columns(rulebook, facts)
        self._met = {option: self._meeting(option, original.verdicts(option)) for option in rulebook.options}

    def by(self, mutant: Mutant) -> tuple[str, ...]:
        """Return the names of the situations of which an expectation fails for a mutant."""
        options = [option for option in self.turning(mutant.rule) if self._met[option]]
        columns = SituationColumns(mutant.rulebook(self._rulebook), self._full, self._layout, {})
        columns.run(id for id in self._rules(mutant.rule) if id != mutant.rule or mutant.mutated is not None)
        failing = 0
        for option in options:
            verdicts = columns.verdicts(option)
            for verdict, met in self._met[option].items():
                failing |= met & ~verdicts.get(verdict, 0)
        return tuple(self._situations[number].name for number in row_numbers(failing))

    def _turning(self, rule: str) -> tuple[str, ...]:
        """Return the options whose verdict may turn on a rule."""
        return tuple(option for option in self._rulebook.options if rule in self._behind[option])

    def _rules_behind(self, rule: str) -> tuple[str, ...]:
        behind = set[str]().union(*(self._behind[option] for option in self.turning(rule)))
        return tuple(id for id in self._rulebook.order if id in behind)

    def _meeting(self, option: str, given: Mapping[Verdict, Column]) -> Mapping[Verdict, Column]:
        """Return the rows in which a verdict on the option is expected, and is given."""
        met: dict[Verdict, Column] = {}
        for number, situation in enumerate(self._situations):
            if option in situation.expect:
                verdict = Verdict(situation.expect[option])
                met[verdict] = met.get(verdict, 0) | 1 << number
        return {verdict: column & given.get(verdict, 0) for verdict, column in met.items()}
