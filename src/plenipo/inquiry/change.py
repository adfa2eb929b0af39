"""
Change: the smallest sets of facts which, changed or learned, would give an option a wanted verdict.

What is unknown and not in such a set stays unknown: the changed situation is a situation like any other. A fact that
nobody can move stays as it is, but one that is unknown may be learned, movable or not; learning changes nothing in the
world. Where there is no way at all, the rules that stand in the way are named.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.errors import UsageError, did_you_mean
from plenipo.inquiry.scope import known
from plenipo.inquiry.solver import Search
from plenipo.inquiry.way import Way, Ways, domains, ways
from plenipo.rulebook.model import UNKNOWN, Option, Rule, Rulebook
from plenipo.rulebook.unknown_names import no_fact, no_option
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Obstacle:
    """
    A rule that draws the wanted verdict, and what stands in its way.

    Where it cannot act at all, `fixed` are facts that have to stay and keep it from acting. Where it can,
    `outranked_by` are rules that then draw a verdict that goes before: those that always do, or else all that ever do.
    """

    rule: Rule
    can_act: bool
    outranked_by: tuple[Rule, ...] = ()
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Change:
    """
    The answer: the smallest `ways` to the wanted verdict, in the order of the rulebook's facts.

    These are all of them unless there are `more` (`more_beyond` for those beyond reach).

    Where there is none, `obstacles` say why for each rule that draws it, `standing` are the rules that keep an option
    from being silent, and `beyond` are the smallest ways if facts might change that have to stay (`fixed`). Where the
    option has the verdict already, all of these are empty.
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

    Facts declared unmovable stay, unless named in `may_change`; those named in `hold` stay, and are not learned either.

    Raises:
        UsageError: there is no such option, verdict or fact, or a fact is both to be held and free to change.
    """
    rulebook = advice.rulebook
    wanted = _checked(rulebook, option, verdict, may_change, hold)
    if advice.options[option].verdict is wanted:
        return Change(advice, rulebook.options[option], wanted)
    facts = known(advice.situation.facts, rulebook)
    free = {id for id, fact in rulebook.facts.items() if fact.movable or id in may_change or id not in facts} - set(
        hold
    )
    search = Search(rulebook, option, facts, domains(rulebook, facts, free))
    fixed = tuple(id for id in search.reach.facts(option) if id not in free)
    near = ways(search, [wanted])
    found = Change(advice, rulebook.options[option], wanted, near.found, fixed, more=near.more)
    return found if found.ways else _explained(found, search, facts, set(rulebook.facts) - set(hold))


def _explained(found: Change, search: Search, facts: Mapping[str, str], loose: Collection[str]) -> Change:
    """Return a change that found no way with what stands in it."""
    rulebook, option = found.advice.rulebook, found.option.id
    always, sometimes = search.acting()
    wider = (
        ways(Search(rulebook, option, facts, domains(rulebook, facts, loose)), [found.wanted])
        if found.fixed
        else Ways()
    )
    speaking = {id: _first(rulebook.rules[id], option) for id in search.reach.rules(option)}
    speaking = {id: verdict for id, verdict in speaking.items() if verdict is not None}
    standing = [id for id in speaking if id in always] or [id for id in speaking if id in sometimes]
    return Change(
        found.advice,
        found.option,
        found.wanted,
        fixed=found.fixed,
        obstacles=tuple(
            _obstacle(found, search, rule) for rule in rulebook.rules.values() if _draws(rule, option, found.wanted)
        ),
        standing=tuple(rulebook.rules[id] for id in standing) if found.wanted is Verdict.SILENT else (),
        beyond=wider.found,
        more_beyond=wider.more,
    )


def _obstacle(found: Change, search: Search, rule: Rule) -> Obstacle:
    rulebook, option = found.advice.rulebook, found.option.id
    always, sometimes = search.acting(rule.id)
    if rule.id not in sometimes:
        return Obstacle(rule, can_act=False, fixed=_standing(found, search, rule.id))
    before = list(Verdict)[: list(Verdict).index(found.wanted)]
    higher = [id for id in search.reach.rules(option) if any(_draws(rulebook.rules[id], option, v) for v in before)]
    blocking = [id for id in higher if id in always] or [id for id in higher if id in sometimes]
    return Obstacle(rule, can_act=True, outranked_by=tuple(rulebook.rules[id] for id in blocking))


def _standing(found: Change, search: Search, rule: str) -> tuple[str, ...]:
    """Return facts that keep a rule from acting while they stay, none of them idle; none where they alone do not."""
    rulebook, domains = search.rulebook, dict(search.free)
    standing = [id for id in found.fixed if id in search.reach.behind(rule)]
    for id in tuple(standing):
        looser = {
            **domains,
            id: tuple(dict.fromkeys((search.facts.get(id, UNKNOWN), *rulebook.facts[id].values, UNKNOWN))),
        }
        if rule not in Search(rulebook, found.option.id, search.facts, looser).acting()[1]:
            domains = looser
            standing.remove(id)
    return tuple(standing)


def _draws(rule: Rule, option: str, verdict: Verdict) -> bool:
    return any(drawn.on == option and drawn.verb.value == verdict.value for drawn in rule.then)


def _first(rule: Rule, option: str) -> Verdict | None:
    """Return the verdict that a rule draws on an option, if it draws one."""
    return next((verdict for verdict in Verdict if _draws(rule, option, verdict)), None)


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
        verdicts = ", ".join(f"`{known}`" for known in Verdict)
        help = (*did_you_mean(verdict, Verdict), f"the verdicts are {verdicts}")
        raise UsageError(f"no verdict is called `{verdict}`", help=help)
    return Verdict(verdict)
