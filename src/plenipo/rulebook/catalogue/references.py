"""What touches a thing of the rulebook: what reads it, draws on it, cites it or stands in order with it."""

from __future__ import annotations

from collections.abc import Iterable

from plenipo.rulebook.catalogue.entry import Mention, Thing, atom_in_words, mention, rule_in_words
from plenipo.rulebook.citations import citations
from plenipo.rulebook.model import (
    Condition,
    Constraint,
    Fact,
    Finding,
    Option,
    Proposition,
    Rule,
    Rulebook,
    Source,
    Verb,
)


def touches(rulebook: Rulebook, thing: Thing) -> dict[str, list[Mention]]:
    """Return the mentions under each heading; a heading may have none."""
    told: dict[str, list[Mention]] = {}
    match thing:
        case Fact():
            told = _on_fact(rulebook, thing)
        case Option():
            told = _on_option(rulebook, thing)
        case Finding():
            told = _on_finding(rulebook, thing)
        case Rule():
            told = _on_rule(rulebook, thing)
        case Constraint():
            told = _on_constraint(rulebook, thing)
        case Proposition():
            told = _citing(rulebook, thing.id)
        case Source():
            said = thing.propositions.values()
            told["propositions"] = [mention(each, f"paragraph {each.paragraph}") for each in said]
    return told


def _on_fact(rulebook: Rulebook, fact: Fact) -> dict[str, list[Mention]]:
    constraints = [each for each in rulebook.constraints if fact.id in {atom.name for atom in each.never.every_atom()}]
    return {
        **_readers(rulebook, fact.id),
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
    return found


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


def _citing(rulebook: Rulebook, id: str) -> dict[str, list[Mention]]:
    citing = [citation for citation in citations(rulebook) if citation.proposition == id]
    return {
        "cited by": [mention(citation.by) for citation in citing if not citation.order],
        "an order rests on it": [mention(each.by, f"comes {each.order}") for each in citing if each.order],
    }
