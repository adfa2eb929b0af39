"""
The tree that a file is read into: texts, lists and mappings, each of which knows its place.

It does not know what is allowed where, nor the notation that it was read from.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from plenipo.errors import Location

#: The places of the keys of a node that has none.
NO_KEYS: Mapping[str, Location] = MappingProxyType({})


class Node(NamedTuple):
    """A text, a list or a mapping with the place where it starts; for a mapping, `keys` has the place of each key."""

    value: str | list[Node] | dict[str, Node]
    place: Location
    keys: Mapping[str, Location] = NO_KEYS

    @property
    def text(self) -> str | None:
        """The text, if it is one."""
        return self.value if isinstance(self.value, str) else None

    @property
    def items(self) -> list[Node]:
        """The elements, if it is a list."""
        return self.value if isinstance(self.value, list) else []

    @property
    def entries(self) -> Mapping[str, Node]:
        """The entries, if it is a mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def kind(self) -> str:
        """What it is, in words."""
        if isinstance(self.value, str):
            return "text" if self.value else "nothing"
        return "a list" if isinstance(self.value, list) else "a mapping"

    def plain(self) -> object:
        """Return the tree without its places; it is never deeper than reading allows."""
        if isinstance(self.value, str):
            return self.value
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return {key: node.plain() for key, node in self.value.items()}

    def find(self, *path: str | int) -> Node:
        """Return the node at the end of a path of keys and indexes, as far as the path can be followed."""
        node = self
        for step in path:
            below = _step(node, step)
            if below is None:
                break
            node = below
        return node

    def key(self, *path: str | int) -> Location:
        """Return the place of the key at the end of a path, or of the node there when it has no key."""
        above = self.find(*path[:-1])
        return above.keys.get(str(path[-1]), self.find(*path).place)


def _step(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        return node.items[step] if step < len(node.items) else None
    return node.entries.get(step) or next((item for item in node.items if item.text == step), None)
