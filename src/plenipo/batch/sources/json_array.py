"""A JSON array of rows as JSON Lines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

_next = json.JSONDecoder().raw_decode


#: What has no brackets, up to the next one.
_UP_TO_BRACKET = re.compile(r'[^"\[\]{}]*+(?:"(?:[^"\\]|\\.)*+"[^"\[\]{}]*+)*+([\[\]{}])', re.DOTALL)


def lines_of(text: str, longest: int) -> Iterator[str]:
    r"""
    Yield each element of a JSON array on a line, as it is written there.

    Raises:
        ValueError: this is not a JSON array.
        OverflowError: an element of it is longer than `longest` characters.

    >>> list(lines_of('[{"wind": "calm"},\n {"wind":\n "storm"}]', 100))
    ['{"wind": "calm"}', '{"wind": "storm"}']
    """
    place = _after_blanks(text, _after_blanks(text, 0) + 1)
    if text[place : place + 1] == "]":
        return
    while True:
        _check_length(text, place, longest)
        try:
            _, end = _next(text, place)
        except RecursionError:
            raise ValueError("an element of the array is nested too deep") from None
        yield re.sub(r"\s*[\r\n]\s*", " ", text[place:end])
        place = _after_blanks(text, end)
        cut, place = text[place : place + 1], _after_blanks(text, place + 1)
        if cut == "]" and place == len(text):
            return
        if cut != ",":
            raise ValueError("the array is not well-formed JSON")


def _check_length(text: str, place: int, longest: int) -> None:
    """Check that an element is not too long before it is read: it may take much more memory than its text."""
    start, depth = place, 0
    while found := _UP_TO_BRACKET.match(text, place):
        place = found.end()
        depth += 1 if found[1] in "[{" else -1
        if place - start > longest:
            raise OverflowError
        if depth < 1:
            return


def _after_blanks(text: str, place: int) -> int:
    while text[place : place + 1] in {" ", "\t", "\r", "\n"}:
        place += 1
    return place
