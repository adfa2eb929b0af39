"""Questions about very many situations at once: every combination of some facts, and all that is likely."""

from __future__ import annotations

from plenipo.library.reading import load_rulebook, load_situation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from plenipo.inquiry.robustness import Robustness
    from plenipo.inquiry.sweep import Sweep
    from plenipo.library.likeness import SituationLike
    from plenipo.rulebook.model import Rulebook


def sweep(
    situation: SituationLike,
    over: Iterable[str],
    *,
    unknown: bool = False,
    about: Iterable[str] = (),
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Sweep:
    """
    Return the advice on every combination of the values of some facts, all else as a situation has it.

    Combinations that constraints rule out are left out. `unknown` counts not being known as one more value of each
    fact; `about` are the options that count, by default all; `source` asks for what one essay gives alone.

    >>> swept = sweep({"us_china_friction": "low"}, ["dprk_wants_china", "wider_format_appetite"])
    >>> len(swept.facts), swept.counts["four_party_talks"]["consider"]
    (4, 1)

    Raises:
        SituationError: the situation has faults.
        UsageError: there is no such fact, option, source or situation, or there are too many combinations.
    """
    from plenipo.advice.adviser import advise
    from plenipo.inquiry.sweep import sweep

    book = rulebook or load_rulebook()
    named = tuple(dict.fromkeys(over))
    freed = {fact: None for fact in named if fact in book.facts}
    base = load_situation(situation, rulebook=book, changes=freed)
    return sweep(advise(book, base, source), named, unknown=unknown, about=tuple(about))


def robust(
    situation: SituationLike,
    *,
    samples: int | None = None,
    exact: bool = False,
    seed: int = 0,
    seconds: float = 60.0,
    equally: Iterable[str] = (),
    about: Iterable[str] = (),
    rulebook: Rulebook | None = None,
    source: str | None = None,
) -> Robustness:
    """
    Return what becomes of the advice over all worlds that a situation calls likely.

    It tells the share of these worlds in which each option has each verdict, which facts move it, the regions in which
    it flips with the rules that make it so, and how much of the advice stays without each essay. `samples` has so many
    worlds drawn, with `seed`; `exact` has all of them weighed, for so many seconds; with neither, they are weighed
    unless that takes too many steps. Facts in `equally` have each value as likely as the others, `unknown` among them
    stands for all that are not known. `about` are the options that count; `source` asks for what one essay gives alone.

    >>> found = robust({"us_china_friction": "low"}, equally=["dprk_wants_china", "wider_format_appetite"])
    >>> {verdict.value: str(share) for verdict, share in found.options["four_party_talks"].shares.items()}
    {'defer': '3/4', 'consider': '1/4'}

    Raises:
        SituationError: the situation has faults.
        UsageError: nothing is likely, there is no such fact, option, source or situation, or time is up.
    """
    from plenipo.advice.adviser import advise
    from plenipo.inquiry.robustness import robustness

    book = rulebook or load_rulebook()
    advice = advise(book, load_situation(situation, rulebook=book), source)
    return robustness(
        advice,
        samples=samples,
        exact=exact,
        seed=seed,
        seconds=seconds,
        equally=tuple(equally),
        about=tuple(about),
        sources=() if source else None,
    )
