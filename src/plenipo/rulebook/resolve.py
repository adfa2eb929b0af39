"""
Resolving: what is written in the files of a rulebook becomes what is meant, one declaration at a time.

One that does not fit its shape costs only itself: its faults are noted, its id stays known, what it names is still
checked, and everything else is understood as far as possible. A shape and what it means have the same fields; here are
the few that differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from plenipo.errors import Location, quoted
from plenipo.rulebook import file_format, model
from plenipo.rulebook.declarations import Declarations, Declared, texts
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import RULES, SOURCES, RulebookFile, RulebookFiles
from plenipo.rulebook.validation import fit
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import parse

FactsById = Mapping[str, model.Fact]

#: What each kind of file declares, in the order in which they are read: the others are read against the facts.
DECLARED: Mapping[str, tuple[type, ...]] = {
    "facts": (model.Fact,),
    "options": (model.Option,),
    "findings": (model.Finding,),
    "parties": (model.Party,),
    "subjects": (model.Subject,),
    "constraints": (model.Constraint,),
    "accepted": (model.Acceptance,),
    RULES: (model.Rule,),
    SOURCES: (model.Source, model.Proposition),
}


def resolve_files(files: RulebookFiles, faults: Faults) -> Declarations:
    """Return what the files declare; everything in them that could not be understood is added to `faults`."""
    resolver = _Resolver(files.lacking, faults)
    for kind in DECLARED:
        for file in files.files:
            if file.kind == kind:
                resolver.read(file)
    lacking = (each for kind in resolver.lacking for each in DECLARED[kind])
    return Declarations(tuple(resolver.found), tuple(resolver.accepted), frozenset(lacking))


class _Resolver:
    """Reads one file after another, the facts before what names them; `lacking` are the kinds that are incomplete."""

    def __init__(self, lacking: Iterable[str], faults: Faults) -> None:
        self.lacking = set(lacking)
        self.found: list[Declared[Any]] = []
        self.accepted: list[model.Acceptance] = []
        self._faults = faults
        self._facts: dict[str, model.Fact] = {}
        self._groups: dict[str, None] = {}

    def read(self, file: RulebookFile) -> None:
        """Add what a file declares, or note that its kind is incomplete."""
        readers = {"accepted": self._acceptances, RULES: self._rules, SOURCES: self._source}
        tree = parse(file.data, file.name, self._faults)
        if tree is None or not readers.get(file.kind, self._entries)(file, tree):
            self.lacking.add(file.kind)

    def _entries(self, file: RulebookFile, tree: Node) -> bool:
        (kind,), written = DECLARED[file.kind], file_format.VOCABULARY_FILES[file.kind][0]
        for group, id, node, place in self._grouped(file.kind, tree):
            shape = fit(written, node, f"{model.kind_name(kind)} {quoted(id)}", self._faults)
            meant = kind(id=id, location=place, **group, **_meaning(shape, self._facts)) if shape else None
            self.found.append(Declared(kind, id, place, node, meant))
            self._groups |= dict.fromkeys(group.values())
            if isinstance(meant, model.Fact):
                self._facts.setdefault(id, meant)
            if kind is model.Subject and id not in self._groups and self.lacking.isdisjoint(file_format.GROUPED):
                message = f"no group of facts or options is called {quoted(id)}"
                self._faults.add("unknown-key", message, place, near=(id, self._groups))
        return file.kind in tree.entries

    def _rules(self, file: RulebookFile, tree: Node) -> bool:
        if not self._is_list(tree, "rules", "id"):
            return False
        track = Path(file.path).stem
        for node in tree.items:
            id = (node.entries["id"].text if "id" in node.entries else None) or ""
            shape = fit(file_format.RuleShape, node, f"rule {quoted(id)}" if id else "this rule", self._faults)
            meant = model.Rule(track=track, location=node.place, **_meaning(shape, self._facts)) if shape else None
            self.found.append(Declared(model.Rule, id, node.find("id").place, node, meant))
        return True

    def _acceptances(self, _: RulebookFile, tree: Node) -> bool:
        if not self._is_list(tree, "accepted remarks", "check"):
            return False
        for node in tree.items:
            if shape := fit(file_format.AcceptanceShape, node, "this entry", self._faults):
                subjects = texts(node.entries["of"])
                self.accepted += [model.Acceptance(shape.check, id, shape.because, place) for id, place in subjects]
        return True

    def _source(self, _: RulebookFile, tree: Node) -> bool:
        id = (tree.entries["id"].text if "id" in tree.entries else None) or ""
        shape = fit(file_format.SourceShape, tree, f"source {quoted(id)}" if id else "this source", self._faults)
        made: dict[str, model.Proposition] = {}
        said = tree.entries.get("propositions", Node("", tree.place))
        for name, node in said.entries.items():
            place = said.keys[name]
            if shape:
                made[name] = model.Proposition(id=name, source=id, location=place, **dict(shape.propositions[name]))
            self.found.append(Declared(model.Proposition, name, place, node, made.get(name)))
        meant = model.Source(**{**dict(shape), "propositions": made}) if shape else None
        self.found.append(Declared(model.Source, id, tree.find("id").place, tree, meant))
        return "propositions" in tree.entries

    def _is_list(self, tree: Node, what: str, key: str) -> bool:
        if isinstance(tree.value, list):
            return True
        message = f"this file should be a list of {what}, not {tree.kind}"
        self._faults.add("wrong-shape", message, tree.place, help=(f"begin each entry with `- {key}:`",))
        return False

    def _grouped(self, key: str, tree: Node) -> Iterator[tuple[dict[str, str], str, Node, Location]]:
        """Yield the group as a keyword, where there are groups, then id, node and place of every entry."""
        for name, node, place in self._under(key, tree):
            if key not in file_format.GROUPED:
                yield {}, name, node, place
                continue
            if not isinstance(node.value, dict):
                message = f"the group {quoted(name)} should be a mapping from ids, not {node.kind}"
                help = (f"{quoted(key)} holds groups, and groups hold entries",)
                self._faults.add("wrong-shape", message, place, help=help)
            for id, member in node.entries.items():
                yield {"group": name}, id, member, node.keys[id]

    def _under(self, key: str, tree: Node) -> Iterator[tuple[str, Node, Location]]:
        """Yield id, node and place of what is under the one key that a vocabulary file has."""
        for other, place in tree.keys.items():
            if other != key:
                message = f"this file has no key {quoted(other)}"
                self._faults.add("unknown-key", message, place, help=(f"everything in it belongs under {quoted(key)}",))
        if key not in tree.entries:
            self._faults.add("missing-key", f"this file lacks {quoted(key)}", tree.place)
            return
        below = tree.entries[key]
        if below.kind in ("text", "a list"):
            self._faults.add("wrong-shape", f"{quoted(key)} should be a mapping, not {below.kind}", below.place)
        for id, node in below.entries.items():
            yield id, node, below.keys[id]


def _meaning(shape: file_format.Shape, facts: FactsById) -> dict[str, Any]:
    """Return the fields of what a shape means."""
    fields = dict(shape)
    match shape:
        case file_format.FactShape():
            boolean = shape.values.keys() == set(model.SPELLINGS.values())
            says = shape.says.items()
            fields["says"] = {model.SPELLINGS.get(value, value) if boolean else value: said for value, said in says}
        case file_format.OptionShape():
            cited_for = {key: cited for key, cited in shape.cited_for or () if cited}
            arises = None if shape.arises_when is None else _condition(shape.arises_when, facts)
            links = {
                key: {id: model.Link(**dict(link)) for id, link in fields[key].items()} for key in ("after", "beside")
            }
            fields |= {**links, "arises_when": arises, "brings": _outcomes(shape, facts), "cited_for": cited_for}
        case file_format.ConstraintShape():
            fields["never"] = _condition(shape.never, facts)
        case file_format.RuleShape():
            drawn = {model.Conclusion(verb, id): None for verb in model.Verb for id in getattr(shape.then, verb.value)}
            unless = None if shape.unless is None else _condition(shape.unless, facts)
            fields |= {"then": tuple(drawn), "when": _condition(shape.when, facts), "unless": unless}
    return fields


def _outcomes(shape: file_format.OptionShape, facts: FactsById) -> tuple[model.Outcome, ...]:
    def brought(written: Mapping[str, str]) -> dict[str, str]:
        return {id: _spelled(facts.get(id), [value])[0] for id, value in written.items()}

    if isinstance(shape.brings, dict):
        return (model.Outcome(brought(shape.brings)),)
    return tuple(model.Outcome(brought(each.facts), each.outcome, each.by) for each in shape.brings)


def _condition(shape: file_format.ConditionShape, facts: FactsById) -> model.Condition:
    tests = shape.__pydantic_extra__ or {}
    atoms = tuple(model.Atom(name, _spelled(facts.get(name), values)) for name, values in tests.items())
    return model.Condition(atoms, tuple(_condition(branch, facts) for branch in shape.any_of or ()))


def _spelled(fact: model.Fact | None, values: Iterable[str]) -> tuple[str, ...]:
    """Return the values in their one spelling; one that the fact does not have stays as it is written."""
    if fact is None:
        words = (model.SPELLINGS.get(value.strip().casefold(), value.strip().casefold()) for value in values)
        return tuple(dict.fromkeys(words))
    return tuple(dict.fromkeys(fact.read(value) or value for value in values))
