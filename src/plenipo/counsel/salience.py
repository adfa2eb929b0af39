"""
Salience: how much each option matters in a situation, and so what an answer says first.

People ask because of their situation. What it brings up, and what the sources advise differently because of it, comes
before what they advise in any case; then comes what the author stresses, then what other steps wait for. The weights
say how much more one of these counts than another. They order answers and never change a verdict.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from plenipo.counsel.prerequisites import due_unless_done, successors
from plenipo.engines.bitset.situation_columns import Column, SituationColumns, all_rows, layout, row_numbers
from plenipo.rulebook.model import UNKNOWN, Basis, Condition, Rulebook, Strength, Verb
from plenipo.rulebook.verdict import Verdict

#: The situation puts the option on the desk.
ARISES = 5.0
#: For each known fact beyond the first that does so, up to two.
ARISES_MORE = 0.5
#: A rule decides that does not decide when nothing is known.
TOUCHED_RULE = 1.5
#: The verdict is another one than when nothing is known.
TOUCHED_VERDICT = 1.5
#: A caution applies that does not apply when nothing is known.
TOUCHED_CAUTION = 0.5
#: Nobody knows whether it is done; unless it is, others have to wait for it.
DUE = 1.5
#: A source makes the option one of its headlines.
HEADLINE = 0.5
#: The sources recommend it, and do not merely think it worth considering.
RECOMMENDED = 0.75
#: A source says so itself, and it is not only our reading.
STATED = 0.5
#: For each step by which the author's word is stronger than the weakest hedge.
STRENGTH = 0.05
#: For each option that comes after this one, up to three.
AWAITED = 0.3


@dataclass(frozen=True)
class Weighed:
    """
    One option in one situation: its verdict, the rules that decided it, and how much it matters there.

    `arises` says whether the situation brings it up, `touched` whether the verdict or a rule that decides it differs
    from the standing advice, which is what the sources advise when nothing is known. A silent option that is `due` is
    advised unless it is done already, which nobody knows (`plenipo.counsel.prerequisites`).
    """

    option: str
    verdict: Verdict
    decided_by: tuple[str, ...]
    arises: bool
    touched: bool
    due: bool
    salience: float


def weigh(
    rulebook: Rulebook, facts: Mapping[str, str], variants: Sequence[Mapping[str, str]] = ()
) -> tuple[Mapping[str, Weighed], ...]:
    """
    Return every option as it is weighed in a situation, and in each variant of it that gives some facts other values.

    The first mapping (option -> weighed) is that of the situation itself, the others follow the order of `variants`,
    each fact -> value. All of them are worked out at once, a bit each.
    """
    situations = [facts, *({**facts, **variant} for variant in variants)]
    changed = {fact for variant in variants for fact in variant}
    unchanged = {fact: value for fact, value in facts.items() if fact not in changed}
    rows = SituationColumns(rulebook, all_rows(len(situations)), layout(changed, situations), unchanged)
    rows.run(rulebook.order)
    due = due_unless_done(rulebook, rows, situations)
    standing = _standing(rulebook)
    found: list[dict[str, Weighed]] = [{} for _ in situations]
    for id in rulebook.options:
        for column, decision in _decided(rulebook, rows, id):
            for part, features in _split(column, _arising(rulebook, rows, id, standing, due)):
                weighed = _weighed(rulebook, decision, features, standing[id])
                for place in row_numbers(part):
                    found[place][id] = weighed
    return tuple(found)


def verdicts(weighed: Mapping[str, Weighed]) -> Mapping[str, Verdict]:
    """Return the verdict on every option of one situation."""
    return {id: each.verdict for id, each in weighed.items()}


@dataclass(frozen=True)
class _Decision:
    """The verdict on an option with the rules that decide it."""

    option: str
    verdict: Verdict
    decided_by: tuple[str, ...]


@dataclass(frozen=True)
class _Standing:
    """What the sources advise on an option when nothing is known, and which rules caution then."""

    decision: _Decision
    cautions: frozenset[str]


@lru_cache(maxsize=4)
def _standing(rulebook: Rulebook) -> Mapping[str, _Standing]:
    rows = SituationColumns(rulebook, 1, {}, {})
    rows.run(rulebook.order)
    return {
        id: _Standing(decision, frozenset(rule for rule in _speaking(rulebook)[id].cautions if rows.acts[rule]))
        for id in rulebook.options
        for _, decision in _decided(rulebook, rows, id)
    }


def _decided(rulebook: Rulebook, rows: SituationColumns, option: str) -> Iterator[tuple[Column, _Decision]]:
    """Yield the decisions on an option, each with the rows in which it is made by the same rules."""
    left = rows.full
    for verdict in Verdict:
        drawing = [rule for rule, drawn in _speaking(rulebook)[option].deciding if drawn is verdict]
        for part, acting in _split(left, [rows.acts[rule] for rule in drawing]):
            decided = tuple(rule for rule, acts in zip(drawing, acting, strict=True) if acts)
            if decided or verdict is Verdict.SILENT:
                left &= ~part
                yield part, _Decision(option, verdict, decided)


def _arising(
    rulebook: Rulebook,
    rows: SituationColumns,
    option: str,
    standing: Mapping[str, _Standing],
    due: Mapping[str, Column],
) -> list[Column]:
    """
    Return five columns of rows for an option, in the order in which `_weighed` reads them.

    It arises; it does so by at least two known facts; by at least three; a rule cautions that does not caution when
    nothing is known; it is due unless done.
    """
    arises_when = rulebook.options[option].arises_when
    arises = by_two = by_three = by_one = cautioned = 0
    if arises_when is not None:
        arises = rows.holds(arises_when)
        bringing: dict[str, Column] = {}
        for fact, column in _met(rulebook, rows, arises_when, arises):
            bringing[fact] = bringing.get(fact, 0) | column
        for column in bringing.values():
            by_three, by_two, by_one = by_three | by_two & column, by_two | by_one & column, by_one | column
    for rule in _speaking(rulebook)[option].cautions:
        if rule not in standing[option].cautions:
            cautioned |= rows.acts[rule]
    return [arises, by_two, by_three, cautioned, due.get(option, 0)]


def _met(
    rulebook: Rulebook, rows: SituationColumns, condition: Condition, among: Column
) -> Iterator[tuple[str, Column]]:
    """Yield the known facts by which a condition is met, each with rows."""
    here = among & rows.holds(condition)
    for atom in condition.atoms:
        if atom.name in rulebook.facts:
            yield atom.name, here & rows.has(atom.name, [value for value in atom.values if value != UNKNOWN])
    for branch in condition.any_of:
        yield from _met(rulebook, rows, branch, here)


def _split(column: Column, features: Sequence[Column]) -> list[tuple[Column, tuple[bool, ...]]]:
    """Return the parts of a column in which the same features hold, each with whether each of them does."""
    parts: list[tuple[Column, tuple[bool, ...]]] = [(column, ())] if column else []
    for feature in features:
        parts = [
            (part, (*held, inside))
            for whole, held in parts
            for inside, part in ((True, whole & feature), (False, whole & ~feature))
            if part
        ]
    return parts


@dataclass(frozen=True)
class _Speaking:
    """The rules that speak of an option: those that draw a verdict on it, with the verdict, and those that caution."""

    deciding: tuple[tuple[str, Verdict], ...]
    cautions: tuple[str, ...]


@lru_cache(maxsize=4)
def _speaking(rulebook: Rulebook) -> Mapping[str, _Speaking]:
    deciding: dict[str, list[tuple[str, Verdict]]] = {id: [] for id in rulebook.options}
    cautions: dict[str, list[str]] = {id: [] for id in rulebook.options}
    for id in sorted(rulebook.rules):
        for drawn in rulebook.rules[id].then:
            if drawn.verb is Verb.CAUTION:
                cautions[drawn.on].append(id)
            elif drawn.verb is not Verb.FIND:
                deciding[drawn.on].append((id, Verdict(drawn.verb.value)))
    return {id: _Speaking(tuple(deciding[id]), tuple(cautions[id])) for id in rulebook.options}


def _weighed(rulebook: Rulebook, now: _Decision, features: Sequence[bool], standing: _Standing) -> Weighed:
    arises, by_two, by_three, cautioned, due = features
    fresh = not set(now.decided_by).issubset(standing.decision.decided_by)
    other = now.verdict is not standing.decision.verdict
    salience = (
        ARISES * arises
        + ARISES_MORE * (by_two + by_three)
        + TOUCHED_RULE * fresh
        + TOUCHED_VERDICT * other
        + TOUCHED_CAUTION * cautioned
        + DUE * due
        + _stress(rulebook, now)
        + RECOMMENDED * (now.verdict is Verdict.RECOMMEND)
    )
    return Weighed(now.option, now.verdict, now.decided_by, arises, fresh or other, due, round(salience, 3))


def _stress(rulebook: Rulebook, now: _Decision) -> float:
    """Return how much the author stresses an option, and how many others wait for it."""
    rules = [rulebook.rules[id] for id in now.decided_by]
    strengths = list(Strength)
    strongest = max((len(strengths) - 1 - strengths.index(rule.strength) for rule in rules), default=0)
    return (
        HEADLINE * bool(rulebook.options[now.option].headline)
        + STATED * any(rule.basis is Basis.STATED for rule in rules)
        + STRENGTH * strongest
        + AWAITED * min(3, len(successors(rulebook).get(now.option, ())))
    )
