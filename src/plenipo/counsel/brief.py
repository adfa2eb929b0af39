"""
The brief: what somebody with one minute should hear of an advice, and nothing that has to be cut to fit one screen.

It says how the sources read the situation; what leads, and what comes then; what is not yet to be done, and until when;
what to beware of; what to find out; and in a line or two what is advised in any case. `salience` and `choice` decide
which options these are; here each gets its reason, the one that rests on this situation first. Nothing is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice, preference
from plenipo.counsel.brief_parts import Named, Reading, Reason, Standing, ToFindOut
from plenipo.counsel.choice import Choice, choose, given_for
from plenipo.counsel.find_out import Effect, OpenQuestion, questions
from plenipo.counsel.grounds import Grounds, read_by
from plenipo.counsel.prerequisites import undone
from plenipo.counsel.roadmap import Step, next_steps
from plenipo.counsel.salience import Weighed, verdicts, weigh
from plenipo.counsel.shift import shifts
from plenipo.inquiry.waiting import Need, Waiting, ahead, waiting
from plenipo.rulebook.model import UNKNOWN, Fact, Option, Rule, Rulebook
from plenipo.rulebook.verdict import ENCOURAGING, Verdict

#: How many entries these parts of a brief have at most.
READINGS, CONSIDERED, QUESTIONS, KEPT = 2, 3, 3, 3
#: Where so many options are named, one reading is enough.
MUCH = 11


@dataclass(frozen=True)
class Brief:
    """The brief of one advice. Each part is worked out when it is first asked for."""

    kind: ClassVar[Literal["brief"]] = "brief"

    advice: Advice

    @cached_property
    def reading(self) -> tuple[Reading, ...]:
        """
        How the sources read the situation: findings that open an answer and rest on its facts, two at most, or one
        where many options are named.

        Those come first that rest on most of the facts that place a situation, then those on which most of what is said
        here rests.
        """
        findings, behind = self._book.findings, self._grounds.findings
        orienting = {id for id, fact in self._book.facts.items() if fact.orienting}
        said = [self.advice.options[id] for id in (*self.choice.lead, *self.choice.not_yet, *self.choice.beware)]
        read = read_by([rule for each in said for rule in (*each.decided_by, *each.cautions)], self.advice)
        opening = [id for id, facts in behind.items() if facts and findings[id].opens_answer]
        opening.sort(key=lambda each: (-len(behind[each] & orienting), -read.get(each, 0), -len(behind[each]), each))
        return tuple(
            Reading(findings[id], self._book.cited(findings[id].cite), self._facts(behind[id]))
            for id in opening[: 1 if len(said) + len(self.considering) >= MUCH else READINGS]
        )

    @cached_property
    def lead(self) -> tuple[Named, ...]:
        """The first steps, three at most, in the order in which to take them; what goes with two is named once."""
        named = {*(step.option.id for step in self.then), *self._discussed[:CONSIDERED]}
        found = []
        for each in map(self._named, self.choice.lead):
            found.append(replace(each, beside=tuple(option for option in each.beside if option.id not in named)))
            named |= {option.id for option in each.beside}
        return tuple(found)

    @cached_property
    def then(self) -> tuple[Step, ...]:
        """What comes up once those have succeeded, three at most, without what `not_yet` names, until when."""
        held = {*self.choice.not_yet, *(part.id for id in self.choice.not_yet for part in self._parts(id))}
        return tuple(step for step in next_steps(self.advice, self.choice.lead) if step.option.id not in held)

    @cached_property
    def not_yet(self) -> tuple[Named, ...]:
        """What is not yet to be done, four at most."""
        return tuple(map(self._named, self.choice.not_yet))

    @cached_property
    def beware(self) -> tuple[Named, ...]:
        """What to beware of here, five at most."""
        return tuple(map(self._named, self.choice.beware))

    @cached_property
    def considering(self) -> tuple[Named, ...]:
        """The options under discussion that the brief does not name elsewhere, three at most."""
        return tuple(map(self._named, self._discussed[:CONSIDERED]))

    @property
    def considering_more(self) -> int:
        """How many more options are under discussion that the brief does not name."""
        return len(self._discussed[CONSIDERED:])

    @cached_property
    def find_out(self) -> tuple[ToFindOut, ...]:
        """The unknown facts to find out first, three at most."""
        return self.moving[:QUESTIONS]

    @cached_property
    def moving(self) -> tuple[ToFindOut, ...]:
        """Every unknown fact that could change what leads, is not yet to be done or is warned of, in order."""
        return tuple(
            self._to_find_out(self._book.facts[asked.fact], asked.effects) for asked in self._questions if asked.moves
        )

    @cached_property
    def standing(self) -> Standing:
        """What is advised in any case, and not named above."""
        whatever = weigh(self._book, {})[0]
        keep = [
            option
            for option in self._advised(id for id, each in whatever.items() if each.verdict in ENCOURAGING)
            if option.headline and option.id not in self._named_above
        ]
        avoided = {id for id, said in self.advice.options.items() if said.verdict is Verdict.AVOID}
        return Standing(tuple(keep[:KEPT]), len(avoided - self._named_above))

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """The named options of which it was not settled in time what they wait for, by id."""
        entries = (*self.lead, *self.considering, *self.not_yet, *self.beware)
        return tuple(each.option.id for each in entries if each.undecided)

    @cached_property
    def _named_above(self) -> frozenset[str]:
        """The options that some other part names, alone or with another one."""
        entries = (*self.lead, *self.considering, *self.not_yet, *self.beware)
        beside = (option for each in entries for option in (*each.beside, *each.in_return, *each.parts))
        options = (*(each.option for each in entries), *beside, *(step.option for step in self.then))
        return frozenset(option.id for option in options)

    @cached_property
    def maybe_done(self) -> tuple[Option, ...]:
        """The options that lead or are advised in any case and may be done already: some unknown fact would say so."""
        named = [*self.choice.lead, *(option.id for option in self.standing.keep)]
        done = {id for question in self._questions for effect in question.effects for id in effect.done}
        return tuple(self._book.options[id] for id in named if id in done and not self._weighed[id].due)

    @cached_property
    def _discussed(self) -> tuple[str, ...]:
        choice = self.choice
        named = {*choice.lead, *choice.not_yet, *choice.beware, *(step.option.id for step in self.then)}
        return tuple(id for id in dict.fromkeys(self.advice.situation.considering) if id not in named)

    @property
    def _book(self) -> Rulebook:
        return self.advice.rulebook

    @cached_property
    def _weighed(self) -> Mapping[str, Weighed]:
        return weigh(self._book, self.advice.situation.facts)[0]

    @cached_property
    def choice(self) -> Choice:
        """What leads, is not yet to be done and is warned of, by id."""
        return choose(self._book, self._weighed, self.advice.situation.facts)

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self.advice)

    @cached_property
    def _questions(self) -> tuple[OpenQuestion, ...]:
        return questions(self._book, self.advice.situation.facts)

    def _named(self, id: str) -> Named:
        option, said, weighed = self._book.options[id], self.advice.options[id], self._weighed[id]
        waits = waiting(id, self.advice) if said.verdict is Verdict.DEFER else Waiting()
        rule, reason_if = self._why(id)
        return Named(
            option,
            said.verdict,
            self._reason(rule) if rule else None,
            weighed.due,
            reason_if,
            tuple(map(self._reason, self._grounds.resting(said.cautions))),
            beside=tuple(
                self._advised(
                    other
                    for other in self._together(id)
                    if id not in given_for(self._book, other) and other not in self.choice.lead
                )
            ),
            in_return=tuple(self._advised(o for o in self._book.options if id in given_for(self._book, o))),
            parts=tuple(self._parts(id)) if said.verdict is Verdict.DEFER else (),
            until=ahead(waits.releases, self._book),
            undecided=waits.undecided,
        )

    def _reason(self, rule: Rule) -> Reason:
        facts = self._facts(self._grounds.rules.get(rule.id, frozenset()))
        return Reason(rule.because, self._book.cited(rule.cite), rule.basis, facts, rule)

    def _why(self, id: str) -> tuple[Rule | None, tuple[Need, ...]]:
        """Return the rule that gives the reason, with what has to turn out so for it to hold."""
        if rules := self._grounds.first(self.advice.options[id].decided_by):
            return rules[0], ()
        supposed = self._if_not_done(id) if self._weighed[id].due else {}
        if not supposed:
            return None, ()
        rule = min((self._book.rules[id] for id in supposed), key=preference)
        fact, values = next(iter(supposed[rule.id].items()))
        return rule, (Need(fact, tuple(values), UNKNOWN),)

    def _if_not_done(self, id: str) -> Mapping[str, Mapping[str, list[str]]]:
        """Return by which rules a step is advised if it is known not to be done: rule -> fact -> values."""
        facts = self.advice.situation.facts
        tried = [
            {fact: value}
            for fact, values in undone(self._book, id).items()
            if facts.get(fact, UNKNOWN) == UNKNOWN
            for value in values
        ]
        found: dict[str, dict[str, list[str]]] = {}
        for supposed, weighed in zip(tried, weigh(self._book, facts, tried)[1:], strict=True):
            for rule in weighed[id].decided_by if weighed[id].verdict in ENCOURAGING else ():
                for fact, value in supposed.items():
                    found.setdefault(rule, {}).setdefault(fact, []).append(value)
        return found

    def _together(self, id: str) -> list[str]:
        """Return the options that go together with one, which either of the two may declare."""
        options = self._book.options
        return sorted({*options[id].beside, *(other for other in options if id in options[other].beside)} - {id})

    def _advised(self, ids: Iterable[str]) -> Iterable[Option]:
        return (self._book.options[id] for id in sorted(ids) if self.advice.options[id].verdict in ENCOURAGING)

    def _parts(self, id: str) -> Iterable[Option]:
        """Return the parts that are held with an option, those of the same verdict included."""
        held = ENCOURAGING | {Verdict.DEFER}
        return (
            part
            for other, part in sorted(self._book.options.items())
            if part.part_of == id and self.advice.options[other].verdict in held
        )

    def _to_find_out(self, fact: Fact, effects: Iterable[Effect]) -> ToFindOut:
        parties = tuple(self._book.parties[id] for id in fact.known_to if id in self._book.parties)
        now = self.choice
        was = verdicts(self._weighed)

        def change(each: Effect) -> tuple[bool, bool, int, str]:
            really = bool(shifts(now, each.choice, was, each.verdicts))
            return really, each.choice.named != now.named, each.choice.differs(now), each.value

        telling = max(effects, key=change)
        return ToFindOut(fact, parties, any(party.own for party in parties), telling)

    def _facts(self, ids: Iterable[str]) -> tuple[Fact, ...]:
        return tuple(self._book.facts[id] for id in sorted(ids))


def brief(advice: Advice) -> Brief:
    """Return the brief of an advice."""
    return Brief(advice)
