"""
The form in which every answer is put once, before a format writes it out.

A document has a title, sections, and lines with what belongs beside them. It says what a piece of text is (an id, a
citation, a warning) and never how it looks: text.py and markdown.py write out any document and decide nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from plenipo.rulebook.verdict import Verdict

#: The reader's own copy of the sources: (source id, number of the paragraph) -> its text.
Texts = Mapping[tuple[str, int], str]
#: A space at which no format breaks a line.
GLUE = "\xa0"


class Tone(StrEnum):
    """What a piece of text is."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    LABEL = "label"
    #: An id that a line opens with, and one beside its text.
    NAME = "name"
    ID = "id"
    #: What somebody would type, or read in a file.
    CODE = "code"
    CITATION = "citation"
    QUOTATION = "quotation"
    GOOD = "good"
    BAD = "bad"
    WARNING = "warning"


class Sign(StrEnum):
    """What a line opens with: whether something holds, or what kind of line it is."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    STEP = "step"
    CAUTION = "caution"
    QUOTE = "quote"


class Span(NamedTuple):
    """
    Text with what it is; a verdict's word has the verdict for its tone.

    `about` is the place (see `anchor`) of what it names, to which a format that has links leads if it is there.
    """

    text: str
    tone: Tone | Verdict = Tone.PLAIN
    about: str = ""


#: Text of one tone, or of several; spaces at the edges of its pieces tell where words part.
Text = str | Span | tuple[str | Span, ...]


@dataclass(frozen=True)
class Line:
    """
    A line of a section: a label for what it is, its text, a citation behind it, an id or a few words at its end.

    One that has a `number` opens with it, as the entry of a list that other lines refer to. `verdict` marks the line,
    and so does `sign`; `hang` is by how much further lines are set in where it has to be broken. `cells` are what it
    says as the row of a table, where its section has columns. `anchor` is the place of what it is about (see
    `anchor`), to which a format that has links leads from wherever that is named. What is below a line that is `folded`
    may be hidden until a reader asks for it.
    """

    text: Text
    depth: int = 0
    label: str = ""
    aside: str | Span = ""
    cite: str = ""
    verdict: Verdict | None = None
    sign: Sign | None = None
    hang: int = 2
    cells: tuple[Text, ...] = ()
    number: int = 0
    anchor: str = ""
    folded: bool = False


@dataclass(frozen=True)
class Section:
    """
    Lines under a heading, with `note` beside it: how many there are, or what they are counted by.

    `lead` is what is to be said first. Where `columns` are named, a format that has tables writes the cells of the
    lines. A section without lines and without a lead is left out. For text, `inset` is by how much it is set in (None:
    as usual), a heading is `ruled` or plain, and a section that is `joined` follows without an empty line. One that is
    `aside` has its heading in a column to the left of its lines. `anchor` is as for a line. A `minor` section belongs
    to the one before it that is not. `picture` draws it as SVG,
    for a page with the style of pictures, and is given the places that there are on the page; what it shows is in the
    lines as well, and a format without pictures has these alone.
    """

    heading: str = ""
    lines: tuple[Line, ...] = ()
    note: str = ""
    verdict: Verdict = Verdict.SILENT
    lead: Text = ""
    columns: tuple[str, ...] = ()
    inset: int | None = None
    ruled: bool = True
    joined: bool = False
    aside: bool = False
    anchor: str = ""
    minor: bool = False
    picture: Callable[[Collection[str]], str] | None = None


@dataclass(frozen=True)
class Command:
    """A command to type next, and in a few words what it `gives`."""

    gives: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Document:
    """
    The whole of an answer.

    `aside` is the id behind the title, or a few words; `note` what kind of thing it names; `standing` is what the
    answer comes to, in a line, `header` on what it rests. `rest` are remarks at its end, `commands` what to type next.
    An answer without a title has a `topic`: what it is called where it is not read below the command that asked for it.

    One that has to fit on a screen has `most_lines`, and `fitted` returns the sections to write where it is given a
    test of whether some fit; the `spare_commands` follow where there is room left. A format without lines of its own
    writes the `sections` and, at the end, the `appendix`. A long one may have its `contents` listed. `places` are other
    words by which citations name what has its place in it (`A ¶2`): words -> anchor.
    """

    title: str = ""
    header: tuple[str, ...] = ()
    aside: str | Span = ""
    standing: Line | None = None
    sections: tuple[Section, ...] = ()
    rest: tuple[str, ...] = ()
    note: str = ""
    topic: str = ""
    commands: tuple[Command, ...] = ()
    spare_commands: tuple[Command, ...] = ()
    most_lines: int = 0
    fitted: Callable[[Callable[[Sequence[Section]], bool]], Sequence[Section]] | None = None
    appendix: tuple[Section, ...] = ()
    contents: bool = False
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Showing:
    """
    What is wanted of a document beside the answer itself.

    `full` is everything, `remark` a word for the header, `texts` the paragraphs to quote, `files` the fact files that
    were written with the answer. `asked` are the words of a command line that asked for this situation: commands that
    come next repeat them.
    """

    full: bool = False
    remark: str = ""
    texts: Texts | None = None
    files: Sequence[Path] = ()
    asked: Sequence[str] = ()


def anchor(kind: str, id: str) -> str:
    """
    Return the place of something that bears an id, by which pictures and pages lead to it.

    >>> anchor("option", "four_party_talks")
    'option-four_party_talks'
    """
    return f"{kind}-{id}"


def strong(text: str, about: str = "") -> Span:
    """Return text that stands out, and may name something that has a place."""
    return Span(text, Tone.STRONG, about)


def quiet(text: str) -> Span:
    """Return text that is less than what is around it."""
    return Span(text, Tone.QUIET)


def name(id: str) -> Span:
    """Return an id that a line opens with."""
    return Span(id, Tone.NAME)


def outcome(text: str, *, good: bool) -> Span:
    """Return what something comes to, which is as wanted or not."""
    return Span(text, Tone.GOOD if good else Tone.BAD)


def coded(text: str) -> Text:
    """
    Return a text of ours in which backticks hold what somebody would type.

    >>> [(span.text, span.tone.value) for span in spans(coded("`plenipo show` lists them"))]
    [('plenipo show', 'code'), (' lists them', 'plain')]
    """
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return text
    tones = (Tone.PLAIN, Tone.CODE)
    return tuple(Span(part, tones[number % 2]) for number, part in enumerate(parts) if part)


def spans(text: Text) -> Iterable[Span]:
    """Return the pieces of a text."""
    if isinstance(text, Span):
        return (text,)
    if isinstance(text, str):
        return (Span(text),) if text else ()
    return tuple(piece if isinstance(piece, Span) else Span(piece) for piece in text if piece)
