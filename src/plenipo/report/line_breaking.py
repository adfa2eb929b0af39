"""
Line breaking: styled text laid out in lines no wider than they may be.

Widths are those of a terminal's cells. A line breaks at spaces; at a glued space, or inside a word, only where the word
alone is wider than a whole line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rich.cells import cell_len

from plenipo.report.document import GLUE

#: Text in one style.
Stretch = tuple[str, str]


class StyledWord(NamedTuple):
    """What stays on one line: stretches of text with no space between them."""

    stretches: tuple[Stretch, ...] = ()
    width: int = 0

    def joined(self, text: str, style: str) -> StyledWord:
        """Return the word with more text at its end."""
        return StyledWord((*self.stretches, (text, style)), self.width + cell_len(text)) if text else self


def lines(stretches: Iterable[Stretch], first: int, further: int) -> Iterator[list[StyledWord]]:
    """
    Yield the words of each line: the first line at most `first` cells wide, every other one `further`.

    >>> [[word.stretches[0][0] for word in line] for line in lines([("one two three", "")], 8, 6)]
    [['one', 'two'], ['three']]
    """
    line: list[StyledWord] = []
    used, room = 0, first
    for whole in _split(stretches, " "):
        for word in _cut(whole, max(min(first, further), 2)):
            if line and used + 1 + word.width > room:
                yield line
                line, used, room = [], 0, further
            used += word.width + (1 if line else 0)
            line.append(word)
    if line:
        yield line


def _split(stretches: Iterable[Stretch], space: str) -> Iterator[StyledWord]:
    """Yield the words between spaces of one kind; stretches that meet without such a space share a word."""
    word = StyledWord()
    for text, style in stretches:
        for number, part in enumerate(text.split(space)):
            if number:
                if word.stretches:
                    yield word
                word = StyledWord()
            word = word.joined(part, style)
    if word.stretches:
        yield word


def _cut(word: StyledWord, widest: int) -> Iterator[StyledWord]:
    """Yield the word, or the parts it must be cut into: at its glued spaces if any, else wherever a line ends."""
    if word.width <= widest:
        yield word
    elif any(GLUE in text for text, _ in word.stretches):
        for part in _split(word.stretches, GLUE):
            yield from _cut(part, widest)
    else:
        yield from _chopped(word, widest)


def _chopped(word: StyledWord, widest: int) -> Iterator[StyledWord]:
    part = StyledWord()
    for text, style in word.stretches:
        for letter in text:
            if part.width + cell_len(letter) > widest:
                yield part
                part = StyledWord()
            part = part.joined(letter, style)
    yield part
