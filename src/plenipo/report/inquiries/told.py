"""
What is told of an answer, before any format dresses it: a title, a standing, and parts made of lines.
"""

from __future__ import annotations

from dataclasses import dataclass

from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Line:
    """A line: a word on what it is, text, and an id or a citation beside it; `verdict` gives it a mark."""

    text: str
    depth: int = 0
    label: str = ""
    aside: str = ""
    cite: str = ""
    strong: bool = False
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Part:
    """A stretch under a heading, with how many things it tells where they are counted."""

    heading: str
    lines: tuple[Line, ...]
    note: str = ""
    verdict: Verdict = Verdict.SILENT


@dataclass(frozen=True)
class Told:
    """The whole of an answer: its title, what it stands on, what it comes to, and its parts; `rest` ends it."""

    title: str
    header: str
    aside: str = ""
    standing: Line | None = None
    parts: tuple[Part, ...] = ()
    rest: tuple[str, ...] = ()
