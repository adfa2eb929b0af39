"""
Drafting: the files of a rulebook become one draft, entry by entry.

An entry that does not fit its shape costs only itself: its faults are noted, its id stays known, what it names is still
checked, and everything else is understood as far as it goes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from plenipo.errors import Location
from plenipo.rulebook.draft import (
    CONSTRAINT,
    FACT,
    FINDING,
    OPTION,
    PARTY,
    PROPOSITION,
    RULE,
    SOURCE,
    SUBJECT,
    Draft,
    Entry,
    Name,
    Written,
    texts,
)
from plenipo.rulebook.faults import Faults, quoted
from plenipo.rulebook.file_format import (
    AcceptanceShape,
    ConditionShape,
    ConstraintShape,
    FactShape,
    FindingShape,
    LinkShape,
    OptionShape,
    PartyShape,
    RuleShape,
    SourceShape,
    SubjectShape,
)
from plenipo.rulebook.folder import RULES, SOURCES, File, Folder
from plenipo.rulebook.model import (
    SPELLINGS,
    Acceptance,
    Atom,
    Conclusion,
    Condition,
    Constraint,
    Fact,
    Finding,
    Link,
    Option,
    Outcome,
    Party,
    Proposition,
    Rule,
    Source,
    Subject,
    Verb,
)
from plenipo.rulebook.validation import fit
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import parse


def draft(folder: Folder, faults: Faults) -> Draft:
    """Return what the files say; everything in them that could not be understood is added to `faults`."""
    drafted = Draft(lacking=set(folder.lacking))
    trees: dict[str, list[tuple[File, Node]]] = {}
    for file in folder.files:
        tree = parse(file.data, file.name, faults)
        if tree is None:
            drafted.lacking.add(file.kind)
        else:
            trees.setdefault(file.kind, []).append((file, tree))
    for kind, read in READERS.items():
        for file, tree in trees.get(kind, ()):
            if not read(drafted, file, tree, faults):
                drafted.lacking.add(kind)
    return drafted


def _facts(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    for group, id, node, place in _grouped(tree, "facts", faults):
        drafted.groups.append(group)
        drafted.names.append(Name(FACT, id, place))
        drafted.written.append(Written(FACT, id, node))
        if shape := fit(FactShape, node, f"fact {quoted(id)}", faults):
            fact = Fact(
                id,
                group,
                shape.ask,
                shape.values,
                shape.help,
                shape.why,
                shape.movable,
                shape.cite,
                place,
                shape.title,
                shape.orienting,
                shape.known_to,
            )
            drafted.facts.append(Entry(fact, node, place))
    return "facts" in tree.entries


def _options(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    for group, id, node, place in _grouped(tree, "options", faults):
        drafted.groups.append(group)
        drafted.names.append(Name(OPTION, id, place))
        drafted.written.append(Written(OPTION, id, node))
        if shape := fit(OptionShape, node, f"option {quoted(id)}", faults):
            drafted.options.append(Entry(_option(id, group, shape, place, drafted.fact), node, place))
    return "options" in tree.entries


def _findings(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    for id, node, place in _under(tree, "findings", faults):
        drafted.names.append(Name(FINDING, id, place))
        drafted.written.append(Written(FINDING, id, node))
        if shape := fit(FindingShape, node, f"finding {quoted(id)}", faults):
            drafted.findings.append(Entry(_finding(id, shape, place), node, place))
    return "findings" in tree.entries


def _parties(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    for id, node, place in _under(tree, "parties", faults):
        drafted.names.append(Name(PARTY, id, place))
        if shape := fit(PartyShape, node, f"party {quoted(id)}", faults):
            drafted.parties.append(Entry(Party(id, shape.title, shape.own, place), node, place))
    return "parties" in tree.entries


def _subjects(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    for id, node, place in _under(tree, "subjects", faults):
        drafted.names.append(Name(SUBJECT, id, place))
        if drafted.complete("facts", "options") and id not in drafted.groups:
            message = f"no group of facts or options is called {quoted(id)}"
            faults.add("unknown-key", message, place, near=(id, drafted.groups))
        if shape := fit(SubjectShape, node, f"subject {quoted(id)}", faults):
            drafted.subjects.append(Entry(Subject(id, shape.title, place), node, place))
    return "subjects" in tree.entries


def _constraints(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    for id, node, place in _under(tree, "constraints", faults):
        drafted.names.append(Name(CONSTRAINT, id, place))
        drafted.written.append(Written(CONSTRAINT, id, node))
        if shape := fit(ConstraintShape, node, f"constraint {quoted(id)}", faults):
            never = _condition(shape.never, drafted.fact)
            drafted.constraints.append(Entry(Constraint(id, never, shape.because, shape.cite, place), node, place))
    return "constraints" in tree.entries


def _accepted(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    if not _is_list(tree, "remarks that may stand", "check", faults):
        return False
    for node in tree.items:
        if shape := fit(AcceptanceShape, node, "this entry", faults):
            for subject, place in texts(node.entries["of"]):
                drafted.accepted.append(Acceptance(shape.check, subject, shape.because, place))
    return True


def _rules(drafted: Draft, file: File, tree: Node, faults: Faults) -> bool:
    if not _is_list(tree, "rules", "id", faults):
        return False
    for node in tree.items:
        id_node = node.entries.get("id")
        id = (id_node.text if id_node else None) or ""
        if id:
            drafted.names.append(Name(RULE, id, node.find("id").place))
        drafted.written.append(Written(RULE, id, node))
        if shape := fit(RuleShape, node, f"rule {quoted(id)}" if id else "this rule", faults):
            drafted.rules.append(Entry(_rule(shape, file.stem, node.place, drafted), node, node.place))
    return True


def _sources(drafted: Draft, _: File, tree: Node, faults: Faults) -> bool:
    id = tree.entries["id"].text if "id" in tree.entries else None
    said = tree.entries.get("propositions", tree)
    drafted.names.extend(Name(PROPOSITION, name, place) for name, place in said.keys.items())
    shape = fit(SourceShape, tree, f"source {quoted(id)}" if id else "this source", faults)
    if shape is None:
        return "propositions" in tree.entries
    propositions = {}
    for name, part in shape.propositions.items():
        place = said.keys[name]
        text = (part.kind, part.strength, part.says, part.hedge, part.background)
        made = Proposition(name, shape.id, part.paragraph, *text, place)
        propositions[name] = made
        drafted.propositions.append(Entry(made, said.find(name), place))
    place = tree.find("id").place
    drafted.names.append(Name(SOURCE, shape.id, place))
    known = {"title": shape.title, "outlet": shape.outlet, "date": shape.date}
    made_source = Source(shape.id, shape.author, shape.file, shape.paragraphs, propositions, **known)
    drafted.sources.append(Entry(made_source, tree, place))
    return True


#: How each kind of file is understood, in this order: rules are read against the facts. Each says whether it was.
READERS: Mapping[str, Callable[[Draft, File, Node, Faults], bool]] = {
    "facts": _facts,
    "options": _options,
    "findings": _findings,
    "parties": _parties,
    "subjects": _subjects,
    "constraints": _constraints,
    "accepted": _accepted,
    RULES: _rules,
    SOURCES: _sources,
}


def _is_list(tree: Node, what: str, key: str, faults: Faults) -> bool:
    if isinstance(tree.value, list):
        return True
    message = f"this file should be a list of {what}, not {tree.kind}"
    faults.add("wrong-shape", message, tree.place, help=(f"begin each entry with `- {key}:`",))
    return False


def _under(tree: Node, key: str, faults: Faults) -> Iterable[tuple[str, Node, Location]]:
    """Yield id, node and place of what stands under the one key that a vocabulary file has."""
    for other, place in tree.keys.items():
        if other != key:
            message = f"this file has no key {quoted(other)}"
            faults.add("unknown-key", message, place, help=(f"everything in it stands under {quoted(key)}",))
    if key not in tree.entries:
        faults.add("missing-key", f"this file lacks {quoted(key)}", tree.place)
        return
    below = tree.entries[key]
    if below.kind in ("text", "a list"):
        faults.add("wrong-shape", f"{quoted(key)} should be a mapping, not {below.kind}", below.place)
    for id, node in below.entries.items():
        yield id, node, below.keys[id]


def _grouped(tree: Node, key: str, faults: Faults) -> Iterable[tuple[str, str, Node, Location]]:
    """Yield group, id, node and place of what stands under the key, in groups."""
    for group, members, place in _under(tree, key, faults):
        if not isinstance(members.value, dict):
            message = f"the group {quoted(group)} should be a mapping from ids, not {members.kind}"
            faults.add("wrong-shape", message, place, help=(f"{quoted(key)} holds groups, and groups hold entries",))
        for id, node in members.entries.items():
            yield group, id, node, members.keys[id]


def _linked(links: Mapping[str, LinkShape]) -> dict[str, Link]:
    return {id: Link(link.cite, link.basis, link.because, link.soft, link.exchange) for id, link in links.items()}


def _option(id: str, group: str, shape: OptionShape, place: Location, facts: Mapping[str, Fact]) -> Option:
    return Option(
        id,
        group,
        shape.title,
        shape.help,
        shape.part_of,
        _linked(shape.after),
        _linked(shape.beside),
        shape.cite,
        place,
        None if shape.arises_when is None else _condition(shape.arises_when, facts),
        shape.headline,
        shape.by,
        _outcomes(shape, facts),
        {key: cited for key, cited in (shape.cited_for or ()) if cited},
    )


def _outcomes(shape: OptionShape, facts: Mapping[str, Fact]) -> tuple[Outcome, ...]:
    if isinstance(shape.brings, dict):
        return (Outcome(_brought(shape.brings, facts)),)
    return tuple(Outcome(_brought(each.facts, facts), each.outcome, each.by) for each in shape.brings)


def _brought(written: Mapping[str, str], facts: Mapping[str, Fact]) -> dict[str, str]:
    return {id: _values(facts.get(id), [value])[0] for id, value in written.items()}


def _finding(id: str, shape: FindingShape, place: Location) -> Finding:
    return Finding(id, shape.says, shape.help, shape.cite, place, shape.opens_answer)


def _rule(shape: RuleShape, track: str, place: Location, drafted: Draft) -> Rule:
    drawn = {Conclusion(verb, id): None for verb in Verb for id in getattr(shape.then, verb.value)}
    return Rule(
        shape.id,
        track,
        tuple(drawn),
        shape.because,
        shape.cite,
        shape.basis,
        shape.strength,
        _condition(shape.when, drafted.fact),
        None if shape.unless is None else _condition(shape.unless, drafted.fact),
        shape.overrides,
        shape.jointly,
        place,
    )


def _condition(shape: ConditionShape, facts: Mapping[str, Fact]) -> Condition:
    tests = shape.__pydantic_extra__ or {}
    atoms = tuple(Atom(name, _values(facts.get(name), values)) for name, values in tests.items())
    return Condition(atoms, tuple(_condition(branch, facts) for branch in shape.any_of or ()))


def _values(fact: Fact | None, values: Iterable[str]) -> tuple[str, ...]:
    """Return the values in their one spelling; one that the fact does not have stays as it is."""
    if fact is None:
        words = (SPELLINGS.get(value.strip().casefold(), value.strip().casefold()) for value in values)
        return tuple(dict.fromkeys(words))
    return tuple(dict.fromkeys(fact.read(value) or value for value in values))
