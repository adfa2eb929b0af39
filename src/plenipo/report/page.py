"""
The page: what a terminal, or a file in place of one, shows line by line.

It wraps with hanging indents, keeps marks and colours beside words that say the same, and falls back to plain letters
where the stream takes no others. All text is cleaned on its way in and never read as markup.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, TextIO

from rich.cells import cell_len

from plenipo.report.document import GLUE
from plenipo.report.line_breaking import Stretch, StyledWord, lines
from plenipo.report.untrusted_text import clean, encodable
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from rich.console import Console

#: Text, or text with a style.
Piece = str | Stretch
#: Longer lines than this are hard to read, however wide the screen is.
WIDEST = 120
#: Where there is no screen.
USUAL = 80
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
    """The symbols of a page; each is beside the word that it means, or under a heading with it."""

    verdicts: dict[Verdict, str]
    rule: str
    step: str
    yes: str
    no: str
    unknown: str = "?"
    caution: str = "!"
    quote: str = "|"


FINE = Marks(dict(zip(Verdict, "✓✗◐●○·", strict=True)), rule="─", step="▸", yes="✓", no="✗")
PLAIN = Marks(dict(zip(Verdict, "vx~*o.", strict=True)), rule="-", step=">", yes="+", no="x")


class Page:
    """
    A stream to write laid-out text to.

    Without a word on `color`, colours are for a terminal, unless NO_COLOR is set or TERM is `dumb`. The page is as wide
    as the terminal, though at most `WIDEST`; where there is none, as wide as COLUMNS says, or 80.
    """

    def __init__(self, stream: TextIO | None = None, width: int | None = None, *, color: bool | None = None) -> None:
        self.stream = stream or sys.stdout
        self.console = _console(self.stream, color)
        self._asked = width
        self.encoding = getattr(self.stream, "encoding", None) or "utf-8"
        symbols = "".join(FINE.verdicts.values()) + FINE.rule + FINE.step
        #: Paragraphs that were laid out already, on this page or to see whether they fit on it.
        self._paragraphs: dict[object, list[list[Stretch]]] = {}
        self.measure()
        self.marks = FINE if encodable(symbols, self.encoding) == symbols else PLAIN

    def measure(self) -> None:
        """Take the width that the terminal has now, unless another was asked for."""
        screen = min(self.console.width if self.console else _columns(), WIDEST)
        self.width = max(self._asked or screen, NARROWEST)
        self._paragraphs.clear()

    def mark(self, verdict: Verdict) -> Stretch:
        """Return the symbol of a verdict in its colour."""
        return (self.marks.verdicts[verdict], COLOURS[verdict])

    def blank(self) -> None:
        """Leave a line empty."""
        self._put([[]])

    def heading(self, words: str, style: str = "", note: str = "") -> None:
        """Write a heading with a rule to the end of the line, a note at the end of it."""
        words, note = self._safe(words), self._safe(note)
        room = self.width - cell_len(words) - cell_len(note) - (2 if note else 1)
        title = (words, f"bold {style}".strip())
        if room > 0:
            self._put([[title, (f" {self.marks.rule * room}{' ' if note else ''}{note}", "dim")]])
        else:
            self.paragraph(title)

    def command(self, *words: str) -> None:
        """Write a command to paste: where it has to be broken, each line ends as a shell wants it."""
        start, room = "", self.width - 2
        line = ""
        for word in (self._safe(shlex.quote(each)) for each in words):
            if line and cell_len(f"{line} {word}") > room:
                self._put([[(f"{start}{line} \\", "")]])
                start, room, line = "    ", self.width - 6, word
            else:
                line = f"{line} {word}" if line else word
        self._put([[(f"{start}{line}", "")]])

    def fits(self, most: int, write: Callable[[Page], None]) -> bool:
        """Return whether what `write` writes to a page of this kind has at most so many lines."""
        trial = copy(self)
        trial.stream, trial.console = StringIO(), None
        write(trial)
        return trial.stream.getvalue().count("\n") <= most

    def paragraph(
        self, *pieces: Piece, indent: int = 0, hang: int = 0, mark: Stretch | None = None, right: str = ""
    ) -> None:
        """
        Write a paragraph wrapped to the page, `indent` from the left, its further lines `hang` more.

        A mark is put at the indent, and the text follows it, and the blanks at its end, after one space. What belongs
        at the right end is put on the last line where it fits, else on a further line.
        """
        key = (pieces, indent, hang, mark, right)
        if key not in self._paragraphs:
            self._paragraphs[key] = self._laid(pieces, indent, hang, mark, right)
        self._put(self._paragraphs[key])

    def _laid(
        self, pieces: Iterable[Piece], indent: int, hang: int, mark: Stretch | None, right: str
    ) -> list[list[Stretch]]:
        """Return the lines of a paragraph."""
        start = indent + (cell_len(mark[0]) + 1 if mark else 0)
        laid: list[list[Stretch]] = []
        for words in lines(self._stretches(pieces), self.width - start, self.width - start - hang):
            laid.append([(" " * (start + hang if laid else start), ""), *_spaced(words)])
        laid = laid or [[(" " * start, "")]]
        if mark:
            shown = self._safe(mark[0])
            apart = max(start - indent - cell_len(shown), 1)
            laid[0][:1] = [(" " * indent, ""), (shown, mark[1]), (" " * apart, "")]
        if right:
            self._set_right(laid, self._safe(right), start + hang)
        return laid

    def _set_right(self, laid: list[list[Stretch]], right: str, start: int) -> None:
        """Put something at the right end of the last line, or at the start of a further line where it does not fit."""
        room = self.width - sum(cell_len(text) for text, _ in laid[-1]) - cell_len(right)
        if room >= 2:
            laid[-1] += [(" " * room, ""), (right, "dim")]
        else:
            below = lines([(right, "dim")], self.width - start, self.width - start)
            laid += [[(" " * start, ""), *_spaced(words)] for words in below]

    def _stretches(self, pieces: Iterable[Piece]) -> Iterator[Stretch]:
        """Yield the pieces made safe, with their outer spaces kept: these tell where words may part."""
        for piece in pieces:
            text, style = piece if isinstance(piece, tuple) else (piece, "")
            before = " " * text[:1].isspace() if text[:1] != GLUE else GLUE
            after = " " * text[-1:].isspace() if text[-1:] != GLUE else GLUE
            yield before + GLUE.join(self._safe(part) for part in text.split(GLUE)).strip(GLUE) + after, style

    def _safe(self, text: str) -> str:
        return encodable(clean(text), self.encoding)

    def _put(self, laid: Iterable[Iterable[Stretch]]) -> None:
        """Write lines in one go: what is paid for each time adds up on a long page."""
        if self.console is None:
            self.stream.write("".join("".join(text for text, _ in line) + "\n" for line in laid))
            return
        from rich.text import Text  # noqa: PLC0415 - see `_console`

        page = Text()
        for number, line in enumerate(laid):
            if number:
                page.append("\n")
            for text, style in line:
                page.append(text, style or None)
        self.console.print(page, soft_wrap=True)


def _console(stream: TextIO, color: bool | None) -> Console | None:
    """Return what writes colours to a stream, or None where none are wanted: Rich takes 50 ms to import."""
    if not (stream.isatty() or os.environ.get("FORCE_COLOR") if color is None else color):
        return None
    from rich.console import Console  # noqa: PLC0415

    return Console(file=stream, markup=False, highlight=False, emoji=False, force_terminal=color)


def _columns() -> int:
    set = os.environ.get("COLUMNS", "")
    return int(set) if set.isascii() and set.isdigit() and int(set) else USUAL


def _spaced(words: Iterable[StyledWord]) -> list[Stretch]:
    """Return the words of a line with their spaces, neighbours in one style joined."""
    joined: list[Stretch] = []
    for word in words:
        for place, (text, style) in enumerate(word.stretches):
            shown = text.replace(GLUE, " ")
            apart = " " if joined and not place else ""
            if joined and joined[-1][1] == style:
                joined[-1] = (joined[-1][0] + apart + shown, style)
            else:
                joined += [(apart, ""), (shown, style)] if apart else [(shown, style)]
    return joined
