"""How long a roadmap takes: the worst of the bundled situations, and of made-up ones whose steps bring facts about."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import plenipo
from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.synthetic import rulebook, situation, with_effects
from plenipo.advice.adviser import advise
from plenipo.counsel.roadmap import MOST_STAGES, roadmap
from plenipo.rulebook.model import Situation
from plenipo.situations.constraints import possible

SIZES = (300, 1000)
SITUATIONS = 5
RUNS = 5


def measure() -> Iterator[Figure]:
    """Yield the figures of the bundled situations, with their target, then those of made-up rulebooks."""
    advices = [plenipo.advise(name) for name in plenipo.situations()]
    worst = max(milliseconds(partial(roadmap, advice), RUNS) for advice in advices)
    yield Figure(f"roadmap of {len(advices)} bundled situations: the worst", worst, "ms", 300)
    for size in SIZES:
        book = with_effects(rulebook(size))
        known = [facts for seed in range(4 * SITUATIONS) if possible(book, facts := situation(book, seed, unknown=0.6))]
        made_up = [advise(book, Situation(facts)) for facts in known[:SITUATIONS]]
        assert len(made_up) == SITUATIONS
        slowest = max(milliseconds(partial(roadmap, advice, depth=MOST_STAGES), 1) for advice in made_up)
        yield Figure(f"{size} made-up rules: roadmap of {MOST_STAGES} stages, the worst of {SITUATIONS}", slowest, "ms")


if __name__ == "__main__":
    publish(measure())
