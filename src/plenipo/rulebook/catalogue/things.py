"""What the catalogue says of each kind of thing: what its own entry says, label by label, and what touches it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from plenipo.rulebook import model
from plenipo.rulebook.catalogue.entry import Mention, atom_in_words, in_words, mention, rule_in_words
from plenipo.rulebook.citations import every_citation

#: The lines under each label, and the mentions under each heading; there may be none, and a line may be empty.
Description = tuple[dict[str, list[str]], dict[str, list[Mention]]]

OURS = "our reading"
#: What a proposition is cited for that is cited for one key of an option.
CITED_KEYS = {"arises_when": "when it arises", "headline": "its rank", "by": "who acts", "brings": "what it brings"}


def _fact(rulebook: model.Rulebook, fact: model.Fact) -> Description:
    unmovable = "time alone" if fact.calendar else "nobody: it is not within anybody's reach"
    said = {
        "group": [rulebook.subject(fact.group)],
        "values": [f"{value}: {label}" for value, label in fact.values.items()],
        "help": [fact.help],
        "why it matters": [fact.why],
        "who can change it": [] if fact.movable else [unmovable],
        "when it is asked": [f"first: it places a situation ({OURS})"] if fact.orienting else [],
        "who knows it": [f"{_titles(rulebook, fact.known_to)} ({OURS})"] if fact.known_to else [],
    }
    constraints = [each for each in rulebook.constraints if fact.id in {atom.name for atom in each.never.every_atom()}]
    return said, {
        **_readers(rulebook, fact.id),
        "brought about by": [mention(option, note) for option, note in _bringers(rulebook, fact)],
        "held apart by": [mention(constraint) for constraint in constraints],
        "cites": _cited(rulebook, fact.cite),
    }


def _readers(rulebook: model.Rulebook, name: str) -> dict[str, list[Mention]]:
    def reading(condition: model.Condition | None) -> str:
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


def _bringers(rulebook: model.Rulebook, fact: model.Fact) -> Iterator[tuple[model.Option, str]]:
    for option in rulebook.options.values():
        values = dict.fromkeys(outcome.facts[fact.id] for outcome in option.brings if fact.id in outcome.facts)
        if values:
            yield option, " or ".join(values)


def _party(rulebook: model.Rulebook, party: model.Party) -> Description:
    options = rulebook.options.values()
    return {"side": ["one's own" if party.own else "another"]}, {
        "knows": [mention(fact) for fact in rulebook.facts.values() if party.id in fact.known_to],
        "acts in": [mention(option) for option in options if party.id in option.by],
        "chooses the outcome of": [
            mention(option) for option in options if party.id in {outcome.by for outcome in option.brings}
        ],
    }


def _option(rulebook: model.Rulebook, option: model.Option) -> Description:
    labelled = {
        ("arises_when", "arises when"): (
            [in_words(option.arises_when, rulebook.findings)] if option.arises_when else []
        ),
        ("headline", "headline"): [f"of {' and '.join(option.headline)}"] if option.headline else [],
        ("by", "who acts"): [_titles(rulebook, option.by)] if option.by else [],
        ("brings", "brings"): [_outcome(rulebook, outcome) for outcome in option.brings],
    }
    said = {"group": [rulebook.subject(option.group)], "help": [option.help]}
    for (key, label), lines in labelled.items():
        said[label] = [f"{line} ({', '.join(option.cited_for.get(key, ())) or OURS})" for line in lines]
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
    for verb in model.Verb:
        touches[f"rules that say {verb}"] = _drawing(rulebook, verb, option.id)
    return said, {**touches, "cites": _cited(rulebook, option.cite)}


def _outcome(rulebook: model.Rulebook, outcome: model.Outcome) -> str:
    brought = ", and ".join(f"{fact} is {value}" for fact, value in outcome.facts.items())
    if not outcome.title:
        return brought
    chosen = f", if {rulebook.parties[outcome.by].title} so chooses" if outcome.by else ""
    return f"{outcome.title}{chosen}: {brought}"


def _titles(rulebook: model.Rulebook, parties: Iterable[str]) -> str:
    return ", ".join(rulebook.parties[id].title for id in parties)


def _drawing(rulebook: model.Rulebook, verb: model.Verb, on: str) -> list[Mention]:
    drawing = [(rule, drawn) for rule in rulebook.rules.values() for drawn in rule.then]
    return [
        mention(rule, rule_in_words(rule, rulebook.findings))
        for rule, drawn in drawing
        if (drawn.verb, drawn.on) == (verb, on)
    ]


def _finding(rulebook: model.Rulebook, finding: model.Finding) -> Description:
    opens = f"says how the sources read a situation, and may open an answer ({OURS})"
    said = {"help": [finding.help], "in an answer": [opens] if finding.opens_answer else []}
    found = {"found by": _drawing(rulebook, model.Verb.FIND, finding.id), **_readers(rulebook, finding.id)}
    return said, {**found, "cites": _cited(rulebook, finding.cite)}


def _rule(rulebook: model.Rulebook, rule: model.Rule) -> Description:
    said = {
        "track": [rule.track],
        "when": [] if rule.unless and rule.when == model.Condition() else [in_words(rule.when, rulebook.findings)],
        "unless": [in_words(rule.unless, rulebook.findings)] if rule.unless else [],
        "then": [f"{drawn.verb} {drawn.on}" for drawn in rule.then],
        "basis": [f"{rule.basis}, the author's word: {rule.strength}"],
        "rests on its sources": ["jointly: neither gives it alone"] if rule.jointly else [],
    }
    read = dict.fromkeys(atom.name for atom in rule.every_atom())
    on = [(drawn, rulebook.findings if drawn.verb is model.Verb.FIND else rulebook.options) for drawn in rule.then]
    return said, {
        "reads": [mention(rulebook.findings.get(id) or rulebook.facts[id]) for id in read],
        "draws on": [mention(table[drawn.on], drawn.verb) for drawn, table in on],
        "overrides": [mention(rulebook.rules[id]) for id in rule.overrides],
        "overridden by": [mention(rulebook.rules[id]) for id in rulebook.overriders.get(rule.id, ())],
        "cites": _cited(rulebook, rule.cite),
    }


def _constraint(rulebook: model.Rulebook, constraint: model.Constraint) -> Description:
    read = dict.fromkeys(atom.name for atom in constraint.never.every_atom())
    reads = [mention(rulebook.facts[id]) for id in read]
    return {"never": [in_words(constraint.never)]}, {"reads": reads, "cites": _cited(rulebook, constraint.cite)}


def _cited(rulebook: model.Rulebook, ids: Iterable[str]) -> list[Mention]:
    said = [rulebook.propositions[id] for id in ids]
    return [mention(each, f"paragraph {each.paragraph} of {each.source}") for each in said]


def _proposition(rulebook: model.Rulebook, said: model.Proposition) -> Description:
    source = rulebook.sources[said.source]
    entry = {
        "source": [f"{source.id}: {source.called}, {source.author}, paragraph {said.paragraph}"],
        "kind": [said.kind],
        "how it is put": [", ".join(part for part in (str(said.strength), said.hedge) if part)],
        "background": [said.background],
    }
    citing = [citation for citation in every_citation(rulebook) if citation.proposition == said.id]
    return entry, {
        "cited by": [
            mention(each.by, f"for {CITED_KEYS[each.key]}" if each.key else "") for each in citing if not each.order
        ],
        "an order rests on it": [mention(each.by, f"comes {each.order}") for each in citing if each.order],
    }


def _source(rulebook: model.Rulebook, source: model.Source) -> Description:
    said = {
        "author": [source.author],
        "outlet": [source.outlet],
        "date": [source.date],
        "file": [source.file],
        "paragraphs": [str(len(source.paragraphs))],
    }
    return said, {
        "headlines": [mention(option) for option in rulebook.options.values() if source.id in option.headline],
        "propositions": [mention(each, f"paragraph {each.paragraph}") for each in source.propositions.values()],
    }


def _subject(rulebook: model.Rulebook, subject: model.Subject) -> Description:
    return {}, {
        "facts": [mention(fact) for fact in rulebook.facts.values() if fact.group == subject.id],
        "options": [mention(option) for option in rulebook.options.values() if option.group == subject.id],
    }


#: How each kind of thing is described.
DESCRIBED: Mapping[type, Callable[[model.Rulebook, Any], Description]] = {
    model.Fact: _fact,
    model.Option: _option,
    model.Finding: _finding,
    model.Party: _party,
    model.Subject: _subject,
    model.Constraint: _constraint,
    model.Rule: _rule,
    model.Proposition: _proposition,
    model.Source: _source,
}
