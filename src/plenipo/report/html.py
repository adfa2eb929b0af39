"""
A document written as HTML, for a browser, paper or a screen reader: an article, and a complete page around it.

A page is one file without script that fetches nothing and forbids a browser to: its stylesheet is in it, and named by
its digest. Text from files is cleaned, then escaped by the templates; the only markup made here is that of a line.
"""

from __future__ import annotations

import base64
import codecs
import hashlib
import re
import shlex
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from plenipo.report.document import GLUE, Document, Line, Section, Sign, Span, Text, Tone, coded, spans
from plenipo.report.page import FINE
from plenipo.report.untrusted_text import clean
from plenipo.rulebook.verdict import Verdict
from plenipo.version import VERSION

HERE = Path(__file__).parent
#: The element that a piece of text of a tone is; a verdict's word is a mark of its own.
ELEMENTS = {
    Tone.STRONG: "strong",
    Tone.LABEL: "em",
    Tone.NAME: "code",
    Tone.ID: "code",
    Tone.CODE: "code",
    Tone.GOOD: "strong",
    Tone.BAD: "strong",
    Tone.WARNING: "strong",
}
#: The symbol of a sign, and the words that a screen reader says for it.
SIGNS = {
    Sign.YES: (FINE.yes, "holds:"),
    Sign.NO: (FINE.no, "does not hold:"),
    Sign.UNKNOWN: (FINE.unknown, "not known:"),
    Sign.STEP: (FINE.step, ""),
}
#: Lists are set in no further than this, and headings go no lower.
DEEPEST, LOWEST = 10, 6
#: What an id of an element cannot hold, and a title need not.
_NO_ANCHOR = re.compile(r"[^\w.-]+")
_WORD = re.compile(r"[^\s\[\],;]+")


#: Something that has its place on another page, by its id or its place (see `document.anchor`), and the words for it
#: -> what is put for them.
Elsewhere = Callable[[str, Markup], Markup]


class Item(NamedTuple):
    """An entry of a list: its line, what is said in it, and the lists below it."""

    line: Line
    said: Markup
    anchor: str
    lists: list[ItemList]


class ItemList(NamedTuple):
    """Entries that are all numbered, or all not."""

    numbered: bool
    items: list[Item]


def page(document: Document, encoding: str = "utf-8") -> str:
    """Return a document as a complete page, in plain letters alone where it goes into another encoding than it says."""
    written = environment().get_template("page.html").render(title=_plain(_titled(document)), body=article(document))
    if codecs.lookup(encoding).name == "utf-8":
        return written
    return written.encode("ascii", "xmlcharrefreplace").decode("ascii")


def article(
    document: Document, *, level: int = 1, elsewhere: Elsewhere | None = None, new: Collection[str] = ()
) -> Markup:
    """
    Return a document as an article to put into a page, with its title as a heading of this level.

    What is named in it and has its place on another page is put as `elsewhere` returns it, from its id or its place
    (see `document.anchor`) and the words for it; what is among `new`, by its place, is marked as such.
    """
    return _Article(document, level, elsewhere, new).written()


@cache
def environment() -> Environment:
    """Return what fills in the templates: everything that is put into one is escaped, unless it was written here."""
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals.update(stylesheet=stylesheet, style_digest=style_digest, version=VERSION)
    return found


@cache
def stylesheet() -> Markup:
    """Return the stylesheet; it has nothing in it that HTML would read otherwise."""
    files = (HERE / "styles" / name for name in ("report.css", "picture.css"))
    return Markup("\n".join(file.read_text(encoding="ascii") for file in files))  # noqa: S704 - files of ours


@cache
def style_digest() -> str:
    """Return the digest by which a content security policy allows the stylesheet."""
    return f"sha256-{base64.b64encode(hashlib.sha256(stylesheet().encode()).digest()).decode()}"


def anchor_of(words: str) -> str:
    """
    Return words as the id of an element.

    >>> anchor_of("option-four_party_talks"), anchor_of("Not yet")
    ('option-four_party_talks', 'Not-yet')
    """
    return _NO_ANCHOR.sub("-", clean(words)).strip("-")


