"""Advice in the order in which somebody would act on it: what is under discussion, what to do, what to leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from plenipo.advice.conclude import Advice, Firing
from plenipo.counsel.plan import Entry, Plan, Tie, ordered
from plenipo.inquiry.outlook import Outlook
from plenipo.inquiry.waiting import Need
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
    Tone,
    name,
    quiet,
    strong,
)
from plenipo.rulebook.model import Condition, Link, Rule
from plenipo.rulebook.verdict import Verdict

__all__ = ["data", "document"]

#: The groups of a plan in reading order: attribute of the plan, heading, verdict it is coloured by.
GROUPS: tuple[tuple[str, str, Verdict], ...] = (
    ("considering", "Under discussion", Verdict.SILENT),
    ("first", "Do first", Verdict.RECOMMEND),
    ("now", "Do now, side by side", Verdict.RECOMMEND),
    ("then", "Then", Verdict.RECOMMEND),
    ("consider", "Consider", Verdict.CONSIDER),
    ("hold", "Hold", Verdict.DEFER),
    ("avoid", "Avoid", Verdict.AVOID),
    ("done", "Done, or nothing left to do", Verdict.DONE),
)
#: Groups that have a line or two an option; in full they are as the others.
SHORT = frozenset({"avoid", "done"})
#: Groups in which cautions that always hold matter only to somebody who asks for everything.
UNCAUTIONED = frozenset({"hold", "avoid", "done"})
#: As many silent options are named in passing.
NAMED = 12
#: As many ways out of a deferral are enough for a line or two; `--full` and JSON name all.
WAYS_SHOWN = 3
NO_ADVICE = "The sources give no advice on it here."


def document(answer: Plan | Advice, showing: Showing) -> Document:
    """Return a plan in words; in full with every caution, the options the sources leave alone, and the trace."""
    plan = ordered(answer)
    advice, outlook = plan.advice, plan.outlook
    listed = _Listed(outlook, full=showing.full)
    groups = [
        Section(heading, tuple(listed.group(group, entries)), str(len(entries)), verdict)
        for group, heading, verdict in GROUPS
        if (entries := getattr(plan, group))
    ]
    return Document(
        words.title(advice.situation),
        (f"{words.header(advice, showing.remark)} · {how_many(outlook)}",),
        sections=(*groups, *(_everything_else(plan) if showing.full else ())),
        rest=() if showing.full else (f"{_silence(plan)} {_silent_yet(outlook)}",),
    )


@dataclass
class _Listed:
    """Lists options with their reasons, order, cautions and parts; an option under discussion is not repeated."""

    outlook: Outlook
    full: bool
    discussed: set[str] = field(default_factory=set)

    def group(self, group: str, entries: Iterable[Entry]) -> Iterator[Line]:
        """Yield the lines of a group of the plan."""
        for entry in entries:
            if group == "considering":
                yield from self._entry(entry, named=True)
                self.discussed.add(entry.option.id)
            elif group in SHORT and not self.full:
                yield from self._short(entry)
            else:
                yield from self._entry(entry, cautioned=self.full or group not in UNCAUTIONED)

    def _entry(
        self, entry: Entry, depth: int = 0, *, named: bool = False, cautioned: bool = True, above: str = ""
    ) -> Iterator[Line]:
        """Yield the lines of an option; `named` gives its verdict in words, `above` is the option it is shown under."""
        title = entry.option.title if above else strong(entry.option.title)
        said: Text = (Span(entry.verdict.value, entry.verdict), f"{GLUE} ", title) if named else title
        again = entry.option.id in self.discussed
        yield Line(said, depth, aside=quiet("see above") if again else entry.option.id, verdict=entry.verdict, hang=0)
        if not again:
            yield from self._particulars(entry, depth + 1, cautioned=cautioned, above=above)
        for part in entry.parts:
            yield from self._entry(part, depth + 1, named=True, cautioned=cautioned, above=entry.option.id)

    def _short(self, entry: Entry, depth: int = 0) -> Iterator[Line]:
        """Yield an option in a sentence."""
        title = strong(entry.option.title)
        if entry.option.id in self.discussed:
            yield Line((title, " ", quiet("(see above)")), depth, verdict=entry.verdict, hang=0)
        else:
            cite, id = Span(_entry_citation(entry), Tone.CITATION), Span(entry.option.id, Tone.ID)
            because = f": {entry.because}" if entry.because else ""
            yield Line((title, because, " ", cite, " ", id), depth, verdict=entry.verdict, hang=0)
            yield from self._cautions(entry, depth + 1, standing=False)
            yield from _open(self.outlook, entry.option.id, depth + 1)
        for part in entry.parts:
            yield from self._short(part, depth + 1)

    def _particulars(self, entry: Entry, depth: int, *, cautioned: bool, above: str) -> Iterator[Line]:
        yield Line(entry.because or NO_ADVICE, depth, cite=_entry_citation(entry), hang=0)
        yield from _open(self.outlook, entry.option.id, depth)
        for tie in entry.after:
            yield self._tie("better after" if tie.link.soft else "after", tie, depth)
        near = {above, *(part.option.id for part in entry.parts)}
        yield from self._beside([tie for tie in entry.beside if self.full or tie.option.id not in near], depth)
        for word, way in _ways_out(entry.option.id, self.outlook, full=self.full):
            yield Line(way, depth, word)
        yield from self._cautions(entry, depth, standing=cautioned)

    def _beside(self, ties: Sequence[Tie], depth: int) -> Iterator[Line]:
        """Yield what goes together with an option: in one line, or in full each with its reason."""
        if self.full:
            yield from (self._tie("with", tie, depth) for tie in ties)
        elif ties:
            yield Line("; ".join(tie.option.title for tie in ties), depth, "with")

    def _tie(self, word: str, tie: Tie, depth: int) -> Line:
        because = f" ({tie.link.because})" if tie.link.because and self.full else ""
        return Line(f"{tie.option.title}{because}", depth, word, cite=_link_citation(tie.link))

    def _cautions(self, entry: Entry, depth: int, *, standing: bool) -> Iterator[Line]:
        """Yield the cautions on an option that this situation calls for, and those that always hold if wanted."""
        for rule in entry.cautions:
            if standing or rule.when != Condition():
                yield _caution(rule, depth)


def _open(outlook: Outlook, option: str, depth: int) -> Iterator[Line]:
    """Yield what may become of an open verdict; a settled one has no such line."""
    prospect = outlook.options[option]
    if not prospect.settled:
        yield Line(prospect_words(prospect, outlook.advice.rulebook), depth, "open:")


def _caution(rule: Rule, depth: int) -> Line:
    return Line(rule.because, depth, cite=words.rule_citation(rule), sign=Sign.CAUTION, hang=0)


def _entry_citation(entry: Entry) -> str:
    """Return the citation of an entry of the plan, and how many reasons more there are."""
    more = len(entry.others)
    further = f" +{more} {'reason' if more == 1 else 'reasons'}" if more else ""
    return words.citation(entry.cite, entry.basis, entry.strength) + further


def _link_citation(link: Link) -> str:
    return words.citation(link.cite, link.basis)


def _ways_out(option: str, outlook: Outlook, *, full: bool) -> list[tuple[str, str]]:
    """Return what a deferred option waits for, line by line after a word; unless in full only the first few ways."""
    waits = outlook.waits.get(option, ())
    if option in outlook.waits and not waits:
        return [("waits for", "nothing that the facts asked about could tell")]
    shown = waits if full else waits[:WAYS_SHOWN]
    lines = [
        ("and" if place else "or" if number else "waits for", _need(need, outlook))
        for number, release in enumerate(shown)
        for place, need in enumerate(release.needs)
    ]
    more = len(waits) - len(shown)
    if option in outlook.waits_for_more:
        return [*lines, ("or", f"more than {words.counted(more, 'other way')}" if more else "other ways")]
    return [*lines, ("or", words.counted(more, "other way"))] if more else lines


def _need(need: Need, outlook: Outlook) -> str:
    """Return what would have to be otherwise: the fact, the answers that would do, the answer now."""
    fact = outlook.advice.rulebook.facts[need.name]
    return f"{fact.name}: {words.labels(fact, need.values)} (now: {words.labels(fact, [need.now])})"


def _silence(plan: Plan) -> str:
    """Return how much the sources leave alone, by name where that is not too long."""
    number = len(plan.silent)
    if not number:
        return "The sources speak of every option."
    names = ", ".join(option.id for option in plan.silent) if number <= NAMED else "`--full` names them"
    return f"On {words.counted(number, 'option')} the sources give no advice here ({names})."


def _silent_yet(outlook: Outlook) -> str:
    """Return how many options on which there is no advice may yet get some, in a sentence, or nothing."""
    number = sum(each.verdict is Verdict.SILENT for each in outlook.open)
    if not number:
        return ""
    return f"On {number} of these there may be some once more is known; `plenipo outlook` shows which."


def _everything_else(plan: Plan) -> Iterator[Section]:
    """Yield what only somebody reads who asks for everything."""
    advice = plan.advice
    if plan.silent:
        silent: list[Line] = []
        for option in plan.silent:
            silent.append(Line(option.title, aside=option.id, verdict=Verdict.SILENT, hang=0))
            silent += _open(plan.outlook, option.id, 1)
        yield Section("Silent", tuple(silent), str(len(plan.silent)), lead=quiet(_silence(plan)))
    else:
        yield Section(lead=quiet(f"{_silence(plan)} {_silent_yet(plan.outlook)}"))
    held = [finding for id, finding in sorted(advice.rulebook.findings.items()) if id in advice.findings]
    yield Section(
        "What is found to hold",
        tuple(Line(finding.says, aside=finding.id, hang=0) for finding in held),
        str(len(held)),
    )
    fired = tuple(line for firing in advice.trace for line in _firing(firing))
    yield Section("Rules that fired", fired, str(len(advice.trace)))


def _firing(firing: Firing) -> Iterator[Line]:
    """Yield a rule that fired, what met it, what it drew, and what overrode it."""
    yield Line(name(firing.rule.id), cite=words.rule_citation(firing.rule), hang=0)
    met = "; ".join(f"{atom.name}: {' / '.join(atom.values)}" for atom in firing.met) or "always"
    yield Line(met, 1, "met by")
    if firing.drew:
        yield Line("; ".join(f"{drawn.verb.value} {drawn.on}" for drawn in firing.drew), 1, "drew")
    if firing.overridden_by:
        yield Line(", ".join(firing.overridden_by), 1, "overridden by")
