"""One encoding, grounded once for a rulebook, and the ways of solving it; what varies is assumed anew each time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import clingo

#: An atom by its name and arguments, as in ("is", 0, "weather", "fair").
Term = tuple[str | int, ...]


class AnswerSetProgram:
    """
    `meaning.lp` with another encoding and the rulebook as facts, ready to be solved.

    Assumptions are pairs of an atom and whether it is to hold. There is no answer where an atom is
    assumed to hold that grounding has found to be impossible.
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

    def first(self, assumed: Iterable[tuple[Term, bool]]) -> frozenset[Term] | None:
        """Return what one answer shows, or None where there is none."""
        return self._last("auto", 1, assumed)

    def some(self, assumed: Iterable[tuple[Term, bool]]) -> frozenset[Term] | None:
        """Return everything that at least one answer shows, or None where there is no answer."""
        return self._last("brave", 0, assumed)

    def every(self, assumed: Iterable[tuple[Term, bool]]) -> frozenset[Term] | None:
        """Return what every answer shows, or None where there is no answer."""
        return self._last("cautious", 0, assumed)

    def best(self, assumed: Iterable[tuple[Term, bool]], most: int) -> tuple[frozenset[Term], ...]:
        """Return what the best answers show, at most `most` of them: no two of them the same."""
        with self._solving(assumed, "auto", 0, "optN", "show") as answers:
            return tuple(
                islice((terms(model.symbols(shown=True)) for model in answers if model.optimality_proven), most)
            )

    def several(self, assumed: Iterable[tuple[Term, bool]], most: int) -> tuple[frozenset[Term], ...]:
        """Return what answers show, at most `most` of them; two of them may show the same."""
        with self._solving(assumed, "auto", most) as answers:
            return tuple(terms(model.symbols(shown=True)) for model in answers)

    def _last(self, mode: str, models: int, assumed: Iterable[tuple[Term, bool]]) -> frozenset[Term] | None:
        symbols = None
        with self._solving(assumed, mode, models) as answers:
            for model in answers:
                symbols = model.symbols(shown=True)
            return None if symbols is None else terms(symbols)

    @contextmanager
    def _solving(
        self, assumed: Iterable[tuple[Term, bool]], mode: str, models: int, optimum: str = "ignore", project: str = "no"
    ) -> Iterator[Iterable[clingo.Model]]:
        """Yield the answers as they are found; nobody else can ask meanwhile."""
        with self._lock:
            self._set(mode, models, optimum, project)
            if (literals := self._assumptions(assumed)) is None:
                yield ()
            else:
                with self._control.solve(literals, yield_=True) as handle:
                    yield handle

    def _set(self, mode: str, models: int, optimum: str, project: str = "no") -> None:
        configuration: clingo.Configuration = self._control.configuration.solve  # type: ignore[assignment]
        configuration.enum_mode = mode
        configuration.models = str(models)
        configuration.opt_mode = optimum
        configuration.project = project

    def _assumptions(self, assumed: Iterable[tuple[Term, bool]]) -> list[int] | None:
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
