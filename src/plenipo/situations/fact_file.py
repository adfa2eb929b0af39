"""
One fact file, read against a rulebook's vocabulary: what it says itself, before other situations complete it.

This is written by hand and needs no models, for it runs each time that advice is asked for. All faults of a file are
reported at once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plenipo.did_you_mean import nearest
from plenipo.errors import Location, quoted, quoted_list
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
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
        reader.wrong_shape("a fact file", "a mapping with the key `facts`", root)
        return FactFile(Situation(name=name))
    return _FactFileReader(rulebook, faults, root).fact_file(name)


class VocabularyReader:
    """Reads facts and options by the names that a rulebook has; what is wrong goes to the faults."""

    def __init__(self, rulebook: Rulebook, faults: Faults) -> None:
        self.rulebook = rulebook
        self.faults = faults

    def facts(self, node: Node | None) -> tuple[dict[str, str], dict[str, Location]]:
        """Return the value of each fact of a mapping, `unknown` included, in its one spelling, and its place."""
        values: dict[str, str] = {}
        places: dict[str, Location] = {}
        for id, text, place in self.pairs(node, "facts", self.is_fact):
            fact = self.rulebook.facts[id]
            value = fact.read(text)
            if value is not None:
                values[id], places[id] = value, place
                continue
            labels = dict(zip((label.casefold() for label in fact.values.values()), fact.spelled, strict=True))
            meant = nearest(text, fact.spelled) or labels.get(nearest(text, labels) or "")
            guess = (f"did you mean {quoted(meant)}?",) if meant else ()
            help = (*guess, f"its values are {quoted_list(fact.spelled)}; `unknown` when it is not known")
            message = f"{quoted(text)} is not a value of the fact {quoted(id)}"
            self.faults.add("unknown-value", message, place, help=help)
        return values, places

    def is_option(self, id: str, place: Location) -> bool:
        """Return whether there is such an option, noting when not."""
        if id in self.rulebook.options:
            return True
        self.faults.add("unknown-option", f"no option is called {quoted(id)}", place, near=(id, self.rulebook.options))
        return False

    def is_fact(self, id: str, place: Location) -> bool:
        """Return whether there is such a fact, noting when not."""
        if id in self.rulebook.facts:
            return True
        help = () if id not in self.rulebook.findings else ("it is a finding: rules find it, nobody states it",)
        message = f"no fact is called {quoted(id)}"
        self.faults.add("unknown-fact", message, place, help=help, near=None if help else (id, self.rulebook.facts))
        return False

    def pairs(
        self, node: Node | None, key: str, known: Callable[[str, Location], bool]
    ) -> Iterable[tuple[str, str, Location]]:
        """Yield id, text and place of each entry of a mapping from known ids to texts."""
        if node is None or node.value == "":
            return
        if not isinstance(node.value, dict):
            self.wrong_shape(quoted(key), "a mapping", node)
        keys = node.keys
        for id, below in node.entries.items():
            text, place, _ = below
            if not known(id, keys[id]):
                continue
            if isinstance(text, str):
                yield id, text, place
            else:
                self.wrong_shape(f"{quoted(id)} in {quoted(key)}", "text", below)

    def wrong_shape(self, what: str, wanted: str, node: Node) -> None:
        """Note that a node is of another kind than wanted."""
        self.faults.add("wrong-shape", f"{what} should be {wanted}, not {node.kind}", node.place)


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
        misplaced = [key for key in self._root.keys if key in self.rulebook.facts]
        self._check_keys(misplaced)
        if "facts" not in self._parts and not misplaced:
            help = ("write the facts under `facts:`",)
            self.faults.add("missing-key", "there is no key `facts`", self._root.place, help=help)
        values, places = self.facts(self._parts.get("facts"))
        situation = Situation(
            {id: value for id, value in values.items() if value != UNKNOWN},
            name,
            self._text("title"),
            self._text("as_of"),
            self._considering(),
            {id: text for id, text, _ in self.pairs(self._parts.get("notes"), "notes", self.is_fact)},
            self._verdicts("expect", "expected"),
            self._likely(),
            based_on=self._text("based_on"),
            readers=self._verdicts("readers", "of the readers"),
        )
        return FactFile(situation, places, self._parts["based_on"].place if situation.based_on else None)

    def _is_of_another_rulebook(self) -> bool:
        """Return whether hardly any fact is of this rulebook, nor near to one that is, noting it in one fault."""
        node = self._parts.get("facts")
        if node is None or not isinstance(node.value, dict):
            return False
        known, tried = self.rulebook.facts, list(node.keys)[:FACTS_TRIED]
        strange = [id for id in tried if id not in known and not nearest(id, known)]
        if len(strange) < FEW_FACTS or len(strange) < MOSTLY * len(tried):
            return False
        unknown = sum(id not in known for id in node.keys)
        message = f"{unknown} of its {len(node.keys)} facts are not in this rulebook: it was written for another"
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
        known = (item.text for item in options if item.text and self.is_option(item.text, item.place))
        return tuple(dict.fromkeys(known))

    def _likely(self) -> Likely:
        node = self._parts.get("likely")
        if node is None or node.value == "":
            return {}
        from plenipo.situations.likelihood import read_likely  # noqa: PLC0415 - it brings fractions

        return read_likely(self.rulebook, node, self._parts.get("facts"), self.faults, self.is_fact)

    def _verdicts(self, key: str, whose: str) -> dict[str, str]:
        read = {}
        for option, word, place in self.pairs(self._parts.get(key), key, self.is_option):
            verdict = word.strip().casefold()
            if verdict in _VERDICTS:
                read[option] = verdict
            else:
                message = (
                    f"the verdict {whose} on {quoted(option)} is {quoted(word)}, and should be {quoted_list(Verdict)}"
                )
                self.faults.add("wrong-value", message, place, near=(word, Verdict))
        return read
