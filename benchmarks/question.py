"""How long it takes from one answer to the next prompt: the answer is kept, the next question found and laid out."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import plenipo
from benchmarks.figures import Figure, publish
from benchmarks.synthetic import rulebook
from plenipo.interview import begin
from plenipo.interview.answer_file import new_answer_file
from plenipo.report import questionnaire
from plenipo.report.page import Page
from plenipo.rulebook.model import UNKNOWN, Rulebook

SIZES = (300, 1000)
WALKS = 5


def measure() -> Iterator[Figure]:
    """Yield median and worst for the real rulebook, with their targets, then for made-up ones."""
    real = plenipo.load_rulebook()
    yield from _measure(f"the rulebook, {len(real.rules)} rules", real, WALKS, (100, 250))
    for size in SIZES:
        yield from _measure(f"{size} made-up rules", rulebook(size), 1, (None, None))


def _measure(what: str, book: Rulebook, walks: int, targets: tuple[float | None, float | None]) -> Iterator[Figure]:
    taken = [each for seed in range(walks) for each in _walk(book, Random(seed))]
    yield Figure(f"{what}: from answer to next prompt", 1000 * median(taken), "ms", targets[0])
    yield Figure(f"{what}: from answer to next prompt, the worst", 1000 * max(taken), "ms", targets[1])


def _walk(book: Rulebook, random: Random) -> Iterator[float]:
    """Answer a questionnaire at random to its end, and yield how long each step takes."""
    page = Page(StringIO(), 80)
    with TemporaryDirectory() as folder:
        record = new_answer_file(book, Path(folder) / "s.yaml", title="Made up", as_of="")
        interview = begin(book)
        while (question := interview.question) is not None:
            value = random.choice((*question.values, UNKNOWN))
            start = perf_counter()
            interview = interview.answer(value)
            record.keep(interview.answers)
            if interview.question is not None:
                questionnaire.question(interview, interview.question, page)
            yield perf_counter() - start


if __name__ == "__main__":
    publish(measure())
