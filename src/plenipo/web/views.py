"""What each view of the page shows: the answers of the library, put for the templates. Nothing here knows HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import plenipo
from plenipo.counsel.choice import Choice
from plenipo.inquiry.change import Change, Way
from plenipo.interview import Interview
from plenipo.report import words
from plenipo.report.document import Document, Showing
from plenipo.report.registry import module_of
from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from plenipo.web.address import ABOUT, Asked, opened

#: As many ways to a verdict are offered at a click.
MOST_WAYS = 6


@dataclass(frozen=True)
class Choosable:
    """An answer that can be chosen: its label, the address to which it leads, and whether it is the one held."""

    label: str
    address: str
    held: bool = False


@dataclass(frozen=True)
class AskedFact:
    """A question on the page: its fact and its answers."""

    fact: Fact
    answers: tuple[Choosable, ...]


@dataclass(frozen=True)
class FactRow:
    """A fact in the list of all: what it is called, what is so, where it is asked, and whether it is known."""

    name: str
    label: str
    address: str
    known: bool
    taken_over: str = ""


@dataclass(frozen=True)
class WayRow:
    """A way to another verdict: the facts that it changes and learns, and where it leads."""

    changed: tuple[tuple[str, str, str], ...]
    address: str


@dataclass(frozen=True)
class ChangeRow:
    """What would give an option a verdict: some ways, or why there is none."""

    verdict: Verdict
    ways: tuple[WayRow, ...]
    others: int


def document_of(answer: object) -> Document:
    """Return an answer put into words, with everything there is room for on a page."""
    return module_of(answer).document(answer, Showing(full=True))  # type: ignore[no-any-return]


@dataclass(frozen=True)
class Home:
    """The questionnaire and the brief."""

    asked: Asked

    @cached_property
    def situation(self) -> Situation:
        """The situation, which the rulebook allows."""
        return plenipo.load_situation(self.asked.situation, rulebook=self.asked.rulebook)

    @cached_property
    def interview(self) -> Interview:
        """The questionnaire where it is now."""
        unknown = [id for id, value in self.asked.answers.items() if value == UNKNOWN]
        found = plenipo.interview(self.situation, rulebook=self.asked.rulebook, declined=unknown)
        if self.asked.last:
            found = replace(found, subject=self.asked.rulebook.facts[self.asked.last].group)
        if self.asked.further:
            found = found.go_on()
        return found.revisit(self.asked.ask) if self.asked.ask else found

    @cached_property
    def question(self) -> AskedFact | None:
        """The question that is asked now, if there is one."""
        question = self.interview.question
        if question is None:
            return None
        fact, held = question.fact, self.asked.answers.get(question.fact.id)
        answers = [
            Choosable(label, self.asked.step(fact.id, self.asked.spelled(fact.id, value)), value == held)
            for value, label in question.values.items()
        ]
        answers.append(Choosable("not known", self.asked.step(fact.id, UNKNOWN), held == UNKNOWN))
        return AskedFact(fact, tuple(answers))

    @property
    def progress(self) -> str:
        """How much is known, and how many questions can still move the brief."""
        known = words.how_much_is_known(self.asked.rulebook, self.situation)
        orienting, moving = len(self.interview.orienting), len(self.interview.moving)
        if orienting:
            return f"{known} · {words.counted(orienting, 'question')} to place the situation"
        return f"{known} · {words.counted(moving, 'question')} can still move the brief"

    @property
    def stands(self) -> bool:
        """Whether no single further answer can move the brief."""
        return self.interview.stands and not self.interview.orienting

    @property
    def subjects(self) -> Mapping[str, tuple[FactRow, ...]]:
        """Every fact, subject by subject."""
        found: dict[str, list[FactRow]] = {}
        for fact in self.asked.rulebook.facts.values():
            value = self.asked.answers.get(fact.id, "")
            label = words.labels(fact, [value]) if value else "not asked yet"
            address = self.asked.address(**{ABOUT: fact.id})
            row = FactRow(fact.name, label, address, bool(value) and value != UNKNOWN)
            found.setdefault(self.asked.rulebook.subject(fact.group), []).append(row)
        return {subject: tuple(rows) for subject, rows in found.items()}

    @property
    def open_subject(self) -> str:
        """The subject of the question that was chosen from the list, which stays open there."""
        book = self.asked.rulebook
        return book.subject(book.facts[self.asked.ask].group) if self.asked.ask else ""

    @cached_property
    def brief(self) -> Document:
        """The brief."""
        return document_of(plenipo.brief(self.situation, rulebook=self.asked.rulebook))

    @cached_property
    def before(self) -> Choice | None:
        """What the brief named before the last answer, where there was one."""
        last = self.asked.last
        if not last:
            return None
        answers = self.asked.answered(last, self.asked.was).answers
        known = {id: value for id, value in answers.items() if value != UNKNOWN}
        return replace(self.interview, answers=known, at=None).choice

    @property
    def new(self) -> frozenset[str]:
        """The options that the brief names anew since the last answer."""
        return _named(self.interview.choice) - _named(self.before) if self.before else frozenset()

    @property
    def changed(self) -> str:
        """What the last answer changed, in a sentence; empty where there was none."""
        if self.before is None:
            return ""
        book, fact = self.asked.rulebook, self.asked.rulebook.facts[self.asked.last]
        now = self.interview.choice
        said = [
            f"{label}: {'; '.join(book.options[id].title for id in options)}"
            for label, options in _moved(self.before, now)
        ]
        answer = words.labels(fact, [self.asked.answers[fact.id]]) if fact.id in self.asked.answers else "not asked"
        return f"{fact.name}: {answer}. {'. '.join(said) if said else 'The brief stays as it was'}."


def _named(choice: Choice | None) -> frozenset[str]:
    return frozenset((*choice.lead, *choice.not_yet, *choice.beware)) if choice else frozenset()


def _moved(before: Choice, now: Choice) -> Iterator[tuple[str, list[str]]]:
    """Yield what a brief names anew in each of its parts, and no longer at all."""
    for label, old, new in (
        ("Now first", before.lead, now.lead),
        ("Now not yet", before.not_yet, now.not_yet),
        ("Now beware", before.beware, now.beware),
    ):
        if added := [id for id in new if id not in old]:
            yield label, added
    if gone := [id for id in before.lead if id not in _named(now)]:
        yield "No longer first", gone


@dataclass(frozen=True)
class OptionView:
    """One option: why it has its verdict, why not another, and what would change it."""

    asked: Asked
    option: str
    why_not: str = ""

    @cached_property
    def explanation(self) -> Document:
        """The justification, and why another verdict was not given, where that is asked."""
        book = self.asked.rulebook
        situation = plenipo.load_situation(self.asked.situation, rulebook=book)
        return document_of(plenipo.explain(situation, self.option, why_not=self.why_not or None, rulebook=book))

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict that it has."""
        situation = plenipo.load_situation(self.asked.situation, rulebook=self.asked.rulebook)
        return plenipo.advise(situation, rulebook=self.asked.rulebook).options[self.option].verdict

    @property
    def others(self) -> tuple[tuple[Verdict, str], ...]:
        """The other verdicts, each with the address that asks why it was not given."""
        path = f"/option/{self.option}"
        return tuple(
            (verdict, self.asked.address(path, _why_not=verdict.value))
            for verdict in Verdict
            if verdict is not self.verdict
        )

    @cached_property
    def changes(self) -> tuple[ChangeRow, ...]:
        """What it would take to have each of the other verdicts, where there is a way."""
        book = self.asked.rulebook
        situation = plenipo.load_situation(self.asked.situation, rulebook=book)
        found = (plenipo.change(situation, self.option, verdict.value, rulebook=book) for verdict, _ in self.others)
        return tuple(self._row(answer) for answer in found if answer.ways)

    def _row(self, answer: Change) -> ChangeRow:
        ways = tuple(self._way(way) for way in answer.ways[:MOST_WAYS])
        return ChangeRow(answer.wanted, ways, len(answer.ways) - len(ways))

    def _way(self, way: Way) -> WayRow:
        book, after = self.asked.rulebook, self.asked
        rows = []
        for id, value in way.choices[0].items():
            fact = book.facts[id]
            now = words.labels(fact, [self.asked.answers.get(id, UNKNOWN)])
            rows.append((fact.name, now, words.labels(fact, [value])))
            after = after.answered(id, value)
        return WayRow(tuple(rows), after.address())


def situations(rulebook: Rulebook, folder: str | None) -> tuple[tuple[str, str, str], ...]:
    """Return the situations that come with a rulebook: name, title, and the address that opens each."""
    found = []
    for name, title in plenipo.situations(folder).items():
        situation = plenipo.load_situation(name, rulebook=rulebook)
        found.append((name, title, opened(rulebook, situation).address()))
    return tuple(found)
