"""
Releases: what a deferred option waits for.

A release is a smallest set of facts which, changed or learned, would have the option advised or worth considering. It
rests on what diplomacy can work on, and not on how far the option itself has come; only where that would never do does
it rest on anything else, such as the calendar. So nobody is told to wait for a move of the other side's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from plenipo.advice.conclude import Advice
from plenipo.inquiry.scope import known
from plenipo.inquiry.solver import Search
from plenipo.inquiry.way import Way, domains, ways
from plenipo.rulebook.model import UNKNOWN, Conclusion, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict

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


@dataclass(frozen=True)
class Waiting:
    """The releases for which an option waits, none where no facts would help; `more` tells that there are others."""

    releases: tuple[Release, ...] = ()
    more: bool = False


def releases(option: str, advice: Advice) -> tuple[Release, ...]:
    """Return the smallest sets of facts for which an option waits: all of them, unless they are very many."""
    return waiting(option, advice).releases


def waiting(option: str, advice: Advice) -> Waiting:
    """Return for what an option waits, and whether that is all of it."""
    rulebook = advice.rulebook
    facts = known(advice.situation.facts, rulebook)
    itself = _of_itself(option, rulebook)
    within_reach = [id for id, fact in rulebook.facts.items() if fact.movable and id not in itself]
    for free in (within_reach, rulebook.facts):
        search = Search(rulebook, option, facts, domains(rulebook, facts, free))
        helpful = ways(search, POSITIVE)
        if helpful.found:
            released = tuple(Release(_needs(wanted, facts)) for way in helpful.found for wanted in _boxes(way))
            return Waiting(released, helpful.more or any(way.more and not way.free for way in helpful.found))
    return Waiting()


def _of_itself(option: str, rulebook: Rulebook) -> frozenset[str]:
    """Return the facts that tell whether the option is done: those that rules read, by way of findings, to say so."""
    read, reading = set[str](), [rule for rule in rulebook.rules.values() if Conclusion(Verb.DONE, option) in rule.then]
    while reading:
        fresh = {atom.name for atom in reading.pop().every_atom()} - read
        read |= fresh
        reading += [
            rule for rule in rulebook.rules.values() if {Conclusion(Verb.FIND, id) for id in fresh} & {*rule.then}
        ]
    return frozenset(read & rulebook.facts.keys())


def _boxes(way: Way) -> list[Mapping[str, tuple[str, ...]]]:
    """Return the choices of a way as values that can be chosen fact by fact, or else one by one."""
    if way.free:
        return [way.values]
    return [{fact: (value,) for fact, value in choice.items()} for choice in way.choices]


def _needs(wanted: Mapping[str, tuple[str, ...]], facts: Mapping[str, str]) -> tuple[Need, ...]:
    return tuple(Need(fact, values, facts.get(fact, UNKNOWN)) for fact, values in wanted.items())
