"""Questions about the rulebook itself: is it sound, do its tests hold, and do they test enough."""

from __future__ import annotations

from plenipo.library.reading import load_rulebook, load_situation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from plenipo.audit.coverage import Coverage
    from plenipo.audit.diff import Difference
    from plenipo.audit.examine import Examination
    from plenipo.audit.generate import Generated
    from plenipo.audit.mutation import Mutation
    from plenipo.audit.suite import SuiteResult
    from plenipo.library.likeness import SituationLike
    from plenipo.rulebook.model import Rulebook, Situation


def check(folder: Path | str | None = None, *, seconds: float = 60.0, witnesses: bool = False) -> Examination:
    """
    Run every check on the rulebook in a folder, or on the one that comes with plenipo, and count what it cites.

    Each question over every situation is given so many seconds; `witnesses` asks for situations that bear out what is
    found.

    Raises:
        RulebookError: the rulebook cannot be loaded; all that was found is told.
    """
    from pathlib import Path

    from plenipo.audit.examine import examine

    return examine(None if folder is None else Path(folder), seconds=seconds, witnesses=witnesses)


def diff(first: Path | str | Rulebook, second: Path | str | Rulebook, *, seconds: float = 60.0) -> Difference:
    """
    Return the options on which two rulebooks can give different verdicts, each with a situation in which they do.

    That an option is not among them is proof that they always agree on it, unless it is said to be undecided.

    Raises:
        RulebookError: one of them cannot be loaded.
    """
    from plenipo.audit.diff import difference
    from plenipo.rulebook.model import Rulebook

    one, other = (book if isinstance(book, Rulebook) else load_rulebook(book) for book in (first, second))
    return difference(one, other, seconds)


def run_suite(cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None) -> SuiteResult:
    """
    Hold the advice on situations, by default all that come with plenipo, against what they expect.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.advice.adviser import advise
    from plenipo.audit.suite import hold_to_expectations
    from plenipo.rulebook import locations

    book = rulebook or load_rulebook()
    chosen = locations.situations() if cases is None else cases
    return hold_to_expectations(book, (advise(book, load_situation(each, rulebook=book)) for each in chosen))


def coverage(
    cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None, seconds: float = 30.0
) -> Coverage:
    """
    Return which rules fire in some situations, by default all that come with plenipo, and which conditions they decide.

    A condition is decided when it is true in one situation and false in another; what no situation could show is not
    counted. To know that may take a search, for which so many seconds are given.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.audit.coverage import coverage

    book = rulebook or load_rulebook()
    return coverage(book, [case.facts for case in _cases(cases, book)], seconds)


def mutate(
    cases: Iterable[SituationLike] | None = None, *, rulebook: Rulebook | None = None, seconds: float = 30.0
) -> Mutation:
    """
    Return which small mistakes in the rulebook the expectations of some situations notice, and which they do not.

    A mistake that no situation at all shows by a verdict is not counted. One search for such a situation may take so
    many seconds.

    Raises:
        SituationError: a situation has faults.
    """
    from plenipo.audit.mutation import mutation

    book = rulebook or load_rulebook()
    return mutation(book, _cases(cases, book), seconds)


def generate(*, rulebook: Rulebook | None = None, seconds: float = 30.0) -> Generated:
    """Return a small set of situations that fires every rule and decides every condition both ways."""
    from plenipo.audit.generate import generate

    return generate(rulebook or load_rulebook(), seconds)


def _cases(cases: Iterable[SituationLike] | None, book: Rulebook) -> list[Situation]:
    from plenipo.rulebook import locations

    return [load_situation(each, rulebook=book) for each in (locations.situations() if cases is None else cases)]
