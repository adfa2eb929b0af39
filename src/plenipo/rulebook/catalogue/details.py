"""The particulars of a thing of the rulebook: what its own entry says, label by label."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from plenipo.rulebook.catalogue.entry import in_words
from plenipo.rulebook.model import (
    Condition,
    Constraint,
    Fact,
    Finding,
    Option,
    Outcome,
    Party,
    Proposition,
    Rule,
    Rulebook,
    Source,
    Subject,
    Thing,
)

OURS = "our reading"
NOBODY, TIME = "nobody: it is not within anybody's reach", "nobody: time alone brings it"


def particulars(rulebook: Rulebook, thing: Thing) -> dict[str, list[str]]:
    """Return the lines under each label; a label may have none, and a line may be empty."""
    return PARTICULARS[type(thing)](rulebook, thing)


def _fact(rulebook: Rulebook, fact: Fact) -> dict[str, list[str]]:
    return {
        "group": [rulebook.subject(fact.group)],
        "values": [f"{value}: {label}" for value, label in fact.values.items()],
        "help": [fact.help],
        "why it matters": [fact.why],
        "who can change it": []
        if fact.movable
        else ["time alone" if fact.calendar else "nobody: it is not within anybody's reach"],
        "when it is asked": [f"first: it places a situation ({OURS})"] if fact.orienting else [],
        "who knows it": [f"{_titles(rulebook, fact.known_to)} ({OURS})"] if fact.known_to else [],
    }


def _option(rulebook: Rulebook, option: Option) -> dict[str, list[str]]:
    said = {
        "arises_when": [in_words(option.arises_when, rulebook.findings)] if option.arises_when else [],
        "headline": [f"of {' and '.join(option.headline)}"] if option.headline else [],
        "by": [_titles(rulebook, option.by)] if option.by else [],
        "brings": [_outcome(rulebook, outcome) for outcome in option.brings],
    }
    labels = {"arises_when": "arises when", "headline": "headline", "by": "who acts", "brings": "brings"}
    return {
        "group": [rulebook.subject(option.group)],
        "help": [option.help],
        **{
            label: [f"{line} ({', '.join(option.cited_for.get(key, ())) or OURS})" for line in said[key]]
            for key, label in labels.items()
        },
    }


def _outcome(rulebook: Rulebook, outcome: Outcome) -> str:
    brought = ", and ".join(f"{fact} is {value}" for fact, value in outcome.facts.items())
    if not outcome.title:
        return brought
    chosen = f", if {rulebook.parties[outcome.by].title} so chooses" if outcome.by else ""
    return f"{outcome.title}{chosen}: {brought}"


def _titles(rulebook: Rulebook, parties: Iterable[str]) -> str:
    return ", ".join(rulebook.parties[id].title for id in parties)


def _finding(_: Rulebook, finding: Finding) -> dict[str, list[str]]:
    opens = f"says how the sources read a situation, and may open an answer ({OURS})"
    return {"help": [finding.help], "in an answer": [opens] if finding.opens_answer else []}


def _party(_: Rulebook, party: Party) -> dict[str, list[str]]:
    return {"side": ["one's own" if party.own else "another"]}


def _rule(rulebook: Rulebook, rule: Rule) -> dict[str, list[str]]:
    return {
        "track": [rule.track],
        "when": [] if rule.unless and rule.when == Condition() else [in_words(rule.when, rulebook.findings)],
        "unless": [in_words(rule.unless, rulebook.findings)] if rule.unless else [],
        "then": [f"{drawn.verb} {drawn.on}" for drawn in rule.then],
        "basis": [f"{rule.basis}, the author's word: {rule.strength}"],
        "rests on its sources": ["jointly: neither gives it alone"] if rule.jointly else [],
    }


def _constraint(_: Rulebook, constraint: Constraint) -> dict[str, list[str]]:
    return {"never": [in_words(constraint.never)]}


def _proposition(rulebook: Rulebook, said: Proposition) -> dict[str, list[str]]:
    source = rulebook.sources[said.source]
    return {
        "source": [f"{source.id}: {source.called}, {source.author}, paragraph {said.paragraph}"],
        "kind": [said.kind],
        "how it is put": [", ".join(part for part in (str(said.strength), said.hedge) if part)],
        "background": [said.background],
    }


def _source(_: Rulebook, source: Source) -> dict[str, list[str]]:
    return {
        "author": [source.author],
        "outlet": [source.outlet],
        "date": [source.date],
        "file": [source.file],
        "paragraphs": [str(len(source.paragraphs))],
    }


#: How the particulars of each kind of thing are found.
PARTICULARS: Mapping[type, Callable[[Rulebook, Any], dict[str, list[str]]]] = {
    Fact: _fact,
    Option: _option,
    Finding: _finding,
    Party: _party,
    Subject: lambda _, __: {},
    Constraint: _constraint,
    Rule: _rule,
    Proposition: _proposition,
    Source: _source,
}
