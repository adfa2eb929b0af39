"""
Advice: what an engine's answer means.

An engine says only which rules fire, that is, whose conditions hold. Everything else follows from that and the
rulebook, and is worked out here, the same for every engine: which of those rules are overridden, which findings hold,
by what each rule was met, what it drew, and the verdict on every option.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from plenipo.rulebook.model import FALSE, TRUE, Atom, Basis, Conclusion, Rule, Rulebook, Situation, Strength, Verb
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Firing:
    """
    A rule that fired: the atoms that met it, what it drew, and the rules that overrode it.

    An overridden rule draws nothing, so one of `drew` and `overridden_by` is always empty.
    """

    rule: Rule
    met: tuple[Atom, ...]
    drew: tuple[Conclusion, ...]
    overridden_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class OptionAdvice:
    """
    The verdict on one option with the rules behind it, all of which fired.

    `decided_by` drew the verdict, strongest first; `outranked` drew another one that gave way; `overridden` would have
    drawn one, or attached a caution; `cautions` attach a condition or a risk.
    """

    option: str
    verdict: Verdict
    decided_by: tuple[Rule, ...] = ()
    outranked: tuple[Rule, ...] = ()
    overridden: tuple[Rule, ...] = ()
    cautions: tuple[Rule, ...] = ()


@dataclass(frozen=True)
class Advice:
    """
    The answer to a situation: the trace, in dependency order, and the verdict on every option of the rulebook.

    It is the same for every order of files and rules, in every process, for every engine.
    """

    rulebook: Rulebook
    situation: Situation
    trace: tuple[Firing, ...]

    @cached_property
    def findings(self) -> frozenset[str]:
        """The findings that hold."""
        return frozenset(drawn.on for firing in self.trace for drawn in firing.drew if drawn.verb is Verb.FIND)

    @cached_property
    def state(self) -> Mapping[str, str]:
        """Name -> value of every known fact and every finding: what conditions are read against."""
        found = {id: TRUE if id in self.findings else FALSE for id in self.rulebook.findings}
        return {**self.situation.facts, **found}

    @cached_property
    def fired(self) -> Mapping[str, Firing]:
        """Each rule that fired, by its id."""
        return {firing.rule.id: firing for firing in self.trace}

    @cached_property
    def options(self) -> Mapping[str, OptionAdvice]:
        """The advice on every option, in the order of the rulebook."""
        spoken: dict[str, list[tuple[Verb, Firing]]] = {id: [] for id in self.rulebook.options}
        for firing in self.trace:
            for drawn in firing.rule.then:
                if drawn.verb is not Verb.FIND:
                    spoken[drawn.on].append((drawn.verb, firing))
        return {id: _option_advice(id, said) for id, said in spoken.items()}


_BASES = {basis: place for place, basis in enumerate(Basis)}
_STRENGTHS = {strength: place for place, strength in enumerate(Strength)}


def conclude(rulebook: Rulebook, situation: Situation, fires: Iterable[str]) -> Advice:
    """
    Return the advice that follows when exactly the rules named in `fires` have conditions that hold.

    A rule is overridden when a rule that names it fires and is not itself overridden (docs/meaning.md), so an exception
    to an exception brings the first rule back.
    """
    holding = frozenset(fires)
    acting: set[str] = set()
    overriding: dict[str, tuple[str, ...]] = {}
    order = [id for id in rulebook.order if id in holding]
    for id in order:
        overriding[id] = tuple(by for by in rulebook.overriders.get(id, ()) if by in acting)
        if not overriding[id]:
            acting.add(id)
    found = {drawn.on for id in acting for drawn in rulebook.rules[id].then if drawn.verb is Verb.FIND}
    state = {**situation.facts, **{id: TRUE if id in found else FALSE for id in rulebook.findings}}
    return Advice(rulebook, situation, tuple(_firing(rulebook.rules[id], state, overriding[id]) for id in order))


def drawing(rulebook: Rulebook, option: str, verdict: Verdict) -> tuple[Rule, ...]:
    """Return the rules that draw a verdict on an option, by id; none draws silence."""
    return tuple(
        rule
        for _, rule in sorted(rulebook.rules.items())
        if any(drawn.on == option and drawn.verb.value == verdict.value for drawn in rule.then)
    )


def preference(rule: Rule) -> tuple[int, int, str]:
    """Sort rules that say the same: stated before inferred, the author's stronger word first, then by id."""
    return (*weight(rule), rule.id)


def weight(rule: Rule) -> tuple[int, int]:
    """Return the places of a rule's basis and of its strength, the weightiest being 0."""
    return (_BASES[rule.basis], _STRENGTHS[rule.strength])


def _firing(rule: Rule, state: Mapping[str, str], overridden_by: tuple[str, ...]) -> Firing:
    met = tuple(dict.fromkeys(rule.when.met(state)))
    return Firing(rule, met, () if overridden_by else rule.then, overridden_by)


def _option_advice(option: str, said: Iterable[tuple[Verb, Firing]]) -> OptionAdvice:
    cautions: dict[str, Rule] = {}
    overridden: dict[str, Rule] = {}
    drawn: list[tuple[Verdict, Rule]] = []
    for verb, firing in said:
        if firing.overridden_by:
            overridden[firing.rule.id] = firing.rule
        elif verb is Verb.CAUTION:
            cautions[firing.rule.id] = firing.rule
        else:
            drawn.append((Verdict(verb.value), firing.rule))
    spoken = {verdict for verdict, _ in drawn}
    verdict = next((verdict for verdict in Verdict if verdict in spoken), Verdict.SILENT)
    decided = {rule.id: rule for spoke, rule in drawn if spoke is verdict}
    outranked = {rule.id: rule for spoke, rule in drawn if spoke is not verdict}
    groups = (decided, outranked, overridden, cautions)
    return OptionAdvice(option, verdict, *(tuple(sorted(group.values(), key=preference)) for group in groups))
