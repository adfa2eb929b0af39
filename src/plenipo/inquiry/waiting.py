"""
Releases: what a deferred option waits for.

A release is a smallest set of facts which, changed or learned, would have the option advised or worth considering. It
rests on movable facts, and not on how far the option itself has come. Only where these would never do does it rest on
facts of the calendar, too. So nobody is advised to wait for a move that only the other side can make.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plenipo.advice.conclude import Advice
from plenipo.inquiry.change import Way, domains, ways
from plenipo.inquiry.scope import known_facts
from plenipo.inquiry.solver import option_solver
from plenipo.rulebook.model import UNKNOWN, Conclusion, Fact, Rulebook, Verb
from plenipo.rulebook.verdict import ENCOURAGING


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
    """
    The releases for which an option waits, none where no facts would help; `more` says that there are others.

    Where time was up before they were found, it is `undecided` what it waits for.
    """

    releases: tuple[Release, ...] = ()
    more: bool = False
    undecided: bool = False


def waiting(option: str, advice: Advice) -> Waiting:
    """Return the smallest sets of facts for which an option waits: all of them, unless they are very many."""
    return waiting_with(advice.rulebook, option, known_facts(advice.rulebook, advice.situation.facts))


def waiting_with(rulebook: Rulebook, option: str, facts: Mapping[str, str]) -> Waiting:
    """Return what an option waits for where these facts are known, and it is deferred."""
    progress = _progress_facts(option, rulebook)
    within_reach = [id for id, fact in rulebook.facts.items() if fact.movable and id not in progress]
    in_time = [id for id, fact in rulebook.facts.items() if fact.calendar]
    for free in (within_reach, [*within_reach, *in_time]):
        try:
            found, more = ways(option_solver(rulebook, option, facts, domains(rulebook, facts, free)), ENCOURAGING)
        except TimeoutError:
            return Waiting(undecided=True)
        if found:
            released = tuple(Release(_needs(wanted, facts)) for way in found for wanted in _boxes(way))
            return Waiting(released, more or any(way.more and not way.free for way in found))
    return Waiting()


def ahead(releases: Iterable[Release], rulebook: Rulebook) -> tuple[Release, ...]:
    """
    Return releases without those that time cannot bring any more.

    Of a fact of the calendar only the next value that would do is kept: its values follow one another in the order in
    which they are listed, and yes and no by turns. A release for which the calendar would have to go back is left out.
    """
    found = (tuple(_need_ahead(need, rulebook.facts[need.name]) for need in release.needs) for release in releases)
    return tuple(dict.fromkeys(Release(needs) for needs in found if all(need.values for need in needs)))


def _need_ahead(need: Need, fact: Fact) -> Need:
    if not fact.calendar or fact.boolean or need.now == UNKNOWN:
        return need
    order = list(fact.values)
    later = [value for value in order[order.index(need.now) + 1 :] if value in need.values]
    return Need(need.name, tuple(later[:1]), need.now)


def _progress_facts(option: str, rulebook: Rulebook) -> frozenset[str]:
    """Return the facts that say how far the option has come: those on which rules that call it done depend."""
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
