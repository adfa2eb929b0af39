"""How long it takes to try a rulebook's situations on it: coverage, mutation, and situations made anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import plenipo
from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.synthetic import rulebook, situation
from plenipo.advice.adviser import advise
from plenipo.audit.coverage import coverage
from plenipo.audit.generate import generate
from plenipo.audit.mutation import mutation
from plenipo.rulebook.model import Rulebook, Situation

#: Made-up rulebooks are far more tangled than a real one: most of their mutants need a search each.
SIZE = 100
SITUATIONS = 16


def measure() -> Iterator[Figure]:
    """Yield the figures of the real rulebook with its situations, then of a made-up one."""
    real = plenipo.load_rulebook()
    given = [plenipo.load_situation(name) for name in plenipo.situations()]
    yield from _measure(f"the rulebook, {len(real.rules)} rules", real, given, most=10)
    made_up = rulebook(SIZE)
    drawn = [_expecting(made_up, number) for number in range(SITUATIONS)]
    yield from _measure(f"{SIZE} made-up rules", made_up, drawn)


def _measure(what: str, book: Rulebook, given: Sequence[Situation], most: float | None = None) -> Iterator[Figure]:
    facts = [situation.facts for situation in given]
    found = mutation(book, given)
    mutants = found.counted + len(found.equivalent)
    taken = milliseconds(lambda: mutation(book, given), 1) / 1000
    yield Figure(f"{what}: mutation, {mutants} mutants", taken, "s", most)
    yield Figure(f"{what}: score", 100 * found.score, "%")
    yield Figure(f"{what}: coverage", milliseconds(lambda: coverage(book, facts), 3), "ms")
    yield Figure(f"{what}: generation", milliseconds(lambda: generate(book), 1), "ms")


def _expecting(book: Rulebook, seed: int) -> Situation:
    facts = situation(book, seed)
    options = advise(book, Situation(facts)).options
    return Situation(facts, str(seed), expect={id: said.verdict.value for id, said in options.items()})


if __name__ == "__main__":
    publish(measure())
