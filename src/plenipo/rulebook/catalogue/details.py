"""The particulars of a thing of the rulebook: what stands in its own entry, label by label."""

from __future__ import annotations

from plenipo.rulebook.catalogue.entry import Thing, in_words
from plenipo.rulebook.model import Condition, Constraint, Fact, Finding, Option, Proposition, Rule, Rulebook, Source


def particulars(rulebook: Rulebook, thing: Thing) -> dict[str, list[str]]:
    """Return the lines under each label; a label may have none, and a line may be empty."""
    match thing:
        case Fact():
            return _fact(thing)
        case Option() | Finding():
            return {"group": [thing.group] if isinstance(thing, Option) else [], "help": [thing.help]}
        case Rule():
            return _rule(rulebook, thing)
        case Constraint():
            return {"never": [in_words(thing.never)]}
        case Proposition():
            return _proposition(rulebook, thing)
        case Source():
            return _source(thing)


def _fact(fact: Fact) -> dict[str, list[str]]:
    return {
        "group": [fact.group],
        "values": [f"{value}: {label}" for value, label in fact.values.items()],
        "help": [fact.help],
        "why it matters": [fact.why],
        "who can change it": [] if fact.movable else ["nobody: it is not within anybody's reach"],
    }


def _rule(rulebook: Rulebook, rule: Rule) -> dict[str, list[str]]:
    return {
        "track": [rule.track],
        "when": [] if rule.unless and rule.when == Condition() else [in_words(rule.when, rulebook.findings)],
        "unless": [in_words(rule.unless, rulebook.findings)] if rule.unless else [],
        "then": [f"{drawn.verb} {drawn.on}" for drawn in rule.then],
        "basis": [f"{rule.basis}, the author's word: {rule.strength}"],
        "rests on its sources": ["jointly: neither gives it alone"] if rule.jointly else [],
    }


def _proposition(rulebook: Rulebook, said: Proposition) -> dict[str, list[str]]:
    source = rulebook.sources[said.source]
    return {
        "source": [f"{source.id}: {source.called}, {source.author}, paragraph {said.paragraph}"],
        "kind": [said.kind],
        "how it is put": [", ".join(part for part in (str(said.strength), said.hedge) if part)],
        "background": [said.background],
    }


def _source(source: Source) -> dict[str, list[str]]:
    return {
        "author": [source.author],
        "outlet": [source.outlet],
        "date": [source.date],
        "file": [source.file],
        "paragraphs": [str(len(source.paragraphs))],
    }
