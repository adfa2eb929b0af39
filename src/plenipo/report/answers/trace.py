"""The trace: rules that fired, by number, with what met them and what they drew; and what the others lack."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from plenipo.advice.explain import FactNode
from plenipo.advice.trace import Comparison, DrawnConclusion, FiredRule, Trace, UnfiredRule
from plenipo.report import condition_words, words
from plenipo.report.document import Document, Line, Section, Showing, Sign, Span, Tone, anchor, strong
from plenipo.report.json import advice_head, plain, reason
from plenipo.rulebook.model import Conclusion, Rule, Verb
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.advice import ConclusionData
    from plenipo.report.shapes.explaining import (
        FiredRuleData,
        TraceData,
        TracedComparisonData,
        TracedRuleData,
        UnfiredRuleData,
    )


RuleRead = TypeVar("RuleRead", FiredRule, UnfiredRule)


def document(trace: Trace, showing: Showing) -> Document:
    """Return a trace in words, by subject or flat; rules that did not fire are shown where they were asked for."""
    advice, lines = trace.advice, _Lines(trace)
    fired, unfired = len(advice.trace), len(advice.rulebook.rules) - len(advice.trace)
    sections: list[Section] = []
    if not trace.not_fired:
        sections += _sections(trace, trace.fired, "Rules that fired", lines.fired)
    if trace.not_fired or trace.rules:
        sections += _sections(trace, trace.unfired, "Rules that did not fire", lines.unfired)
    return Document(
        words.title(advice.situation),
        (words.header(advice, showing.remark), f"{words.counted(fired, 'rule')} fired, {unfired} did not"),
        sections=tuple(sections),
        rest=() if sections else ("No rule is as it was asked for.",),
    )


def data(trace: Trace, showing: Showing) -> TraceData:
    """Return a trace as plain data, with the rules that did not fire, each with the first thing that it lacks."""
    advice = trace.advice
    return {
        **advice_head("trace", advice, showing.remark),
        "fired": [_fired_data(fired) for fired in trace.fired],
        "not_fired": [_unfired_data(unfired) for unfired in trace.unfired],
    }


def _sections(
    trace: Trace, rules: Iterable[RuleRead], heading: str, lines: Callable[[RuleRead], Iterator[Line]]
) -> Iterator[Section]:
    """Yield rules in one list, or subject by subject in the order of the first rule of each."""
    subjects: dict[str, list[RuleRead]] = {}
    for each in rules:
        subject = heading if trace.flat else each.node.rule.track.replace("_", " ").capitalize()
        subjects.setdefault(subject, []).append(each)
    for subject, together in subjects.items():
        yield Section(subject, tuple(line for each in together for line in lines(each)), str(len(together)))


class _Lines:
    """Puts rules into lines; the note on a fact is shown where the fact is met first."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.noted: set[str] = set()

    def fired(self, fired: FiredRule) -> Iterator[Line]:
        """Yield a rule that fired, what met it, what it drew, and what overrode or outranked it."""
        rule = fired.node.rule
        yield self._rule(rule, strong(f"{fired.number} "))
        if not fired.met:
            yield Line(f"Applies {words.unconditional(rule, self.trace.advice.rulebook)}.", 1)
        for place, met in enumerate(fired.met):
            yield from self._met(met, "and" if place else "met by")
        for drawn in fired.drew:
            yield from self._drawn(drawn)
        for by in fired.node.overridden_by:
            yield Line(self._numbered(by.rule), 1, "overridden by")
        for lost in rule.then if fired.node.overridden_by else ():
            yield self._conclusion(lost, "would have drawn")

    def unfired(self, unfired: UnfiredRule) -> Iterator[Line]:
        """Yield a rule that did not fire, and the first thing that it lacks: what was wanted, and what is."""
        lacks = unfired.lacks
        unknown = isinstance(lacks, FactNode) and not lacks.known
        yield self._rule(unfired.node.rule, sign=Sign.UNKNOWN if unknown else Sign.NO)
        if lacks is not None:
            yield _comparison(lacks, "none of its alternatives holds; the first:" if unfired.alternatives else "lacks:")
        for place, met in enumerate(unfired.exception):
            yield from self._met(met, "and" if place else "an exception applies:")

    def _met(self, node: Comparison, label: str) -> Iterator[Line]:
        yield _comparison(node, label)
        if isinstance(node, FactNode):
            if node.note and node.fact.id not in self.noted:
                self.noted.add(node.fact.id)
                yield Line(node.note, 2, "note")
            return
        for finder in node.finders:
            if finder.acts:
                yield Line(self._numbered(finder.rule), 2, "found by")

    def _drawn(self, drawn: DrawnConclusion) -> Iterator[Line]:
        yield self._conclusion(drawn.conclusion, "drew")
        for rule in drawn.outranked_by:
            verdict = self.trace.advice.options[drawn.conclusion.on].verdict
            yield Line((f"{self._numbered(rule)}: ", Span(verdict.value, verdict)), 2, "outranked by")

    def _conclusion(self, drawn: Conclusion, label: str) -> Line:
        book, verb = self.trace.advice.rulebook, drawn.verb
        if verb is Verb.FIND:
            return Line(book.findings[drawn.on].says, 1, "found" if label == "drew" else "would have found", drawn.on)
        said = Span(verb.value, Tone.PLAIN if verb is Verb.CAUTION else Verdict(verb.value))
        return Line((said, f": {book.options[drawn.on].title}"), 1, label, drawn.on)

    def _rule(self, rule: Rule, number: Span | str = "", sign: Sign | None = None) -> Line:
        cite = words.rule_citation(rule, self.trace.advice.rulebook)
        said, place = (number, strong(rule.because or rule.id)), anchor("rule", rule.id)
        return Line(said, aside=rule.id, cite=cite, sign=sign, anchor=place)

    def _numbered(self, rule: Rule) -> str:
        return f"{self.trace.numbers[rule.id]} {rule.id}"


