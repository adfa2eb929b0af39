"""
Releases: what a deferred option waits for.

A rule that defers gives way when one of its conditions fails, when its `unless` comes to hold, or when an exception to
it fires. Each such way is read off the rules, spelled out in facts, put together with those of the other rules that
defer, and tried; where yet another rule then defers, its ways are added. It is no search for every change that would
turn the advice: it never looks at facts that no deferring rule turns on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby, islice, product
from math import prod

from plenipo.advice import Advice, Verdict
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Atom, Condition, Rule, Rulebook, Verb
from plenipo.trial import Outcome, Trial

#: As many ways as are looked at for each rule and condition; nobody would read more.
ENOUGH = 12
#: As many sets of answers as are tried in a round, and as many rounds: one for each further rule that defers.
TRIED = 64
ROUNDS = 3
#: Verdicts of options that somebody may set about.
POSITIVE = frozenset({Verdict.RECOMMEND, Verdict.CONSIDER})
#: Findings further down than this are left alone.
DEEPEST = 8


@dataclass(frozen=True)
class Need:
    """The fact `name` would have to have one of `values`; `now` is what it has."""

    name: str
    values: tuple[str, ...]
    now: str


@dataclass(frozen=True)
class Release:
    """One way in which an option is deferred no longer: every need is met."""

    needs: tuple[Need, ...]


#: A release in the making: for each fact the values that would do.
_Way = Mapping[str, tuple[str, ...]]
#: One answer for each fact of a way, by name.
_Answers = tuple[tuple[str, str], ...]


def releases(option: str, advice: Advice) -> tuple[Release, ...]:
    """
    Return the ways in which a deferred option would be advised or worth considering, those that ask least first.

    Where none is found, those in which it would at least be deferred no longer; none at all where it would still be.
    """
    now = advice.situation.facts
    verdicts = _search(Trial(advice.rulebook, option), now)
    for wanted in (POSITIVE, frozenset(Verdict) - {Verdict.DEFER}):
        helpful = [answers for answers, verdict in verdicts.items() if verdict in wanted]
        least = [answers for answers in helpful if not any(set(other) < set(answers) for other in helpful)]
        if least:
            ways = (
                tuple(Need(name, way[name], now.get(name, UNKNOWN)) for name in sorted(way)) for way in _joined(least)
            )
            return tuple(Release(needs) for needs in sorted(ways, key=_asks))
    return ()


def _asks(needs: tuple[Need, ...]) -> tuple[int, list[tuple[str, tuple[str, ...]]]]:
    return (len(needs), [(need.name, need.values) for need in needs])


def _search(trial: Trial, now: Mapping[str, str]) -> Mapping[_Answers, Verdict]:
    """Return the verdict under every set of answers that makes the deferring rules give way, round by round."""
    verdicts: dict[_Answers, Verdict] = {}
    deferred: list[_Answers] = [()]
    for _ in range(ROUNDS):
        further = dict.fromkeys(longer for answers in deferred for longer in _longer(answers, trial, now))
        deferred = []
        for answers in islice((found for found in further if found not in verdicts), TRIED):
            verdicts[answers] = trial.outcome({**now, **dict(answers)}).verdict
            if verdicts[answers] is Verdict.DEFER:
                deferred.append(answers)
    return verdicts


def _longer(answers: _Answers, trial: Trial, now: Mapping[str, str]) -> Iterator[_Answers]:
    """Yield the answers with others beside them that make the rules give way which defer under these."""
    outcome = trial.outcome({**now, **dict(answers)})
    reader = _Reader(trial.rulebook, outcome)
    for way in _together(list(islice(reader.given_way(rule), ENOUGH)) for rule in outcome.deciding):
        if way.keys().isdisjoint(dict(answers)):
            for values in product(*way.values()):
                yield tuple(sorted((*answers, *zip(way, values, strict=True))))


def _joined(all_answers: Iterable[_Answers]) -> Iterator[_Way]:
    """Yield the answers to the same facts as one way where every mixture of them is among the answers."""

    def names(answers: _Answers) -> tuple[str, ...]:
        return tuple(name for name, _ in answers)

    for shared, group in groupby(sorted(all_answers, key=names), key=names):
        alike = list(group)
        values = [tuple(dict.fromkeys(answers[place][1] for answers in alike)) for place in range(len(shared))]
        if prod(len(given) for given in values) == len(alike):
            yield dict(zip(shared, values, strict=True))
        else:
            yield from ({name: (value,) for name, value in answers} for answers in alike)


class _Reader:
    """Reads conditions against one outcome."""

    def __init__(self, rulebook: Rulebook, outcome: Outcome) -> None:
        self.rulebook = rulebook
        self.state = outcome.state
        self.standing = outcome.standing

    def given_way(self, rule: Rule, depth: int = 0) -> Iterator[_Way]:
        """Yield ways in which a rule that drew its conclusions would not."""
        yield from self.undone(rule.when, depth)
        if rule.unless is not None:
            yield from self.met(rule.unless, depth)
        for id in self.rulebook.overriders.get(rule.id, ()):
            yield from self.firing(self.rulebook.rules[id], depth)

    def firing(self, rule: Rule, depth: int) -> Iterator[_Way]:
        """Yield ways in which a rule would fire."""
        parts = [list(islice(self.met(rule.when, depth), ENOUGH))]
        if rule.unless is not None and rule.unless.holds(self.state):
            parts.append(list(islice(self.undone(rule.unless, depth), ENOUGH)))
        yield from _together(parts)

    def undone(self, condition: Condition, depth: int) -> Iterator[_Way]:
        """Yield ways in which a condition that holds would fail: any atom fails, or every alternative that holds."""
        for atom in condition.atoms:
            yield from self._change(atom.name, self._others(atom), depth)
        holding = [branch for branch in condition.any_of if branch.holds(self.state)]
        if holding:
            yield from _together(list(islice(self.undone(branch, depth), ENOUGH)) for branch in holding)

    def met(self, condition: Condition, depth: int) -> Iterator[_Way]:
        """Yield ways in which a condition would hold: every atom that fails comes true, and one alternative."""
        lacking = [atom for atom in condition.atoms if not atom.holds(self.state)]
        wanted = [list(islice(self._change(atom.name, atom.values, depth), ENOUGH)) for atom in lacking]
        if condition.any_of and not any(branch.holds(self.state) for branch in condition.any_of):
            wanted.append([way for branch in condition.any_of for way in islice(self.met(branch, depth), ENOUGH)])
        yield from _together(wanted)

    def _others(self, atom: Atom) -> tuple[str, ...]:
        finding = atom.name in self.rulebook.findings
        values = (TRUE, FALSE) if finding else self.rulebook.facts[atom.name].values
        return tuple(value for value in values if value not in atom.values)

    def _change(self, name: str, values: tuple[str, ...], depth: int) -> Iterator[_Way]:
        """Yield ways in which the name would have one of the values, a finding by way of the rules that find it."""
        if name not in self.rulebook.findings:
            known = tuple(value for value in values if value != UNKNOWN)
            yield from [{name: known}] if known else []
        elif depth < DEEPEST:
            finders = _finders(self.rulebook, name)
            if TRUE in values:
                for rule in finders:
                    yield from islice(self.firing(rule, depth + 1), ENOUGH)
            if FALSE in values:
                acting = [rule for rule in finders if rule.id in self.standing]
                yield from _together(list(islice(self.given_way(rule, depth + 1), ENOUGH)) for rule in acting)


def _finders(rulebook: Rulebook, finding: str) -> list[Rule]:
    rules = (rulebook.rules[id] for id in sorted(rulebook.rules))
    return [rule for rule in rules if any(drawn.verb is Verb.FIND and drawn.on == finding for drawn in rule.then)]


def _together(choices: Iterable[list[_Way]]) -> Iterator[_Way]:
    """Yield one way out of each list, joined, leaving out what contradicts itself."""
    for picked in islice(product(*choices), ENOUGH * ENOUGH):
        joined: dict[str, tuple[str, ...]] = {}
        for way in picked:
            for name, values in way.items():
                joined[name] = tuple(value for value in joined.get(name, values) if value in values)
        if all(joined.values()):
            yield joined
