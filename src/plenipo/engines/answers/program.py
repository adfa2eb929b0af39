"""One encoding, grounded once for a rulebook, and the ways of solving it; what varies is assumed anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from math import inf
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import clingo

#: An atom by its name and arguments, as in ("is", 0, "weather", "fair").
Term = tuple[str | int, ...]
#: Seconds after which a wait looks up, so that it can be interrupted.
NAP = 0.1
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
        """Return what one answer shows, or None where there is none."""
        return self._last("auto", assumed, models=1)[0]

    def some(self, assumed: Iterable[Assumption]) -> frozenset[Term] | None:
        """Return everything that at least one answer shows, or None where there is no answer."""
        return self._last("brave", assumed)[0]

    def every(self, assumed: Iterable[Assumption]) -> frozenset[Term] | None:
        """Return what every answer shows, or None where there is no answer."""
        return self._last("cautious", assumed)[0]

    def seen(self, assumed: Iterable[Assumption], seconds: float) -> Seen:
        """Return what at least one answer shows; when time is up, what was found so far, which is not the whole."""
        shown, whole = self._last("brave", assumed, seconds=seconds)
        return shown or frozenset(), whole

    def smallest(self, assumed: Iterable[Assumption], seconds: float) -> frozenset[Term] | None:
        """
        Return what the best answer shows, or the best so far when time is up; None where there is none.

        Raises:
            TimeoutError: time was up before any answer was found.
        """
        shown, whole = self._last("auto", assumed, optimum="opt", seconds=seconds)
        if shown is None and not whole:
            raise TimeoutError
        return shown

    def best(self, assumed: Iterable[Assumption], most: int) -> tuple[frozenset[Term], ...]:
        """Return what the best answers show, at most `most` of them: no two of them the same."""
        with self._solving(assumed, "auto", 0, "optN", "show") as answers:
            proven = (model for model in answers or () if model.optimality_proven)
            return tuple(terms(model.symbols(shown=True)) for model in islice(proven, most))

    def several(self, assumed: Iterable[Assumption], most: int) -> tuple[frozenset[Term], ...]:
        """Return what answers show, at most `most` of them; two of them may show the same."""
        with self._solving(assumed, "auto", most) as answers:
            return tuple(terms(model.symbols(shown=True)) for model in answers or ())

    def _last(
        self,
        mode: str,
        assumed: Iterable[Assumption],
        *,
        models: int = 0,
        optimum: str = "ignore",
        seconds: float = inf,
    ) -> tuple[frozenset[Term] | None, bool]:
        """Return what the last answer shows that came in time, and whether no other could follow."""
        deadline = monotonic() + seconds
        symbols: Sequence[clingo.Symbol] | None = None
        late = False
        with self._solving(assumed, mode, models, optimum) as answers:
            if answers is None:
                return None, True
            while True:
                answers.resume()
                if late := not _ready(answers, deadline):
                    answers.cancel()
                    break
                if (model := answers.model()) is None:
                    break
                symbols = model.symbols(shown=True)
            whole = bool(answers.get().exhausted) and not late
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


def _ready(handle: clingo.SolveHandle, deadline: float) -> bool:
    """Wait for the next answer, or that there is none; return whether it came in time."""
    while (left := deadline - monotonic()) > 0:
        if handle.wait(min(left, NAP)):
            return True
    return False
