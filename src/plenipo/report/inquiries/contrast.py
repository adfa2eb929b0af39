"""A comparison of two situations in words: each verdict that differs, and the facts that account for it."""

from __future__ import annotations

from collections.abc import Iterator

from plenipo.inquiry.compare import Contrast, Turn
from plenipo.report import words
from plenipo.report.inquiries.phrases import counted, facts, values
from plenipo.report.inquiries.told import Line, Part, Told

#: As many explanations of one verdict as are told without `--full`.
SHOWN = 3


def told(contrast: Contrast, *, full: bool = False, remark: str = "") -> Told:
    """Return a comparison as it is told; `full` names every explanation of every verdict."""
    before, after = (words.title(advice.situation) for advice in (contrast.before, contrast.after))
    differ = f"{counted(len(contrast.facts), 'fact')} and {counted(len(contrast.turns), 'verdict')} differ"
    lines = tuple(line for turn in contrast.turns for line in _turn(turn, contrast, full=full))
    parts = [Part("Verdicts that differ, and what accounts for each", lines, str(len(contrast.turns)))]
    if full:
        parts.append(Part("Facts that differ", tuple(_fact(id, contrast) for id in contrast.facts)))
    return Told(
        before if before == after else f"{before} → {after}",
        " · ".join(part for part in (differ, remark) if part),
        parts=tuple(part for part in parts if part.lines),
        rest=tuple(_rest(contrast)),
    )


def _turn(turn: Turn, contrast: Contrast, *, full: bool) -> Iterator[Line]:
    yield Line(turn.option.title, aside=turn.option.id, strong=True, verdict=turn.after)
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
    return Line(f"{fact.name}: {values(fact, [before])} → {values(fact, [after])}", aside=id)


def _rest(contrast: Contrast) -> Iterator[str]:
    if not contrast.facts:
        yield "The two situations hold the same facts."
    elif contrast.idle:
        named = " that was found" if any(turn.more for turn in contrast.turns) else ""
        yield f"Differing too, but in no smallest part{named}: {facts(contrast.before.rulebook, contrast.idle)}."
