"""
Searches within bounds: how near the next situation is in which an option has a verdict, and which rules act on the way.

The bounds are domains: for each fact that is free, the value it has now and then the others it may take. Small searches
are truth tables, large ones go to the answer-set engine; both look at everything within the bounds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from plenipo.advice import Verdict
from plenipo.inquiry.reach import reach
from plenipo.inquiry.table import Table, fits
from plenipo.rulebook.model import Rulebook

#: Fact -> the value it has now (`unknown` among others), and then the values it may take instead.
Domains = Mapping[str, Sequence[str]]
#: Facts and the values they take.
Facts = Mapping[str, str]


class Search:
    """One option, the situation as it is, and the facts that are free; those that cannot matter are left alone."""

    def __init__(self, rulebook: Rulebook, option: str, facts: Facts, domains: Domains) -> None:
        self.rulebook = rulebook
        self.option = option
        self.reach = reach(rulebook)
        self.free = {fact: domains[fact] for fact in self.reach.linked(self.reach.facts(option), domains.keys())}
        self.facts = facts
        self._small: Table | None = None
        if fits(self.free):
            fixed = {fact: value for fact, value in facts.items() if fact not in self.free}
            self._small = Table(rulebook, self.free, fixed)
            self._small.run(self.reach.rules(option))

    def nearest(self, verdict: Verdict) -> tuple[Facts, ...]:
        """Return every way to the verdict that takes as few facts as possible, each as the facts with new values."""
        if self._small is not None:
            column = self._small.verdicts(self.option).get(verdict, 0)
            rows = self._small.rows(self._small.nearest(column))
            return tuple({id: value for id, value in row.items() if value != self.free[id][0]} for row in rows)
        from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

        return tuple(answer_engine(self.rulebook).nearest(self.facts, self.free, self.option, verdict))

    def acting(self, drawing: str | None = None) -> tuple[frozenset[str], frozenset[str]]:
        """
        Return the rules that act in every situation within the bounds, and those that act in some.

        A rule acts when it fires and is not overridden. With `drawing`, only situations in which that rule acts count;
        where there is none, no rule acts.
        """
        if self._small is None:
            from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

            nothing: frozenset[str] = frozenset()
            return answer_engine(self.rulebook).acting(self.facts, self.free, drawing) or (nothing, nothing)
        rows = self._small.allowed & (self._small.full if drawing is None else self._small.acts[drawing])
        acts = {id: column & rows for id, column in self._small.acts.items()}
        return (
            frozenset(id for id, column in acts.items() if rows and column == rows),
            frozenset(id for id, column in acts.items() if column),
        )
