"""How long inquiries take: the outlook, what to find out when little is known, every smallest change of an option."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

import plenipo
from benchmarks.figures import Figure, milliseconds, publish
from benchmarks.synthetic import rulebook
from plenipo.advice.conclude import Advice, conclude
from plenipo.counsel.find_out import questions
from plenipo.engines.production import ProductionEngine
from plenipo.inquiry.change import change
from plenipo.inquiry.outlook import outlook
from plenipo.rulebook.model import Rulebook, Situation
from plenipo.rulebook.verdict import Verdict

SIZES = (300, 1000)
UNKNOWN = 20
RUNS = 5
WANTED = (Verdict.RECOMMEND, Verdict.CONSIDER, Verdict.AVOID)


def measure() -> Iterator[Figure]:
    """Yield the figures of the real rulebook, with their targets, then those of made-up ones."""
    real = plenipo.load_rulebook()
    known = plenipo.load_situation("late-summer-2020").facts
    what = f"the rulebook, {len(real.rules)} rules"
    yield from _measure(what, real, known, targets=(150, 500, 200), runs=RUNS)
    one = dict(islice(known.items(), 1))
    asked = f"{what}: what to find out, {len(real.facts) - len(one)} unknown"
    yield Figure(asked, milliseconds(partial(questions, real, one), RUNS), "ms", 60)
    for size in SIZES:
        made_up = rulebook(size)
        known = {id: next(iter(fact.values)) for id, fact in made_up.facts.items()}
        yield from _measure(f"{size} made-up rules", made_up, known, targets=(None, None, None), runs=1)


def _measure(
    what: str,
    book: Rulebook,
    known: Mapping[str, str],
    *,
    targets: tuple[float | None, float | None, float | None],
    runs: int,
) -> Iterator[Figure]:
    some = _advised(book, dict(islice(known.items(), max(0, len(book.facts) - UNKNOWN))))
    yield _outlook(what, some, runs, targets[0])
    yield _outlook(what, _advised(book, {}), runs, targets[1])
    worst = max(milliseconds(partial(change, some, option, wanted), 1) for option in book.options for wanted in WANTED)
    yield Figure(f"{what}: smallest changes, the worst", worst, "ms", targets[2])


def _outlook(what: str, advice: Advice, runs: int, target: float | None) -> Figure:
    unknown = len(advice.rulebook.facts) - len(advice.situation.facts)
    return Figure(f"{what}: outlook, {unknown} unknown", milliseconds(partial(outlook, advice), runs), "ms", target)


def _advised(book: Rulebook, facts: Mapping[str, str]) -> Advice:
    advice = conclude(book, Situation(facts), ProductionEngine(book).fires(facts))
    assert advice.options
    return advice


if __name__ == "__main__":
    publish(measure())
