"""The engine: a network built when first needed, run for one situation at a time, thrown away when it breaks."""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import TYPE_CHECKING

from plenipo.engines.production.experta_network import Network
from plenipo.engines.production.productions import flatten
from plenipo.errors import EngineError

if TYPE_CHECKING:
    from plenipo.rulebook.model import Rulebook


class ProductionEngine:
    """
    Says which rules of one rulebook fire in a situation.

    It is compiled once, on first use, and keeps nothing from one situation to the next; several threads may ask it.
    `steps` caps how many productions may fire in one situation, by default as many as there are.
    """

    def __init__(self, rulebook: Rulebook, *, steps: int | None = None) -> None:
        self._productions = flatten(rulebook)
        self._steps = len(self._productions) if steps is None else steps
        self._network: Network | None = None
        self._lock = Lock()

    def fires(self, facts: Mapping[str, str]) -> frozenset[str]:
        """
        Return the ids of the rules whose conditions hold, the overridden ones among them.

        `facts` gives fact -> value; a fact that is absent is unknown.

        Raises:
            EngineError: experta broke off, or did not come to an end; the next call starts afresh.
        """
        with self._lock:
            network = self._network or Network(self._productions)
            self._network = None
            try:
                fired = network.answer(facts, steps=self._steps)
            except EngineError:
                raise
            except Exception as error:
                raise EngineError(f"the production engine broke off: {error}") from error
            self._network = network
            return fired