@dataclass
class _Article:
    """Writes one document; what has a place of its own in it is linked to from wherever it is named."""

    document: Document
    level: int
    elsewhere: Elsewhere | None = None
    new: Collection[str] = ()
    #: Where each thing is: its id -> the id of the element; the elements that there will be, and that there are by now.
    places: dict[str, str] = field(default_factory=dict)
    anchors: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    #: The element that is being written, to which nothing in it is linked.
    here: str = ""

    def __post_init__(self) -> None:
        document = self.document
        sections = (*document.sections, *document.appendix)
        self.sections = [each for each in sections if each.lines or each.lead or each.picture]
        for section in self.sections:
            for place in (section.anchor, *(line.anchor for line in section.lines)):
                if place:
                    self.anchors.add(anchor_of(place))
                    self.places.setdefault(place.partition("-")[2], anchor_of(place))
        self.places |= {words: anchor_of(place) for words, place in document.places.items()}

    def written(self) -> Markup:
        """Return the article."""
        document, template = self.document, environment().get_template("article.html")
        commands = (*document.commands, *document.spare_commands)
        sections = [self._section(each) for each in self.sections]
        return Markup(  # noqa: S704 - the template escapes
            template.render(
                document=document,
                level=self.level,
                title=_plain(_titled(document)),
                aside=self._aside(document.aside),
                standing=self._said(document.standing) if document.standing else "",
                header=[_plain(part) for part in document.header],
                sections=sections,
                contents=[each for each in sections if not each["minor"] and each["anchor"]],
                rest=[self._text(coded(remark)) for remark in document.rest],
                commands=[(_plain(each.gives), _plain(shlex.join(each.words))) for each in commands],
            )
        )

    def _section(self, section: Section) -> dict[str, object]:
        return {
            "heading": _plain(section.heading),
            "level": min(self.level + (2 if section.minor else 1), LOWEST),
            "minor": section.minor,
            "note": _plain(section.note),
            "verdict": section.verdict.value if section.verdict is not Verdict.SILENT else "",
            "beside": section.aside,
            "anchor": self._anchor(section.anchor or section.heading),
            "lead": self._text(section.lead),
            "picture": Markup(section.picture(self.anchors)) if section.picture else "",  # noqa: S704 - escaped where it is drawn
            "columns": [_plain(column) for column in section.columns],
            "rows": [self._row(line) for line in section.lines if line.cells] if section.columns else [],
            "lists": [] if section.columns else self._lists(section.lines),
        }

    def _row(self, line: Line) -> tuple[str, list[Markup]]:
        self.here = self._anchor(line.anchor)
        return self.here, [self._text(cell) for cell in line.cells]

    def _lists(self, lines: Iterable[Line]) -> list[ItemList]:
        """Return lines as lists within lists, those set in very deep no deeper than can be read."""
        top: list[ItemList] = []
        open_items: list[tuple[int, list[ItemList]]] = []
        for line in lines:
            depth = min(line.depth, DEEPEST)
            while open_items and open_items[-1][0] >= depth:
                open_items.pop()
            lists = open_items[-1][1] if open_items else top
            numbered = bool(line.number)
            if not lists or lists[-1].numbered != numbered:
                lists.append(ItemList(numbered, []))
            below: list[ItemList] = []
            self.here = self._anchor(line.anchor)
            said = (self._unlinked if line.folded else self)._said(line)
            lists[-1].items.append(Item(line, said, self.here, below))
            open_items.append((depth, below))
        return top

    def _anchor(self, words: str) -> str:
        """Return the id of an element, or nothing where there is one already."""
        anchor = anchor_of(words)
        if not anchor or anchor in self.taken:
            return ""
        self.taken.add(anchor)
        return anchor

    @cached_property
    def _unlinked(self) -> _Article:
        """What writes lines without links: a summary that can be opened may hold nothing else that can be."""
        found = replace(self, elsewhere=None)
        found.places, found.anchors = {}, set()
        return found

    def _said(self, line: Line) -> Markup:
        """Return what a line says, with its sign or verdict before it and its citation and id behind it."""
        parts = [_sign(line), _verdict(line)]
        if line.label:
            parts.append(_element("em", _safe(line.label.strip()), "label"))
        parts += [self._text(line.text), self._citation(line.cite), self._aside(line.aside)]
        said = Markup(" ").join(part for part in parts if part)
        return _element("blockquote", said) if line.sign is Sign.QUOTE else said

    def _text(self, text: Text) -> Markup:
        return Markup("").join(self._span(piece) for piece in spans(text))

    def _span(self, piece: Span) -> Markup:
        """Return a piece of text, the spaces at its edges outside of its element."""
        inner = piece.text.strip()
        before, after = _edges(piece.text)
        if isinstance(piece.tone, Verdict):
            said = _element("strong", _safe(inner), f"verdict {piece.tone}")
        elif piece.tone is Tone.CITATION:
            said = self._citation(inner)
        elif piece.tone in (Tone.NAME, Tone.ID):
            said = self._named(inner, piece.tone)
        elif piece.tone is Tone.PLAIN:
            said = _safe(inner)
        else:
            said = _element(ELEMENTS.get(piece.tone, "span"), _safe(inner), piece.tone)
        if piece.about:
            said = self._leading(piece.about, said)
        return Markup(f"{before}{said}{after}")  # noqa: S704 - each of the three is escaped

    def _leading(self, about: str, said: Markup) -> Markup:
        """Return words as a link to what they are about, here or elsewhere, marked where that is new."""
        if (place := anchor_of(about)) in self.anchors:
            said = self._linked(place, said)
        elif self.elsewhere is not None:
            said = self.elsewhere(about, said)
        return Markup("{} {}").format(said, _element("span", escape("new"), "new")) if about in self.new else said

    def _named(self, id: str, tone: str) -> Markup:
        code = _element("code", _safe(id), tone)
        if id in self.places and not (self.places[id] == self.here and self.elsewhere):
            return self._linked(self.places[id], code)
        return self.elsewhere(id, code) if self.elsewhere is not None else code

    def _citation(self, cite: str) -> Markup:
        """Return a citation, each proposition that has its place here linked to it."""
        if not cite:
            return Markup("")
        linked = Markup("").join(self._cited(cite))
        return _element("span", linked, Tone.CITATION)

    def _cited(self, cite: str) -> Iterator[Markup]:
        end, source = 0, ""
        for found in _WORD.finditer(cite):
            word = found[0]
            source = source if word.startswith("¶") else word
            place = self.places.get(f"{source} {word}" if word.startswith("¶") else word)
            between = cite[end : found.start()]
            yield escape(GLUE) if between == " " and word.startswith("¶") else _inner(between)
            yield self._linked(place, _safe(word)) if place else _safe(word)
            end = found.end()
        yield _inner(cite[end:])

    def _linked(self, place: str, said: Markup) -> Markup:
        """Return a link to a place, unless this is it."""
        if place == self.here:
            return said
        return Markup('<a href="#{}">{}</a>').format(place, said)

    def _aside(self, aside: str | Span) -> Markup:
        """Return what belongs at the end of a line: an id, or a few words."""
        if isinstance(aside, Span):
            return self._citation(aside.text) if aside.tone is Tone.CITATION else _quiet(aside.text)
        return self._named(aside, Tone.ID) if aside else Markup("")


