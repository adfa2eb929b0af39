"""What leads in many situations: for each exactly what its brief would name, worked out many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plenipo.counsel.choice import choose
from plenipo.counsel.prerequisites import weighed_alike
from plenipo.counsel.salience import weigh
from plenipo.rulebook.model import Rulebook

#: So many situations are weighed at once.
TOGETHER = 256


def leads(rulebook: Rulebook, situations: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, ...]]:
    """Yield the ids of the options that lead in each situation, in order; a fact left out of one is unknown."""
    size = TOGETHER if weighed_alike(rulebook) else 1
    for start in range(0, len(situations), size):
        several = situations[start : start + size]
        weighed = weigh(rulebook, several[0]) if size == 1 else weigh(rulebook, {}, several)[1:]
        for facts, options in zip(several, weighed, strict=True):
            yield choose(rulebook, options, facts).lead
