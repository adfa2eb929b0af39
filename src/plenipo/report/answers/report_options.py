"""The options in the report on one situation: verdict, reasons, cautions, outlook, what would change it, what lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from plenipo.counsel.report import Account
from plenipo.inquiry.change import Change, Way
from plenipo.report import condition_words, words
from plenipo.report.answers.outlook import prospect_words
from plenipo.report.answers.plan import NO_ADVICE, tie_line, ways_out
from plenipo.report.document import Line, Section, Sign, Span, Text, anchor, strong
from plenipo.rulebook.model import UNKNOWN, Atom, Option, Rule
from plenipo.rulebook.verdict import Verdict

#: As many ways to another verdict are written out.
WAYS_SHOWN = 2
SETTLED = "Whatever the unknown facts turn out to be, this verdict holds."


def options(account: Account) -> Iterator[Section]:
    """Yield the options on which the sources speak, subject by subject; what this situation touches comes first."""
    book, advice = account.advice.rulebook, account.advice
    spoken = {id: option for id, option in book.options.items() if advice.options[id].verdict is not Verdict.SILENT}
    touched = sum(id in account.touched for id in spoken)
    of_them = f", {touched} of them touched by the facts of this situation; these come first under each subject"
    if len(spoken) == 1:
        of_them = ", touched by the facts of this situation"
    opens = "Each opens to its reasons, its outlook and what would change it."
    lead = f"{words.counted(len(spoken), 'option')}{of_them if touched else ''}. {opens}"
    yield Section("The options", lead=lead if spoken else "The sources speak of no option here.")
    order = [*(id for id in account.entries if id in spoken), *(id for id in spoken if id not in account.entries)]
    order.sort(key=lambda option: option not in account.touched)
    groups = dict.fromkeys((*book.subjects, *(option.group for option in book.options.values())))
    for group in groups:
        found = [spoken[id] for id in order if spoken[id].group == group]
        lines = tuple(line for option in found for line in _option(option, account))
        yield Section(book.subject(group), lines, str(len(found)), minor=True)


def silent(account: Account) -> Section:
    """Return the options on which the sources are silent, with what would have them speak."""
    book = account.advice.rulebook
    found = [book.options[id] for id, said in account.advice.options.items() if said.verdict is Verdict.SILENT]
    lines = tuple(line for option in found for line in _option(option, account))
    lead = "On these the sources give no advice in this situation, and plenipo adds none." if found else ""
    return Section("What the sources are silent on", lines, str(len(found)), lead=lead)


def _option(option: Option, account: Account) -> Iterator[Line]:
    said = account.advice.options[option.id]
    title: Text = (Span(said.verdict.value, said.verdict), " ", strong(option.title))
    place = anchor("option", option.id)
    yield Line(title, aside=option.id, verdict=said.verdict, hang=0, anchor=place, folded=True)
    if not said.decided_by:
        yield Line(NO_ADVICE, 1)
    for rule in said.decided_by:
        yield from _reason(rule, account)
    for rule in said.cautions:
        cite = words.rule_citation(rule, account.advice.rulebook)
        yield Line(rule.because, 1, aside=rule.id, cite=cite, sign=Sign.CAUTION, hang=0)
    yield from _order(option.id, account)
    yield from _prospect(option.id, account)
    for change in account.changes[option.id]:
        yield from _change(change)
    yield from _lost(option.id, account)


def _reason(rule: Rule, account: Account) -> Iterator[Line]:
    """Yield a rule that decided, and by what it was met."""
    cite = words.rule_citation(rule, account.advice.rulebook)
    yield Line(rule.because or rule.id, 1, "because", rule.id, cite, hang=0)
    for atom in account.advice.fired[rule.id].met:
        yield _met(atom, account)


def _met(atom: Atom, account: Account) -> Line:
    book, facts = account.advice.rulebook, account.advice.situation.facts
    said, sign = condition_words.met_line(atom, book, facts.get(atom.name, UNKNOWN))
    return Line(said, 2, aside=atom.name, sign=sign, hang=0)


def _order(id: str, account: Account) -> Iterator[Line]:
    """Yield what comes before an option or goes with it, and what a deferred one waits for."""
    book, entry = account.advice.rulebook, account.entries.get(id)
    for tie in entry.after if entry else ():
        yield tie_line("better after" if tie.link.soft else "after", tie, 1, book)
    for tie in entry.beside if entry else ():
        yield tie_line("with", tie, 1, book)
    for label, way in ways_out(id, account.plan):
        yield Line(way, 1, label)


def _prospect(id: str, account: Account) -> Iterator[Line]:
    prospect = account.plan.outlook.options[id]
    said = SETTLED if prospect.settled else f"It {prospect_words(prospect, account.advice.rulebook)}."
    yield Line(said, 1, "outlook:")


def _change(change: Change) -> Iterator[Line]:
    """Yield the smallest changes that would give an option another verdict, the first of them written out."""
    ways = [way for each in change.ways for way in _ways(each, change)]
    said = "; or ".join(ways[:WAYS_SHOWN])
    more = f"; or {words.counted(len(ways) - WAYS_SHOWN, 'other way')}" if len(ways) > WAYS_SHOWN else ""
    label: Text = ("would become ", Span(change.wanted.value, change.wanted), f" with {said}{more}")
    yield Line(label, 1)


def _ways(way: Way, change: Change) -> Sequence[str]:
    if way.free:
        return [_clause(way, {id: way.values[id] for id in way.facts}, change)]
    return [_clause(way, {id: (value,) for id, value in choice.items()}, change) for choice in way.choices]


def _clause(way: Way, wanted: dict[str, tuple[str, ...]], change: Change) -> str:
    known = change.advice.rulebook.facts
    return " and ".join(
        f"{known[id].name}: {words.labels(known[id], values)}{' (not known)' if id in way.learned else ''}"
        for id, values in wanted.items()
    )


def _lost(id: str, account: Account) -> Iterator[Line]:
    """Yield the rules that fired and did not decide, and why."""
    said = account.advice.options[id]
    for rule in said.outranked:
        verbs = words.listed(dict.fromkeys(drawn.verb.value for drawn in rule.then if drawn.on == id))
        yield _loser(rule, f"lost (it says {verbs}, and {said.verdict} comes first):", account)
    for rule in said.overridden:
        by = account.advice.fired[rule.id].overridden_by
        yield _loser(rule, f"lost (overridden by {words.listed(by)}):", account)


def _loser(rule: Rule, label: str, account: Account) -> Line:
    cite = words.rule_citation(rule, account.advice.rulebook)
    return Line(rule.because or rule.id, 1, label, rule.id, cite, hang=0)