def _titled(document: Document) -> str:
    return document.title or document.topic


def _sign(line: Line) -> Markup:
    """Return the sign of a line, in a symbol and in words."""
    if line.sign is Sign.CAUTION:
        return _element("strong", escape("Caution:"), "caution")
    if line.sign is None or line.sign not in SIGNS:
        return Markup("")
    symbol, words = SIGNS[line.sign]
    spoken = Markup('<span class="unseen">{} </span>').format(words) if words else ""
    return Markup('<span class="sign {}"><span aria-hidden="true">{}</span>{}</span>').format(
        line.sign.value, symbol, spoken
    )


def _verdict(line: Line) -> Markup:
    """Return the verdict that marks a line, unless its words say it."""
    said = f"{line.label} {''.join(piece.text for piece in spans(line.text))}".casefold()
    if line.verdict is None or line.verdict.value in said:
        return Markup("")
    return _element("strong", escape(line.verdict.value), f"verdict {line.verdict}")


def _quiet(text: str) -> Markup:
    return _element("span", _safe(text), Tone.QUIET) if text else Markup("")


def _element(name: str, inner: Markup, kind: str = "") -> Markup:
    """Return an element of some kind around what is escaped already."""
    attribute = Markup(' class="{}"').format(str(kind)) if kind else Markup("")
    return Markup("<{}{}>{}</{}>").format(Markup(name), attribute, inner, Markup(name))  # noqa: S704 - a name of ours


def _plain(text: str) -> str:
    """Return text of no tone, which the template escapes, on one line."""
    return GLUE.join(clean(part) for part in text.split(GLUE))


def _safe(text: str) -> Markup:
    return escape(_plain(text))


def _edges(text: str) -> tuple[str, str]:
    return tuple("" if not edge.isspace() else GLUE if edge == GLUE else " " for edge in (text[:1], text[-1:]))  # type: ignore[return-value]


def _inner(text: str) -> Markup:
    """Return what is between words that are linked, its spaces kept."""
    before, after = _edges(text)
    return escape(before if not text.strip() else f"{before}{_plain(text.strip())}{after}")
