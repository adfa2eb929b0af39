"""
Steps that may be done already: nobody knows, the sources are silent for that reason, and other steps wait for them.

Such a step is *due unless done* where two things hold. However the unknown facts turn out, it is advised unless it is
done. And if it is not done, a step that comes after it, and is advised now, would have to wait. So a step that plainly
was taken long ago, because what follows it is under way, is not due.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plenipo.engines.bitset.truth_table import Column, Columns, Table, fits
from plenipo.inquiry.scope import reach
from plenipo.rulebook.model import UNKNOWN, Rulebook
from plenipo.rulebook.verdict import Verdict

#: Verdicts of steps that somebody may set about.
POSITIVE = (Verdict.RECOMMEND, Verdict.CONSIDER)


def due_unless_done(rulebook: Rulebook, rows: Columns, situations: Sequence[Mapping[str, str]]) -> Mapping[str, Column]:
    """
    Return the rows in which each option is due unless done: option -> rows, where there are any.

    `situations` are the facts of the rows, in order, and `rows` has run every rule on them. An option that turns on
    more unknown facts than a truth table holds is never due unless done.
    """
    found: dict[str, Column] = {}
    for option, waiting in _successors(rulebook).items():
        silent = rows.verdicts(option).get(Verdict.SILENT, 0)
        open_rows = silent and _holding_up(rulebook, option, waiting, rows, situations, silent)
        certain = open_rows and _certain(rulebook, option, situations, open_rows)
        if certain:
            found[option] = certain
    return found


def places(column: Column) -> Iterator[int]:
    """Yield the numbers of the rows in a column."""
    while column:
        yield (column & -column).bit_length() - 1
        column &= column - 1


def columns(situations: Sequence[Mapping[str, str]], facts: Iterable[str]) -> Mapping[str, Mapping[str, Column]]:
    """Return the rows in which each fact has each value: fact -> value -> rows, one row a situation."""
    found: dict[str, dict[str, Column]] = {fact: {} for fact in facts}
    for place, situation in enumerate(situations):
        for fact, by_value in found.items():
            value = situation.get(fact, UNKNOWN)
            by_value[value] = by_value.get(value, 0) | 1 << place
    return found


def _successors(rulebook: Rulebook) -> Mapping[str, tuple[str, ...]]:
    """Return the options that wait for each one: option -> those that come after it, unless that is only better."""
    found: dict[str, list[str]] = {}
    for option in rulebook.options.values():
        for first, link in option.after.items():
            if not link.soft and first in rulebook.options:
                found.setdefault(first, []).append(option.id)
    return {first: tuple(found[first]) for first in sorted(found)}


def _holding_up(
    rulebook: Rulebook,
    option: str,
    waiting: Iterable[str],
    rows: Columns,
    situations: Sequence[Mapping[str, str]],
    among: Column,
) -> Column:
    """Return the rows in which a step that is advised would be deferred if this one were known not to be done."""
    found, advised = 0, {}
    for other in waiting:
        verdicts = rows.verdicts(other)
        advised[other] = among & (verdicts.get(Verdict.RECOMMEND, 0) | verdicts.get(Verdict.CONSIDER, 0))
    if not any(advised.values()):
        return 0
    for fact, values in undone(rulebook, option).items():
        unknown = rows.has(fact, [UNKNOWN])
        for value in values if unknown & among else ():
            supposed = [{**situation, fact: value} for situation in situations]
            trial = Columns(rulebook, rows.full, columns(supposed, rulebook.facts), {})
            trial.run(_rules(rulebook, advised))
            for other, column in advised.items():
                found |= column & unknown & trial.verdicts(other).get(Verdict.DEFER, 0)
    return found


def undone(rulebook: Rulebook, option: str) -> Mapping[str, tuple[str, ...]]:
    """Return the values of facts that no outcome of an option brings: fact -> values."""
    brought: dict[str, set[str]] = {}
    for outcome in rulebook.options[option].brings:
        for fact, value in outcome.facts.items():
            brought.setdefault(fact, set()).add(value)
    return {fact: tuple(v for v in rulebook.facts[fact].values if v not in values) for fact, values in brought.items()}


def _rules(rulebook: Rulebook, options: Iterable[str]) -> list[str]:
    wanted = {rule for option in options for rule in reach(rulebook).rules(option)}
    return [rule for rule in rulebook.order if rule in wanted]


def _certain(rulebook: Rulebook, option: str, situations: Sequence[Mapping[str, str]], among: Column) -> Column:
    """Return the rows in which every way of filling in what is unknown has the option advised or done."""
    behind = reach(rulebook)
    linked = behind.linked(behind.facts(option), rulebook.facts.keys())
    fixed = {fact: situations[0][fact] for fact in linked if _same(situations, fact)}
    domains = {fact: tuple(rulebook.facts[fact].values) for fact in linked if fact not in fixed}
    if not fits(domains):
        return 0
    table = Table(rulebook, domains, fixed)
    table.run(behind.rules(option))
    verdicts = table.verdicts(option)
    good = verdicts.get(Verdict.RECOMMEND, 0) | verdicts.get(Verdict.CONSIDER, 0)
    bad = table.allowed & ~good & ~verdicts.get(Verdict.DONE, 0)
    found, seen = 0, dict[int, bool]()
    for place in places(among):
        ways = table.full
        for fact in domains:
            if situations[place].get(fact, UNKNOWN) != UNKNOWN:
                ways &= table.has(fact, [situations[place][fact]])
        if ways not in seen:
            seen[ways] = bool(ways & good) and not ways & bad
        found |= seen[ways] << place
    return found


def _same(situations: Sequence[Mapping[str, str]], fact: str) -> bool:
    first = situations[0].get(fact, UNKNOWN)
    return first != UNKNOWN and all(situation.get(fact) == first for situation in situations)
