"""
The questionnaire as a state machine that knows no screen.

A state holds what was answered and where the user is; each step returns another state and leaves this one unchanged. So
a state can be kept, dropped or gone back to, and the code that shows it decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from plenipo.advice.adviser import advise
from plenipo.advice.conclude import Advice
from plenipo.counsel.choice import Choice, choose
from plenipo.counsel.find_out import OpenQuestion, questions
from plenipo.counsel.salience import Weighed, verdicts, weigh
from plenipo.errors import UsageError
from plenipo.inquiry.open_verdicts import Asking
from plenipo.inquiry.scope import scope
from plenipo.interview.next_question import most_telling
from plenipo.rulebook.model import UNKNOWN, Constraint, Fact, Rulebook, Situation
from plenipo.rulebook.unknown_names import no_fact, no_option
from plenipo.rulebook.verdict import Verdict
from plenipo.search_time import SECONDS, search_time
from plenipo.situations.constraints import broken_constraints, possible_values


@dataclass(frozen=True)
class Question:
    """
    What is asked: a fact, and the values it can have.

    `held` is what was answered before, where an answer is looked at again; `idle` says that the question comes for
    completeness only. Values that the other answers rule out are not among the values.
    """

    fact: Fact
    values: Mapping[str, str]
    held: str | None = None
    idle: bool = False


@dataclass(frozen=True)
class Interview:
    """
    A questionnaire under way.

    It asks the orienting facts first, then what can still move the brief: what leads, what is not yet to be done, what
    to beware of. Then the main advice stands, and nothing is asked any more unless the user goes on: to what can still
    change a verdict (`refining`), and at last to the rest (`thorough`). Where only some options count (`about`), it
    asks what can change their verdicts, and nothing else.

    `answers` are fact -> value, or `unknown` for "not known", in the order in which they were given; `given` are those
    of this sitting. `base` is the situation it started from, whose title and notes stay. `subject` is that of the last
    answer, and `at` the answer that is looked at again.

    Searching for what to ask next may take so many `seconds`.
    """

    rulebook: Rulebook
    base: Situation = field(default_factory=Situation)
    answers: Mapping[str, str] = field(default_factory=dict)
    about: tuple[str, ...] = ()
    refining: bool = False
    thorough: bool = False
    at: str | None = None
    subject: str = ""
    given: frozenset[str] = frozenset()
    seconds: float = SECONDS

    @cached_property
    def question(self) -> Question | None:
        """The question that is asked now, or None where there is none."""
        with search_time(self.seconds):
            return self._next()

    def _next(self) -> Question | None:
        if self.at is not None:
            return self._put(self.at)
        if self.broken:
            return None
        if self.orienting:
            return self._put(self.orienting[0])
        if (fact := self._moving_most) is not None:
            return self._put(fact)
        if (self.refining or self.about) and (telling := self.asking.next) is not None:
            return self._put(telling.fact)
        return self._put(self.left[0], idle=True) if self.thorough and self.left else None

    @cached_property
    def moving(self) -> tuple[str, ...]:
        """The facts not asked yet of which one answer alone would move the brief; none with `about`."""
        if self.about or self.broken:
            return ()
        return tuple(each.fact for each in self._questions if each.moves)

    @cached_property
    def undecided(self) -> tuple[str, ...]:
        """With `about`: the options whose verdict was not settled in time, by id."""
        return self.asking.undecided if self.about else ()

    @cached_property
    def _questions(self) -> tuple[OpenQuestion, ...]:
        with search_time(self.seconds):
            return questions(self.rulebook, self.known, self.left)

    @property
    def stands(self) -> bool:
        """Whether the main advice stands: no single further answer can move the brief."""
        return not (self.about or self.broken or self.moving)

    @cached_property
    def choice(self) -> Choice:
        """What the brief names now."""
        return choose(self.rulebook, self._weighed, self.known)

    @property
    def verdicts(self) -> Mapping[str, Verdict]:
        """The verdict on every option now, whether or not the answers exclude one another."""
        return verdicts(self._weighed)

    @cached_property
    def _weighed(self) -> Mapping[str, Weighed]:
        return weigh(self.rulebook, self.known)[0]

    @property
    def orienting(self) -> tuple[str, ...]:
        """The facts not asked yet that place a situation; none with `about`."""
        return () if self.about else tuple(id for id in self.left if self.rulebook.facts[id].orienting)

    @property
    def placed(self) -> bool:
        """Whether the brief is worth a look: something was answered, and nothing that places the situation is left."""
        return bool(self.answers) and not (self.about or self.orienting)

    @cached_property
    def _moving_most(self) -> str | None:
        """The fact that is expected to fix most of the brief."""
        return most_telling(self.rulebook, self.known, self.left, self.moving, self.subject)

    @cached_property
    def asking(self) -> Asking:
        """What answers can still do: the open verdicts, and the questions that can matter to them."""
        return Asking(self.rulebook, self.known, self.left, self.about or tuple(self.rulebook.options))

    @cached_property
    def known(self) -> Mapping[str, str]:
        """The facts that were answered with a value."""
        return {fact: value for fact, value in self.answers.items() if value != UNKNOWN}

    @cached_property
    def left(self) -> tuple[str, ...]:
        """The facts that were not asked yet, of those that bear on the options that count."""
        bearing = {fact for option in self.about for fact in scope(self.rulebook).facts(option)}
        return tuple(id for id in self.rulebook.facts if id not in self.answers and (not self.about or id in bearing))

    @cached_property
    def broken(self) -> tuple[Constraint, ...]:
        """The constraints that the answers break, so that one of them has to be changed."""
        return broken_constraints(self.rulebook, self.known)

    @cached_property
    def situation(self) -> Situation:
        """The situation as far as it is known: what is saved, and advised on."""
        likely = {id: weights for id, weights in self.base.likely.items() if id not in self.known}
        kept = {id for id in self.base.taken_over if self.known.get(id) == self.base.facts.get(id)}
        taken_over = {id: name for id, name in self.base.taken_over.items() if id in kept}
        return replace(self.base, facts=self.known, likely=likely, taken_over=taken_over)

    @cached_property
    def advice(self) -> Advice:
        """The advice on the situation as it is now."""
        return advise(self.rulebook, self.situation)

    @property
    def earlier(self) -> str | None:
        """The answer to which `back` goes, if there is one."""
        given = list(self.answers)
        place = given.index(self.at) if self.at is not None and self.at in self.answers else len(given)
        return given[place - 1] if place else None

    def answer(self, text: str) -> Interview:
        """
        Return the questionnaire after an answer to its question: a value of the fact, or `unknown`.

        Raises:
            UsageError: nothing is asked, or this is not one of the answers.
        """
        question = self.question
        if question is None:
            raise UsageError("nothing is asked")
        value = question.fact.read(text)
        if value is None or (value != UNKNOWN and value not in question.values):
            words = ", ".join(f"`{known}`" for known in (*question.values, UNKNOWN))
            raise UsageError(f"`{text}` is not an answer to this question", help=(f"the answers are {words}",))
        fact = question.fact
        answers = {**self.answers, fact.id: value}
        return replace(self, answers=answers, at=None, subject=fact.group, given=self.given | {fact.id})

    def rest_unknown(self) -> Interview:
        """Return the questionnaire with "not known" for all that was not asked yet."""
        return replace(self, answers={**self.answers, **dict.fromkeys(self.left, UNKNOWN)}, at=None)

    def back(self) -> Interview:
        """Return the questionnaire looking again at the answer before; all answers stay until changed."""
        return self if self.earlier is None else replace(self, at=self.earlier)

    def revisit(self, fact: str) -> Interview:
        """
        Return the questionnaire with the question of a fact, answered or not.

        Raises:
            UnknownNameError: there is no such fact.
        """
        if fact not in self.rulebook.facts:
            raise no_fact(self.rulebook, fact)
        return replace(self, at=fact)

    def forward(self) -> Interview:
        """Return the questionnaire where it was before an answer was looked at again."""
        return replace(self, at=None)

    def go_on(self) -> Interview:
        """Return the questionnaire asking also what can change a verdict, or else what can change none."""
        with search_time(self.seconds):
            further = not (self.about or self.refining) and self.asking.next is not None
        return replace(self, refining=True, thorough=self.thorough or not further, at=None)

    def taken_up(self, saved: Situation, declined: Iterable[str] = ()) -> Interview:
        """
        Return the questionnaire with what the saved file says, into which others may have written meanwhile.

        Its advice is that on the file. A "not known" stays answered even where the file has no room to say so.
        """
        known = {**dict.fromkeys(declined, UNKNOWN), **saved.facts}
        others = {id: known[id] for id in self.rulebook.facts if id in known and id not in self.answers}
        answers = {id: known.get(id, UNKNOWN) for id, value in self.answers.items() if id in known or value == UNKNOWN}
        return replace(self, base=saved, answers={**others, **answers})

    def bears_on(self, fact: str) -> tuple[str, ...]:
        """Return the options on which the verdict may turn by an answer on a fact that was not asked yet."""
        return self.asking.bears_on(fact)

    def _put(self, fact: str, *, idle: bool = False) -> Question:
        known = self.rulebook.facts[fact]
        values = {value: known.values[value] for value in possible_values(self.rulebook, self.known, fact)}
        return Question(known, values, self.answers.get(fact), idle)


def begin(
    rulebook: Rulebook,
    situation: Situation | None = None,
    *,
    declined: Iterable[str] = (),
    about: Iterable[str] = (),
    seconds: float = SECONDS,
) -> Interview:
    """
    Return a questionnaire at its start, or where an earlier one was left.

    The known facts of the situation count as answered, and `declined` are facts that were answered with "not known".

    Raises:
        UnknownNameError: one of `about` is not an option.
    """
    options = tuple(dict.fromkeys(about))
    for option in options:
        if option not in rulebook.options:
            raise no_option(rulebook, option)
    base = situation or Situation()
    answers = {**dict.fromkeys(declined, UNKNOWN), **base.facts}
    return Interview(
        rulebook, base, {id: answers[id] for id in rulebook.facts if id in answers}, options, seconds=seconds
    )
