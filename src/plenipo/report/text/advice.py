"""Next steps on a page: what is under discussion, what to do in which order, what to leave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plenipo.advice.conclude import Firing
from plenipo.counsel.plan import Entry, Plan, Tie
from plenipo.inquiry.outlook import Outlook, outlook
from plenipo.report import words
from plenipo.report.inquiries import prospect as wording
from plenipo.report.page import COLOURS, Page, Piece
from plenipo.report.wrap import GLUE
from plenipo.rulebook.model import Rule
from plenipo.rulebook.verdict import Verdict

#: Groups told in a line or two an option; with `full` they are told like the others.
BRIEF = frozenset({"avoid", "done"})


def advice(plan: Plan, page: Page, *, full: bool = False, remark: str = "") -> None:
    """Write a plan; `full` adds every caution, the options the sources leave alone, and the trace."""
    ahead = outlook(plan.advice)
    _header(ahead, page, remark)
    told: set[str] = set()
    for name, heading, verdict in words.GROUPS:
        entries: tuple[Entry, ...] = getattr(plan, name)
        if entries:
            page.blank()
            page.heading(heading, COLOURS[verdict], str(len(entries)))
            _group(name, entries, _Teller(page, ahead, full=full, told=told))
    _silent(plan, ahead, page, full=full)
    if full:
        _findings(plan, page)
        _trace(plan.advice.trace, page)


def glued(citation: str) -> str:
    """Return a citation that stays on one line."""
    return citation.replace(" ", GLUE)


def _header(ahead: Outlook, page: Page, remark: str) -> None:
    page.paragraph((words.title(ahead.advice.situation), "bold"))
    page.paragraph((f"{words.header(ahead.advice, remark)} · {wording.count(ahead)}", "dim"))


def _group(name: str, entries: Iterable[Entry], teller: _Teller) -> None:
    for entry in entries:
        if name == "considering":
            teller.entry(entry, named=True)
            teller.told.add(entry.option.id)
        elif name in BRIEF and not teller.full:
            teller.brief(entry)
        else:
            teller.entry(entry, cautioned=teller.full or name not in words.UNCAUTIONED)


@dataclass(frozen=True)
class _Teller:
    """Writes options with their reasons, order, cautions and parts; `told` are those already told under discussion."""

    page: Page
    outlook: Outlook
    full: bool
    told: set[str]

    def entry(
        self, entry: Entry, *, indent: int = 1, named: bool = False, cautioned: bool = True, above: str = ""
    ) -> None:
        """Write an option; `named` says its verdict in words, `above` is the option it is shown under."""
        verdict: list[Piece] = [(entry.verdict.value, COLOURS[entry.verdict]), f"{GLUE} "] if named else []
        title = [*verdict, (entry.option.title, "" if above else "bold")]
        again = entry.option.id in self.told
        aside = "see above" if again else entry.option.id
        self.page.pair(title, aside, indent=indent, mark=self.page.mark(entry.verdict))
        if not again:
            self._particulars(entry, indent + 2, cautioned=cautioned, above=above)
        for part in entry.parts:
            self.entry(part, indent=indent + 2, named=True, cautioned=cautioned, above=entry.option.id)

    def brief(self, entry: Entry, indent: int = 1) -> None:
        """Write an option in a sentence."""
        again = entry.option.id in self.told
        reason: list[Piece] = [": ", entry.because] if entry.because else []
        aside = ("(see above)" if again else f"{glued(words.entry_citation(entry))} {entry.option.id}", "dim")
        pieces = [(entry.option.title, "bold"), *([] if again else reason), " ", aside]
        self.page.paragraph(*pieces, indent=indent, mark=self.page.mark(entry.verdict))
        for rule in () if again else words.cautions(entry, standing=False):
            self._caution(rule, indent + 2)
        if not again:
            open_line(self.outlook, entry.option.id, self.page, indent + 2)
        for part in entry.parts:
            self.brief(part, indent + 2)

    def _particulars(self, entry: Entry, below: int, *, cautioned: bool, above: str) -> None:
        cited = (glued(words.entry_citation(entry)), "dim")
        self.page.paragraph(entry.because or words.NO_ADVICE, " ", cited, indent=below)
        open_line(self.outlook, entry.option.id, self.page, below)
        self._after(entry.after, below)
        near = {above, *(part.option.id for part in entry.parts)}
        self._with([tie for tie in entry.beside if self.full or tie.option.id not in near], below)
        for word, way in wording.ways_out(entry.option.id, self.outlook, full=self.full):
            self.page.paragraph((word, "italic"), f" {way}", indent=below, hang=2)
        for rule in words.cautions(entry, standing=cautioned):
            self._caution(rule, below)

    def _after(self, ties: Iterable[Tie], indent: int) -> None:
        for tie in ties:
            reason = f" ({tie.link.because})" if tie.link.because and self.full else ""
            cited = (glued(words.link_citation(tie.link)), "dim")
            after = (words.after(tie.link), "italic")
            self.page.paragraph(after, f" {tie.option.title}{reason} ", cited, indent=indent, hang=2)

    def _with(self, ties: Sequence[Tie], indent: int) -> None:
        """Write what goes together with an option: in one line, or in full each with its reason."""
        if self.full:
            for tie in ties:
                reason = f" ({tie.link.because})" if tie.link.because else ""
                cited = (glued(words.link_citation(tie.link)), "dim")
                self.page.paragraph(("with", "italic"), f" {tie.option.title}{reason} ", cited, indent=indent, hang=2)
        elif ties:
            titles = "; ".join(tie.option.title for tie in ties)
            self.page.paragraph(("with", "italic"), f" {titles}", indent=indent, hang=2)

    def _caution(self, rule: Rule, indent: int) -> None:
        said = (rule.because, " ", (glued(words.rule_citation(rule)), "dim"))
        self.page.paragraph(*said, indent=indent, mark=(self.page.marks.caution, "yellow"))


def open_line(outlook: Outlook, option: str, page: Page, indent: int) -> None:
    """Write what may become of an open verdict, under it; a settled one has no such line."""
    prospect = outlook.options[option]
    if not prospect.settled:
        said = wording.line(prospect, outlook.advice.rulebook)
        page.paragraph(("open:", "italic yellow"), f" {said}", indent=indent, hang=2)


def _silent(plan: Plan, ahead: Outlook, page: Page, *, full: bool) -> None:
    page.blank()
    if not full or not plan.silent:
        page.paragraph((f"{words.silence(plan)} {wording.silent(ahead)}", "dim"))
        return
    page.heading("Silent", note=str(len(plan.silent)))
    page.paragraph((words.silence(plan), "dim"), indent=1)
    for option in plan.silent:
        page.pair([option.title], option.id, indent=1, mark=page.mark(Verdict.SILENT))
        open_line(ahead, option.id, page, 3)


def _findings(plan: Plan, page: Page) -> None:
    held = [finding for id, finding in sorted(plan.advice.rulebook.findings.items()) if id in plan.advice.findings]
    if held:
        page.blank()
        page.heading("What is found to hold", note=str(len(held)))
        for finding in held:
            page.pair([finding.says], finding.id, indent=1)


def _trace(trace: Iterable[Firing], page: Page) -> None:
    """Write every rule that fired, in dependency order."""
    fired = list(trace)
    page.blank()
    page.heading("Rules that fired", note=str(len(fired)))
    for firing in fired:
        cited = (glued(words.rule_citation(firing.rule)), "dim")
        page.paragraph((firing.rule.id, "bold"), "  ", cited, indent=1)
        for label, told in words.firing_lines(firing):
            page.paragraph((f"{label} ", "italic"), told, indent=3, hang=2)
