"""
The forms of a brief: what it says where there is room for everything, and what it goes without where there is not.

What goes first is the reason for each warning, what goes last the reasons for what leads. The line on what is advised
in any case goes before the caution for a step that leads. Each option that leads, comes then, is under discussion, is
held or is warned of keeps its title, and each question its subject.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum, auto

from plenipo.counsel.brief import Brief
from plenipo.counsel.brief_parts import Named, ToFindOut
from plenipo.counsel.roadmap import Step
from plenipo.report import words
from plenipo.report.answers.depending import AFTER_THAT, condition
from plenipo.report.document import Line, Section, Sign, Span, Tone, anchor, quiet, strong
from plenipo.report.next_commands import next_command
from plenipo.rulebook.model import Option, Rulebook
from plenipo.rulebook.verdict import Verdict

NOTHING_LEADS = "Nothing leads here: the sources advise no step that somebody could take now."
MAYBE_DONE = " (may be done already)"
#: What a verdict says of an option under discussion.
SAID = {
    Verdict.DONE: "done already",
    Verdict.AVOID: "advised against",
    Verdict.DEFER: "not yet",
    Verdict.RECOMMEND: "recommended",
    Verdict.CONSIDER: "worth considering",
    Verdict.SILENT: "the sources give no advice here",
}


class BriefPart(IntEnum):
    """What a brief can do without, in the order in which it goes where there is no room."""

    WARNING_REASONS = auto()
    THEN_REASONS = auto()
    DISCUSSED_REASONS = auto()
    HELD_REASONS = auto()
    HELD_PARTS = auto()
    #: More than one caution for a step.
    CAUTIONS = auto()
    #: What has a line to itself, and is else part of a paragraph.
    WARNING_LINES = auto()
    THEN_LINES = auto()
    #: How many other ways there are out of a held option.
    OTHER_WAYS = auto()
    SPACE = auto()
    HELD_LINES = auto()
    LEAD_LINES = auto()
    DISCUSSED_LINES = auto()
    STANDING_TITLES = auto()
    #: Whole questions to find out, and not only what they are about.
    QUESTIONS = auto()
    THEN_SOURCES = auto()
    WARNING_SOURCES = auto()
    DISCUSSED_SOURCES = auto()
    HELD_SOURCES = auto()
    CAUTION_SOURCES = auto()
    BESIDE = auto()
    IN_RETURN = auto()
    STANDING = auto()
    #: The whole of the shortest condition of what is held, and not only its beginning.
    CONDITIONS = auto()
    #: Until when, for what is held behind the second; the second and the first follow.
    LATER_UNTIL = auto()
    #: The caution that rests most on this situation, for the third step that leads, the second and the first.
    THIRD_CAUTION = auto()
    SECOND_UNTIL = auto()
    SECOND_CAUTION = auto()
    MAYBE_DONE = auto()
    THIRD_REASON = auto()
    FIRST_UNTIL = auto()
    FIRST_CAUTION = auto()
    SECOND_REASON = auto()
    FIRST_REASON = auto()
    LEAD_SOURCES = auto()


#: The parts for the first entry, the second and those behind it; and of a heading: lines, reasons, sources.
REASONS = (BriefPart.FIRST_REASON, BriefPart.SECOND_REASON, BriefPart.THIRD_REASON)
FIRST_CAUTIONS = (BriefPart.FIRST_CAUTION, BriefPart.SECOND_CAUTION, BriefPart.THIRD_CAUTION)
DISCUSSED = (BriefPart.DISCUSSED_LINES, BriefPart.DISCUSSED_REASONS, BriefPart.DISCUSSED_SOURCES)
HELD = (BriefPart.HELD_LINES, BriefPart.HELD_REASONS, BriefPart.HELD_SOURCES)
WARNINGS = (BriefPart.WARNING_LINES, BriefPart.WARNING_REASONS, BriefPart.WARNING_SOURCES)
UNTILS = (BriefPart.FIRST_UNTIL, BriefPart.SECOND_UNTIL, BriefPart.LATER_UNTIL)


def form(answer: Brief, kept: Iterable[BriefPart], more: str = "--full") -> tuple[Section, ...]:
    """Return the sections of a brief that has kept these of the parts that may go; `more` is where the rest is."""
    return tuple(_Form(answer, frozenset(kept), more).sections())


class _Form:
    """A form of a brief that has kept some of the parts that may go."""

    def __init__(self, answer: Brief, kept: frozenset[BriefPart], more: str) -> None:
        self.answer, self.kept, self.more = answer, kept, more
        self.book = answer.advice.rulebook

    def sections(self) -> Iterator[Section]:
        answer = self.answer
        if answer.reading:
            yield Section(lead=tuple(self._reading()), joined=True)
        yield self._lead()
        parts = (
            ("At issue", self._discussed(), Verdict.SILENT),
            ("Then", self._then(), Verdict.RECOMMEND),
            ("Not yet", self._held(), Verdict.DEFER),
            ("Beware", self._warnings(), Verdict.AVOID),
            ("Find out", self._questions(), Verdict.SILENT),
            ("As ever", self._standing(), Verdict.SILENT),
        )
        joined = not self._has(BriefPart.SPACE)
        for heading, lines, verdict in parts:
            if said := tuple(lines):
                yield Section(heading, said, verdict=verdict, aside=True, joined=joined)
                joined = True
        if legend := _legend(self.book):
            yield Section(lead=quiet(legend), joined=not self._has(BriefPart.SPACE))

    def _has(self, part: BriefPart) -> bool:
        return part in self.kept

    def _reading(self) -> Iterator[str | Span]:
        yield "How the sources read it:"
        for each in self.answer.reading:
            yield f" {each.finding.says.removesuffix('.')}"
            yield from _cited(words.sources(each.cite))
            yield "."

    def _lead(self) -> Section:
        lead, facts = self.answer.lead, self.answer.advice.situation.facts
        lines = (line for number, each in enumerate(lead, 1) for line in self._leading(number, each))
        return Section(
            ("First, because of this situation" if facts else "First") if lead else "",
            tuple(lines),
            verdict=Verdict.RECOMMEND,
            lead="" if lead else NOTHING_LEADS,
            inset=1,
            ruled=False,
            joined=not self._has(BriefPart.SPACE),
        )

    def _leading(self, number: int, each: Named) -> Iterator[Line]:
        unless = "Unless that is done: " if each.if_not_done else ""
        done = each.option in self.answer.maybe_done and self._has(BriefPart.MAYBE_DONE)
        maybe = quiet(MAYBE_DONE) if done else ""
        weak = quiet(" (worth considering)") if each.verdict is Verdict.CONSIDER else ""
        title = (strong(f"{unless}{each.option.title}", anchor("option", each.option.id)), weak, maybe)
        because = self._because(each) if self._has(REASONS[min(number, 3) - 1]) else ""
        cite = (
            words.sources(each.reason.cite, each.reason.basis)
            if each.reason and self._has(BriefPart.LEAD_SOURCES)
            else ""
        )
        if self._has(BriefPart.LEAD_LINES):
            yield Line(title, aside=Span(cite, Tone.CITATION), number=number)
            yield from (Line(said, 1, hang=0) for said in (because,) if said)
        else:
            yield Line((*title, f"{'.' if unless else ':'} {because}" if because else "", *_cited(cite)), number=number)
        beside, in_return = (
            ("with it:", each.beside, BriefPart.BESIDE),
            ("in return:", each.in_return, BriefPart.IN_RETURN),
        )
        for label, options, part in (beside, in_return):
            if options and self._has(part):
                yield Line(_titles(options), 1, label)
        first = 1 if self._has(FIRST_CAUTIONS[min(number, 3) - 1]) else 0
        for caution in each.cautions if self._has(BriefPart.CAUTIONS) else each.cautions[:first]:
            cite = words.sources(caution.cite, caution.basis) if self._has(BriefPart.CAUTION_SOURCES) else ""
            yield Line(caution.because, 1, cite=cite, sign=Sign.CAUTION, hang=0)

    def _because(self, each: Named) -> str:
        """Return the reason; where it holds only if an unknown fact turns out so, the condition stands before it."""
        if each.reason is None or not each.reason_if:
            return each.reason.because if each.reason else ""
        return f"If {words.supposed(each.reason_if, self.book)} (not known): {each.reason.because}"

    def _discussed(self) -> Iterable[Line]:
        """Yield what the advice is on the options under discussion, those with the same advice together."""
        apart = self._has(BriefPart.DISCUSSED_LINES)
        together: dict[str, list[Named]] = {}
        for each in self.answer.considering:
            together.setdefault(f"{SAID[each.verdict]}{self._until(each)}", []).append(each)
        entries: list[tuple[str | Span, ...]] = []
        for said, options in together.items():
            if apart:
                entries += (self._entry(each, f": {said}", DISCUSSED) for each in options)
            else:
                titles = (strong(each.option.title, anchor("option", each.option.id)) for each in options)
                entries.append((f"{said[:1].upper()}{said[1:]}: ", *_between(titles)))
        if self.answer.considering_more:
            entries.append((f"{self.answer.considering_more} more under discussion: {self.more}",))
        return _laid(entries, apart=apart, between=". ")

    def _then(self) -> Iterable[Line]:
        """Yield what comes up once the steps that lead have succeeded, those together that depend on the same."""
        leads = [each.option for each in self.answer.lead]
        depending: dict[str, list[Step]] = {}
        for step in sorted(self.answer.then, key=lambda step: not step.already):
            depending.setdefault(condition(step, leads, self.book), []).append(step)
        for needed, steps in depending.items():
            entries = [tuple(self._step(step)) for step in steps]
            apart = self._has(BriefPart.THEN_LINES)
            again = needed if needed == AFTER_THAT else "If so"
            conditions = [needed, *[again] * (len(entries) - 1)] if apart else [needed]
            for place, said in enumerate(conditions):
                entries[place] = (quiet(f"{said}: "), *entries[place])
            yield from _laid(entries, apart=apart)

    def _step(self, step: Step) -> Iterator[str | Span]:
        yield strong(step.option.title, anchor("option", step.option.id))
        if step.reason is not None:
            if self._has(BriefPart.THEN_REASONS) and self._has(BriefPart.THEN_LINES):
                yield f". {step.reason.because}"
            if self._has(BriefPart.THEN_SOURCES):
                yield from _cited(words.rule_sources(step.reason, self.book))

    def _held(self) -> Iterable[Line]:
        entries = [
            self._entry(
                each,
                self._until(each) if self._has(UNTILS[min(place, 2)]) else "",
                HELD,
            )
            for place, each in enumerate(self.answer.not_yet)
        ]
        return _laid(entries, apart=self._has(BriefPart.HELD_LINES))

    def _until(self, each: Named) -> str:
        """Return until when an option is held, and which parts of it are held with it, in a clause."""
        parts = "; ".join(part.title for part in each.parts) if self._has(BriefPart.HELD_PARTS) else ""
        held = f" (and with it: {parts})" if parts else ""
        if not each.until:
            return held
        needs = min((release.needs for release in each.until), key=len)
        if not self._has(BriefPart.CONDITIONS):
            more = " (and more)" if needs[1:] else ""
            return f"{held}: wait until {words.needs(needs[:1], self.book)}{more}"
        others = len(each.until) - 1 if self._has(BriefPart.OTHER_WAYS) else 0
        more = f", or {words.counted(others, 'other way')}" if others else ""
        return f"{held}: wait until {words.needs(needs, self.book)}{more}"

    def _warnings(self) -> Iterable[Line]:
        apart = self._has(BriefPart.WARNING_LINES)
        entries = [self._entry(each, "", WARNINGS, words.with_small_letter) for each in self.answer.beware]
        entries = [("Do not " if apart else "" if place else "Do not: ", *each) for place, each in enumerate(entries)]
        return _laid(entries, apart=apart)

    def _entry(
        self,
        each: Named,
        said: str,
        parts: tuple[BriefPart, BriefPart, BriefPart],
        written: Callable[[str], str] = str,
    ) -> tuple[str | Span, ...]:
        """Return an option with what is said of it; of its `parts`, a reason needs a line of its own."""
        lines, reasoned, cited = map(self._has, parts)
        reason = each.reason
        because = f". {self._because(each)}" if reason and lines and reasoned else ""
        cite = words.sources(reason.cite, reason.basis) if reason and cited else ""
        title = strong(written(each.option.title), anchor("option", each.option.id))
        return (title, f"{said}{because}", *_cited(cite))

    def _questions(self) -> Iterator[Line]:
        asked = self.answer.find_out
        if self._has(BriefPart.QUESTIONS):
            for each in asked:
                question = Span(each.fact.ask, about=anchor("fact", each.fact.id))
                yield Line((question,), aside=quiet(from_whom(each)))
            return
        together: dict[str, list[Span]] = {}
        for each in asked:
            named = Span(each.fact.name, about=anchor("fact", each.fact.id))
            together.setdefault(from_whom(each), []).append(named)
        entries = [(*_between(names), quiet(f" ({whom})" if whom else "")) for whom, names in together.items()]
        yield from _laid(entries, apart=False)

    def _standing(self) -> Iterator[Line]:
        standing = self.answer.standing
        keep = standing.keep if self._has(BriefPart.STANDING_TITLES) else ()
        avoid = f"{words.counted(standing.avoid, 'other thing')} to avoid" if standing.avoid else ""
        if not self._has(BriefPart.STANDING):
            return
        if keep or avoid:
            titles = [piece for option in keep for piece in ("; ", *self._kept(option))]
            more = f"; {avoid}" if keep and avoid else avoid
            yield Line((*titles[1:], f"{more}."), hang=0)

    def _kept(self, option: Option) -> Iterator[str | Span]:
        yield Span(option.title, about=anchor("option", option.id))
        if option in self.answer.maybe_done:
            yield quiet(MAYBE_DONE)


def _laid(entries: Sequence[Sequence[str | Span]], *, apart: bool, between: str = "; ") -> Iterator[Line]:
    """Yield entries as lines, or one after another in a paragraph."""
    if apart:
        yield from (Line(tuple(entry)) for entry in entries)
    elif entries:
        text = [piece for entry in entries for piece in (between, *entry)]
        yield Line(tuple(text[1:]), hang=0)


def _titles(options: Iterable[Option]) -> tuple[str | Span, ...]:
    """Return the titles of options one after another, each leading to its option."""
    return _between(Span(option.title, about=anchor("option", option.id)) for option in options)


def _between(pieces: Iterable[Span]) -> tuple[str | Span, ...]:
    return tuple(part for piece in pieces for part in ("; ", piece))[1:]


def _cited(said: str) -> tuple[str | Span, ...]:
    return (" ", Span(said, Tone.CITATION)) if said else ()


def from_whom(asked: ToFindOut) -> str:
    """Return whether the reader may know a fact, or who else does."""
    if asked.own:
        return "you may know"
    return f"from {words.listed(party.title for party in asked.known_to)}" if asked.known_to else ""


def _legend(rulebook: Rulebook) -> str:
    if not rulebook.sources:
        return ""
    names = ", ".join(rulebook.sources)
    sources = "the source" if len(rulebook.sources) == 1 else f"the {words.number(len(rulebook.sources))} sources"
    return f"{names}: {sources} ({next_command('sources')}) · our reading: inferred, not stated"
