"""
Releases: what a deferred option waits for.

A release is a smallest set of facts which, changed or learned, would have the option advised or worth considering.
Unlike a change that somebody sets out to bring about, it may rest on any fact: one can wait for what nobody can move.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plenipo.advice import Advice, Verdict
from plenipo.inquiry.reach import known
from plenipo.inquiry.search import Domains, Search
from plenipo.inquiry.way import Way, domains, ways
from plenipo.rulebook.model import UNKNOWN

#: Verdicts of options that somebody may set about.
POSITIVE = (Verdict.RECOMMEND, Verdict.CONSIDER)


@dataclass(frozen=True)
class Need:
    """The fact `name` would have to have one of `values`; `now` is what it has."""

    name: str
    values: tuple[str, ...]
    now: str


@dataclass(frozen=True)
class Release:
    """One way in which an option would be deferred no longer, but advised or considered: every need is met."""

    needs: tuple[Need, ...]


def releases(option: str, advice: Advice) -> tuple[Release, ...]:
    """Return all the smallest sets of facts for which an option waits; none where no facts would help."""
    rulebook = advice.rulebook
    facts = known(advice.situation.facts, rulebook)
    every: Domains = domains(rulebook, facts, rulebook.facts)
    search = Search(rulebook, option, facts, every)
    found = [choice for verdict in POSITIVE for choice in search.nearest(verdict)]
    least = min(map(len, found), default=0)
    helpful = ways(rulebook, facts, [choice for choice in found if len(choice) == least])
    return tuple(Release(_needs(wanted, facts)) for way in helpful for wanted in _boxes(way))


def _boxes(way: Way) -> list[Mapping[str, tuple[str, ...]]]:
    """Return the choices of a way as values that can be chosen fact by fact, or else one by one."""
    if way.free:
        return [way.values]
    return [{fact: (value,) for fact, value in choice.items()} for choice in way.choices]


def _needs(wanted: Mapping[str, tuple[str, ...]], facts: Mapping[str, str]) -> tuple[Need, ...]:
    return tuple(Need(fact, values, facts.get(fact, UNKNOWN)) for fact, values in wanted.items())
