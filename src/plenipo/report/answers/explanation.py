"""The justification of one verdict: rule by rule down to the facts, and the propositions that the rules cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plenipo.advice.explain import ConditionNode, Explanation, FactNode, FindingNode, RuleNode
from plenipo.report import outline, words
from plenipo.report.answers.advice_data import option_data
from plenipo.report.document import (
    GLUE,
    Command,
    Document,
    Line,
    Section,
    Showing,
    Sign,
    Span,
    Texts,
    Tone,
    anchor,
    name,
    quiet,
)
from plenipo.report.json import advice_head, plain, reason
from plenipo.rulebook.model import Proposition, Rulebook
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.explaining import (
        AlternativeData,
        ConditionData,
        ExplainedFactData,
        ExplainedFindingData,
        ExplainedRuleData,
        ExplanationData,
        HedgedPropositionData,
        TermData,
    )


#: What each verdict says, as a clause.
MEANING = {
    Verdict.DONE: "it is done, or nothing is left to advise",
    Verdict.AVOID: "the sources advise against it",
    Verdict.DEFER: "not now; it makes sense when something changes",
    Verdict.RECOMMEND: "the sources advise it",
    Verdict.CONSIDER: "the sources find it worth considering",
    Verdict.SILENT: "the sources give no advice here",
}


def document(explanation: Explanation, showing: Showing) -> Document:
    """Return an explanation in words, the propositions at its end, each with its paragraph where there is a text."""
    advice, verdict = explanation.advice, explanation.verdict
    sections, rules = outline.outlined(explanation, full=showing.full)
    cited = _cited(advice.rulebook, rules, showing.texts or {})
    return Document(
        explanation.option.title,
        (words.title(advice.situation), words.header(advice, showing.remark)),
        explanation.option.id,
        Line((Span(verdict.value, verdict), f": {MEANING[verdict]}"), verdict=verdict, hang=0),
        (*sections, Section(lead=outline.closing(explanation)), Section("Cited", tuple(cited))),
        commands=tuple(_commands(explanation, showing)),
    )


def _commands(explanation: Explanation, showing: Showing) -> Iterator[Command]:
    """Yield what to type to see what another verdict would take."""
    asked, others = words.asked(explanation.advice.situation, showing.asked), outline.unasked(explanation)
    for said in others if asked else ():
        file, *flags = asked
        again = ("plenipo", "explain", file, explanation.option.id, "--why-not", said.value, *flags)
        yield Command(f"Why not {said}", again)


def data(explanation: Explanation, showing: Showing) -> ExplanationData:
    """Return an explanation: rules and findings each once, by id, referred to from wherever they matter."""
    advice, option, collected = explanation.advice, explanation.option, _Collected()
    deciding, outranked = collected.add(explanation.deciding), collected.add(explanation.outranked)
    overridden, cautions = collected.add(explanation.overridden), collected.add(explanation.cautions)
    instead: list[AlternativeData] = [
        {"verdict": found.verdict, "rules": collected.add(found.rules)} for found in explanation.alternatives
    ]
    collected.finish()
    return {
        **advice_head("explanation", advice, showing.remark),
        "option": option.id,
        "options": {option.id: option_data(option, advice.options[option.id])},
        "verdict": explanation.verdict,
        "deciding": deciding,
        "outranked": outranked,
        "overridden": overridden,
        "cautions": cautions,
        "why_not": explanation.why_not,
        "alternatives": instead,
        "rules": dict(sorted(collected.rules.items())),
        "findings": dict(sorted(collected.findings.items())),
        "facts": dict(sorted(collected.facts.items())),
        "propositions": {
            found.id: _proposition(found, showing.texts or {})
            for found in _propositions(advice.rulebook, collected.rules)
        },
    }


def _propositions(rulebook: Rulebook, rules: Iterable[str]) -> list[Proposition]:
    """Return the propositions that rules cite, by source and number; ids of other things are passed over."""
    cited = sorted({id for rule in rules if rule in rulebook.rules for id in rulebook.rules[rule].cite})
    return [rulebook.propositions[id] for id in cited if id in rulebook.propositions]


def _cited(rulebook: Rulebook, rules: Iterable[str], texts: Texts) -> Iterator[Line]:
    shown: set[tuple[str, int]] = set()
    for said in _propositions(rulebook, rules):
        hedge = f" ({said.hedge})" if said.hedge else ""
        place = quiet(f"{GLUE}¶{said.paragraph}")
        yield Line((name(said.id), place, f"  {said.says}{hedge}"), hang=5, anchor=anchor("proposition", said.id))
        where = (said.source, said.paragraph)
        if where in texts and where not in shown:
            shown.add(where)
            yield Line(Span(texts[where], Tone.QUOTATION), 2, sign=Sign.QUOTE, hang=0)


def _proposition(said: Proposition, texts: Texts) -> HedgedPropositionData:
    text = texts.get((said.source, said.paragraph))
    put: HedgedPropositionData = {
        "source": said.source,
        "paragraph": said.paragraph,
        "says": said.says,
        "hedge": said.hedge,
    }
    return put if text is None else {**put, "text": text}


class _Collected:
    """The rules, findings and facts of an explanation, each once."""

    def __init__(self) -> None:
        self.rules: dict[str, ExplainedRuleData] = {}
        self.findings: dict[str, ExplainedFindingData] = {}
        self.facts: dict[str, ExplainedFactData] = {}
        self.waiting: list[RuleNode] = []

    def add(self, nodes: Iterable[RuleNode]) -> list[str]:
        """Remember rules, to be collected with all that they rest on; return their ids."""
        mine = list(nodes)
        self.waiting += mine
        return [node.rule.id for node in mine]

    def finish(self) -> None:
        """Collect every remembered rule, and every rule remembered on the way."""
        while self.waiting:
            node = self.waiting.pop()
            if node.rule.id not in self.rules:
                self.rules[node.rule.id] = {
                    "rule": node.rule.id,
                    **reason(node.rule),
                    "place": str(node.rule.location) if node.rule.location else None,
                    "fired": node.fired,
                    "when": self._condition(node.when),
                    "unless": self._condition(node.unless) if node.unless else None,
                    "overridden_by": self.add(node.overridden_by),
                }

    def _condition(self, node: ConditionNode) -> ConditionData:
        return {
            "holds": node.holds,
            "all": [self._term(term) for term in node.terms],
            "any": [self._condition(branch) for branch in node.any_of],
        }

    def _term(self, node: FactNode | FindingNode) -> TermData:
        compared: TermData = {"value": plain(node.value), "wanted": [*map(plain, node.wanted)], "holds": node.holds}
        if isinstance(node, FactNode):
            fact = node.fact
            label = words.labels(fact, [node.value])
            told: ExplainedFactData = {
                "ask": fact.ask,
                "value": plain(node.value),
                "label": label,
                "note": node.note,
            }
            if node.taken_over:
                told["taken_over"] = node.taken_over
            self.facts[fact.id] = told
            return {"fact": fact.id, **compared}
        finding = node.finding
        if finding.id not in self.findings:
            self.findings[finding.id] = {"says": finding.says, "holds": node.found, "found_by": [], "finders": []}
            self.findings[finding.id]["finders"] = self.add(node.finders)
            self.findings[finding.id]["found_by"] = [rule.rule.id for rule in node.finders if rule.acts]
        return {"finding": finding.id, **compared}
