"""What each view of the page shows: the answers of the library, put for the templates. Nothing here knows HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import plenipo
from plenipo.advice.explain import Explanation
from plenipo.counsel.brief import Brief
from plenipo.counsel.shift import Shift, shifts
from plenipo.errors import FaultsError
from plenipo.inquiry.change import Change, Way
from plenipo.interview import Interview
from plenipo.report import words
from plenipo.report.answers.differing import only_named, shifted
from plenipo.report.document import Document, Showing
from plenipo.report.registry import module_of
from plenipo.rulebook import locations
from plenipo.rulebook.loose_names import heard_by
from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook, Situation
from plenipo.rulebook.verdict import Verdict
from plenipo.web.address import ABOUT, LAST, WAS, WHY_NOT, Asked, opened

#: As many ways to a verdict are offered at a click.
MOST_WAYS = 6
#: As many verdicts that the last answer changed are named.
MOST_VERDICTS = 12


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


@dataclass(frozen=True)
class ChangedFact:
    """A fact of a way: what it is called, what is so now, and the values that it can then have, as (spelled, label)."""

    id: str
    name: str
    now: str
    then: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class WayRow:
    """A way to another verdict: the facts that it changes and learns, where it leads, and the rest of its form."""

    facts: tuple[ChangedFact, ...]
    address: str
    hidden: tuple[tuple[str, str], ...] = ()

    @property
    def chosen(self) -> bool:
        """Whether there is a value to choose."""
        return any(len(fact.then) > 1 for fact in self.facts)


@dataclass(frozen=True)
class ChangeRow:
    """What would give an option a verdict: some ways, or why there is none."""

    verdict: Verdict
    ways: tuple[WayRow, ...]
    others: int


@dataclass(frozen=True)
class Known:
    """A situation that comes with the rulebook and the address that opens it, or why it cannot be used."""

    title: str
    situation: Situation | None = None
    address: str = ""
    wrong: str = ""


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
        asked = self.asked
        found = plenipo.interview(self.situation, rulebook=asked.rulebook, declined=asked.unknown)
        if asked.was:
            found = replace(found, subject=asked.rulebook.facts[tuple(asked.was)[-1]].group)
        if asked.further:
            found = found.go_on()
        return found.revisit(asked.ask) if asked.ask else found

    @cached_property
    def question(self) -> AskedFact | None:
        """The question that is asked now, if there is one."""
        question = self.interview.question
        if question is None:
            return None
        fact, held = question.fact, self.asked.answers.get(question.fact.id)
        values = (*question.values.items(), (UNKNOWN, "not known"))
        if held and held not in dict(values):
            values = ((held, words.labels(fact, [held])), *values)
        return AskedFact(fact, tuple(self._choosable(fact.id, value, label, held) for value, label in values))

    def _choosable(self, fact: str, value: str, label: str, held: str | None) -> Choosable:
        after = self.asked.answered({fact: value})
        return Choosable(label, after.own_address("/"), value == held)

    @property
    def not_asked(self) -> str:
        """Where the question that is looked at again counts as not asked; empty where it does already."""
        ask = self.asked.ask
        return self.asked.answered({ask: ""}).own_address("/") if ask in self.asked.answers else ""

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
    def answer(self) -> Brief:
        """The brief."""
        return plenipo.brief(self.situation, rulebook=self.asked.rulebook)

    @cached_property
    def before(self) -> Interview | None:
        """The questionnaire before the last answer, where there was one."""
        if not self.asked.was:
            return None
        return replace(self.interview, answers=self.asked.before, at=None)

    @property
    def new(self) -> frozenset[str]:
        """The options that the brief names anew, or in another part, since the last answer."""
        return frozenset(id for shift in self._shifts for id in shift.new)

    @cached_property
    def _shifts(self) -> tuple[Shift, ...]:
        """What the last answer really changed in what the brief names."""
        then = self.before
        return shifts(then.choice, self.answer.choice, then.verdicts, self._verdicts) if then else ()

    @cached_property
    def _verdicts(self) -> Mapping[str, Verdict]:
        return {id: said.verdict for id, said in self.answer.advice.options.items()}

    @cached_property
    def changed(self) -> str:
        """What the last answer changed, in a sentence; empty where there was none."""
        if self.before is None:
            return ""
        book, answers = self.asked.rulebook, self.asked.answers
        answered = "; ".join(
            f"{fact.name}: {words.labels(fact, [answers[fact.id]]) if fact.id in answers else 'not asked'}"
            for fact in map(book.facts.__getitem__, self.asked.was)
        )
        turned = list(self._turned(self.before))
        moved = list(self._moved(self.before)) or [self._kept(self.before, turned=bool(turned))]
        return " ".join(f"{said}." for said in (answered, *turned, *moved))

    def _turned(self, before: Interview) -> Iterator[str]:
        """Yield the verdicts that the last answer changed."""
        options, was, now = self.asked.rulebook.options, before.verdicts, self._verdicts
        turned = [id for id in options if was[id] is not now[id]]
        for id in turned[:MOST_VERDICTS]:
            yield f"{options[id].title}: {was[id]} → {now[id]}"
        if others := turned[MOST_VERDICTS:]:
            yield f"{words.counted(len(others), 'more verdict')} changed"

    def _moved(self, before: Interview) -> Iterator[str]:
        """Yield what the last answer changed in what comes first."""
        book = self.asked.rulebook
        for shift in self._shifts:
            if shift.part == "lead":
                yield from (
                    f"{label} {named}" for label, named in shifted(shift, before.verdicts, self._verdicts, book)
                )

    def _kept(self, before: Interview, *, turned: bool) -> str:
        """Return what stays where the same steps come first."""
        old, new = before.choice, self.answer.choice
        if old.lead != new.lead:
            return f"Now first of all: {self.asked.rulebook.options[new.lead[0]].title}"
        if turned:
            return "The first steps stay as they were"
        named = only_named(old, new)
        return f"No verdict changes; the brief only {named}" if named else "The brief stays as it was"


@dataclass(frozen=True)
class OptionView:
    """One option: why it has its verdict, why not another, and what would change it; `named` may be its title."""

    asked: Asked
    named: str

    @cached_property
    def explanation(self) -> Explanation:
        """The justification, and why another verdict was not given, where that is asked."""
        book, why_not = self.asked.rulebook, self.asked.more.get(WHY_NOT)
        return plenipo.explain(self.situation, self.named, why_not=why_not, rulebook=book)

    @cached_property
    def situation(self) -> Situation:
        """The situation, which the rulebook allows."""
        return plenipo.load_situation(self.asked.situation, rulebook=self.asked.rulebook)

    @property
    def path(self) -> str:
        """The path of this view."""
        return f"/option/{self.explanation.option.id}"

    @property
    def others(self) -> tuple[tuple[Verdict, str], ...]:
        """The other verdicts, each with the address that asks why it was not given."""
        return tuple(
            (verdict, self.asked.address(self.path, **{WHY_NOT: verdict.value}))
            for verdict in Verdict
            if verdict is not self.explanation.verdict
        )

    @cached_property
    def changes(self) -> tuple[ChangeRow, ...]:
        """What it would take to have each of the other verdicts, where there is a way."""
        book = self.asked.rulebook
        option = self.explanation.option.id
        found = (plenipo.change(self.situation, option, each.value, rulebook=book) for each, _ in self.others)
        return tuple(self._row(answer) for answer in found if answer.ways)

    def _row(self, answer: Change) -> ChangeRow:
        rows = [row for way in answer.ways for row in self._ways(way)]
        others = max(len(rows) - MOST_WAYS, 0) + sum(way.more for way in answer.ways)
        return ChangeRow(answer.wanted, tuple(rows[:MOST_WAYS]), others)

    def _ways(self, way: Way) -> Iterator[WayRow]:
        """Yield a way as one form in which its values can be chosen, or a row for each combination that works."""
        for choice in way.choices[:1] if way.free else way.choices:
            values = way.values if way.free else {id: (value,) for id, value in choice.items()}
            facts = tuple(self._changed(id, values[id]) for id in choice)
            after = self.asked.answered(choice)
            own = {**dict(after.parameters), LAST: ",".join(after.was)}
            own[WAS] = ",".join(self.asked.spelled(id, value) if value else "" for id, value in after.was.items())
            hidden = tuple((name, value) for name, value in own.items() if name not in choice)
            yield WayRow(facts, after.own_address("/"), hidden)

    def _changed(self, id: str, values: tuple[str, ...]) -> ChangedFact:
        fact = self.asked.rulebook.facts[id]
        now = words.labels(fact, [self.asked.answers.get(id, UNKNOWN)])
        then = tuple((self.asked.spelled(id, value), words.labels(fact, [value])) for value in values)
        return ChangedFact(id, fact.name, now, then)


def known_situations(rulebook: Rulebook, folder: str | None) -> Mapping[str, Known]:
    """Return the situations that come with a rulebook, by name; one that is at fault says why."""
    found = {}
    for name, path in locations.situations(Path(folder) if folder else None).items():
        try:
            # what is read loosely in it is no word of whoever happens to ask first
            with heard_by(lambda _: None):
                situation = plenipo.load_situation(path, rulebook=rulebook)
            found[name] = Known(situation.title or name, situation, opened(rulebook, situation, name).address())
        except FaultsError as wrong:
            found[name] = Known(name, wrong=str(wrong).splitlines()[0])
    return found
