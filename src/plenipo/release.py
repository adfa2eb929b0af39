"""
Releases: what would have to be otherwise for a rule that decides to decide no longer.

A rule gives way when one of its conditions fails, when its `unless` comes to hold, or when an exception to it fires.
Each such way is read off the rules and spelled out in facts as far as it can be. It tells what an option waits for; it
is no search for the smallest change that would turn the whole advice, and says nothing of the other rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, product

from plenipo.advice import Advice
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Atom, Condition, Rule, Verb

#: As many ways as anybody would read; the rest follow from the rules themselves.
ENOUGH = 12
#: A finding so far down is named itself instead of the facts behind it.
DEEPEST = 6


@dataclass(frozen=True)
class Need:
    """The fact or finding `name` would have to have one of `values`; `now` is what it has."""

    name: str
    values: tuple[str, ...]
    now: str


@dataclass(frozen=True)
class Release:
    """One way in which a rule gives way: every need is met. `by` is the exception that would then take its place."""

    needs: tuple[Need, ...]
    by: str | None = None


#: Needs in the making: for each name the values that would do.
_Way = Mapping[str, tuple[str, ...]]


def releases(rule: Rule, advice: Advice) -> tuple[Release, ...]:
    """Return the ways in which a rule that fired would no longer decide, shortest first; none if it always does."""
    reader = _Reader(advice)
    found: list[tuple[_Way, str | None]] = [(way, None) for way in islice(reader.undone(rule.when), ENOUGH)]
    if rule.unless is not None:
        found += [(way, None) for way in islice(reader.met(rule.unless), ENOUGH)]
    for id in advice.rulebook.overriders.get(rule.id, ()):
        found += [(way, id) for way in islice(reader.fired(advice.rulebook.rules[id]), ENOUGH)]
    made = {tuple(reader.need(name, way[name]) for name in sorted(way)): by for way, by in reversed(found) if way}
    shortest = sorted(made, key=lambda needs: (len(needs), tuple((need.name, need.values) for need in needs)))
    return tuple(Release(needs, made[needs]) for needs in shortest if not _said_shorter(needs, shortest))


class _Reader:
    """Reads conditions against the state of one advice."""

    def __init__(self, advice: Advice) -> None:
        self.state = advice.state
        self.rulebook = advice.rulebook
        self.fired_rules = advice.fired

    def need(self, name: str, values: tuple[str, ...]) -> Need:
        return Need(name, values, self.state.get(name, UNKNOWN))

    def undone(self, condition: Condition, depth: int = 0) -> Iterator[_Way]:
        """Yield ways in which a condition that holds would fail: any atom fails, or every alternative that holds."""
        for atom in condition.atoms:
            yield from self._change(atom.name, self._others(atom), depth)
        holding = [branch for branch in condition.any_of if branch.holds(self.state)]
        if holding:
            yield from _together(list(islice(self.undone(branch, depth), ENOUGH)) for branch in holding)

    def met(self, condition: Condition, depth: int = 0) -> Iterator[_Way]:
        """Yield ways in which a condition would hold: every atom that fails comes true, and one alternative."""
        lacking = [atom for atom in condition.atoms if not atom.holds(self.state)]
        wanted = [list(islice(self._change(atom.name, _known(atom.values), depth), ENOUGH)) for atom in lacking]
        if condition.any_of and not any(branch.holds(self.state) for branch in condition.any_of):
            wanted.append([way for branch in condition.any_of for way in islice(self.met(branch, depth), ENOUGH)])
        yield from _together(wanted)

    def fired(self, rule: Rule, depth: int = 0) -> Iterator[_Way]:
        """Yield ways in which a rule would fire."""
        parts = [list(islice(self.met(rule.when, depth), ENOUGH))]
        if rule.unless is not None and rule.unless.holds(self.state):
            parts.append(list(islice(self.undone(rule.unless, depth), ENOUGH)))
        yield from _together(parts)

    def _others(self, atom: Atom) -> tuple[str, ...]:
        if atom.name in self.rulebook.findings:
            return tuple(value for value in (TRUE, FALSE) if value not in atom.values)
        return tuple(value for value in self.rulebook.facts[atom.name].values if value not in atom.values)

    def _change(self, name: str, values: tuple[str, ...], depth: int) -> Iterator[_Way]:
        """Yield ways in which the name would have one of the values, a finding by way of the rules that find it."""
        if not values:
            return
        if name not in self.rulebook.findings or depth >= DEEPEST:
            yield {name: values}
            return
        finders = self._finders(name)
        if TRUE in values:
            ways = [way for rule in finders for way in islice(self.fired(rule, depth + 1), ENOUGH)]
        else:
            acting = [rule for rule in finders if rule.id in self.fired_rules and self.fired_rules[rule.id].drew]
            ways = list(_together(list(islice(self.undone(rule.when, depth + 1), ENOUGH)) for rule in acting))
        yield from (way or {name: values} for way in ways)

    def _finders(self, name: str) -> list[Rule]:
        draws = ((rule, drawn) for rule in self.rulebook.rules.values() for drawn in rule.then)
        return sorted(
            {rule.id: rule for rule, drawn in draws if drawn.verb is Verb.FIND and drawn.on == name}.values(),
            key=lambda rule: rule.id,
        )


def _known(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(value for value in values if value != UNKNOWN)


def _together(choices: Iterable[list[_Way]]) -> Iterator[_Way]:
    """Yield one way out of each list, joined, leaving out what contradicts itself."""
    for picked in islice(product(*choices), ENOUGH * ENOUGH):
        joined: dict[str, tuple[str, ...]] = {}
        for way in picked:
            for name, values in way.items():
                joined[name] = tuple(value for value in joined.get(name, values) if value in values)
        if all(joined.values()):
            yield joined


def _said_shorter(needs: tuple[Need, ...], all_needs: Iterable[tuple[Need, ...]]) -> bool:
    return any(set(other) < set(needs) for other in all_needs)
