"""Answers as somebody reads them: text for a terminal, Markdown, HTML, JSON. Nothing is worked out here."""

from __future__ import annotations

import sys
from io import StringIO

from plenipo.search_time import SECONDS, search_time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from typing import TextIO

    from plenipo.report.document import Showing, Texts

__all__ = ["FORMATS", "print_answer", "render"]

#: How any answer can be written; some can be a table as well.
FORMATS = ("text", "md", "html", "json")


def render(
    answer: object,
    format: str = "text",
    *,
    width: int | None = None,
    color: bool = False,
    full: bool = False,
    remark: str = "",
    texts: Texts | None = None,
    files: Sequence[Path] = (),
    asked: Sequence[str] = (),
    one_line: bool = False,
    seconds: float = SECONDS,
) -> str:
    r"""
    Return anything that the library answers as `text`, `md` (Markdown), `html` (a page that needs nothing) or `json`.

    Text is laid out `width` columns wide, in colour if wanted. `full` adds what is left out to be short; JSON always
    has everything. `remark` is a word for the header, `texts` (see `read_texts`) are paragraphs to quote in
    explanations, `files` the fact files that were written with the answer, `asked` the words of a command line that
    asked for the situation, which the commands that come next repeat. `one_line` keeps a JSON document on one line. A
    sweep and a robustness can be `csv` as well, and a sweep `jsonl`. What an answer looks up only now, such as the
    brief of some advice, may take so many `seconds` to search; it says what was not settled by then. A PDF is no text:
    `write_answer` writes one.

    >>> import plenipo
    >>> render(plenipo.show("four_party_talks"), "md").splitlines()[0]
    '# four\\_party\\_talks (option)'

    Raises:
        TypeError: this is not an answer.
        UsageError: it cannot be written in this format.
    """
    from plenipo.report.document import Showing

    written = StringIO()
    showing = Showing(full, remark, texts, files, asked)
    with search_time(seconds):
        _write(answer, format, written, showing, width, color=color, one_line=one_line)
    return written.getvalue()


def print_answer(
    answer: object,
    format: str = "text",
    *,
    stream: TextIO | None = None,
    width: int | None = None,
    full: bool = False,
    remark: str = "",
    texts: Texts | None = None,
    files: Sequence[Path] = (),
    asked: Sequence[str] = (),
    one_line: bool = False,
    seconds: float = SECONDS,
) -> None:
    """
    Print an answer to stdout, or write it to another stream, as far as its encoding can carry it.

    Without a `width` text is as wide as the terminal, and it is coloured where the terminal wants that. Everything else
    is as in `render`.

    Raises:
        TypeError: this is not an answer.
        UsageError: it cannot be written in this format.
    """
    from plenipo.report.document import Showing

    showing = Showing(full, remark, texts, files, asked)
    with search_time(seconds):
        _write(answer, format, stream or sys.stdout, showing, width, color=None, one_line=one_line)


def _write(
    answer: object,
    format: str,
    stream: TextIO,
    showing: Showing,
    width: int | None,
    *,
    color: bool | None,
    one_line: bool,
) -> None:
    """Write an answer; only what puts this kind of answer, and what writes this format, is imported."""
    from plenipo.report.registry import module_of, refuse_format

    kind = module_of(answer)
    refuse_format(kind, format)
    if format == "text":
        from plenipo.report.page import Page
        from plenipo.report.text import write

        write(kind.document(answer, showing), Page(stream, width, color=color))
    elif format == "md":
        from plenipo.report.markdown import markdown
        from plenipo.report.untrusted_text import encodable

        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.write(encodable(markdown(kind.document(answer, showing)), encoding))
    elif format == "html":
        from plenipo.report.html import page

        encoding = getattr(stream, "encoding", None) or "utf-8"
        stream.write(page(kind.document(answer, showing), encoding))
    elif format == "json":
        from plenipo.report.json import dumps

        stream.write(dumps(kind.data(answer, showing), one_line=one_line) + "\n")
    else:
        written = getattr(kind, format)(answer)
        stream.writelines([written] if isinstance(written, str) else written)
