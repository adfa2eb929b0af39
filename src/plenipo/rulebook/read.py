"""
Reading: bytes become a tree of texts, lists and mappings.

The files are YAML, of which only the plain part is let through: no anchors, no tags, one document, bounded in size and
depth. Every scalar stays the text it is (`no` is the word "no"), an empty one and `null` are the empty text, and
nothing is ever built from what a file says about itself. What the words mean is no business of this module.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from plenipo.errors import Location
from plenipo.rulebook.faults import Faults, quoted
from plenipo.rulebook.syntax import syntax_fault
from plenipo.rulebook.tree import Node

#: Bounds that no file written by hand comes near, and that keep every answer fast.
DEEPEST = 32
MOST_NODES = 50_000
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
#: Control characters and halves of surrogate pairs; line ends and the tab are judged elsewhere.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: An astral character as JSON escapes it, which YAML 1.1 does not know.
SURROGATES = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)


def parse(data: bytes | str, name: str, faults: Faults) -> Node | None:
    """
    Return the tree of a file's content, or None when it has none; whatever is wrong with it is added to `faults`.

    A tree is returned wherever one can be made, faults or not, so that what follows finds the other faults too. Of a
    key that stands twice the first is kept.
    """
    text = _decode(data, name, faults)
    if text is None:
        return None
    builder = _Builder(name, faults)
    try:
        for event in yaml.parse(text, Loader=LOADER):
            builder.take(event)
            if builder.stopped:
                return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        syntax_fault(error, text, name, faults)
        return None
    if builder.empty:
        faults.add("empty-file", "there is nothing in this file", Location(name))
        return None
    return builder.root


def _decode(data: bytes | str, name: str, faults: Faults) -> str | None:
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place_after(error.object[: error.start].decode("utf-8"), name)
        faults.add("not-utf8", "this is not UTF-8 text", place, help=("save the file as UTF-8",))
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
    message = f"the control character {quoted(character)} may not stand here"
    faults.add("unprintable", message, place, help=("files hold text only: take it out",))


@dataclass(slots=True)
class _Open:
    """A list or mapping whose end is still to come; `awaiting` is true between a key and its value."""

    place: Location
    mapping: bool
    items: list[Node] = field(default_factory=list)
    entries: dict[str, Node] = field(default_factory=dict)
    keys: dict[str, Location] = field(default_factory=dict)
    key: str | None = None
    awaiting: bool = False

    def close(self) -> Node:
        return Node(self.entries, self.place, self.keys) if self.mapping else Node(self.items, self.place)


class _Builder:
    """The tree as it grows, event by event; a stack of its own, so that no input can exhaust Python's."""

    def __init__(self, name: str, faults: Faults) -> None:
        self.root: Node | None = None
        self.stopped = False
        self._name = name
        self._faults = faults
        self._stack: list[_Open] = []
        self._documents = 0
        self._nodes = 0

    @property
    def empty(self) -> bool:
        """Whether the file said nothing at all."""
        return self.root is None or (self.root.value == "" and self._nodes == 1)

    def take(self, event: yaml.Event) -> None:
        """Let one event act on the tree."""
        if isinstance(event, yaml.NodeEvent):
            self._judge(event)
        if isinstance(event, yaml.ScalarEvent):
            self._put(self._scalar(event))
        elif isinstance(event, yaml.AliasEvent):
            self._put(Node("", self._place(event)))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._put(self._stack.pop().close())
        elif isinstance(event, yaml.DocumentStartEvent):
            self._count(event)

    def _place(self, event: yaml.Event) -> Location:
        mark = event.start_mark
        return Location(self._name, mark.line + 1, mark.column + 1) if mark else Location(self._name)

    def _judge(self, event: yaml.NodeEvent) -> None:
        place = self._place(event)
        self._nodes += 1
        if self._nodes > MOST_NODES:
            message = f"there are more than {MOST_NODES} texts, lists and mappings up to here"
            self._faults.add("too-large", message, place, help=("is it the right file?",))
            self.stopped = True
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            message = f"anchors and aliases are not read here, and {quoted(sign + event.anchor)} is one"
            self._faults.add("alias", message, place, help=("write the content out, or quote the text",))
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            message = f"tags are not read here, and {quoted(tag)} is one"
            self._faults.add("tag", message, place, help=("leave the tag away, or quote the text",))

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        text: str = event.value
        place = self._place(event)
        if found := UNPRINTABLE.search(text) or re.search("\r", text):
            _unprintable(found.group(), place, self._faults)
        null = event.style in (None, "") and text in NULLS and not self._at_key()
        return Node("" if null else text, place)

    def _at_key(self) -> bool:
        return bool(self._stack) and self._stack[-1].mapping and not self._stack[-1].awaiting

    def _open(self, event: yaml.CollectionStartEvent) -> None:
        place = self._place(event)
        if len(self._stack) >= DEEPEST:
            message = f"lists and mappings are nested here more than {DEEPEST} deep"
            self._faults.add("too-deep", message, place, help=("a rulebook needs no more than a handful of levels",))
            self.stopped = True
        self._stack.append(_Open(place, isinstance(event, yaml.MappingStartEvent)))

    def _put(self, node: Node) -> None:
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if not top.mapping:
            top.items.append(node)
        elif top.awaiting:
            if top.key is not None:
                top.entries[top.key] = node
            top.awaiting = False
        else:
            top.key, top.awaiting = self._key(top, node), True

    def _key(self, top: _Open, node: Node) -> str | None:
        """Return the key, or None for one whose value is not to be kept."""
        key = node.text
        if key is None:
            self._faults.add("wrong-shape", f"a key must be a single text, not {node.kind}", node.place)
        elif key in top.keys:
            first = ((top.keys[key], "it stands here first"),)
            self._faults.add(
                "duplicate-key", f"the key {quoted(key)} stands twice in one mapping", node.place, also=first
            )
        else:
            top.keys[key] = node.place
            return key
        return None

    def _count(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            message = "a second document begins here, and a file holds one"
            help = ("take out the line `---`, or make two files",)
            self._faults.add("several-documents", message, self._place(event), help=help)
            self.stopped = True
