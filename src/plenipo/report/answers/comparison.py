"""A comparison of two situations: each verdict that differs, and the facts that account for it."""

from __future__ import annotations

from collections.abc import Iterator

from plenipo.inquiry.compare import Contrast, Turn
from plenipo.report import words
from plenipo.report.document import Document, Line, Section, Showing, strong
from plenipo.report.json import Data, advice_head, plain
from plenipo.report.words import counted, facts, labels

#: As many explanations of one verdict are shown unless in full.
SHOWN = 3


def document(contrast: Contrast, showing: Showing) -> Document:
    """Return a comparison in words; in full it names every explanation of every verdict."""
    before, after = (words.title(advice.situation) for advice in (contrast.before, contrast.after))
    differ = f"{counted(len(contrast.facts), 'fact')} and {counted(len(contrast.turns), 'verdict')} differ"
    lines = tuple(line for turn in contrast.turns for line in _turn(turn, contrast, full=showing.full))
    differing = tuple(_fact(id, contrast) for id in contrast.facts) if showing.full else ()
    return Document(
        before if before == after else f"{before} → {after}",
        (" · ".join(part for part in (differ, showing.remark) if part),),
        sections=(
            Section("Verdicts that differ, and what accounts for each", lines, str(len(contrast.turns))),
            Section("Facts that differ", differing),
        ),
        rest=tuple(_rest(contrast)),
    )


def data(contrast: Contrast, showing: Showing) -> Data:
    """Return the facts and the verdicts that differ, each verdict with the smallest parts that explain it."""
    return {
        **advice_head("comparison", contrast.before, showing.remark),
        "facts": {
            id: {"before": plain(before), "after": plain(after)} for id, (before, after) in contrast.facts.items()
        },
        "options": {
            turn.option.id: {
                "title": turn.option.title,
                "before": turn.before,
                "after": turn.after,
                "because": [list(part) for part in turn.because],
                "more": turn.more,
            }
            for turn in contrast.turns
        },
        "idle": list(contrast.idle),
    }


def _turn(turn: Turn, contrast: Contrast, *, full: bool) -> Iterator[Line]:
    yield Line(strong(turn.option.title), aside=turn.option.id, verdict=turn.after)
    yield Line(f"{turn.before} → {turn.after}", 1)
    shown = turn.because if full else turn.because[:SHOWN]
    for number, part in enumerate(shown):
        for place, id in enumerate(part):
            line = _fact(id, contrast)
            yield Line(line.text, 1, "and" if place else "or" if number else "because", id)
    if more := len(turn.because) - len(shown):
        yield Line(f"{counted(more, 'other part')} of the difference, as small", 1, "or")
    if turn.more:
        yield Line("And more, as small; no more were looked for", 1, "or")


def _fact(id: str, contrast: Contrast) -> Line:
    fact = contrast.before.rulebook.facts[id]
    before, after = contrast.facts[id]
    return Line(f"{fact.name}: {labels(fact, [before])} → {labels(fact, [after])}", aside=id)


def _rest(contrast: Contrast) -> Iterator[str]:
    if not contrast.facts:
        yield "The two situations hold the same facts."
    elif contrast.idle:
        several = len(contrast.idle) > 1
        named = facts(contrast.before.rulebook, contrast.idle)
        yield f"Also {'different, but these change' if several else 'different, but it changes'} no verdict: {named}."
