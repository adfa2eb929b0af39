"""A roadmap as SVG: a column for each stage, a box for each branch, from what to do now to what comes up later."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from plenipo.report.document import Document, Line, spans
from plenipo.report.page import FINE
from plenipo.report.pictures import svg
from plenipo.report.pictures.node_texts import EDGE, LINE, broken, first_line
from plenipo.rulebook.verdict import Verdict

#: The size of a box and the space between boxes, in points, and how many letters a line of one holds.
WIDTH, ACROSS, DOWN, LETTERS = 250, 46, 12, 44
TOP, SIDE = 44, 8
MARKS = f"{FINE.verdicts[Verdict.RECOMMEND]} recommended   {FINE.verdicts[Verdict.CONSIDER]} worth considering"


@dataclass
class _Box:
    """A stage: on what it depends, its steps, and the stages that follow."""

    #: Empty for the first.
    depends: str
    lines: list[Line] = field(default_factory=list)
    following: list[_Box] = field(default_factory=list)
    column: int = 0
    top: float = 0

    def texts(self) -> Iterator[tuple[str, str, float]]:
        """Yield each line of text with its style and how far it is set in."""
        yield from ((line, "depends", 0) for line in (broken(self.depends, LETTERS) if self.depends else ()))
        for step in self.lines:
            mark = f"{FINE.verdicts[step.verdict]} {step.number} " if step.verdict and step.number else ""
            first, *rest = broken(f"{mark}{_text(step)}", LETTERS - 2)
            yield first, step.verdict.value if step.verdict else "", 4
            yield from ((line, step.verdict.value if step.verdict else "", 22) for line in rest)
            who = "".join(span.text for span in spans(step.aside))
            yield from ((line, "small", 22) for line in (broken(who, LETTERS - 6) if who and mark else ()))

    @property
    def height(self) -> float:
        return 2 * EDGE + LINE * len(list(self.texts())) + 2


def roadmap_svg(document: Document, *, alone: bool = True) -> str:
    """
    Return the picture of a roadmap that was put into words: its first section is now, its second what follows.

    It is `alone` as a file of its own, or for a page that has the style of pictures.
    """
    now, later = document.sections
    first = _tree(now.lines, later.lines)
    below = _place(first, 0)
    deepest = max(box.column for box in _every(first))
    width = (WIDTH + ACROSS) * (deepest + 1) - ACROSS + 2 * SIDE
    remarks = [line for remark in (MARKS, *document.rest) for line in broken(remark, width // 5)]
    drawn = svg.picture(width, round(below) + TOP + LINE * len(remarks) + 8, f"Roadmap: {document.title}")
    svg.text(drawn, SIDE, 16, first_line(document.title, width), "heading")
    for stage in range(deepest + 1):
        svg.text(drawn, SIDE + stage * (WIDTH + ACROSS), 36, "Now" if not stage else f"Stage {stage + 1}", "column")
    moved = svg.group(drawn, ("all",))
    moved.set("transform", f"translate({SIDE} {TOP})")
    for box in _every(first):
        _draw(moved, box)
    svg.lines(drawn, SIDE, below + TOP + LINE, remarks, "small")
    return svg.written(drawn, alone=alone)


def _text(line: Line) -> str:
    return "".join(span.text for span in spans(line.text))


def _tree(now: Sequence[Line], later: Sequence[Line]) -> _Box:
    """Return the boxes of a roadmap; a line in strong letters without a number opens one."""
    first = _Box("", [line for line in now if line.number])
    path = [first]
    for line in later:
        opens = not line.number and line.depth < len(path) and _opens(line)
        if opens:
            depends, _, repeated = _text(line).partition(": ")
            box = _Box(depends, [Line(repeated)] if repeated else [], column=line.depth + 1)
            del path[line.depth + 1 :]
            path[line.depth].following.append(box)
            path.append(box)
        elif line.number or "as above" in _text(line):
            path[min(line.depth, len(path) - 1)].lines.append(line)
    return first


def _opens(line: Line) -> bool:
    return any(span.tone == "strong" for span in spans(line.text))


def _place(box: _Box, top: float) -> float:
    """Give a box and all that follow it their places, and return where they end."""
    box.top = top
    end = top
    for following in box.following:
        end = _place(following, end) + DOWN
    return max(top + box.height, end - DOWN if box.following else 0)


def _every(box: _Box) -> Iterator[_Box]:
    yield box
    for following in box.following:
        yield from _every(following)


def _draw(parent: svg.Element, box: _Box) -> None:
    left = box.column * (WIDTH + ACROSS)
    drawn = svg.group(parent, ("stage", "decides" if not box.column else "at_work"))
    svg.box(drawn, left, box.top, WIDTH, box.height)
    y = box.top + EDGE + LINE - 2
    for line, classes, inset in box.texts():
        svg.text(drawn, left + 5 + inset, y, line, classes)
        y += LINE
    for following in box.following:
        start, end = (left + WIDTH, box.top + 10), (left + WIDTH + ACROSS, following.top + 10)
        middle = (start[0] + end[0]) / 2
        curve = f"M{start[0]} {start[1]}C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"
        svg.path(parent, curve, "edge at_work")
