"""What touches a thing of the rulebook: what reads it, draws on it, cites it or comes before or after it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from plenipo.rulebook.catalogue.entry import Mention, atom_in_words, mention, rule_in_words
from plenipo.rulebook.citations import every_citation
from plenipo.rulebook.model import (
    Condition,
    Constraint,
    Fact,
    Finding,
    Option,
    Party,
    Proposition,
    Rule,
    Rulebook,
    Source,
    Subject,
    Thing,
    Verb,
)

#: What a proposition is cited for that is cited for one key of an option.
CITED_KEYS = {"arises_when": "when it arises", "headline": "its rank", "by": "who acts", "brings": "what it brings"}


def touches(rulebook: Rulebook, thing: Thing) -> dict[str, list[Mention]]:
    """Return the mentions under each heading; a heading may have none."""
    return TOUCHES[type(thing)](rulebook, thing)


def _on_fact(rulebook: Rulebook, fact: Fact) -> dict[str, list[Mention]]:
    constraints = [each for each in rulebook.constraints if fact.id in {atom.name for atom in each.never.every_atom()}]
    return {
        **_readers(rulebook, fact.id),
        "brought about by": [mention(option, note) for option, note in _bringers(rulebook, fact)],
        "held apart by": [mention(constraint) for constraint in constraints],
        "cites": _cited(rulebook, fact.cite),
    }


def _readers(rulebook: Rulebook, name: str) -> dict[str, list[Mention]]:
    def reading(condition: Condition | None) -> str:
        atoms = [atom for atom in condition.every_atom() if atom.name == name] if condition else []
        return " or ".join(dict.fromkeys(atom_in_words(atom, frozenset(rulebook.findings)) for atom in atoms))

    found: dict[str, list[Mention]] = {"read by": [], "kept back by": []}
    for rule in rulebook.rules.values():
        if note := reading(rule.when):
            found["read by"].append(mention(rule, note))
        if note := reading(rule.unless):
            found["kept back by"].append(mention(rule, f"unless {note}"))
    for option in rulebook.options.values():
        if note := reading(option.arises_when):
            found.setdefault("brings up", []).append(mention(option, note))
    return found


def _bringers(rulebook: Rulebook, fact: Fact) -> Iterator[tuple[Option, str]]:
    for option in rulebook.options.values():
        values = dict.fromkeys(outcome.facts[fact.id] for outcome in option.brings if fact.id in outcome.facts)
        if values:
            yield option, " or ".join(values)


def _on_party(rulebook: Rulebook, party: Party) -> dict[str, list[Mention]]:
    options = rulebook.options.values()
    return {
        "knows": [mention(fact) for fact in rulebook.facts.values() if party.id in fact.known_to],
        "acts in": [mention(option) for option in options if party.id in option.by],
        "chooses the outcome of": [
            mention(option) for option in options if party.id in {outcome.by for outcome in option.brings}
        ],
    }


def _on_option(rulebook: Rulebook, option: Option) -> dict[str, list[Mention]]:
    options = rulebook.options
    touches: dict[str, list[Mention]] = {
        "part of": [mention(options[option.part_of])] if option.part_of else [],
        "parts": [mention(other) for other in options.values() if other.part_of == option.id],
        "comes after": [mention(options[id], link.because) for id, link in option.after.items()],
        "comes before": [mention(o, o.after[option.id].because) for o in options.values() if option.id in o.after],
        "goes with": [
            *(mention(options[id], link.because) for id, link in option.beside.items()),
            *(mention(o, o.beside[option.id].because) for o in options.values() if option.id in o.beside),
        ],
    }
    for verb in Verb:
        drawing = [
            rule
            for rule in rulebook.rules.values()
            for drawn in rule.then
            if (drawn.verb, drawn.on) == (verb, option.id)
        ]
        touches[f"rules that say {verb}"] = [mention(rule, rule_in_words(rule, rulebook.findings)) for rule in drawing]
    return {**touches, "cites": _cited(rulebook, option.cite)}


def _on_finding(rulebook: Rulebook, finding: Finding) -> dict[str, list[Mention]]:
    finds = [
        mention(rule, rule_in_words(rule, rulebook.findings))
        for rule in rulebook.rules.values()
        for drawn in rule.then
        if drawn.verb is Verb.FIND and drawn.on == finding.id
    ]
    return {"found by": finds, **_readers(rulebook, finding.id), "cites": _cited(rulebook, finding.cite)}


def _on_rule(rulebook: Rulebook, rule: Rule) -> dict[str, list[Mention]]:
    read = dict.fromkeys(atom.name for atom in rule.every_atom())
    on = [(drawn, rulebook.findings if drawn.verb is Verb.FIND else rulebook.options) for drawn in rule.then]
    return {
        "reads": [mention(rulebook.findings.get(id) or rulebook.facts[id]) for id in read],
        "draws on": [mention(table[drawn.on], drawn.verb) for drawn, table in on],
        "overrides": [mention(rulebook.rules[id]) for id in rule.overrides],
        "overridden by": [mention(rulebook.rules[id]) for id in rulebook.overriders.get(rule.id, ())],
        "cites": _cited(rulebook, rule.cite),
    }


def _on_constraint(rulebook: Rulebook, constraint: Constraint) -> dict[str, list[Mention]]:
    read = dict.fromkeys(atom.name for atom in constraint.never.every_atom())
    return {"reads": [mention(rulebook.facts[id]) for id in read], "cites": _cited(rulebook, constraint.cite)}


def _cited(rulebook: Rulebook, ids: Iterable[str]) -> list[Mention]:
    said = [rulebook.propositions[id] for id in ids]
    return [mention(each, f"paragraph {each.paragraph} of {each.source}") for each in said]


def _on_proposition(rulebook: Rulebook, said: Proposition) -> dict[str, list[Mention]]:
    citing = [citation for citation in every_citation(rulebook) if citation.proposition == said.id]
    return {
        "cited by": [
            mention(each.by, f"for {CITED_KEYS[each.key]}" if each.key else "") for each in citing if not each.order
        ],
        "an order rests on it": [mention(each.by, f"comes {each.order}") for each in citing if each.order],
    }


def _on_source(rulebook: Rulebook, source: Source) -> dict[str, list[Mention]]:
    return {
        "headlines": [mention(option) for option in rulebook.options.values() if source.id in option.headline],
        "propositions": [mention(each, f"paragraph {each.paragraph}") for each in source.propositions.values()],
    }


def _on_subject(rulebook: Rulebook, subject: Subject) -> dict[str, list[Mention]]:
    return {
        "facts": [mention(fact) for fact in rulebook.facts.values() if fact.group == subject.id],
        "options": [mention(option) for option in rulebook.options.values() if option.group == subject.id],
    }


#: How what touches each kind of thing is found.
TOUCHES: Mapping[type, Callable[[Rulebook, Any], dict[str, list[Mention]]]] = {
    Fact: _on_fact,
    Option: _on_option,
    Finding: _on_finding,
    Party: _on_party,
    Subject: _on_subject,
    Constraint: _on_constraint,
    Rule: _on_rule,
    Proposition: _on_proposition,
    Source: _on_source,
}
