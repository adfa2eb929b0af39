"""Lines of JSON Lines that are no good: what can be read of them all the same, so that a reject can name its row."""

from __future__ import annotations

import json
import re

_TEXT = r'"(?:[^"\\\x00-\x1f]|\\.)*"'
#: A key with a value that is neither a list nor an object, and what ends it.
_PAIR = re.compile(rf"\s*({_TEXT})\s*:\s*({_TEXT}|-?\d[\d.eE+-]*|true|false|null)\s*(?:[,}}]|\Z)")


def sound_cells(line: bytes) -> dict[str, str]:
    """
    Return the cells with which a line begins, up to what is wrong with it; a key that comes twice has none.

    >>> sound_cells(b'{"id": 7, "a": "x", "b": "y", "b": "z", "c": nothing, "d": "x"}')
    {'id': '7', 'a': 'x'}
    """
    text = line.decode(errors="surrogateescape").lstrip("\ufeff \t")
    cells: dict[str, str | None] = {}
    seen: set[str] = set()
    place = 1 if text.startswith("{") else len(text)
    while pair := _PAIR.match(text, place):
        place = pair.end()
        try:
            key, value = json.loads(pair[1]), json.loads(pair[2])
            f"{key}{value}".encode()
        except ValueError:
            continue
        cell = value if isinstance(value, str) or value is None else pair[2]
        cells[key] = None if key in seen else cell
        seen.add(key)
    return {key: cell for key, cell in cells.items() if cell is not None}
