"""Advice on a situation: an engine kept for each rulebook says which rules fire, and the rest follows."""

from __future__ import annotations

from functools import lru_cache

from plenipo.advice.conclude import Advice, conclude
from plenipo.did_you_mean import did_you_mean
from plenipo.engines.production import ProductionEngine
from plenipo.errors import UnknownNameError
from plenipo.rulebook.model import Rulebook, Situation


def advise(rulebook: Rulebook, situation: Situation, source: str | None = None) -> Advice:
    """
    Return the advice of a rulebook on a situation, or only what one of its sources gives alone.

    Raises:
        UnknownNameError: the rulebook has no such source.
        EngineError: the engine broke off.
    """
    book = _given_by(rulebook, source) if source else rulebook
    return conclude(book, situation, _engine(book).fires(situation.facts))


@lru_cache(maxsize=4)
def _engine(rulebook: Rulebook) -> ProductionEngine:
    return ProductionEngine(rulebook)


@lru_cache(maxsize=4)
def _given_by(rulebook: Rulebook, source: str) -> Rulebook:
    if source not in rulebook.sources:
        known = ", ".join(f"`{id}`" for id in rulebook.sources) or "none"
        help = did_you_mean(source, rulebook.sources) or (f"the sources are: {known}",)
        raise UnknownNameError(f"no source is called `{source}`", help=help)
    return rulebook.given_by(source)
