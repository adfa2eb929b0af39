"""
What to find out: the unknown facts that would change most of what a brief says.

Every value that the constraints leave to an unknown fact is tried, one fact at a time. A fact matters by what its
values would do to the present advice, the most salient of it above all: a step may fall away or have to wait, the
reason for one that leads may change, one that goes with it may come up. What lies near the situation and its leads
comes before what does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from plenipo.counsel.choice import Choice, choose
from plenipo.counsel.salience import Weighed, verdicts, weigh
from plenipo.inquiry.scope import known_facts
from plenipo.rulebook.model import Fact, Rulebook
from plenipo.rulebook.verdict import ENCOURAGING, Verdict
from plenipo.situations.constraints import possible_values

#: The share of its salience that counts where a step would be advised or held no longer ...
FALLS = 1.0
#: ... or where one that is advised would have to wait ...
MADE_TO_WAIT = 0.25
#: ... and what is added to either share where the step leads.
LEADING = 1.0
#: Other rules would decide on a step that leads or is held.
OTHER_REASON = 2.0
#: A step that leads, or is tied to one that does, would come up or no longer come up.
COMES_UP = 0.5
#: The situation says something on the subject of the fact.
SPOKEN_OF = 1.5
#: A step that leads belongs to the subject of the fact.
SUBJECT_LEADS = 0.25
#: The fact places a situation.
ORIENTING = 0.5
#: A fact that one's own side knows and that nobody can move is on record: it counts for this share of another one.
ON_RECORD = 0.5


@dataclass(frozen=True)
class Effect:
    """What a brief would name if an unknown fact had a value, and the verdict on every option then."""

    value: str
    choice: Choice
    verdicts: Mapping[str, Verdict]

    @property
    def done(self) -> frozenset[str]:
        """The options that would be done, by id."""
        return frozenset(id for id, verdict in self.verdicts.items() if verdict is Verdict.DONE)


@dataclass(frozen=True)
class OpenQuestion:
    """
    An unknown fact with the effect of each value it can have, in the order of the rulebook, and how much it matters.

    It `moves` the brief where some value changes what leads, what is not yet to be done or what to beware of.
    """

    fact: str
    effects: tuple[Effect, ...]
    matters: float
    moves: bool


def questions(
    rulebook: Rulebook, facts: Mapping[str, str], among: Iterable[str] | None = None
) -> tuple[OpenQuestion, ...]:
    """
    Return every unknown fact of a situation, the most telling first.

    Facts come later that change only the order in which the brief names the same, and last those that do not move it.
    The order never depends on that of the rulebook. With `among`, only those of these facts are tried.
    """
    known = known_facts(rulebook, facts)
    asked = rulebook.facts if among is None else among
    return _questions(rulebook, frozenset(known.items()), tuple(fact for fact in asked if fact not in known))


@lru_cache(maxsize=4)  # the brief and the questionnaire beside it put the same
def _questions(
    rulebook: Rulebook, facts: frozenset[tuple[str, str]], asked: tuple[str, ...]
) -> tuple[OpenQuestion, ...]:
    known = dict(sorted(facts))
    values = {fact: possible_values(rulebook, known, fact) for fact in asked}
    tried = [(fact, value) for fact in values for value in values[fact]]
    now, *then = weigh(rulebook, known, [{fact: value} for fact, value in tried])
    choice = choose(rulebook, now, known)
    effects: dict[str, list[Effect]] = {fact: [] for fact in values}
    changes: dict[str, float] = dict.fromkeys(values, 0.0)
    telling = _Telling(rulebook, choice, now)
    for (fact, value), weighed in zip(tried, then, strict=True):
        effects[fact].append(Effect(value, choose(rulebook, weighed, {**known, fact: value}), verdicts(weighed)))
        changes[fact] += telling.change(fact, weighed) / len(values[fact])
    near = _Nearness(rulebook, known, choice)
    found = [
        OpenQuestion(
            fact,
            tuple(effects[fact]),
            round(near.matters(rulebook.facts[fact], changes[fact]), 3),
            any(effect.choice != choice for effect in effects[fact]),
        )
        for fact in values
    ]

    def rank(question: OpenQuestion) -> tuple[bool, bool, float, str]:
        renames = any(effect.choice.named != choice.named for effect in question.effects)
        return (not question.moves, not renames, -question.matters, question.fact)

    return tuple(sorted(found, key=rank))


class _Telling:
    """Measures how much of the present advice another weighing changes."""

    def __init__(self, rulebook: Rulebook, choice: Choice, now: Mapping[str, Weighed]) -> None:
        self.now = now
        self.brought = _brought(rulebook)
        self.leads = frozenset(choice.lead)
        self.named = self.leads | frozenset(choice.not_yet)
        tied = _tied(rulebook)
        self.near = self.leads.union(*(tied[id] for id in self.leads))

    def change(self, fact: str, then: Mapping[str, Weighed]) -> float:
        """Return how much the options change, each by its salience."""
        return sum(self._of(before, then[id], fact) for id, before in self.now.items() if then[id] is not before)

    def _of(self, before: Weighed, after: Weighed, fact: str) -> float:
        was, held = before.verdict in ENCOURAGING, before.verdict is Verdict.DEFER
        will, waits = after.verdict in ENCOURAGING, after.verdict is Verdict.DEFER
        changed = 0.0
        if (was and not (will or waits)) or (held and not (waits or fact in self.brought[before.option])):
            changed = before.salience * (FALLS + LEADING * (before.option in self.leads))
        elif was and waits:
            changed = before.salience * (MADE_TO_WAIT + LEADING * (before.option in self.leads))
        elif (was, held) == (will, waits) and before.option in self.named:
            changed = OTHER_REASON * (set(before.decided_by) != set(after.decided_by))
        if before.option in self.near and before.arises != after.arises and (will or waits):
            changed += COMES_UP
        return changed


class _Nearness:
    """Makes a fact matter more that is near to the situation or to what leads."""

    def __init__(self, rulebook: Rulebook, known: Iterable[str], choice: Choice) -> None:
        self.own = {id for id, party in rulebook.parties.items() if party.own}
        self.spoken_of = {rulebook.facts[fact].group for fact in known if fact in rulebook.facts}
        self.leading = {rulebook.options[id].group for id in choice.lead}

    def matters(self, fact: Fact, changes: float) -> float:
        """Return how much a fact matters; `changes` is how much its values change on average."""
        near = (
            SPOKEN_OF * (fact.group in self.spoken_of)
            + SUBJECT_LEADS * (fact.group in self.leading)
            + ORIENTING * fact.orienting
        )
        on_record = not fact.movable and bool(self.own.intersection(fact.known_to))
        return (changes + near) * (ON_RECORD if on_record else 1)


@lru_cache(maxsize=4)
def _brought(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """Return the facts that each option brings about itself."""
    return {
        id: frozenset(fact for outcome in option.brings for fact in outcome.facts)
        for id, option in rulebook.options.items()
    }


@lru_cache(maxsize=4)
def _tied(rulebook: Rulebook) -> Mapping[str, frozenset[str]]:
    """Return the options that each one comes after or before, goes together with, or is a part or the whole of."""
    found: dict[str, set[str]] = {id: set() for id in rulebook.options}
    for id, option in rulebook.options.items():
        for other in (*option.after, *option.beside, *([option.part_of] if option.part_of else [])):
            if other in found:
                found[id].add(other)
                found[other].add(id)
    return {id: frozenset(others) for id, others in found.items()}
