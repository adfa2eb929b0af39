"""
The difference between two rulebooks: the options whose verdict can differ, and the situations that only one allows.

Verdicts are compared in every situation that both allow. Each difference comes with a situation that shows it. A fact
that one of them does not have means nothing to it, and a value that its fact does not have counts as unknown.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from plenipo.advice.adviser import advise
from plenipo.advice.conclude import OptionAdvice
from plenipo.inquiry.paired_rulebooks import Side, differing, sides
from plenipo.inquiry.solver import smallest_examples
from plenipo.rulebook.model import Basis, Constraint, Rule, Rulebook, Situation, Strength
from plenipo.search_time import SECONDS_OVER_ALL, search_time
from plenipo.situations.exclusions import exclusions

#: In the place of a situation: it was not found out in time whether there is one.
UNDECIDED: Mapping[str, str] = {"": ""}


@dataclass(frozen=True)
class Divergence:
    """
    An option on which the rulebooks differ, and the smallest situation found in which they do.

    `foreign` are the facts of it that only one of the two can read.
    """

    before: OptionAdvice
    after: OptionAdvice
    situation: Situation
    foreign: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The option."""
        return self.before.option


@dataclass(frozen=True)
class Refusal:
    """
    A constraint by which one rulebook refuses a situation that the other allows: only the second, or only the first.

    Where several do so together, it has the names of all of them.
    `foreign` are the facts of the situation that only one of the two can read.
    """

    constraint: Constraint
    by_second: bool
    situation: Situation
    foreign: tuple[str, ...] = ()


@dataclass(frozen=True)
class Difference:
    """
    How two rulebooks differ.

    `gone` and `new` are the words (options, facts, values of facts) that only the first and only the second has.
    On all other options the two agree in every situation that both allow. `undecided` are options, and `unsettled`
    constraints, that were not decided in time.
    """

    first: Rulebook
    second: Rulebook
    divergences: tuple[Divergence, ...]
    undecided: tuple[str, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]
    refusals: tuple[Refusal, ...] = ()
    unsettled: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        """Whether it is certain that both allow the same situations, have the same options and agree on them."""
        found = self.divergences or self.undecided or self.refusals or self.unsettled
        return not found and self.first.options.keys() == self.second.options.keys()


def difference(first: Rulebook, second: Rulebook, seconds: float = SECONDS_OVER_ALL) -> Difference:
    """Return how two rulebooks differ; all questions over all situations together may take so many seconds."""
    with search_time(seconds):
        found = differing(first, second)
        refusals, unsettled = _refusals(first, second)
    divergences = tuple(
        _divergence(first, second, option, facts) for option, facts in found.items() if facts is not None
    )
    undecided = tuple(option for option in first.options if option in second.options and option not in found)
    gone, new = (tuple(_words(one, other)) for one, other in ((first, second), (second, first)))
    return Difference(first, second, divergences, undecided, gone, new, refusals, unsettled)


def _divergence(first: Rulebook, second: Rulebook, option: str, facts: Mapping[str, str]) -> Divergence:
    before, after = (advise(book, Situation(_readable(book, facts))).options[option] for book in (first, second))
    title = f"The verdict on {option} turns from {before.verdict} to {after.verdict}"
    situation = Situation(facts, option, title, expect={option: after.verdict.value})
    return Divergence(before, after, situation, _foreign(first, second, facts))


def _refusals(first: Rulebook, second: Rulebook) -> tuple[tuple[Refusal, ...], tuple[str, ...]]:
    """Return the constraints that refuse what the other rulebook allows, and those not decided in time."""
    both = sides(first, second)
    refusals: list[Refusal] = []
    unsettled: list[str] = []
    for strict, lenient in (both, both[::-1]):
        theirs = {constraint.never for constraint in lenient.book.constraints}
        found = _refused([each for each in strict.book.constraints if each.never not in theirs], lenient)
        alone = {constraint.id for constraint, facts in found if facts is not None}
        # Constraints that both have can leave a fact no value where it has fewer values.
        found += _refused(_together(strict.book, alone), lenient)
        for constraint, facts in sorted(found, key=lambda each: (each[0].id, str(each[0].never))):
            if facts is UNDECIDED:
                unsettled.append(constraint.id)
            elif facts is not None:
                foreign = _foreign(first, second, facts)
                refusals.append(Refusal(constraint, strict.number == 1, Situation(facts, constraint.id), foreign))
    return tuple(refusals), tuple(unsettled)


def _together(book: Rulebook, alone: Collection[str]) -> list[Constraint]:
    """Return what follows from several constraints, none of which refuses anything alone, under all their names."""
    return [
        Constraint(" and ".join(sorted(constraint.id for constraint in each.due_to)), each.never)
        for each in exclusions(book)
        if len(each.due_to) > 1 and not any(constraint.id in alone for constraint in each.due_to)
    ]


def _refused(constraints: Sequence[Constraint], lenient: Side) -> list[tuple[Constraint, Mapping[str, str] | None]]:
    """Return constraints with a smallest situation that each refuses and the other rulebook allows, or None."""
    # A constraint holds where a rule with its condition acts; the ids of two constraints may be the same.
    rules = {
        str(number): Rule(str(number), "", (), "", (), Basis.STATED, Strength.PLAIN, constraint.never)
        for number, constraint in enumerate(constraints)
    }
    book = Rulebook(lenient.facts, {}, {}, rules, constraints=lenient.constraints(), closed=True)
    found = smallest_examples(book, rules) if rules else {}
    return [(each, found.get(str(number), UNDECIDED)) for number, each in enumerate(constraints)]


def _foreign(first: Rulebook, second: Rulebook, facts: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(fact for fact in facts if any(fact not in _readable(book, facts) for book in (first, second)))


def _readable(book: Rulebook, facts: Mapping[str, str]) -> dict[str, str]:
    return {id: value for id, value in facts.items() if id in book.facts and value in book.facts[id].values}


def _words(one: Rulebook, other: Rulebook) -> Iterator[str]:
    """Yield the words of one rulebook that the other does not have."""
    yield from (f"option {id}" for id in one.options if id not in other.options)
    for id, fact in one.facts.items():
        if id not in other.facts:
            yield f"fact {id}"
        else:
            yield from (f"value {id}: {value}" for value in fact.values if value not in other.facts[id].values)
