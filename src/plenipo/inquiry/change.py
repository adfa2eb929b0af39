"""
Change: the smallest sets of facts which, changed or learned, would give an option a wanted verdict.

What is unknown and not in such a set stays unknown: the changed situation is a situation like any other. A fact that
is not movable keeps its value, but one that is unknown may be learned, movable or not. Where there is no way at all,
the rules that prevent it are named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice, drawing
from plenipo.engines.bitset.situation_columns import Facts
from plenipo.engines.bitset.truth_table import Domains
from plenipo.errors import UsageError
from plenipo.inquiry.scope import known_facts
from plenipo.inquiry.solver import OptionSolver, option_solver
from plenipo.rulebook.model import UNKNOWN, Option, Rule, Rulebook
from plenipo.rulebook.unknown_names import no_fact, no_option, no_verdict
from plenipo.rulebook.verdict import Verdict

#: The most smallest sets of facts that are looked for.
MOST_SETS = 200


@dataclass(frozen=True)
class Way:
    """
    A way to a verdict: a smallest set of facts, and the values for them that give it.

    `learned` are those of its facts that are unknown now; the others would have to change. `values` are all the values
    that occur (fact -> values); where they are `free`, they can be chosen fact by fact: every combination works.
    `choices` are combinations that work (fact -> new value), and `more` says that there are others.
    """

    facts: tuple[str, ...]
    learned: tuple[str, ...]
    values: Mapping[str, tuple[str, ...]]
    free: bool
    choices: tuple[Mapping[str, str], ...]
    more: bool = False


@dataclass(frozen=True)
class Obstacle:
    """
    A rule that draws the wanted verdict, and what prevents it.

    Where it cannot act at all, `fixed` are facts that have to stay and keep it from acting. Where it can,
    `outranked_by` are rules that then draw a stronger verdict: those that always do, or else all that ever do.
    """

    rule: Rule
    can_act: bool
    outranked_by: tuple[Rule, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """
    The answer: the smallest `ways` to the wanted verdict, in the order of the rulebook's facts.

    These are all of them unless there are `more` (`more_beyond` for those of `beyond`).

    Where there is none, `obstacles` say why for each rule that draws it, `standing` are the rules that keep an option
    from being silent, and `beyond` are the smallest ways if facts might change that have to stay (`fixed`). Where the
    option has the verdict already, all of these are empty.

    `undecided` says that time was up before the ways were found, or that there is none; `unexplained` that there is
    none, and time was up before it was found out why.
    """

    kind: ClassVar[Literal["change"]] = "change"

    advice: Advice
    option: Option
    wanted: Verdict
    ways: tuple[Way, ...] = ()
    fixed: tuple[str, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()
    standing: tuple[Rule, ...] = ()
    beyond: tuple[Way, ...] = ()
    more: bool = False
    more_beyond: bool = False
    undecided: bool = False
    unexplained: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict the option has now."""
        return self.advice.options[self.option.id].verdict

    @property
    def held(self) -> bool:
        """Whether it has the wanted verdict already."""
        return self.verdict is self.wanted

    @cached_property
    def always(self) -> tuple[str, ...]:
        """The facts that occur in every way; none where not all ways are known."""
        first = self.ways[0].facts if self.ways and not self.more else ()
        return tuple(fact for fact in first if all(fact in way.facts for way in self.ways))


def change(
    advice: Advice, option: str, verdict: str, *, may_change: Collection[str] = (), hold: Collection[str] = ()
) -> Change:
    """
    Return the smallest sets of facts to change or to learn that give an option a verdict.

    Facts declared unmovable stay, unless named in `may_change`. Those named in `hold` stay, and are not learned either.

    Raises:
        UsageError: there is no such option, verdict or fact, or a fact is both to be held and free to change.
    """
    rulebook = advice.rulebook
    wanted = _checked(rulebook, option, verdict, may_change, hold)
    if advice.options[option].verdict is wanted:
        return Change(advice, rulebook.options[option], wanted)
    facts = known_facts(rulebook, advice.situation.facts)
    free = {id for id, fact in rulebook.facts.items() if fact.movable or id in may_change or id not in facts} - set(
        hold
    )
    solver = option_solver(rulebook, option, facts, domains(rulebook, facts, free))
    fixed = tuple(id for id in solver.scope.facts(option) if id not in free)
    found = Change(advice, rulebook.options[option], wanted, fixed=fixed)
    try:
        near, more = ways(solver, [wanted])
    except TimeoutError:
        return replace(found, undecided=True)
    if near:
        return replace(found, ways=near, more=more)
    try:
        return _explained(found, solver, set(rulebook.facts) - set(hold))
    except TimeoutError:
        return replace(found, unexplained=True)


def domains(rulebook: Rulebook, facts: Facts, free: Collection[str]) -> Domains:
    """Return for each free fact the value it has, and then the others it may take; no known fact becomes unknown."""
    return {id: _domain(rulebook, facts, id) for id in rulebook.facts if id in free}


