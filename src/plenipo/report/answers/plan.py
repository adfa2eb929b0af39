"""
The long answer: everything that the sources advise, subject by subject, in the order in which somebody would act on it.

Under each subject comes what to do, what to consider, what is not yet to be done, what to avoid and what is done; after
all subjects, how the sources read the situation and the rules that fired.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from plenipo.advice.conclude import Firing
from plenipo.counsel.plan import Plan, PlanEntry, Tie
from plenipo.report import words
from plenipo.report.answers.advice_data import data
from plenipo.report.answers.outlook import how_many, prospect_words
from plenipo.report.document import (
    GLUE,
    Document,
    Line,
    Section,
    Showing,
    Sign,
    Span,
    Text,
    anchor,
    name,
    quiet,
    strong,
)
from plenipo.rulebook.model import Option, Rulebook
from plenipo.rulebook.verdict import Verdict

__all__ = ["data", "document"]

#: The groups of a plan in reading order: attribute of the plan, heading, how a subject counts them.
GROUPS: tuple[tuple[str, str, str], ...] = (
    ("first", "Do first", "to do"),
    ("now", "Do now, in parallel", "to do"),
    ("then", "Then", "to do"),
    ("consider", "Consider", "to consider"),
    ("hold", "Not yet", "not yet"),
    ("avoid", "Avoid", "to avoid"),
    ("done", "Already done", "done"),
)
NO_ADVICE = "The sources give no advice on it here."
NO_ADVICE_ON = "The sources give no advice here"


def document(plan: Plan, showing: Showing) -> Document:
    """Return a plan in words."""
    advice = plan.advice
    written = _Written(plan)
    return Document(
        words.title(advice.situation),
        (f"{words.header(advice, showing.remark)} · {how_many(plan.outlook)}",),
        sections=(written.discussed(), *written.subjects(), written.reading(), written.fired()),
        rest=tuple(words.undecided(plan.outlook.undecided)),
    )


@dataclass
class _Written:
    """Writes options with their reasons, order, cautions and parts; an option under discussion is not repeated."""

    plan: Plan
    seen: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.book = self.plan.advice.rulebook

    def discussed(self) -> Section:
        """Return the options under discussion, whatever their verdict."""
        entries = self.plan.considering
        lines = [line for entry in entries for line in self._entry(entry, named=True)]
        self.seen = {entry.option.id for entry in entries}
        return Section("Under discussion", tuple(lines), str(len(entries)))

    def subjects(self) -> Iterator[Section]:
        """Yield a section for each subject, with the groups of the plan in it."""
        found: dict[str, dict[str, list[PlanEntry]]] = {group: {} for group in self._groups_of_options()}
        for group, _, _ in GROUPS:
            for entry in getattr(self.plan, group):
                found[entry.option.group].setdefault(group, []).append(entry)
        for subject, groups in found.items():
            silent = [option for option in self.plan.silent if option.group == subject]
            lines = (*self._groups(groups), *self._silent(silent))
            yield Section(self.book.subject(subject), tuple(lines), lead=quiet(_counts(groups, silent)))

    def reading(self) -> Section:
        """Return the findings that hold, as sentences."""
        found = self.plan.advice.findings
        held = [finding for id, finding in sorted(self.book.findings.items()) if id in found]
        lines = tuple(
            Line(finding.says, aside=finding.id, hang=0, anchor=anchor("finding", finding.id)) for finding in held
        )
        return Section("How the sources read this situation", lines, str(len(held)))

    def fired(self) -> Section:
        """Return the rules that fired, with what met them and what they drew."""
        trace = self.plan.advice.trace
        return Section(
            "Rules that fired", tuple(line for firing in trace for line in self._firing(firing)), str(len(trace))
        )

    def _groups_of_options(self) -> Iterable[str]:
        """Return the subjects of options in the order of the rulebook, one that it does not name behind them."""
        used = dict.fromkeys(option.group for option in self.book.options.values())
        return (*(id for id in self.book.subjects if id in used), *(id for id in used if id not in self.book.subjects))

    def _groups(self, groups: Mapping[str, Iterable[PlanEntry]]) -> Iterator[Line]:
        for group, heading, _ in GROUPS:
            if group in groups:
                entries = tuple(groups[group])
                yield Line(strong(heading if len(entries) > 1 else heading.partition(",")[0]))
                for entry in entries:
                    yield from self._entry(entry, 1)

    def _silent(self, options: Iterable[Option]) -> Iterator[Line]:
        for number, option in enumerate(options):
            if not number:
                yield Line(strong(NO_ADVICE_ON))
            place = anchor("option", option.id)
            yield Line(option.title, 1, aside=option.id, verdict=Verdict.SILENT, hang=0, anchor=place)
            yield from self._open(option.id, 2)

    def _entry(self, entry: PlanEntry, depth: int = 0, *, named: bool = False) -> Iterator[Line]:
        """Yield the lines of an option; `named` gives its verdict in words."""
        title = strong(entry.option.title)
        said: Text = (Span(entry.verdict.value, entry.verdict), f"{GLUE} ", title) if named else title
        again = entry.option.id in self.seen
        aside, place = quiet("see above") if again else entry.option.id, anchor("option", entry.option.id)
        yield Line(said, depth, aside=aside, verdict=entry.verdict, hang=0, anchor=place)
        if not again:
            yield from self._particulars(entry, depth + 1)
        for part in entry.parts:
            yield from self._entry(part, depth + 1, named=True)

    def _particulars(self, entry: PlanEntry, depth: int) -> Iterator[Line]:
        because = entry.reason.because if entry.reason else ""
        yield Line(because or NO_ADVICE, depth, cite=self._citation(entry), hang=0)
        yield from self._open(entry.option.id, depth)
        for tie in entry.after:
            yield tie_line("better after" if tie.link.soft else "after", tie, depth, self.book)
        for tie in entry.beside:
            yield tie_line("with", tie, depth, self.book)
        for word, way in ways_out(entry.option.id, self.plan):
            yield Line(way, depth, word)
        for rule in entry.cautions:
            yield Line(rule.because, depth, cite=words.rule_citation(rule, self.book), sign=Sign.CAUTION, hang=0)

    def _citation(self, entry: PlanEntry) -> str:
        """Return the citation of an entry of the plan, and how many reasons more there are."""
        more = len(entry.others)
        further = f" +{words.counted(more, 'reason')}" if more else ""
        return (words.rule_citation(entry.reason, self.book) if entry.reason else "") + further

    def _open(self, option: str, depth: int) -> Iterator[Line]:
        """Yield what may become of an open verdict; a settled one has no such line."""
        prospect = self.plan.outlook.options[option]
        if prospect.becoming:
            yield Line(prospect_words(prospect, self.book), depth)
        elif prospect.undecided:
            yield Line("whether it could change was not settled in time", depth)

    def _firing(self, firing: Firing) -> Iterator[Line]:
        """Yield a rule that fired, what met it, what it drew, and what overrode it."""
        id, cite = firing.rule.id, words.rule_citation(firing.rule, self.book)
        yield Line(name(id), cite=cite, hang=0, anchor=anchor("rule", id))
        met = "; ".join(f"{atom.name}: {' / '.join(atom.values)}" for atom in firing.met) or "always"
        yield Line(met, 1, "met by")
        if firing.drew:
            yield Line("; ".join(f"{drawn.verb.value} {drawn.on}" for drawn in firing.drew), 1, "drew")
        if firing.overridden_by:
            yield Line(", ".join(firing.overridden_by), 1, "overridden by")


def tie_line(word: str, tie: Tie, depth: int, rulebook: Rulebook) -> Line:
    """Return another option that one comes after or goes with, and why, after a word."""
    because = f" ({tie.link.because})" if tie.link.because else ""
    cite = words.citation(tie.link.cite, rulebook, tie.link.basis)
    return Line(f"{tie.option.title}{because}", depth, word, cite=cite)


def ways_out(option: str, plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield what a deferred option waits for, line by line after a word."""
    for number, release in enumerate(plan.waits.get(option, ())):
        yield "or until" if number else "waiting until", words.needs(release.needs, plan.advice.rulebook)
    if option in plan.outlook.waits_for_more:
        yield "or until", "something else changes"
    if option in plan.outlook.waits_undecided:
        yield "waiting until", "what was not settled in time"


def _counts(groups: Mapping[str, Iterable[PlanEntry]], silent: Iterable[Option]) -> str:
    """Return what a subject comes to, in a few words."""
    counted: dict[str, int] = {}
    for group, _, word in GROUPS:
        counted[word] = counted.get(word, 0) + len(list(groups.get(group, ())))
    counted["silent"] = len(list(silent))
    return ", ".join(f"{number} {word}" for word, number in counted.items() if number)
