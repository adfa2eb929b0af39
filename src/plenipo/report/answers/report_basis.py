"""On what the report on a situation rests: the facts as given, how they are read, the rules, and what is cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from plenipo.counsel.report import Account
from plenipo.report import condition_words, words
from plenipo.report.answers.brief_form import from_whom
from plenipo.report.document import GLUE, Line, Section, Span, Text, Tone, anchor, name, quiet
from plenipo.rulebook.model import Basis, Fact, Proposition, Rule
from plenipo.situations.likelihood import worded

STATED = "A source says this itself."
INFERRED = "No source says this in so many words: it is how we read them."


def situation(account: Account) -> Iterator[Section]:
    """Yield the situation as given, subject by subject, then what is only likely or not known at all."""
    book, given = account.advice.rulebook, account.advice.situation
    known = set(words.known(book, given))
    lead = f"{words.how_much_is_known(book, given)}. What is left out is unknown, never false."
    yield Section("The situation as given", lead=f"{lead[:1].upper()}{lead[1:]}")
    for group in dict.fromkeys(fact.group for fact in book.facts.values()):
        facts = [fact for id, fact in book.facts.items() if fact.group == group and id in known]
        rows = tuple(_given(fact, account) for fact in facts)
        columns: tuple[str, ...] = ("Question", "Answer", "Why, and where from")
        if not any(row.cells[2] for row in rows):
            columns, rows = columns[:2], tuple(replace(row, cells=row.cells[:2]) for row in rows)
        yield Section(book.subject(group), rows, str(len(rows)), columns=columns, minor=True)
    likely = tuple(_likely(book.facts[id], account) for id in given.likely)
    yield Section("Only likely, and taken as unknown", likely, str(len(likely)), minor=True)
    asked = {each.fact.id: from_whom(each) for each in account.brief.moving}
    unknown = tuple(_unknown(book.facts[id], account, asked) for id in account.unknown if id not in given.likely)
    yield Section("Not known", unknown, str(len(unknown)), minor=True)


def _given(fact: Fact, account: Account) -> Line:
    given = account.advice.situation
    answer, origin = words.labels(fact, [given.facts[fact.id]]), given.taken_over.get(fact.id, "")
    why = " ".join(part for part in (given.notes.get(fact.id, ""), origin and f"(taken over from {origin})") if part)
    question: Text = (fact.ask, " ", Span(fact.id, Tone.ID))
    said = condition_words.answer(fact, given.facts[fact.id])
    return Line(said, aside=fact.id, cells=(question, answer, why), anchor=anchor("fact", fact.id))


def _likely(fact: Fact, account: Account) -> Line:
    given = account.advice.situation
    said = worded({fact.values.get(value, value): weight for value, weight in given.likely[fact.id].items()})
    return Line(f"{fact.ask} {said}", aside=fact.id, anchor=anchor("fact", fact.id))


def _unknown(fact: Fact, account: Account, asked: Mapping[str, str]) -> Line:
    """Return a fact that is not known, who knows it, and how many verdicts turn on it."""
    turning = len(account.plan.outlook.turns_on.get(fact.id, ()))
    turns = f"{words.counted(turning, 'verdict turns', 'verdicts turn')} on it" if turning else ""
    more = "; ".join(part for part in (asked.get(fact.id, ""), turns) if part)
    text: Text = (fact.ask, quiet(f" ({more})")) if more else fact.ask
    return Line(text, aside=fact.id, anchor=anchor("fact", fact.id))


def reading(account: Account) -> Section:
    """Return the findings that hold, each with the rules that found it."""
    book, lines = account.advice.rulebook, []
    for id, rules in account.findings.items():
        finding = book.findings[id]
        cite = words.citation(finding.cite, book)
        lines.append(Line(finding.says, aside=id, cite=cite, hang=0, anchor=anchor("finding", id)))
        lines += [Line(rule.because, 1, "because", rule.id, words.rule_citation(rule, book), hang=0) for rule in rules]
    return Section("How the sources read the situation", tuple(lines), str(len(account.findings)))


def rules(account: Account) -> Iterator[Section]:
    """Yield the rules that fired: what a source states, and apart from it what is our reading."""
    fired = [firing.rule for firing in account.advice.trace]
    lead = f"{words.counted(len(fired), 'rule')} fired of {len(account.advice.rulebook.rules)}."
    yield Section("What it rests on", lead=lead)
    for heading, lead, basis in (("Stated", STATED, Basis.STATED), ("Our reading", INFERRED, Basis.INFERRED)):
        lines = tuple(_rules(account, (rule for rule in fired if rule.basis is basis)))
        yield Section(heading, lines, str(len(lines)), lead=quiet(lead) if lines else "", minor=True)


def _rules(account: Account, chosen: Iterable[Rule]) -> Iterator[Line]:
    for rule in sorted(chosen, key=lambda rule: rule.id):
        cite = words.rule_citation(rule, account.advice.rulebook)
        yield Line(rule.because or rule.id, aside=rule.id, cite=cite, hang=0, anchor=anchor("rule", rule.id))


def propositions(account: Account) -> Iterator[Section]:
    """Yield the propositions that are cited, source by source, in our own words."""
    cited = {id: said for id, said in account.cited.items() if said}
    if cited:
        lead = "What the sources say, in our own words, with the paragraph. Their texts are not in here."
        yield Section("The propositions cited", lead=lead)
    for id, said in cited.items():
        source = account.advice.rulebook.sources[id]
        about = ", ".join(part for part in (source.author, source.outlet, source.date) if part)
        heading = f"{id}: {source.called}"
        yield Section(heading, tuple(map(_proposition, said)), str(len(said)), lead=quiet(about), minor=True)


def _proposition(said: Proposition) -> Line:
    hedge = f" ({said.hedge})" if said.hedge else ""
    text: Text = (name(said.id), quiet(f"{GLUE}¶{said.paragraph}"), f" {said.says}{hedge}")
    return Line(text, hang=5, anchor=anchor("proposition", said.id))


def places(account: Account) -> dict[str, str]:
    """Return where each paragraph is that is cited, by the words of a citation: at its first proposition."""
    found: dict[str, str] = {}
    for id, several in account.cited.items():
        for said in several:
            found.setdefault(f"{id} ¶{said.paragraph}", anchor("proposition", said.id))
    return found
