"""Turns of phrase that the answers to inquiries share: numbers, lists, facts with their values."""

from __future__ import annotations

from collections.abc import Iterable

from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook


def counted(number: int, one: str, many: str = "") -> str:
    """
    Return how many there are of something.

    >>> counted(1, "verdict"), counted(3, "way"), counted(2, "is", "are")
    ('1 verdict', '3 ways', '2 are')
    """
    return f"{number} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """
    Return words as a list in a sentence.

    >>> listed(["one"]), listed(["one", "two", "three"], "or")
    ('one', 'one, two or three')
    """
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final


def values(fact: Fact, wanted: Iterable[str]) -> str:
    """Return the answers that values stand for, any of which would do."""
    return " / ".join("not known" if value == UNKNOWN else fact.values.get(value, value) for value in wanted)


def facts(rulebook: Rulebook, ids: Iterable[str]) -> str:
    """Return facts by the names that reports call them by."""
    return listed(rulebook.facts[id].name for id in ids)
