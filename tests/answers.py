"""Advice for tests, worked out without an engine, and how it is printed."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from plenipo.advice.conclude import Advice, conclude
from plenipo.report import render
from plenipo.rulebook.model import Basis, Link, Option, Rulebook, Situation
from tests.oracle import Oracle
from tests.strategies import rulebooks, situations

#: As many random rulebooks as a test can make up in a second or so.
few = settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])


def advise(rulebook: Rulebook, situation: Situation | Mapping[str, str]) -> Advice:
    """Return advice, the oracle saying which rules fire."""
    told = situation if isinstance(situation, Situation) else Situation(situation)
    return conclude(rulebook, told, Oracle(rulebook, told.facts).fired)


def shown(answer: object, format: str = "text", **chosen: object) -> str:
    """Return what is written of an answer, at 80 columns unless others are chosen."""
    return render(answer, format, **{"width": 80, **chosen})  # type: ignore[arg-type]


@st.composite
def advised(draw: st.DrawFn) -> Advice:
    """Advice on a random situation by a random rulebook, whose options are tied to one another at random."""
    rulebook = draw(rulebooks())
    ids = [*rulebook.options, "x1", "x2"]
    others = st.lists(st.sampled_from(ids), max_size=2, unique=True)
    link = Link(("A01",), Basis.STATED)
    options = {
        id: Option(
            id,
            "options",
            f"Option {number}",
            part_of=draw(st.one_of(st.none(), st.sampled_from(ids))),
            after=dict.fromkeys(draw(others), link),
            beside=dict.fromkeys(draw(others), link),
        )
        for number, id in enumerate(ids)
    }
    tied = Rulebook(rulebook.facts, options, rulebook.findings, rulebook.rules)
    considering = tuple(draw(st.lists(st.sampled_from(ids), max_size=2)))
    return advise(tied, Situation(draw(situations(tied)), considering=considering))
