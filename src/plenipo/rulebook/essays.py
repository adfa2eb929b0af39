"""
Fingerprints: whether a text is a source that the rulebook cites, without a copy of a single sentence.

A text is a row of blocks with blank lines between them. A source knows the fingerprint of each of its paragraphs in
order; blocks that are none of them (headings, captions, by-lines) are passed over. How a text is wrapped, which line
ends and which Unicode normal form it has, and a mark of byte order make no difference; every other change does.
"""

import hashlib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from plenipo.errors import Location, counted, shown
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN, STDIN_NAME, take_in, take_in_stdin
from plenipo.rulebook.model import Source

#: A run of indexes: the last one, and the run before it.
_Run = tuple[int, "_Run | None"]


class WhereFound(StrEnum):
    """Where a paragraph of a source is in a text: in its place, somewhere out of order, or nowhere."""

    IN_PLACE = "in-place"
    OUT_OF_PLACE = "out-of-place"
    MISSING = "missing"


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a source, counted from 1: where it is in a text, and the propositions that cite it."""

    number: int
    standing: WhereFound
    propositions: tuple[str, ...]


@dataclass(frozen=True)
class Verification:
    """
    What a text turned out to be: which source, and where each of that source's paragraphs is in it.

    `name` is what messages call the text. With `source` None it is none of the sources, and there are no paragraphs.
    """

    name: str
    source: str | None
    paragraphs: tuple[Paragraph, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether every citation of the source points where it says."""
        return self.source is not None and not self.astray

    @property
    def astray(self) -> tuple[Paragraph, ...]:
        """The paragraphs that are missing from the text or out of their place."""
        return tuple(each for each in self.paragraphs if each.standing is not WhereFound.IN_PLACE)


class Sources(tuple[Source, ...]):
    """The sources behind a rulebook, in its order."""

    __slots__ = ()


class Verifications(tuple[Verification, ...]):
    """What several texts turned out to be, in their order."""

    __slots__ = ()


def paragraphs(text: str) -> tuple[str, ...]:
    r"""
    Return the blocks of a text that blank lines separate, each on one line with its white space folded.

    >>> paragraphs("\ufeffA first\r\n  block.\r\n \t\r\n\r\nAnother.")
    ('A first block.', 'Another.')
    """
    lines = text.removeprefix("\ufeff").splitlines()
    blocks = groupby(lines, key=lambda line: bool(line.strip()))
    return tuple(_fold(" ".join(block)) for written, block in blocks if written)


def fingerprint(paragraph: str) -> str:
    r"""
    Return the SHA-256 of a paragraph's text, white space folded, in Unicode's composed form (NFC) and UTF-8.

    >>> fingerprint("de\u0301tente  now\n") == fingerprint("d\u00e9tente now")
    True
    """
    composed = unicodedata.normalize("NFC", _fold(paragraph))
    return hashlib.sha256(composed.encode(errors="surrogatepass")).hexdigest()


def fingerprints(text: str, name: str) -> str:
    r"""
    Return the `paragraphs:` of a source with this text, as YAML; beside each its number and how long it is.

    >>> fingerprints("Out to sea.", "sea.txt").split("  ")[-1]
    '# 1: 3 words\n'
    """
    lines = (
        f"  - {fingerprint(block)}  # {number}: {counted(len(block.split()), 'word')}\n"
        for number, block in enumerate(paragraphs(text), start=1)
    )
    return f"# {name}\nparagraphs:\n{''.join(lines)}"


def verify(sources: Mapping[str, Source], text: str, name: str) -> Verification:
    """
    Return which of the sources a text is, by most paragraphs that match, and where each paragraph of it is there.

    A paragraph is in its place when it belongs to a longest run of paragraphs that keep the source's order.
    """
    found = _fingerprints(text)
    source = max(sources.values(), key=lambda each: _matching(each, found), default=None)
    if source is None or not _matching(source, found):
        return Verification(name, None)
    placed = _in_order(source.paragraphs, found)
    paragraphs = []
    for number, wanted in enumerate(source.paragraphs, start=1):
        astray = WhereFound.OUT_OF_PLACE if wanted in found else WhereFound.MISSING
        citing = tuple(said.id for said in source.propositions.values() if said.paragraph == number)
        paragraphs.append(Paragraph(number, WhereFound.IN_PLACE if number - 1 in placed else astray, citing))
    return Verification(name, source.id, tuple(paragraphs))


def cited_paragraphs(source: Source, text: str) -> dict[int, str]:
    """Return, by number, the text of each paragraph of a source that is anywhere in a text, white space folded."""
    found = {fingerprint(block): block for block in paragraphs(text)}
    return {number: found[each] for number, each in enumerate(source.paragraphs, start=1) if each in found}


def read_text(path: Path, faults: Faults) -> str | None:
    """Return a file's text (`-` is standard input), or None after adding to `faults` why it cannot be had."""
    piped = str(path) == STDIN
    name = STDIN_NAME if piped else shown(path)
    data = take_in_stdin(faults) if piped else take_in(path, faults)
    if data is None:
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        from plenipo.text_encoding import in_utf8  # noqa: PLC0415 - rarely needed

        place = Location(name, data.count(b"\n", 0, error.start) + 1)
        faults.add("not-utf8", "this is not UTF-8 text", place, help=in_utf8(data, name, piped=piped))
        return None
    if not paragraphs(text):
        faults.add("empty-file", "there is nothing in this file", Location(name))
        return None
    return text


def _fold(text: str) -> str:
    return " ".join(text.split())


def _fingerprints(text: str) -> list[str]:
    return [fingerprint(block) for block in paragraphs(text)]


def matching(source: Source, text: str) -> int:
    """Return how many paragraphs of a source are anywhere in a text."""
    return _matching(source, _fingerprints(text))


def _matching(source: Source, found: Iterable[str]) -> int:
    return len(frozenset(source.paragraphs).intersection(found))


def _in_order(wanted: Sequence[str], found: Iterable[str]) -> set[int]:
    """Return the indexes of a longest run of `wanted` that is in `found` in the same order, gaps allowed."""
    places: dict[str, list[int]] = {}
    for index, each in enumerate(wanted):
        places.setdefault(each, []).append(index)
    # As in patience sorting: runs[n] is the run of n + 1 indexes that ends lowest, ends[n] where it ends.
    ends: list[int] = []
    runs: list[_Run] = []
    for each in found:
        for index in reversed(places.get(each, ())):
            before = bisect_left(ends, index)
            ends[before : before + 1] = [index]
            runs[before : before + 1] = [(index, runs[before - 1] if before else None)]
    longest = set()
    run = runs[-1] if runs else None
    while run is not None:
        index, run = run
        longest.add(index)
    return longest
