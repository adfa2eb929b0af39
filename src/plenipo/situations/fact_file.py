"""
One fact file, read against a rulebook's vocabulary: what it says itself, before other situations complete it.

This is written by hand and needs no models, for it runs each time that advice is asked for. All faults of a file are
reported at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from plenipo.did_you_mean import Suggestion, nearest
from plenipo.errors import Location, counted, quoted, quoted_list
from plenipo.rulebook.as_of import is_time, no_time, what_to_write
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.loose_names import WRITE_ID, ValueNames, meant, several
from plenipo.rulebook.model import UNKNOWN, Fact, LooseReading, Option, Rulebook, Situation, kind_name
from plenipo.rulebook.verdict import Verdict
from plenipo.rulebook.yaml_node import Node

if TYPE_CHECKING:
    from plenipo.situations.likelihood import Likely

KEYS = ("title", "as_of", "based_on", "facts", "likely", "considering", "notes", "expect", "readers")
_VERDICTS = frozenset(verdict.value for verdict in Verdict)
#: Where at least so many facts, and such a share of the first ones, are strange to a rulebook, it belongs to another.
FEW_FACTS, MOSTLY, FACTS_TRIED = 3, 0.75, 100
#: JSON has no comments, so a fact file in JSON names its schema so; it says nothing about the situation.
SCHEMA = "$schema"


@dataclass(frozen=True)
class FactFile:
    """
    What a fact file says: a situation with the file's own facts alone.

    `places` (fact -> place) are those of all facts that it writes down, the ones written as `unknown` included; `base`
    is the place of the name under `based_on`.
    """

    situation: Situation
    places: Mapping[str, Location] = field(default_factory=dict)
    base: Location | None = None


def read_fact_file(rulebook: Rulebook, root: Node, name: str, faults: Faults) -> FactFile:
    """Return what a fact file says as far as it can be understood; the rest goes to `faults`."""
    reader = VocabularyReader(rulebook, faults)
    if not isinstance(root.value, dict):
        table = ("if it is a table, a row for each situation, `plenipo batch` takes it",)
        reader.wrong_shape("a fact file", "a mapping with the key `facts`", root, table)
        return FactFile(Situation(name=name))
    return _FactFileReader(rulebook, faults, root).fact_file(name)


class VocabularyReader:
    """
    Reads facts and options by the names that a rulebook has; what is wrong goes to the faults.

    `readings` are the words that were taken for such a name without being it, letter by letter.
    """

    def __init__(self, rulebook: Rulebook, faults: Faults) -> None:
        self.rulebook = rulebook
        self.faults = faults
        self.readings: dict[LooseReading, None] = {}

    def facts(self, node: Node | None) -> tuple[dict[str, str], dict[str, Location]]:
        """Return the value of each fact of a mapping, `unknown` included, in its one spelling, and its place."""
        values: dict[str, str] = {}
        places: dict[str, Location] = {}
        for id, text, place in self.pairs(node, "facts", self.fact):
            value = self.value(self.rulebook.facts[id], text, place)
            if value is not None:
                values[id], places[id] = value, place
        return values, places

    def value(self, fact: Fact, text: str, place: Location, *, even_then: str = "when it is not known") -> str | None:
        """Return the value of a fact that a text means, or None for none or several, noting that."""
        if text in fact.values:
            return text
        names = ValueNames(fact)
        found = names.meant(text)
        if len(found) == 1:
            self._note(names.reading(text, found[0]))
            return found[0]
        if found:
            message = f"{several(text, found, 'value')}, of the fact {quoted(fact.id)}"
            self.faults.add("unknown-value", message, place, help=(WRITE_ID,))
            return None
        labels = dict(zip((label.casefold() for label in fact.values.values()), fact.spelled, strict=True))
        near = nearest(text, fact.spelled) or labels.get(nearest(text, labels) or "")
        guess = (Suggestion(near),) if near else ()
        help = (*guess, f"its values are {quoted_list(fact.spelled)}; `unknown` {even_then}")
        message = f"{quoted(text)} is not a value of the fact {quoted(fact.id)}"
        self.faults.add("unknown-value", message, place, help=help)
        return None

    def option(self, word: str, place: Location) -> str | None:
        """Return the id of the option that a word means, or None for none or several, noting that."""
        if word in self.rulebook.options:
            return word
        return self._meant(word, Option, place, near=(word, self.rulebook.options))

    def fact(self, word: str, place: Location) -> str | None:
        """Return the id of the fact that a word means, or None for none or several, noting that."""
        if word in self.rulebook.facts:
            return word
        help = () if word not in self.rulebook.findings else ("it is a finding: rules find it, nobody states it",)
        return self._meant(word, Fact, place, help, None if help else (word, self.rulebook.facts))

    def _meant(
        self,
        word: str,
        kind: type[Fact | Option],
        place: Location,
        help: tuple[str, ...] = (),
        near: tuple[str, Iterable[str]] | None = None,
    ) -> str | None:
        found, name = meant(self.rulebook, word, kind), kind_name(kind)
        if len(found) == 1:
            self._note(LooseReading(word, found[0]))
            return found[0]
        if found:
            self.faults.add(f"unknown-{name}", several(word, found, name), place, help=(WRITE_ID,))
        else:
            self.faults.add(f"unknown-{name}", f"no {name} is called {quoted(word)}", place, help=help, near=near)
        return None

    def _note(self, reading: LooseReading | None) -> None:
        if reading:
            self.readings[reading] = None

    def ids(self, node: Node, known: Callable[[str, Location], str | None]) -> Iterator[tuple[str, str]]:
        """Yield each key of a mapping whose name is known, with the id that it means; no two mean the same."""
        keys: dict[str, str] = {}
        for key in node.entries:
            id = known(key, node.keys[key])
            if id in keys:
                message = f"{quoted(keys[id])} and {quoted(key)} are both read as {quoted(id)}"
                also = [(node.keys[keys[id]], f"{quoted(keys[id])} is here")]
                self.faults.add("duplicate-key", message, node.keys[key], also=also, help=("keep one of the two",))
            elif id is not None:
                keys[id] = key
                yield key, id

    def pairs(
        self, node: Node | None, key: str, known: Callable[[str, Location], str | None]
    ) -> Iterable[tuple[str, str, Location]]:
        """Yield id, text and place of each entry of a mapping from known names to texts."""
        if node is None or node.value == "":
            return
        if not isinstance(node.value, dict):
            self.wrong_shape(quoted(key), "a mapping", node)
        for written, id in self.ids(node, known):
            text, place, _ = below = node.entries[written]
            if isinstance(text, str):
                yield id, text, place
            else:
                self.wrong_shape(f"{quoted(written)} in {quoted(key)}", "text", below)

    def wrong_shape(self, what: str, wanted: str, node: Node, help: tuple[str, ...] = ()) -> None:
        """Note that a node is of another kind than wanted."""
        self.faults.add("wrong-shape", f"{what} should be {wanted}, not {node.kind}", node.place, help=help)


class _FactFileReader(VocabularyReader):
    """Reads the parts of a fact file, each from the mapping that the whole file is."""

    def __init__(self, rulebook: Rulebook, faults: Faults, root: Node) -> None:
        super().__init__(rulebook, faults)
        self._root = root
        self._parts = root.entries

    def fact_file(self, name: str) -> FactFile:
        """Return all that the file says."""
        if self._is_of_another_rulebook():
            return FactFile(Situation(name=name))
        misplaced = [key for key in self._root.keys if key not in KEYS and meant(self.rulebook, key, Fact)]
        self._check_keys(misplaced)
        if "facts" not in self._parts and not misplaced:
            help = ("write the facts under `facts:`",)
            self.faults.add("missing-key", "there is no key `facts`", self._root.place, help=help)
        values, places = self.facts(self._parts.get("facts"))
        situation = Situation(
            {id: value for id, value in values.items() if value != UNKNOWN},
            name,
            self._text("title"),
            self._as_of(),
            self._considering(),
            {id: text for id, text, _ in self.pairs(self._parts.get("notes"), "notes", self.fact)},
            self._verdicts("expect", "expected"),
            self._likely(),
            based_on=self._text("based_on"),
            readers=self._verdicts("readers", "of the readers"),
        )
        situation = replace(situation, read_as=tuple(self.readings))
        return FactFile(situation, places, self._parts["based_on"].place if situation.based_on else None)

    def _is_of_another_rulebook(self) -> bool:
        """Return whether hardly any fact is of this rulebook, nor near to one that is, noting it in one fault."""
        node = self._parts.get("facts")
        if node is None or not isinstance(node.value, dict):
            return False
        known, tried = self.rulebook.facts, list(node.keys)[:FACTS_TRIED]
        strange = [id for id in tried if not (meant(self.rulebook, id, Fact) or nearest(id, known))]
        if len(strange) < FEW_FACTS or len(strange) < MOSTLY * len(tried):
            return False
        unknown = sum(not meant(self.rulebook, id, Fact) for id in node.keys)
        all_facts = counted(len(node.keys), "fact is", "facts are")
        message = f"{unknown} of its {all_facts} not in this rulebook: it was written for another"
        help = (
            "`--rulebook DIR` names the rulebook of a situation; without it, it is the one that comes with plenipo",
        )
        self.faults.add("unknown-fact", message, self._root.keys["facts"], help=help)
        return True

    def _check_keys(self, misplaced: list[str]) -> None:
        keys = self._root.keys
        if misplaced and "facts" not in keys:
            message = f"{quoted(misplaced[0])} is a fact, and facts belong under the key `facts`"
            help = ("put a line `facts:` above the facts, and indent them by two spaces",)
            self.faults.add("unknown-key", message, keys[misplaced[0]], help=help)
        for key, place in keys.items():
            if key not in KEYS and key != SCHEMA and not (key in misplaced and "facts" not in keys):
                known = f"its keys are {quoted_list(KEYS, last='and')}"
                help = ("it is a fact: put it under `facts`",) if key in misplaced else (known,)
                near = None if key in misplaced else (key, KEYS)
                self.faults.add("unknown-key", f"a fact file has no key {quoted(key)}", place, help=help, near=near)

    def _text(self, key: str) -> str:
        node = self._parts.get(key)
        if node is not None and node.text is None:
            self.wrong_shape(quoted(key), "text", node)
        return (node.text if node else "") or ""

    def _as_of(self) -> str:
        text = self._text("as_of").strip()
        if is_time(text):
            return text
        self.faults.add("wrong-value", no_time(text), self._parts["as_of"].place, help=what_to_write(text))
        return ""

    def _considering(self) -> tuple[str, ...]:
        node = self._parts.get("considering")
        if node is None or node.value == "":
            return ()
        if isinstance(node.value, dict):
            self.wrong_shape("`considering`", "a list of options", node)
        options = [node] if node.text else node.items
        for item in options:
            if not item.text:
                self.wrong_shape("a part of `considering`", "an option", item)
        known = (self.option(item.text, item.place) for item in options if item.text)
        return tuple(dict.fromkeys(id for id in known if id is not None))

    def _likely(self) -> Likely:
        node = self._parts.get("likely")
        if node is None or node.value == "":
            return {}
        from plenipo.situations.likelihood import read_likely  # noqa: PLC0415 - it brings fractions

        return read_likely(self, node, self._parts.get("facts"))

    def _verdicts(self, key: str, whose: str) -> dict[str, str]:
        read = {}
        for option, word, place in self.pairs(self._parts.get(key), key, self.option):
            verdict = word.strip().casefold()
            if verdict in _VERDICTS:
                read[option] = verdict
            else:
                message = (
                    f"the verdict {whose} on {quoted(option)} is {quoted(word)}, and should be {quoted_list(Verdict)}"
                )
                self.faults.add("wrong-value", message, place, near=(word, Verdict))
        return read