def _comparison(node: Comparison, label: str) -> Line:
    if isinstance(node, FactNode):
        return Line(condition_words.fact_line(node), 1, label, node.fact.id)
    return Line(condition_words.finding_line(node), 1, label, node.finding.id)


def _rule_data(rule: Rule) -> TracedRuleData:
    return {"rule": rule.id, "track": rule.track, **reason(rule), "place": words.place(rule)}


def _fired_data(fired: FiredRule) -> FiredRuleData:
    node = fired.node
    return {
        "number": fired.number,
        **_rule_data(node.rule),
        "met": [_comparison_data(met) for met in fired.met],
        "drew": [
            {
                **_conclusion_data(drawn.conclusion),
                "outranked_by": [rule.id for rule in drawn.outranked_by],
            }
            for drawn in fired.drew
        ],
        "overridden_by": [by.rule.id for by in node.overridden_by],
    }


def _unfired_data(unfired: UnfiredRule) -> UnfiredRuleData:
    lacks = unfired.lacks
    return {
        **_rule_data(unfired.node.rule),
        "lacks": None if lacks is None else _comparison_data(lacks),
        "alternatives": unfired.alternatives,
        "exception": [_comparison_data(term) for term in unfired.exception],
    }


def _conclusion_data(drawn: Conclusion) -> ConclusionData:
    return {"verb": drawn.verb, "on": drawn.on}


def _comparison_data(node: Comparison) -> TracedComparisonData:
    compared: TracedComparisonData = {"value": plain(node.value), "wanted": [*map(plain, node.wanted)]}
    if isinstance(node, FactNode):
        told: TracedComparisonData = {"fact": node.fact.id, **compared, "note": node.note}
        return {**told, "taken_over": node.taken_over} if node.taken_over else told
    found_by = [finder.rule.id for finder in node.finders if finder.acts] if node.found else []
    return {"finding": node.finding.id, **compared, "found_by": found_by}
