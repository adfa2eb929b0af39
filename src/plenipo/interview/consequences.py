"""Why a question is asked: which verdicts each of its answers would turn or settle, and the rules behind that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from plenipo.advice.conclude import OptionAdvice
from plenipo.inquiry.scope import scope
from plenipo.interview.state import Interview
from plenipo.rulebook.model import UNKNOWN, Option, Rule, Rulebook
from plenipo.rulebook.verdict import Verdict


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
class Branch:
    """What would follow from one answer: the verdicts it turns or settles; the others it leaves as they are."""

    value: str
    consequences: tuple[Consequence, ...]


def branches(interview: Interview) -> tuple[Branch, ...]:
    """Return what would follow from each answer to the question that is asked, "not known" last."""
    question = interview.question
    return () if question is None else tuple(_branch(interview, value) for value in (*question.values, UNKNOWN))


def _branch(interview: Interview, value: str) -> Branch:
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
            rules = _behind(interview.rulebook, question.fact.id, old, new)
            option = interview.rulebook.options[id]
            found.append(Consequence(option, old.verdict, new.verdict, id not in still_open, rules))
    return Branch(value, tuple(sorted(found, key=lambda each: not each.turned)))


def _without(interview: Interview, fact: str) -> Interview:
    """Return the questionnaire as if the question had not been answered."""
    return replace(interview, answers={id: value for id, value in interview.answers.items() if id != fact}, at=None)


def _behind(rulebook: Rulebook, fact: str, old: OptionAdvice, new: OptionAdvice) -> tuple[Rule, ...]:
    """
    Return the rules by which an answer has to do with a verdict.

    These are the rules that decide it then, or that decided it before; where none of them rests on the fact, those
    that do rest on it and would speak of the option if they fired.
    """
    for rules in (new.decided_by, old.decided_by, _speaking(rulebook, new.option)):
        if resting := tuple(rule for rule in rules if fact in scope(rulebook).facts_behind(rule.id)):
            return resting
    return new.decided_by


def _speaking(rulebook: Rulebook, option: str) -> Iterable[Rule]:
    drawing = (rulebook.rules[id] for id in scope(rulebook).rules(option))
    return (rule for rule in drawing if any(drawn.on == option for drawn in rule.then))
