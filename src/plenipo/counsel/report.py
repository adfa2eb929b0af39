"""
The report: everything there is to say of a situation, and of several side by side.

It puts together what other inquiries answer. Each part is worked out when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.advice.explain import explain
from plenipo.advice.reasoning_graph import ReasoningGraph, reasoning_graph
from plenipo.counsel.brief import Brief
from plenipo.counsel.compare import Contrast, compare
from plenipo.counsel.grounds import Grounds
from plenipo.counsel.plan import Plan, PlanEntry, plan
from plenipo.counsel.roadmap import Roadmap, roadmap
from plenipo.inquiry.change import Change, change
from plenipo.rulebook.model import UNKNOWN, Finding, Proposition, Rule, Rulebook
from plenipo.rulebook.verdict import ENCOURAGING, Verdict


@dataclass(frozen=True)
class Account:
    """Everything there is to say of one situation."""

    advice: Advice

    @cached_property
    def brief(self) -> Brief:
        """What to hear first."""
        return Brief(self.advice)

    @cached_property
    def roadmap(self) -> Roadmap:
        """What comes up once the first steps have succeeded."""
        return roadmap(self.advice, lead=self.brief.choice.lead)

    @cached_property
    def graph(self) -> ReasoningGraph:
        """The reasoning as a graph."""
        return reasoning_graph(self.advice.rulebook, self.advice)

    @cached_property
    def plan(self) -> Plan:
        """Every option in the order in which one acts, with its outlook and what it waits for."""
        return plan(self.advice)

    @cached_property
    def entries(self) -> Mapping[str, PlanEntry]:
        """What the plan says of each option that it speaks of, those included that are shown as parts of others."""
        waiting = [*self.plan.first, *self.plan.now, *self.plan.then, *self.plan.consider]
        waiting += [*self.plan.hold, *self.plan.avoid, *self.plan.done]
        found: dict[str, PlanEntry] = {}
        while waiting:
            entry = waiting.pop(0)
            found.setdefault(entry.option.id, entry)
            waiting += entry.parts
        return found

    @cached_property
    def touched(self) -> frozenset[str]:
        """The options of which some rule speaks because of a known fact of this situation."""
        rests = self._grounds.rules
        return frozenset(
            id
            for id, said in self.advice.options.items()
            if any(rests.get(rule.id) for rule in (*said.decided_by, *said.outranked, *said.overridden, *said.cautions))
        )

    @cached_property
    def changes(self) -> Mapping[str, tuple[Change, ...]]:
        """
        For each option the smallest changes that would give it another verdict, verdict by verdict.

        Verdicts that nothing within reach would give are left out, and so is, for a deferred option, that it be
        advised: that is what it waits for.
        """
        return {id: tuple(self._changes(id)) for id in self.advice.options}

    def _changes(self, id: str) -> Iterable[Change]:
        now = self.advice.options[id].verdict
        for other in explain(self.advice, id).alternatives:
            if now is Verdict.DEFER and other.verdict in ENCOURAGING:
                continue
            found = change(self.advice, id, other.verdict.value)
            if found.ways:
                yield found

    @cached_property
    def findings(self) -> Mapping[str, tuple[Rule, ...]]:
        """The findings that hold, each with the rules that found it."""
        found: dict[str, tuple[Rule, ...]] = {}
        for firing in self.advice.trace:
            for drawn in firing.drew:
                if isinstance(self._book.findings.get(drawn.on), Finding):
                    found[drawn.on] = (*found.get(drawn.on, ()), firing.rule)
        return {id: found[id] for id in self._book.findings if id in found}

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The facts that are not known, those first on which most open verdicts turn."""
        turns_on = self.plan.outlook.turns_on
        facts = [id for id in self._book.facts if self.advice.situation.facts.get(id, UNKNOWN) == UNKNOWN]
        return tuple(sorted(facts, key=lambda fact: -len(turns_on.get(fact, ()))))

    @cached_property
    def cited(self) -> Mapping[str, tuple[Proposition, ...]]:
        """The propositions on which the rules that fired and the findings that hold rest, source by source."""
        ids = {id for firing in self.advice.trace for id in firing.rule.cite}
        ids |= {id for finding in self.findings for id in self._book.findings[finding].cite}
        return {
            source.id: tuple(said for id, said in source.propositions.items() if id in ids)
            for source in self._book.sources.values()
        }

    @property
    def _book(self) -> Rulebook:
        return self.advice.rulebook

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self.advice)


@dataclass(frozen=True)
class Report:
    """Everything there is to say of a situation, or of several under one rulebook, in the order they were given."""

    kind: ClassVar[Literal["report"]] = "report"

    accounts: tuple[Account, ...]

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook under which all of them were advised on."""
        return self.accounts[0].advice.rulebook

    @cached_property
    def verdicts(self) -> Mapping[str, tuple[Verdict, ...]]:
        """The verdicts on each option, situation by situation; those first that differ."""
        found = {id: tuple(each.advice.options[id].verdict for each in self.accounts) for id in self.rulebook.options}
        return _differing_first(found)

    @cached_property
    def facts(self) -> Mapping[str, tuple[str, ...]]:
        """The values of each fact that is known anywhere, situation by situation; those first that differ."""
        given = [each.advice.situation.facts for each in self.accounts]
        found = {id: tuple(facts.get(id, UNKNOWN) for facts in given) for id in self.rulebook.facts}
        return _differing_first({id: values for id, values in found.items() if set(values) != {UNKNOWN}})

    @cached_property
    def over_time(self) -> tuple[Contrast, ...]:
        """How the situations that have a date differ, each from the one before it; none where all have the same."""
        dated = sorted((each.advice for each in self.accounts if each.advice.situation.as_of), key=_date)
        if len({_date(advice) for advice in dated}) < 2:
            return ()
        return tuple(compare(before, after) for before, after in pairwise(dated))


def report(advice: Iterable[Advice]) -> Report:
    """Return the report on some advice, all of it by one rulebook."""
    return Report(tuple(Account(each) for each in advice))


def _date(advice: Advice) -> str:
    return advice.situation.as_of


def _differing_first(rows: Mapping[str, tuple[str, ...]]) -> dict[str, tuple]:  # type: ignore[type-arg]
    return dict(sorted(rows.items(), key=lambda row: len(set(row[1])) == 1))
