"""
The page: what a terminal, or a file in place of one, shows line by line.

It wraps with hanging indents, keeps marks and colours beside words that say the same, and falls back to plain letters
where the stream takes no others. All text is cleaned on its way in and never read as markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from plenipo.advice import Verdict
from plenipo.report.safe import clean, encodable
from plenipo.report.wrap import GLUE, Stretch, Word, lines

#: Text, or text with a style.
Piece = str | Stretch
#: Longer lines than this are hard to read, however wide the screen is.
WIDEST = 120
#: Narrower than this nothing could be laid out.
NARROWEST = 24

COLOURS = {
    Verdict.RECOMMEND: "green",
    Verdict.CONSIDER: "cyan",
    Verdict.DEFER: "yellow",
    Verdict.AVOID: "red",
    Verdict.DONE: "blue",
    Verdict.SILENT: "",
}


@dataclass(frozen=True)
class Marks:
    """The symbols of a page; each always stands beside the word it stands for, or under a heading with it."""

    verdicts: dict[Verdict, str]
    rule: str
    yes: str
    no: str
    unknown: str = "?"
    caution: str = "!"


FINE = Marks(dict(zip(Verdict, "✓✗◐●○·", strict=True)), rule="─", yes="✓", no="✗")
PLAIN = Marks(dict(zip(Verdict, "vx~*o.", strict=True)), rule="-", yes="+", no="x")


class Page:
    """
    A stream to write laid-out text to.

    Colours are left out where the stream is no terminal, where NO_COLOR is set, or where TERM is `dumb`. The page is as
    wide as the terminal, though at most `WIDEST`; where there is none, COLUMNS tells, or it is 80.
    """

    def __init__(self, stream: TextIO | None = None, width: int | None = None) -> None:
        self.console = Console(file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=True)
        self.width = max(width or min(self.console.width, WIDEST), NARROWEST)
        self.encoding = self.console.encoding
        symbols = "".join(FINE.verdicts.values()) + FINE.rule
        self.marks = FINE if encodable(symbols, self.encoding) == symbols else PLAIN

    def mark(self, verdict: Verdict) -> Stretch:
        """Return the symbol of a verdict in its colour."""
        return (self.marks.verdicts[verdict], COLOURS[verdict])

    def blank(self) -> None:
        """Leave a line empty."""
        self.console.print()

    def heading(self, words: str, style: str = "", note: str = "") -> None:
        """Write a heading with a rule to the end of the line, a note at the end of it."""
        words, note = self._safe(words), self._safe(note)
        room = self.width - cell_len(words) - cell_len(note) - (2 if note else 1)
        line = Text(words, f"bold {style}".strip())
        if room > 0:
            line.append(f" {self.marks.rule * room}{' ' if note else ''}", "dim").append(note, "dim")
        self._put(line)

    def paragraph(
        self, *pieces: Piece, indent: int = 0, hang: int = 0, mark: Stretch | None = None, right: str = ""
    ) -> None:
        """
        Write a paragraph wrapped to the page, `indent` from the left, its further lines `hang` more.

        A mark stands at the indent, and the text clears it by one space. What is to stand at the right end does so on
        the last line where it fits, else on one of its own.
        """
        start = indent + (cell_len(mark[0]) + 1 if mark else 0)
        laid = list(lines(self._stretches(pieces), self.width - start, self.width - start - hang))
        for number, words in enumerate(laid or [[]]):
            line = Text(" " * (start + hang if number else indent))
            if mark and not number:
                line.append(self._safe(mark[0]), mark[1]).append(" ")
            _fill(line, words)
            if right and number == len(laid) - 1:
                line = self._with_end(line, self._safe(right))
            self._put(line)

    def pair(self, pieces: Iterable[Piece], right: str, *, indent: int = 0, mark: Stretch | None = None) -> None:
        """Write a paragraph with something at the right end of its last line, or of a line of its own below."""
        self.paragraph(*pieces, indent=indent, mark=mark, right=right)

    def _with_end(self, line: Text, right: str) -> Text:
        """Return the line with its right end, having written the line itself where both do not fit on one."""
        room = self.width - line.cell_len - cell_len(right)
        if room < 2:
            self._put(line)
            line = Text()
            room = max(self.width - cell_len(right), 0)
        return line.append(" " * room).append(right, "dim")

    def _stretches(self, pieces: Iterable[Piece]) -> Iterator[Stretch]:
        """Yield the pieces made safe, with their outer spaces kept: these tell where words may part."""
        for piece in pieces:
            text, style = piece if isinstance(piece, tuple) else (piece, "")
            before = " " * text[:1].isspace() if text[:1] != GLUE else GLUE
            after = " " * text[-1:].isspace() if text[-1:] != GLUE else GLUE
            yield before + self._safe(text) + after, style

    def _safe(self, text: str) -> str:
        return encodable(clean(text), self.encoding)

    def _put(self, line: Text) -> None:
        line.rstrip()
        self.console.print(line)


def _fill(line: Text, words: Iterable[Word]) -> None:
    for number, word in enumerate(words):
        if number:
            line.append(" ")
        for text, style in word.stretches:
            line.append(text.replace(GLUE, " "), style)
