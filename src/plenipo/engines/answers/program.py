"""One encoding, grounded once for a rulebook, and the ways of solving it; what varies is assumed anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

from plenipo.search_time import time_left

if TYPE_CHECKING:
    import clingo

#: An atom by its name and arguments, as in ("is", 0, "weather", "fair").
Term = tuple[str | int, ...]
#: Seconds after which a wait looks up, so that it can be interrupted.
NAP = 0.05
#: What answers show, and whether that is all of it.
Seen = tuple[frozenset[Term], bool]
#: An atom, and whether it is to hold.
Assumption = tuple[Term, bool]


class AnswerSetProgram:
    """
    `meaning.lp` with another encoding and the rulebook as facts, ready to be solved.

    There is no answer where an atom is assumed to hold that grounding has found to be impossible.
    """

    def __init__(self, encoding: str, facts: str) -> None:
        import clingo  # noqa: PLC0415 - only what is asked of this engine needs it

        self._clingo = clingo
        # clingo raises what matters, and has nothing else to say.
        self._control = clingo.Control(["--warn=none"], logger=lambda code, message: None)  # noqa: ARG005
        folder = Path(__file__).parent
        for name in ("meaning.lp", encoding):
            self._control.add("base", [], (folder / name).read_text(encoding="utf-8"))
        self._control.add("base", [], facts)
        self._control.ground([("base", [])])
        self._literals: dict[Term, int | None] = {}
        self._lock = Lock()

    def first(self, assumed: Iterable[Assumption]) -> frozenset[Term] | None:
        """
        Return what one answer shows, or None where there is none.

        Raises:
            TimeoutError: time was up, as it can be for every question below that does not say otherwise.
        """
        return next(iter(self.several(assumed, 1)), None)

    def some(self, assumed: Iterable[Assumption]) -> Seen:
        """Return everything that at least one answer shows; when time is up, what was found so far."""
        shown, whole = self._last("brave", assumed)
        return shown or frozenset(), whole

    def every(self, assumed: Iterable[Assumption]) -> frozenset[Term] | None:
        """Return what every answer shows, or None where there is no answer."""
        shown, whole = self._last("cautious", assumed)
        return _in_time(shown, whole)

    def smallest(self, assumed: Iterable[Assumption]) -> frozenset[Term] | None:
        """
        Return what the best answer shows, or the best so far when time is up; None where there is none.

        Raises:
            TimeoutError: time was up before any answer was found.
        """
        shown, whole = self._last("auto", assumed, optimum="opt")
        return shown if shown is not None else _in_time(shown, whole)

    def best(self, assumed: Iterable[Assumption], most: int) -> tuple[frozenset[Term], ...]:
        """Return what the best answers show, at most `most` of them: no two of them the same."""
        with self._solving(assumed, "auto", 0, "optN", "show") as answers:
            proven = (model for model in _models(answers) if model.optimality_proven)
            return tuple(terms(model.symbols(shown=True)) for model in islice(proven, most))

    def several(self, assumed: Iterable[Assumption], most: int) -> tuple[frozenset[Term], ...]:
        """Return what answers show, at most `most` of them; two of them may show the same."""
        with self._solving(assumed, "auto", most) as answers:
            return tuple(terms(model.symbols(shown=True)) for model in _models(answers))

    def _last(
        self, mode: str, assumed: Iterable[Assumption], *, optimum: str = "ignore"
    ) -> tuple[frozenset[Term] | None, bool]:
        """Return what the last answer shows that came in time, and whether no other could follow."""
        symbols: Sequence[clingo.Symbol] | None = None
        whole = True
        with self._solving(assumed, mode, 0, optimum) as answers:
            try:
                for model in _models(answers):
                    symbols = model.symbols(shown=True)
            except TimeoutError:
                whole = False
        return None if symbols is None else terms(symbols), whole

    @contextmanager
    def _solving(
        self, assumed: Iterable[Assumption], mode: str, models: int, optimum: str = "ignore", project: str = "no"
    ) -> Iterator[clingo.SolveHandle | None]:
        """Yield the search for answers, or None where there can be none; nobody else can ask meanwhile."""
        with self._lock:
            configuration: clingo.Configuration = self._control.configuration.solve  # type: ignore[assignment]
            configuration.enum_mode = mode
            configuration.models = str(models)
            configuration.opt_mode = optimum
            configuration.project = project
            if (literals := self._assumptions(assumed)) is None:
                yield None
            else:
                with self._control.solve(literals, yield_=True, async_=True) as handle:
                    yield handle

    def _assumptions(self, assumed: Iterable[Assumption]) -> list[int] | None:
        """Return the assumptions as literals, or None where one of them is impossible."""
        literals = []
        for term, wanted in assumed:
            if (literal := self._literal(term)) is not None:
                literals.append(literal if wanted else -literal)
            elif wanted:
                return None
        return literals

    def _literal(self, term: Term) -> int | None:
        if term not in self._literals:
            name, *given = term
            made = [self._clingo.Number(each) if isinstance(each, int) else self._clingo.String(each) for each in given]
            atom = self._control.symbolic_atoms[self._clingo.Function(str(name), made)]
            self._literals[term] = None if atom is None else atom.literal
        return self._literals[term]


def terms(symbols: Iterable[clingo.Symbol]) -> frozenset[Term]:
    """Return what an answer shows as terms."""
    return frozenset((symbol.name, *(argument.string for argument in symbol.arguments)) for symbol in symbols)


def _models(answers: clingo.SolveHandle | None) -> Iterator[clingo.Model]:
    """
    Yield the answers of a search as they come. This is the one place that waits for clingo, in naps.

    Raises:
        TimeoutError: time was up before the search was over.
    """
    if answers is None:
        return
    end = monotonic() + time_left()
    while True:
        answers.resume()
        while (left := end - monotonic()) > 0 and not answers.wait(min(left, NAP)):
            pass
        if left <= 0:
            answers.cancel()
            raise TimeoutError
        if (model := answers.model()) is None:
            return
        yield model


def _in_time(shown: frozenset[Term] | None, whole: bool) -> frozenset[Term] | None:
    if not whole:
        raise TimeoutError
    return shown
