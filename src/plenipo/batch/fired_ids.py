"""The rules that fired as their ids, out of the bits of integers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from plenipo.engines.columns import Masks

#: Bits that are read together: so many have a text for every combination, and a mask has three times as many at most.
_BITS = 11


class FiredIds:
    """
    The ids of rules, a space between them: the text of several bits is looked up, not put together.

    >>> masks = Masks(["b", "a", "c"])
    >>> FiredIds(masks).of(pl.DataFrame({"fired_0": [5, 0]})).to_list()
    ['a c', '']
    """

    def __init__(self, masks: Masks) -> None:
        self._name = masks.ids_name
        self._pieces = [*_pieces(masks)]

    def of(self, answers: pl.DataFrame) -> pl.Series:
        """Return the ids of the rules whose bits are set, row by row."""
        texts = [known.gather(answers[name] // (1 << low) % len(known)) for name, low, known in self._pieces]
        if not texts:
            return pl.repeat("", answers.height, dtype=pl.String(), eager=True).alias(self._name)
        return pl.select(pl.concat_str(texts, separator=" ", ignore_nulls=True).alias(self._name)).to_series()


def _pieces(masks: Masks) -> Iterator[tuple[str, int, pl.Series]]:
    """Yield the column of some bits, the lowest of them, and the text of each combination."""
    for name in masks.names:
        rules = masks.of(name)
        for low in range(0, len(rules), _BITS):
            yield name, low, pl.Series(_texts(rules[low : low + _BITS]), dtype=pl.String())


def _texts(rules: Sequence[str]) -> list[str | None]:
    """Return the text of each combination of rules, as the bits of a number from 0 on say it."""
    texts: list[str | None] = [None]
    for rule in rules:
        texts += [f"{text} {rule}" if text else rule for text in texts]
    return texts
