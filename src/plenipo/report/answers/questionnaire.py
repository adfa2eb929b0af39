"""A questionnaire under way: what is asked next, what is still open, and what was answered so far."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plenipo.interview import Interview, Question
from plenipo.report import words
from plenipo.report.document import Document, Line, Section, Showing, name, strong
from plenipo.report.json import head, plain_facts
from plenipo.report.words import counted

if TYPE_CHECKING:
    from plenipo.report.shapes.inquiries import QuestionnaireData


def document(interview: Interview, showing: Showing) -> Document:
    """Return the next question with the answers that it may have, and the answers so far."""
    facts, asking = interview.rulebook.facts, interview.asking
    given = tuple(
        Line(f"{facts[id].name}: {words.labels(facts[id], [value])}", aside=id)
        for id, value in interview.answers.items()
    )
    moving = f"{counted(len(interview.moving), 'question')} can still move the brief"
    many = f"{counted(len(asking.open), 'verdict')} open, at most {counted(len(asking.questions), 'question')} to ask"
    many = many if interview.about else moving
    return Document(
        words.title(interview.situation),
        (" · ".join(part for part in (many, showing.remark) if part),),
        sections=(_next(interview), Section("Answers so far", given, str(len(given)))),
        rest=tuple(words.undecided(interview.undecided)),
    )


def data(interview: Interview, showing: Showing) -> QuestionnaireData:
    """Return the next question, the verdicts that are open and the answers so far as plain data."""
    asked = interview.question
    return {
        **head("questionnaire"),
        "question": None
        if asked is None
        else {
            "fact": asked.fact.id,
            "ask": asked.fact.ask,
            "values": dict(asked.values),
            "bears_on": list(interview.bears_on(asked.fact.id)),
        },
        "answers": plain_facts(interview.answers),
        "open": list(interview.asking.open),
        "questions": list(interview.asking.questions),
        "moving": list(interview.moving),
        "undecided": list(interview.undecided),
        "excluded_by": [constraint.id for constraint in interview.broken],
    }


def _next(interview: Interview) -> Section:
    if interview.broken:
        excluding = tuple(Line(constraint.because or constraint.id) for constraint in interview.broken)
        return Section("Some answers exclude one another", excluding)
    if interview.question is None:
        if interview.about or not interview.asking.open:
            return Section(lead="No answer can change a verdict any more.")
        return Section(lead="The main advice stands: no single further answer can change it.")
    return Section("The next question", tuple(_question(interview.question)))


def _question(asked: Question) -> Iterator[Line]:
    yield Line(strong(asked.fact.ask), aside=asked.fact.id)
    if asked.fact.help:
        yield Line(asked.fact.help, 1)
    for value, label in asked.values.items():
        yield Line((name(value), f": {label}"), 1)
