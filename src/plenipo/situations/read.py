"""
Situations: a fact file, or facts given one by one, read against a rulebook's vocabulary.

This is written by hand and needs no models, for it runs each time that advice is asked for. Every fault of a file is
told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from plenipo.errors import Location, SituationError, listed, nearest, quoted, shown
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN, STDIN_NAME, take_in, take_in_stdin
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Fact, Rulebook, Situation
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.constraints import refuse_impossible
from plenipo.situations.likelihood import Likely, read_likely

#: The words that `expect` takes. They are the verdicts of `plenipo.advice`, which this module may not import.
VERDICTS = ("done", "avoid", "defer", "recommend", "consider", "silent")
KEYS = ("title", "as_of", "facts", "likely", "considering", "notes", "expect")
#: JSON has no comments, so a fact file in JSON names its schema so; it says nothing about the situation.
SCHEMA = "$schema"
GIVEN = "given facts"


def load_situation(rulebook: Rulebook, where: str | Path) -> Situation:
    """
    Return the situation in a file, or on standard input for `-`.

    A fact that is absent, empty, null or `unknown` is unknown, and is not among the situation's facts.

    Raises:
        SituationError: something is wrong with it; the error holds every fault.
    """
    faults = Faults()
    standard_input = str(where) == STDIN
    name = STDIN_NAME if standard_input else shown(Path(where))
    data = take_in_stdin(faults) if standard_input else take_in(Path(where), faults)
    if data is None:
        raise SituationError(tuple(faults))
    return replace(read_situation(rulebook, data, name), file="" if standard_input else name)


def read_situation(rulebook: Rulebook, text: str | bytes, name: str = "situation") -> Situation:
    """
    Return the situation that a text describes; `name` is what messages call the text.

    Raises:
        SituationError: something is wrong with it; the error holds every fault.
    """
    faults = Faults()
    return understood(rulebook, parse(text, name, faults), name, faults)


def understood(rulebook: Rulebook, root: Node | None, name: str, faults: Faults) -> Situation:
    """
    Return the situation that a tree describes; `faults` are those that were found when it was read.

    Raises:
        SituationError: something is wrong with it; the error holds every fault, those found before included.
    """
    situation = _Reader(rulebook, faults).situation(root, name) if root is not None else None
    if faults.fatal or situation is None:
        raise SituationError(tuple(faults))
    return situation


def situation_from(
    rulebook: Rulebook,
    given: Mapping[str, str | bool | None],
    *,
    considering: Iterable[str] = (),
    name: str = GIVEN,
) -> Situation:
    """
    Return the situation in which the given facts have the given values; None, like `unknown`, says not known.

    Raises:
        SituationError: a fact, value or option does not exist; the error holds every fault.
    """
    faults = Faults()
    reader = _Reader(rulebook, faults)
    place = Location(name)
    facts = {fact: Node(_word(value), place) for fact, value in given.items()}
    known = reader.facts(Node(facts, place, dict.fromkeys(facts, place)))
    options = tuple(id for id in dict.fromkeys(considering) if reader.is_option(id, place))
    if faults.fatal:
        raise SituationError(tuple(faults))
    return Situation(known, name=name, considering=options)


def combined(rulebook: Rulebook, read: Situation, given: Situation, taken: Iterable[str]) -> Situation:
    """
    Return a situation with the facts and options of another one beside its own; what it says of `taken` does not count.

    Raises:
        SituationError: facts of the one exclude facts of the other.
    """
    dropped = frozenset(taken)
    facts = {**{id: value for id, value in read.facts.items() if id not in dropped}, **given.facts}
    faults = Faults()
    places = {id: Location(given.name) for id in given.facts}
    refuse_impossible(rulebook, facts, faults, places, read.name or GIVEN)
    if faults.fatal:
        raise SituationError(tuple(faults))
    return replace(
        read,
        facts=facts,
        considering=tuple(dict.fromkeys((*given.considering, *read.considering))),
        likely={id: weights for id, weights in read.likely.items() if id not in dropped and id not in given.facts},
    )


def _word(value: str | bool | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Reader:
    """Reads the parts of a situation; what is wrong goes to the faults, what is right comes back."""

    def __init__(self, rulebook: Rulebook, faults: Faults) -> None:
        self._rulebook = rulebook
        self._faults = faults

    def situation(self, root: Node, name: str) -> Situation | None:
        """Return the situation that a tree describes, as far as it can be understood."""
        if not isinstance(root.value, dict):
            self._shape("a fact file", "a mapping with the key `facts`", root)
            return None
        self._keys(root)
        parts = root.entries
        if "facts" not in parts and not self._misplaced(root):
            self._faults.add("missing-key", "there is no key `facts`", root.place, help=("facts stand under `facts:`",))
        return Situation(
            self.facts(parts.get("facts")),
            name,
            self._text(parts, "title"),
            self._text(parts, "as_of"),
            self._considering(parts.get("considering")),
            self._entries(parts.get("notes"), "notes", self._is_fact),
            self._expect(parts.get("expect")),
            self._likely(parts),
        )

    def facts(self, node: Node | None) -> dict[str, str]:
        """Return the facts of a mapping that are known, each in its one spelling."""
        read: dict[str, str] = {}
        places: dict[str, Location] = {}
        for id, text, place in self._pairs(node, "facts", self._is_fact):
            fact = self._rulebook.facts[id]
            value = fact.read(text)
            if value is None:
                self._no_value(fact, text, place)
            elif value != UNKNOWN:
                read[id], places[id] = value, place
        refuse_impossible(self._rulebook, read, self._faults, places, GIVEN)
        return read

    def is_option(self, id: str, place: Location) -> bool:
        """Return whether there is such an option, noting when not."""
        if id in self._rulebook.options:
            return True
        self._faults.add(
            "unknown-option", f"no option is called {quoted(id)}", place, near=(id, self._rulebook.options)
        )
        return False

    def _is_fact(self, id: str, place: Location) -> bool:
        if id in self._rulebook.facts:
            return True
        help = () if id not in self._rulebook.findings else ("it is a finding: rules find it, nobody states it",)
        message = f"no fact is called {quoted(id)}"
        self._faults.add("unknown-fact", message, place, help=help, near=None if help else (id, self._rulebook.facts))
        return False

    def _misplaced(self, root: Node) -> list[str]:
        return [key for key in root.keys if key in self._rulebook.facts]

    def _keys(self, root: Node) -> None:
        misplaced = self._misplaced(root)
        if misplaced and "facts" not in root.keys:
            message = f"{quoted(misplaced[0])} is a fact, and facts stand under the key `facts`"
            help = ("put a line `facts:` above the facts, and indent them by two spaces",)
            self._faults.add("unknown-key", message, root.keys[misplaced[0]], help=help)
        for key, place in root.keys.items():
            if key not in KEYS and key != SCHEMA and not (key in misplaced and "facts" not in root.keys):
                help = ("it is a fact: put it under `facts`",) if key in misplaced else (_keys_help(),)
                near = None if key in misplaced else (key, KEYS)
                self._faults.add("unknown-key", f"a fact file has no key {quoted(key)}", place, help=help, near=near)

    def _text(self, parts: Mapping[str, Node], key: str) -> str:
        node = parts.get(key)
        if node is not None and node.text is None:
            self._shape(quoted(key), "text", node)
        return (node.text if node else "") or ""

    def _considering(self, node: Node | None) -> tuple[str, ...]:
        if node is None or node.value == "":
            return ()
        if isinstance(node.value, dict):
            self._shape("`considering`", "a list of options", node)
        options = [node] if node.text else node.items
        for item in options:
            if not item.text:
                self._shape("a part of `considering`", "an option", item)
        return tuple(
            dict.fromkeys(item.text for item in options if item.text and self.is_option(item.text, item.place))
        )

    def _likely(self, parts: Mapping[str, Node]) -> Likely:
        node = parts.get("likely")
        if node is None or node.value == "":
            return {}
        given = parts.get("facts")
        return read_likely(self._rulebook, node, given, self._faults, self._is_fact)

    def _expect(self, node: Node | None) -> dict[str, str]:
        read = {}
        for option, word, place in self._pairs(node, "expect", self.is_option):
            verdict = word.strip().casefold()
            if verdict in VERDICTS:
                read[option] = verdict
            else:
                message = (
                    f"the verdict expected on {quoted(option)} is {quoted(word)}, and should be {listed(VERDICTS)}"
                )
                self._faults.add("wrong-value", message, place, near=(word, VERDICTS))
        return read

    def _entries(self, node: Node | None, key: str, known: Callable[[str, Location], bool]) -> dict[str, str]:
        return {id: text for id, text, _ in self._pairs(node, key, known)}

    def _pairs(
        self, node: Node | None, key: str, known: Callable[[str, Location], bool]
    ) -> Iterable[tuple[str, str, Location]]:
        """Yield id, text and place of each entry of a mapping from known ids to texts."""
        if node is None or node.value == "":
            return
        if not isinstance(node.value, dict):
            self._shape(quoted(key), "a mapping", node)
        keys = node.keys
        for id, below in node.entries.items():
            text, place, _ = below
            if not known(id, keys[id]):
                continue
            if isinstance(text, str):
                yield id, text, place
            else:
                self._shape(f"{quoted(id)} in {quoted(key)}", "text", below)

    def _shape(self, what: str, wanted: str, node: Node) -> None:
        self._faults.add("wrong-shape", f"{what} should be {wanted}, not {node.kind}", node.place)

    def _no_value(self, fact: Fact, text: str, place: Location) -> None:
        values = ["yes", "no"] if fact.boolean else list(fact.values)
        message = f"{quoted(text)} is no value of the fact {quoted(fact.id)}"
        help = (f"its values are {listed(values)}; `unknown` when it is not known",)
        labels = {label.casefold(): value for value, label in fact.values.items()}
        meant = nearest(text, values) or labels.get(nearest(text, labels) or "")
        guess = (f"did you mean {quoted(_spelled(fact, meant))}?",) if meant else ()
        self._faults.add("unknown-value", message, place, help=(*guess, *help))


def _spelled(fact: Fact, value: str) -> str:
    """Return a value as an author writes it."""
    return {TRUE: "yes", FALSE: "no"}.get(value, value) if fact.boolean else value


def _keys_help() -> str:
    return f"its keys are {listed(KEYS, last='and')}"
