"""On what a later step depends, in a clause: what steps bring before it, and what others answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from plenipo.counsel.roadmap import Ending, Step
from plenipo.report import words
from plenipo.rulebook.model import Option, Rulebook

#: What is said of steps that are advised now as well, and whose turn comes later.
AFTER_THAT = "After that"
#: How a step ends, and the facts that come of it.
Came = tuple[Ending, Mapping[str, str]]


def come_about(endings: Iterable[Came], rulebook: Rulebook, number: Callable[[Option], int]) -> list[str]:
    """
    Return clauses that endings come about: what others answer is titled, else it is what they bring.

    Of a step that brings nothing for which there are words, it is said by its `number` that it is done.
    """
    said = dict[str, None]()
    without = []
    for ending, facts in endings:
        brought = {id: value for id, value in ending.outcome.facts.items() if facts.get(id) == value}
        found = (ending.outcome.title,) if ending.outcome.title else words.clauses(rulebook, brought)
        said |= dict.fromkeys(found)
        if not found:
            without.append(number(ending.option))
    return [*([words.done(without)] if without else ()), *said]


def conjunction(endings: Iterable[Came]) -> str:
    """Return the word for a clause: others may answer otherwise."""
    return "if" if any(ending.outcome.title for ending, _ in endings) else "once"


def condition(step: Step, leads: Sequence[Option], rulebook: Rulebook) -> str:
    """Return on what a step depends: what others answer, and what steps that lead bring; or that it is its turn."""
    if step.already:
        return AFTER_THAT
    brought = {each.fact: each.value for each in step.released_by}
    endings = [(each.needed, brought) for each in step.released_by]
    endings.sort(key=lambda came: bool(came[0].outcome.title))
    said = come_about(endings, rulebook, lambda option: leads.index(option) + 1)
    return f"{conjunction(endings).capitalize()} {words.listed(said)}"
