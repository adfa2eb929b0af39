"""Solving with a time limit: what was found when time is up holds, and there may be more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from plenipo.engines.answers.program import AnswerSetProgram, Term, terms

if TYPE_CHECKING:
    import clingo

#: Seconds after which a wait looks up, so that it can be interrupted.
NAP = 0.1


@dataclass(frozen=True)
class Seen:
    """What answers show, and whether that is all of it (`whole`)."""

    terms: frozenset[Term]
    whole: bool = True


class TimedProgram(AnswerSetProgram):
    """A program that stops searching when time is up."""

    def seen(self, assumed: Iterable[tuple[Term, bool]], seconds: float) -> Seen:
        """Return what at least one answer shows; if not whole, only what was found so far."""
        return self._timed("brave", "ignore", assumed, seconds)[0]

    def smallest(self, assumed: Iterable[tuple[Term, bool]], seconds: float) -> frozenset[Term] | None:
        """
        Return what the best answer shows, or the best so far when time is up; None where there is none.

        Raises:
            TimeoutError: time was up before any answer was found.
        """
        shown, found = self._timed("auto", "opt", assumed, seconds)
        if not found and not shown.whole:
            raise TimeoutError
        return shown.terms if found else None

    def _timed(
        self, mode: str, optimum: str, assumed: Iterable[tuple[Term, bool]], seconds: float
    ) -> tuple[Seen, bool]:
        """Return what the last answer shows, and whether there was any."""
        deadline = monotonic() + seconds
        symbols: Sequence[clingo.Symbol] = ()
        found = late = False
        with self._lock:
            self._set(mode, 0, optimum)
            if (literals := self._assumptions(assumed)) is None:
                return Seen(frozenset()), False
            with self._control.solve(literals, yield_=True, async_=True) as handle:
                while True:
                    handle.resume()
                    if late := not _ready(handle, deadline):
                        handle.cancel()
                        break
                    if (model := handle.model()) is None:
                        break
                    symbols, found = model.symbols(shown=True), True
                whole = bool(handle.get().exhausted) and not late
                return Seen(terms(symbols), whole), found


def _ready(handle: clingo.SolveHandle, deadline: float) -> bool:
    """Wait for the next answer, or that there is none; return whether it came in time."""
    while (left := deadline - monotonic()) > 0:
        if handle.wait(min(left, NAP)):
            return True
    return False
