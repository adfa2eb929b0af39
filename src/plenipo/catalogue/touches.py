"""What touches a thing of the rulebook: what reads it, draws on it, cites it or stands in order with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plenipo.catalogue.entry import Mention, Thing, atom_in_words, in_words, mention
from plenipo.rulebook.model import Condition, Fact, Finding, Option, Proposition, Rule, Rulebook, Source, Verb


def touches(rulebook: Rulebook, thing: Thing) -> dict[str, list[Mention]]:
    """Return the mentions under each heading; a heading may have none."""
    match thing:
        case Fact():
            return _readers(rulebook, thing.id)
        case Option():
            return _on_option(rulebook, thing)
        case Finding():
            return _on_finding(rulebook, thing)
        case Rule():
            return _on_rule(rulebook, thing)
        case Proposition():
            return _citing(rulebook, thing.id)
        case Source():
            said = thing.propositions.values()
            return {"propositions": [mention(each, f"paragraph {each.paragraph}") for each in said]}


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
        touches[f"rules that say {verb}"] = [mention(rule, in_words(rule.when, rulebook.findings)) for rule in drawing]
    return {**touches, "cites": _cited(rulebook, option.cite)}


def _on_finding(rulebook: Rulebook, finding: Finding) -> dict[str, list[Mention]]:
    finds = [
        mention(rule, in_words(rule.when, rulebook.findings))
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


def _cited(rulebook: Rulebook, ids: Iterable[str]) -> list[Mention]:
    said = [rulebook.propositions[id] for id in ids]
    return [mention(each, f"paragraph {each.paragraph} of {each.source}") for each in said]


def _citing(rulebook: Rulebook, id: str) -> dict[str, list[Mention]]:
    citing: Iterator[Rule | Finding | Option] = (
        thing
        for table in (rulebook.rules, rulebook.findings, rulebook.options)
        for thing in table.values()
        if id in thing.cite
    )
    links = [
        mention(option, f"comes {how} {other}")
        for option in rulebook.options.values()
        for how, linked in (("after", option.after), ("with", option.beside))
        for other, link in linked.items()
        if id in link.cite
    ]
    return {"cited by": [mention(thing) for thing in citing], "an order rests on it": links}