def ways(solver: OptionSolver, verdicts: Collection[Verdict]) -> tuple[tuple[Way, ...], bool]:
    """Return the smallest ways to one of some verdicts, in the order of the rulebook, and whether there are more."""
    sets, more = smallest_sets(solver, verdicts)
    places = {id: place for place, id in enumerate(solver.rulebook.facts)}
    ordered = sorted(sets, key=lambda ids: [places[id] for id in ids])
    return tuple(_way(solver, ids, verdicts) for ids in ordered), more


def smallest_sets(solver: OptionSolver, verdicts: Collection[Verdict]) -> tuple[Sequence[tuple[str, ...]], bool]:
    """Return the smallest sets of facts that can change to give one of the verdicts, and whether there are others."""
    found = solver.nearest(verdicts, MOST_SETS + 1)
    return found[:MOST_SETS], len(found) > MOST_SETS


def _domain(rulebook: Rulebook, facts: Facts, id: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((facts.get(id, UNKNOWN), *rulebook.facts[id].values)))


def _way(solver: OptionSolver, ids: tuple[str, ...], verdicts: Collection[Verdict]) -> Way:
    found = solver.choices(ids, verdicts)
    order = {id: list(solver.rulebook.facts[id].values) for id in ids}
    listed = sorted(found.listed, key=lambda choice: [order[id].index(choice[id]) for id in ids])
    learned = tuple(id for id in ids if id not in solver.facts)
    return Way(ids, learned, found.values, found.free, tuple(listed), found.more)


def _explained(found: Change, solver: OptionSolver, movable: Collection[str]) -> Change:
    """Return a change that found no way with what prevents it; `movable` are all facts that might change."""
    rulebook, option = found.advice.rulebook, found.option.id
    beyond: tuple[Way, ...] = ()
    more = False
    if found.fixed:
        wider = option_solver(rulebook, option, solver.facts, domains(rulebook, solver.facts, movable))
        beyond, more = ways(wider, [found.wanted])
    standing: tuple[Rule, ...] = ()
    if found.wanted is Verdict.SILENT:
        speaking = [id for id in solver.scope.rules(option) if _draws_any(rulebook.rules[id], option, list(Verdict))]
        standing = _most_often(rulebook, speaking, *solver.acting())
    return replace(
        found,
        obstacles=tuple(_obstacle(found, solver, rule) for rule in drawing(rulebook, option, found.wanted)),
        standing=standing,
        beyond=beyond,
        more_beyond=more,
    )


def _obstacle(found: Change, solver: OptionSolver, rule: Rule) -> Obstacle:
    rulebook, option = found.advice.rulebook, found.option.id
    always, sometimes = solver.acting(rule.id)
    if rule.id not in sometimes:
        return Obstacle(rule, can_act=False, fixed=_preventing(found, solver, rule.id))
    stronger = list(Verdict)[: list(Verdict).index(found.wanted)]
    higher = [id for id in solver.scope.rules(option) if _draws_any(rulebook.rules[id], option, stronger)]
    return Obstacle(rule, can_act=True, outranked_by=_most_often(rulebook, higher, always, sometimes))


def _most_often(
    rulebook: Rulebook, rules: Sequence[str], always: Collection[str], sometimes: Collection[str]
) -> tuple[Rule, ...]:
    """Return those of some rules that always act, or else those that sometimes do."""
    chosen = [id for id in rules if id in always] or [id for id in rules if id in sometimes]
    return tuple(rulebook.rules[id] for id in chosen)


def _preventing(found: Change, solver: OptionSolver, rule: str) -> tuple[str, ...]:
    """Return fixed facts that keep a rule from acting, each of them needed for that; none where they alone do not."""
    rulebook, loose = solver.rulebook, dict(solver.free)
    preventing = [id for id in found.fixed if id in solver.scope.facts_behind(rule)]
    for id in tuple(preventing):
        looser = {**loose, id: tuple(dict.fromkeys((*_domain(rulebook, solver.facts, id), UNKNOWN)))}
        if rule not in option_solver(rulebook, found.option.id, solver.facts, looser).acting()[1]:
            loose = looser
            preventing.remove(id)
    return tuple(preventing)


def _draws_any(rule: Rule, option: str, verdicts: Collection[Verdict]) -> bool:
    return any(drawn.on == option and drawn.verb.value in verdicts for drawn in rule.then)


def _checked(
    rulebook: Rulebook, option: str, verdict: str, may_change: Collection[str], hold: Collection[str]
) -> Verdict:
    if option not in rulebook.options:
        raise no_option(rulebook, option)
    for fact in (*may_change, *hold):
        if fact not in rulebook.facts:
            raise no_fact(rulebook, fact)
    if both := set(may_change).intersection(hold):
        raise UsageError(f"fact `{min(both)}` is both to be held and free to change")
    if verdict not in set(Verdict):
        raise no_verdict(verdict)
    return Verdict(verdict)
