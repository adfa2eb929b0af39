"""Why a question is asked: what each answer changes in the brief, and which verdicts it turns or settles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from plenipo.advice.conclude import OptionAdvice
from plenipo.counsel.choice import Choice
from plenipo.counsel.shift import Shift, shifts
from plenipo.inquiry.scope import scope
from plenipo.interview.state import Interview
from plenipo.rulebook.model import UNKNOWN, Option, Rule, Rulebook
from plenipo.rulebook.verdict import Verdict
from plenipo.search_time import search_time


@dataclass(frozen=True)
class Consequence:
    """What one answer does to the verdict on one option; `settled` where no further answer could change it."""

    option: Option
    before: Verdict
    after: Verdict
    settled: bool
    rules: tuple[Rule, ...]

    @property
    def turned(self) -> bool:
        """Whether the verdict is another one than before."""
        return self.before is not self.after


@dataclass(frozen=True)
class AnswerBranch:
    """
    What would follow from one answer: the verdicts it turns or settles; the others it leaves as they are.

    `before` and `after` are what the brief names without the answer and with it, and `shifts` what of that really
    changes; `because` gives for each option that it names anew, or no longer, the rule behind that, where there is one.
    What is no longer named though the verdict on it is the same only has less room, and no rule is behind that.
    """

    value: str
    consequences: tuple[Consequence, ...]
    before: Choice
    after: Choice
    shifts: tuple[Shift, ...]
    because: Mapping[str, Rule]


def branches(interview: Interview) -> tuple[AnswerBranch, ...]:
    """Return what would follow from each answer to the question that is asked, "not known" last."""
    question = interview.question
    with search_time(interview.seconds):
        return () if question is None else tuple(_branch(interview, value) for value in (*question.values, UNKNOWN))


def _branch(interview: Interview, value: str) -> AnswerBranch:
    question = interview.question
    assert question is not None  # noqa: S101 - `branches` saw to it
    before = _without(interview, question.fact.id)
    after = replace(before, at=question.fact.id).answer(value)
    was_open, still_open = set(before.asking.open), set(after.asking.open)
    found = []
    for id in interview.about or interview.rulebook.options:
        old, new = before.advice.options[id], after.advice.options[id]
        settled = id in was_open - still_open
        if settled or old.verdict is not new.verdict:
            rules = _behind(interview.rulebook, question.fact.id, new)
            option = interview.rulebook.options[id]
            found.append(Consequence(option, old.verdict, new.verdict, id not in still_open, rules))
    because = {}
    for id in _named(before.choice) ^ _named(after.choice):
        said = after.advice.options[id]
        if id not in _named(after.choice) and said.verdict is before.advice.options[id].verdict:
            continue
        if rules := _behind(interview.rulebook, question.fact.id, said):
            because[id] = rules[0]
    consequences = tuple(sorted(found, key=lambda each: not each.turned))
    moved = shifts(before.choice, after.choice, before.verdicts, after.verdicts)
    return AnswerBranch(value, consequences, before.choice, after.choice, moved, because)


def _named(choice: Choice) -> frozenset[str]:
    return frozenset((*choice.lead, *choice.not_yet, *choice.beware))


def _without(interview: Interview, fact: str) -> Interview:
    """Return the questionnaire as if the question had not been answered."""
    return replace(interview, answers={id: value for id, value in interview.answers.items() if id != fact}, at=None)


def _behind(rulebook: Rulebook, fact: str, said: OptionAdvice) -> tuple[Rule, ...]:
    """Return the rules that decide an option once the answer is given; those that rest on the fact, if any do."""
    resting = tuple(rule for rule in said.decided_by if fact in scope(rulebook).facts_behind(rule.id))
    return resting or said.decided_by
