"""
Salience: how much each option matters in a situation, and so what an answer says first.

People ask because of their situation. What it brings up, and what the sources advise differently because of it, comes
before what they advise in any case; then comes what the author stresses, then what other steps wait for. The weights
say how much more one of these counts than another. They order answers and never change a verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plenipo.engines.bitset.truth_table import Column, Columns
from plenipo.rulebook.model import UNKNOWN, Basis, Rulebook, Strength, Verb
from plenipo.rulebook.verdict import Verdict

#: The situation puts the option on the desk.
ARISES = 5.0
#: A rule decides that does not decide when nothing is known.
TOUCHED_RULE = 2.0
#: The verdict is another one than when nothing is known.
TOUCHED_VERDICT = 1.0
#: A source makes the option one of its headlines.
HEADLINE = 0.5
#: The sources recommend it, and do not merely think it worth considering.
RECOMMENDED = 0.5
#: A source says so itself, and it is not only our reading.
STATED = 0.5
#: For each step by which the author's word is stronger than the weakest hedge.
STRENGTH = 0.1
#: For each option that comes after this one, up to three.
AWAITED = 0.3
#: An option that is certain although nobody knows yet whether it is done, and for which others wait.
PREREQUISITE = 2.0


@dataclass(frozen=True)
class Weighed:
    """
    One option in one situation: its verdict, the rules that decided it, and how much it matters there.

    `arises` says whether the situation brings it up, `touched` whether the verdict or a rule that decides it differs
    from the standing advice, which is what the sources advise when nothing is known.
    """

    option: str
    verdict: Verdict
    decided_by: tuple[str, ...]
    arises: bool
    touched: bool
    salience: float


def weigh(
    rulebook: Rulebook, facts: Mapping[str, str], variants: Sequence[Mapping[str, str]] = ()
) -> tuple[Mapping[str, Weighed], ...]:
    """
    Return every option as it is weighed in a situation, and in each variant of it that gives some facts other values.

    The first mapping (option -> weighed) is that of the situation itself, the others follow the order of `variants`,
    each fact -> value. All of them are worked out at once, a bit each.
    """
    rows = Columns(rulebook, (1 << (1 + len(variants))) - 1, _columns(facts, variants), facts)
    rows.run(rulebook.order)
    standing = _standing(rulebook)
    found: list[dict[str, Weighed]] = [{} for _ in range(1 + len(variants))]
    for id in rulebook.options:
        for column, decided, verdict, arises in _classes(rulebook, rows, id):
            weighed = _weighed(rulebook, id, verdict, decided, arises, standing[id])
            for place in _places(column):
                found[place][id] = weighed
    return tuple(found)


@lru_cache(maxsize=4)
def _standing(rulebook: Rulebook) -> Mapping[str, tuple[Verdict, tuple[str, ...]]]:
    """Return what the sources advise when nothing is known: option -> verdict, and the rules that decide it."""
    rows = Columns(rulebook, 1, {}, {})
    rows.run(rulebook.order)
    return {
        id: (verdict, decided) for id in rulebook.options for _, decided, verdict, _ in _classes(rulebook, rows, id)
    }


def _columns(facts: Mapping[str, str], variants: Sequence[Mapping[str, str]]) -> Mapping[str, Mapping[str, Column]]:
    """Return, for each fact that some variant changes, the rows in which it has each value."""
    full, found = (1 << (1 + len(variants))) - 1, dict[str, dict[str, Column]]()
    for place, variant in enumerate(variants, start=1):
        for fact, value in variant.items():
            columns = found.setdefault(fact, {})
            columns[value] = columns.get(value, 0) | 1 << place
    for fact, columns in found.items():
        changed = 0
        for column in columns.values():
            changed |= column
        now = facts.get(fact, UNKNOWN)
        columns[now] = columns.get(now, 0) | (full & ~changed)
    return found


def _classes(rulebook: Rulebook, rows: Columns, option: str) -> Iterable[tuple[Column, tuple[str, ...], Verdict, bool]]:
    """Yield the rows in which the same rules decide an option and it arises alike, with what they have in common."""
    arises = rulebook.options[option].arises_when
    desk = 0 if arises is None else rows.holds(arises)
    speaking = _speaking(rulebook)[option]
    left = rows.full
    for verdict in Verdict:
        drawing = [rule for rule, drawn in speaking if drawn is verdict]
        classes: list[tuple[Column, tuple[str, ...]]] = [(left, ())]
        for rule in drawing:
            acting = rows.acts[rule]
            classes = [
                (part, (*decided, rule) if inside else decided)
                for column, decided in classes
                for inside, part in ((True, column & acting), (False, column & ~acting))
                if part
            ]
        for column, decided in classes:
            if decided or verdict is Verdict.SILENT:
                left &= ~column
                for brought, part in ((True, column & desk), (False, column & ~desk)):
                    if part:
                        yield part, decided, verdict, brought


@lru_cache(maxsize=4)
def _speaking(rulebook: Rulebook) -> Mapping[str, tuple[tuple[str, Verdict], ...]]:
    """Return the rules that draw a verdict on each option, by id, with the verdict."""
    found: dict[str, list[tuple[str, Verdict]]] = {id: [] for id in rulebook.options}
    for id in sorted(rulebook.rules):
        for drawn in rulebook.rules[id].then:
            if drawn.verb not in (Verb.FIND, Verb.CAUTION):
                found[drawn.on].append((id, Verdict(drawn.verb.value)))
    return {option: tuple(rules) for option, rules in found.items()}


def _weighed(
    rulebook: Rulebook,
    option: str,
    verdict: Verdict,
    decided: tuple[str, ...],
    arises: bool,
    standing: tuple[Verdict, tuple[str, ...]],
) -> Weighed:
    fresh = bool(set(decided) - set(standing[1]))
    other = verdict is not standing[0]
    salience = (
        ARISES * arises
        + TOUCHED_RULE * fresh
        + TOUCHED_VERDICT * other
        + _stress(rulebook, option, decided)
        + RECOMMENDED * (verdict is Verdict.RECOMMEND)
    )
    return Weighed(option, verdict, decided, arises, fresh or other, salience)


def _stress(rulebook: Rulebook, option: str, decided: Iterable[str]) -> float:
    """Return how much the author makes of an option: a headline, said outright, in strong words, awaited by others."""
    rules = [rulebook.rules[id] for id in decided]
    strengths = list(Strength)
    strongest = max((len(strengths) - 1 - strengths.index(rule.strength) for rule in rules), default=0)
    return (
        HEADLINE * bool(rulebook.options[option].headline)
        + STATED * any(rule.basis is Basis.STATED for rule in rules)
        + STRENGTH * strongest
        + AWAITED * min(3, _awaited(rulebook).get(option, 0))
    )


@lru_cache(maxsize=4)
def _awaited(rulebook: Rulebook) -> Mapping[str, int]:
    """Return how many options come after each one that others must wait for."""
    found: dict[str, int] = {}
    for option in rulebook.options.values():
        for first, link in option.after.items():
            if not link.soft:
                found[first] = found.get(first, 0) + 1
    return found


def _places(column: Column) -> Iterable[int]:
    while column:
        yield (column & -column).bit_length() - 1
        column &= column - 1
