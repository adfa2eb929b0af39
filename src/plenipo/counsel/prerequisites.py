"""
Steps that may be done already: the sources are silent on them because nobody knows, and other steps wait for them.

Such a step is *due unless done* where two things hold. First, whatever the unknown facts turn out to be, it is advised
or done. Second, if it is not done, a later step that is advised now would have to wait for it. A later step that has
shown some effect already does not count: where what follows a step is under way, the step itself was taken long ago.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from plenipo.engines.bitset.situation_columns import Column, Facts, SituationColumns, layout, row_numbers
from plenipo.engines.bitset.truth_table import TruthTable, fits
from plenipo.inquiry.scope import scope
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict


def due_unless_done(rulebook: Rulebook, rows: SituationColumns, situations: Sequence[Facts]) -> Mapping[str, Column]:
    """
    Return the rows in which each option is due unless done: option -> rows, where there are any.

    `situations` are the facts of the rows, in order, and `rows` has run every rule on them. An option that turns on
    more unknown facts than a truth table holds is never due unless done.
    """
    return _Prerequisites(rulebook, rows, situations).due()


def undone(rulebook: Rulebook, option: str) -> Mapping[str, tuple[str, ...]]:
    """Return the values of facts that no outcome of an option brings: fact -> values."""
    brought: dict[str, set[str]] = {}
    for outcome in rulebook.options[option].brings:
        for fact, value in outcome.facts.items():
            brought.setdefault(fact, set()).add(value)
    return {fact: tuple(v for v in rulebook.facts[fact].values if v not in values) for fact, values in brought.items()}


def weighed_alike(rulebook: Rulebook) -> bool:
    """
    Return whether weighing a situation together with others gives the same as weighing it alone.

    It may not where an option that others wait for turns on more facts than a truth table holds: what all situations
    together have in common is left out of the table, and one situation alone has more in common with itself.
    """
    reach = scope(rulebook)
    return all(
        fits({fact: tuple(rulebook.facts[fact].values) for fact in reach.tied(reach.facts(id), rulebook.facts.keys())})
        for id in successors(rulebook)
    )


class _Prerequisites:
    """Looks for what is due unless done in many situations at once, a row each."""

    def __init__(self, rulebook: Rulebook, rows: SituationColumns, situations: Sequence[Facts]) -> None:
        self.rulebook, self.rows, self.situations = rulebook, rows, situations
        self.scope = scope(rulebook)
        self.state = layout(rulebook.facts, situations)

    def due(self) -> Mapping[str, Column]:
        found: dict[str, Column] = {}
        for option, waiting in successors(self.rulebook).items():
            silent = self.rows.verdicts(option).get(Verdict.SILENT, 0)
            certain = self._certain(option, self._holding_up(option, waiting, silent))
            if certain:
                found[option] = certain
        return found

    def _holding_up(self, option: str, waiting: Iterable[str], among: Column) -> Column:
        """Return the rows in which a step that is advised would be deferred if this one were known not to be done."""
        found, advised = 0, {other: among & _positive(self.rows, other) & ~self._under_way(other) for other in waiting}
        advised = {other: column for other, column in advised.items() if column}
        for fact, values in undone(self.rulebook, option).items() if advised else ():
            unknown = self.rows.has(fact, [UNKNOWN])
            for value in values if unknown & among else ():
                trial = SituationColumns(
                    self.rulebook, self.rows.full, {**self.state, fact: {value: self.rows.full}}, {}
                )
                trial.run(self._rules(advised))
                for other, column in advised.items():
                    found |= column & unknown & trial.verdicts(other).get(Verdict.DEFER, 0)
        return found

    def _under_way(self, option: str) -> Column:
        """Return the rows in which some of what an option brings is known to be so."""
        brought = [each for outcome in self.rulebook.options[option].brings for each in outcome.facts.items()]
        seen = 0
        for fact, value in brought:
            seen |= self.rows.has(fact, [value])
        return seen

    def _rules(self, options: Iterable[str]) -> list[str]:
        wanted = {rule for option in options for rule in self.scope.rules(option)}
        return [rule for rule in self.rulebook.order if rule in wanted]

    def _certain(self, option: str, among: Column) -> Column:
        """Return the rows in which the option is advised or done, whatever values the unknown facts get."""
        linked = self.scope.tied(self.scope.facts(option), self.rulebook.facts.keys())
        fixed = {fact: self.situations[0][fact] for fact in linked if self._same(fact)}
        domains = {fact: tuple(self.rulebook.facts[fact].values) for fact in linked if fact not in fixed}
        if not among or not fits(domains):
            return 0
        table = TruthTable(self.rulebook, domains, fixed)
        table.run(self.scope.rules(option))
        good = _positive(table, option)
        bad = table.allowed & ~good & ~table.verdicts(option).get(Verdict.DONE, 0)
        found, seen = 0, dict[Column, bool]()
        for place in row_numbers(among):
            ways = table.full
            for fact in domains:
                value = self.situations[place].get(fact, UNKNOWN)
                ways &= table.full if value == UNKNOWN else table.has(fact, [value])
            if ways not in seen:
                seen[ways] = bool(ways & good) and not ways & bad
            found |= seen[ways] << place
        return found

    def _same(self, fact: str) -> bool:
        """Return whether a fact is known and has the same value in every situation."""
        first = self.situations[0].get(fact, UNKNOWN)
        return first != UNKNOWN and all(situation.get(fact) == first for situation in self.situations)


def _positive(rows: SituationColumns, option: str) -> Column:
    verdicts = rows.verdicts(option)
    return verdicts.get(Verdict.RECOMMEND, 0) | verdicts.get(Verdict.CONSIDER, 0)


@lru_cache(maxsize=4)
def successors(rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """Return the options that must wait for each one: option -> those that come after it and are not `soft` on it."""
    found: dict[str, list[str]] = {}
    for option in rulebook.options.values():
        for first, link in option.after.items():
            if not link.soft and first in rulebook.options:
                found.setdefault(first, []).append(option.id)
    return {first: tuple(found[first]) for first in sorted(found)}
