"""
Reading: bytes become a tree of texts, lists and mappings.

The files are YAML, of which only the plain part is let through: no anchors, no tags, one document, bounded in size and
depth. Every scalar stays the text it is (`no` is the word "no"), an empty one and `null` are the empty text, and
nothing is ever built from what a file says about itself. This module does not know what the words mean.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from plenipo.errors import Location, quoted
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN_NAME
from plenipo.rulebook.yaml_errors import syntax_fault
from plenipo.rulebook.yaml_node import NO_KEYS, Node

#: Bounds that no file written by hand comes near, and that keep every answer fast.
DEEPEST = 32
MOST_NODES = 50_000
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
#: Control characters and halves of surrogate pairs; line ends and the tab are judged elsewhere.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: What escapes may not mean: these, and the carriage return.
ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: An astral character as JSON escapes it, which YAML 1.1 does not know.
SURROGATES = re.compile(r"\\(?<!\\\\)((?:\\\\)*)u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
#: Makes a named tuple at half the cost of calling its class.
_new = tuple.__new__


def parse(data: bytes | str, name: str, faults: Faults) -> Node | None:
    """
    Return the tree of a file's content, or None when it has none; everything wrong with it is added to `faults`.

    A tree is returned wherever one can be made, faults or not, so that what follows finds the other faults too. Of a
    key that occurs twice the first is kept.
    """
    text = _decode(data, name, faults)
    if text is None:
        return None
    try:
        root = _Builder(text, name, faults).root()
    except _StopError:
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        syntax_fault(error, text, name, faults)
        return None
    if root is None:
        faults.add("empty-file", "there is nothing in this file", Location(name))
    return root


def _decode(data: bytes | str, name: str, faults: Faults) -> str | None:
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        from plenipo.text_encoding import in_utf8  # noqa: PLC0415 - rarely needed

        place = _place_after(error.object[: error.start].decode("utf-8"), name)
        faults.add(
            "not-utf8", "this is not UTF-8 text", place, help=in_utf8(error.object, name, piped=name == STDIN_NAME)
        )
        return None
    text = text.removeprefix("\ufeff")
    if found := UNPRINTABLE.search(text):
        _unprintable(found.group(), _place_after(text[: found.start()], name), faults)
        return None
    return SURROGATES.sub(_join, text) if text.lstrip()[:1] in ("{", "[") else text


def _place_after(before: str, name: str) -> Location:
    return Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))


def _join(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return f"{pair[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08x}"


def _unprintable(character: str, place: Location, faults: Faults) -> None:
    message = f"the control character {quoted(character)} is not allowed here"
    faults.add("unprintable", message, place, help=("files hold text only: take it out",))


class _StopError(Exception):
    """What is wrong has been reported, and nothing that follows is worth reading."""


class _Builder:
    """
    Makes the tree from the parser's events, of which there is one for every key and every text.

    It calls itself no deeper than `DEEPEST`, so that no input can exhaust Python's stack. Reading many fact files is
    this and little else, so that every call counts that is made for every event.
    """

    def __init__(self, text: str, name: str, faults: Faults) -> None:
        self._event: Callable[[], Any] = LOADER(text).get_event
        self._name = name
        self._faults = faults
        # Nothing but an escape can bring a character into a text that is not in the file.
        self._escapes = "\\" in text
        self._depth = 0
        self._nodes = 0

    def root(self) -> Node | None:
        """Return the whole tree, or None where the file says nothing at all."""
        self._event()
        if type(self._event()) is not DocumentStartEvent:
            return None
        root = self._node(self._event())
        self._event()
        after = self._event()
        mark = after.start_mark
        if type(after) is DocumentStartEvent:
            message = "a second document begins here, and a file holds one"
            help = ("take out the line `---`, or make two files",)
            place = Location(self._name, mark.line + 1, mark.column + 1)
            self._faults.add("several-documents", message, place, help=help)
            raise _StopError
        return None if root.value == "" and self._nodes == 1 else root

    def _node(self, event: Any, *, key: bool = False) -> Node:
        """Return the node that begins with an event; a `key` is never null."""
        mark = event.start_mark
        place = _new(Location, (self._name, mark.line + 1, mark.column + 1))
        self._nodes += 1
        kind = type(event)
        if kind is not ScalarEvent or event.anchor is not None or event.tag is not None or self._nodes > MOST_NODES:
            self._judge(event, place)
            if kind is not ScalarEvent:
                return Node("", place) if kind is AliasEvent else self._below(kind, place)
        text: str = event.value
        if self._escapes and not text.isprintable() and (found := ESCAPED.search(text)):
            _unprintable(found.group(), place, self._faults)
        if text in NULLS and not key and not event.style:
            text = ""
        return _new(Node, (text, place, NO_KEYS))

    def _judge(self, event: Any, place: Location) -> None:
        if self._nodes > MOST_NODES:
            message = f"there are more than {MOST_NODES} texts, lists and mappings up to here"
            self._faults.add("too-large", message, place, help=("is it the right file?",))
            raise _StopError
        if event.anchor is not None:
            sign = "*" if type(event) is AliasEvent else "&"
            message = f"anchors and aliases are not read here, and {quoted(sign + event.anchor)} is one"
            self._faults.add("alias", message, place, help=("write the content out, or quote the text",))
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            message = f"tags are not read here, and {quoted(tag)} is one"
            self._faults.add("tag", message, place, help=("leave the tag away, or quote the text",))

    def _below(self, kind: type, place: Location) -> Node:
        """Return the list or mapping that has begun."""
        if self._depth == DEEPEST:
            message = f"lists and mappings are nested here more than {DEEPEST} deep"
            self._faults.add("too-deep", message, place, help=("a rulebook needs no more than a handful of levels",))
            raise _StopError
        self._depth += 1
        node = self._mapping(place) if kind is MappingStartEvent else self._list(place)
        self._depth -= 1
        return node

    def _list(self, place: Location) -> Node:
        items = []
        while type(event := self._event()) is not SequenceEndEvent:
            items.append(self._node(event))
        return Node(items, place)

    def _mapping(self, place: Location) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Location] = {}
        while type(event := self._event()) is not MappingEndEvent:
            above = self._node(event, key=True)
            key, at, _ = above
            if isinstance(key, str) and key not in keys:
                keys[key] = at
                entries[key] = self._node(self._event())
            else:
                self._no_key(above, keys)
                self._node(self._event())
        return Node(entries, place, keys)

    def _no_key(self, above: Node, keys: Mapping[str, Location]) -> None:
        if above.text is None:
            self._faults.add("wrong-shape", f"a key must be a single text, not {above.kind}", above.place)
            return
        message = f"the key {quoted(above.text)} occurs twice in one mapping"
        self._faults.add("duplicate-key", message, above.place, also=((keys[above.text], "it is here first"),))
