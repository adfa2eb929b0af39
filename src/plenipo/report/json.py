"""
Answers as JSON documents, for other programs: everything an answer holds, nothing worded for the eye.

Every document says its `schema_version` and its `kind`. Keys are added in later versions and never change their meaning
within one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from plenipo.advice.by_source import BySource
from plenipo.advice.conclude import Advice, Firing, OptionAdvice
from plenipo.advice.explain import ConditionNode, Explanation, FactNode, FindingNode, RuleNode
from plenipo.counsel.plan import Entry, Plan, Tie
from plenipo.inquiry.outlook import Outlook, outlook
from plenipo.inquiry.waiting import Release
from plenipo.report import words
from plenipo.report.citations import Texts, citations
from plenipo.report.inquiries import json as inquiries
from plenipo.rulebook.model import Option, Proposition, Rule

if TYPE_CHECKING:
    from fractions import Fraction

    from plenipo.report import Answer

SCHEMA_VERSION = 1

Document = dict[str, Any]


def dumps(document: Document, *, one_line: bool = False) -> str:
    """Return a document as text: plain letters only, so that nothing in it can command a terminal."""
    return json.dumps(document, ensure_ascii=True, indent=None if one_line else 2).replace("\x7f", "\\u007f")


def document(answer: Answer, *, texts: Texts | None = None, remark: str = "") -> Document:
    """Return any answer as a document."""
    match answer:
        case Plan():
            return advice(answer, remark=remark)
        case Explanation():
            return explanation(answer, texts=texts, remark=remark)
        case BySource():
            return by_source(answer, remark=remark)
        case _:
            from plenipo.report.inquiries import answer as asked  # noqa: PLC0415 - advice does without the rest of it

            return {**_head(answer.kind, asked.advice(answer), remark), **asked.document(answer)}


def advice(plan: Plan, *, remark: str = "") -> Document:
    """Return a plan and the advice behind it; the verdicts stand at `options.<id>.verdict`."""
    said, ahead = plan.advice, outlook(plan.advice)
    return {
        **_head("advice", said, remark),
        "options": {
            id: {**_option(said.rulebook.options[id], found), "outlook": inquiries.prospect(ahead.options[id])}
            for id, found in said.options.items()
        },
        "plan": {
            **{name: [_entry(entry, ahead) for entry in getattr(plan, name)] for name, _, _ in words.GROUPS},
            "silent": [option.id for option in plan.silent],
        },
        "findings": {id: said.rulebook.findings[id].says for id in sorted(said.findings)},
        "trace": [_firing(firing) for firing in said.trace],
        "cautions": [
            {"option": id, **_rule(rule)} for id, found in sorted(said.options.items()) for rule in found.cautions
        ],
    }


def explanation(explanation: Explanation, *, texts: Texts | None = None, remark: str = "") -> Document:
    """Return an explanation: rules and findings each once, by id, referred to from wherever they matter."""
    said, collected = explanation.advice, _Collected()
    groups = {name: getattr(explanation, name) for name in ("deciding", "outranked", "overridden", "cautions")}
    listed = {name: collected.add(nodes) for name, nodes in groups.items()}
    instead = [{"verdict": found.verdict, "rules": collected.add(found.rules)} for found in explanation.alternatives]
    collected.finish()
    return {
        **_head("explanation", said, remark),
        "option": explanation.option.id,
        "options": {explanation.option.id: _option(explanation.option, said.options[explanation.option.id])},
        "verdict": explanation.verdict,
        **listed,
        "why_not": explanation.why_not,
        "alternatives": instead,
        "rules": dict(sorted(collected.rules.items())),
        "findings": dict(sorted(collected.findings.items())),
        "facts": dict(sorted(collected.facts.items())),
        "propositions": {
            found.id: _proposition(found, texts or {}) for found in citations(said.rulebook, collected.rules)
        },
    }


def by_source(answer: BySource, *, remark: str = "") -> Document:
    """Return what each essay advises alone beside what they advise together, option by option."""
    return {
        **_head("by-source", answer.together, remark),
        "sources": sorted(answer.alone),
        "options": {
            found.option.id: {
                "verdict": found.together,
                "title": found.option.title,
                "alone": dict(found.alone),
                "agreement": found.agreement,
            }
            for found in answer.options
        },
    }


def _head(kind: str, advice: Advice, remark: str) -> Document:
    rulebook, situation = advice.rulebook, advice.situation
    known = words.known(rulebook, situation)
    return {
        "schema_version": SCHEMA_VERSION,
        "kind": kind,
        "remark": remark,
        "rulebook": {"digest": rulebook.digest, "rules": len(rulebook.rules), "options": len(rulebook.options)},
        "situation": {
            "name": situation.name,
            **({"file": situation.file} if situation.file else {}),
            "title": situation.title,
            "as_of": situation.as_of,
            "facts": {id: situation.facts[id] for id in known},
            "unknown": [id for id in rulebook.facts if id not in known],
            "likely": {id: weights(likely) for id, likely in situation.likely.items()},
            "considering": list(situation.considering),
            "notes": dict(situation.notes),
        },
    }


def weights(likely: Mapping[str, Fraction]) -> Mapping[str, float]:
    """Return weights as numbers, in the order of the situation."""
    return {value: float(weight) for value, weight in likely.items()}


def _option(option: Option, said: OptionAdvice) -> Document:
    strongest = said.decided_by[0] if said.decided_by else None
    return {
        "verdict": said.verdict,
        "title": option.title,
        "because": strongest.because if strongest else None,
        "basis": strongest.basis if strongest else None,
        "strength": strongest.strength if strongest else None,
        "cite": list(strongest.cite) if strongest else [],
        "rules": [rule.id for rule in said.decided_by],
        "reasons": [_rule(rule) for rule in said.decided_by],
        "outranked": [rule.id for rule in said.outranked],
        "overridden": [rule.id for rule in said.overridden],
        "cautions": [rule.id for rule in said.cautions],
    }


def _entry(entry: Entry, ahead: Outlook) -> Document:
    return {
        "option": entry.option.id,
        "verdict": entry.verdict,
        "after": [_tie(tie) for tie in entry.after],
        "with": [_tie(tie) for tie in entry.beside],
        "waits_for": [_release(release) for release in ahead.waits.get(entry.option.id, ())],
        "waits_for_more": entry.option.id in ahead.waits_for_more,
        "parts": [_entry(part, ahead) for part in entry.parts],
    }


def _tie(tie: Tie) -> Document:
    link = tie.link
    cited: Document = {"because": link.because, "cite": list(link.cite), "basis": link.basis}
    return {"option": tie.option.id, **cited, "soft": link.soft}


def _release(release: Release) -> Document:
    return {"facts": {need.name: {"values": list(need.values), "now": need.now} for need in release.needs}}


def _firing(firing: Firing) -> Document:
    return {
        "rule": firing.rule.id,
        "met": [{"name": atom.name, "values": list(atom.values)} for atom in firing.met],
        "drew": [{"verb": drawn.verb, "on": drawn.on} for drawn in firing.drew],
        "overridden_by": list(firing.overridden_by),
    }


def _rule(rule: Rule) -> Document:
    return {
        "rule": rule.id,
        "because": rule.because,
        "cite": list(rule.cite),
        "basis": rule.basis,
        "strength": rule.strength,
    }


def _proposition(said: Proposition, texts: Texts) -> Document:
    told = {"source": said.source, "paragraph": said.paragraph, "says": said.says, "hedge": said.hedge}
    text = texts.get((said.source, said.paragraph))
    return told if text is None else {**told, "text": text}


class _Collected:
    """The rules, findings and facts of an explanation, each once."""

    def __init__(self) -> None:
        self.rules: dict[str, Document] = {}
        self.findings: dict[str, Document] = {}
        self.facts: dict[str, Document] = {}
        self.waiting: list[RuleNode] = []

    def add(self, nodes: Iterable[RuleNode]) -> list[str]:
        """Remember rules, to be collected with all they stand on; return their ids."""
        mine = list(nodes)
        self.waiting += mine
        return [node.rule.id for node in mine]

    def finish(self) -> None:
        """Collect every remembered rule, and every rule remembered on the way."""
        while self.waiting:
            node = self.waiting.pop()
            if node.rule.id not in self.rules:
                self.rules[node.rule.id] = {
                    **_rule(node.rule),
                    "place": str(node.rule.location) if node.rule.location else None,
                    "fired": node.fired,
                    "when": self._condition(node.when),
                    "unless": self._condition(node.unless) if node.unless else None,
                    "overridden_by": self.add(node.overridden_by),
                }

    def _condition(self, node: ConditionNode) -> Document:
        return {
            "holds": node.holds,
            "all": [self._term(term) for term in node.terms],
            "any": [self._condition(branch) for branch in node.any_of],
        }

    def _term(self, node: FactNode | FindingNode) -> Document:
        if isinstance(node, FactNode):
            fact = node.fact
            told: Mapping[str, str] = {"ask": fact.ask, "value": node.value, "label": words.labels(fact, [node.value])}
            self.facts[fact.id] = {**told, "note": node.note}
            return {"fact": fact.id, "value": node.value, "wanted": list(node.wanted), "holds": node.holds}
        finding = node.finding
        if finding.id not in self.findings:
            self.findings[finding.id] = {"says": finding.says, "holds": node.found, "found_by": [], "finders": []}
            self.findings[finding.id]["finders"] = self.add(node.finders)
            self.findings[finding.id]["found_by"] = [rule.rule.id for rule in node.finders if rule.acts]
        return {"finding": finding.id, "value": node.value, "wanted": list(node.wanted), "holds": node.holds}
