"""
The questionnaire: how long it takes from one answer to the next prompt, and how many questions an advice takes.

The second figure is simulated on what careful readers were given and on every bundled situation. Each question gets
what the file knows, or else "not known"; both count. It is the number of questions after which what leads, what is not
yet to be done and what to beware of are, and stay, what they are for the whole file; a further figure is that for what
leads alone. Beside it stands how much of the brief is there after ten and after sixteen questions, the same for the
order by open verdicts alone, and a bound: the facts that somebody who knew all answers beforehand would have to give,
found by leaving out one fact after another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from io import StringIO
from pathlib import Path
from random import Random
from statistics import mean, median
from tempfile import TemporaryDirectory
from time import perf_counter

from tests.calibrate import BRIEFS, read_cases

import plenipo
from benchmarks.figures import Figure, publish
from benchmarks.synthetic import rulebook
from plenipo.counsel.choice import Choice, choose
from plenipo.counsel.salience import weigh
from plenipo.interview import begin
from plenipo.interview.answer_file import new_answer_file
from plenipo.report import questionnaire
from plenipo.report.page import Page
from plenipo.rulebook.model import UNKNOWN, Rulebook

SIZES = (300, 1000)
WALKS = 5
#: After how many questions it is looked how much of the brief is there.
LOOKS = (10, 16)
Facts = Mapping[str, str]


def measure() -> Iterator[Figure]:
    """Yield median and worst time for the real rulebook and made-up ones, with their targets, then the questions."""
    real = plenipo.load_rulebook()
    yield from _measure(f"the rulebook, {len(real.rules)} rules", real, WALKS, (100, 250))
    for size in SIZES:
        yield from _measure(f"{size} made-up rules", rulebook(size), 1, (100, 250))
    yield from questions(real)


def questions(book: Rulebook) -> Iterator[Figure]:
    """Yield how many questions the brief takes, before and after, and the bound."""
    files = [plenipo.load_situation(name).facts for name in plenipo.situations()]
    files += list(read_cases(BRIEFS).values())
    for order, ask, targets in (
        ("", _next, (10, 16)),
        ("in the order by open verdicts, ", _by_verdicts, (None, None)),
    ):
        walks = [_answered(book, facts, ask) for facts in files]
        needed = [_needed(walk, _choice(book, facts)) for walk, facts in zip(walks, files, strict=True)]
        there = [each for each in needed if each is not None]
        yield Figure(f"questions until the brief is final, {order}median", median(there or [0]), "", targets[0])
        yield Figure(f"questions until the brief is final, {order}worst", max(there or [0]), "", targets[1])
        leads = [_needed_to_lead(walk, _choice(book, facts)) for walk, facts in zip(walks, files, strict=True)]
        led = [each for each in leads if each is not None]
        yield Figure(f"questions until what leads is final, {order}median", median(led or [0]), "")
        yield Figure(f"questions until what leads is final, {order}worst", max(led or [0]), "")
        yield Figure(f"files whose brief is not final at the end, {order}of {len(files)}", len(files) - len(there), "")
        for look in LOOKS:
            shares = [
                _share(walk[min(look, len(walk) - 1)], _choice(book, facts))
                for walk, facts in zip(walks, files, strict=True)
            ]
            yield Figure(f"of the brief there after {look} questions, {order}mean", 100 * mean(shares), "%")
    fewest = [_fewest(book, facts) for facts in files]
    yield Figure("facts that the brief rests on, median", median(fewest), "")
    yield Figure("facts that the brief rests on, most", max(fewest), "")


def _choice(book: Rulebook, facts: Facts) -> Choice:
    known = {fact: value for fact, value in facts.items() if value != UNKNOWN}
    return choose(book, weigh(book, known)[0], known)


def _next(book: Rulebook, answers: Facts) -> str | None:
    last = next(reversed(list(answers)), None)
    subject = book.facts[last].group if last is not None else ""
    question = replace(begin(book), answers=answers, subject=subject).question
    return None if question is None else question.fact.id


def _by_verdicts(book: Rulebook, answers: Facts) -> str | None:
    found = replace(begin(book), answers=answers).asking.next
    return None if found is None else found.fact


def _answered(book: Rulebook, facts: Facts, ask: Callable[[Rulebook, Facts], str | None]) -> list[Choice]:
    """Return what the brief names at first and after each answer."""
    answers: dict[str, str] = {}
    choices = [_choice(book, answers)]
    while (fact := ask(book, answers)) is not None:
        answers[fact] = facts.get(fact, UNKNOWN)
        choices.append(_choice(book, answers))
    return choices


def _needed(walk: list[Choice], wanted: Choice) -> int | None:
    """Return after how many answers the brief is, and stays, the one that is wanted."""
    if walk[-1] != wanted:
        return None
    return max((place + 1 for place, choice in enumerate(walk) if choice != wanted), default=0)


def _needed_to_lead(walk: list[Choice], wanted: Choice) -> int | None:
    """Return after how many answers what leads is, and stays, what is wanted."""
    if walk[-1].lead != wanted.lead:
        return None
    return max((place + 1 for place, choice in enumerate(walk) if choice.lead != wanted.lead), default=0)


def _share(choice: Choice, wanted: Choice) -> float:
    entries = [(part, id) for part in ("lead", "not_yet", "beware") for id in getattr(wanted, part)]
    return mean(id in getattr(choice, part) for part, id in entries) if entries else 1.0


def _fewest(book: Rulebook, facts: Facts) -> int:
    """Return how many facts are left when all that can go goes, the brief staying as it is."""
    wanted, left = _choice(book, facts), dict(facts)
    for fact in facts:
        fewer = {id: value for id, value in left.items() if id != fact}
        if _choice(book, fewer) == wanted:
            left = fewer
    return len(left)


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
            before = interview
            interview = interview.answer(value)
            record.keep(interview.answers)
            questionnaire.changed(before, interview, page)
            if interview.question is not None:
                questionnaire.question(interview, interview.question, page)
            yield perf_counter() - start


if __name__ == "__main__":
    publish(measure())
