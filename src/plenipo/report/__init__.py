"""Answers as somebody reads them: laid out for a terminal, as Markdown, as JSON. Nothing is decided here."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from plenipo.advice.by_source import BySource
    from plenipo.advice.explain import Explanation
    from plenipo.counsel.plan import Plan
    from plenipo.inquiry.change import Change
    from plenipo.inquiry.compare import Contrast
    from plenipo.inquiry.outlook import Outlook
    from plenipo.inquiry.robustness import Robustness
    from plenipo.inquiry.sweep import Sweep
    from plenipo.report.citations import Texts as Texts

    Answer = Plan | Explanation | BySource | Outlook | Change | Contrast | Robustness | Sweep

__all__ = ["Format", "render"]


class Format(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"


def render(  # noqa: PLR0913 - each is one thing to choose, and most are rarely chosen
    answer: Answer,
    format: Format | str = Format.TEXT,
    *,
    stream: TextIO | None = None,
    width: int | None = None,
    full: bool = False,
    texts: Texts | None = None,
    remark: str = "",
    one_line: bool = False,
) -> None:
    """
    Write an answer to a stream, stdout if none is given.

    `full` adds what the answer leaves out to be short; JSON always has everything. `texts` are the paragraphs to show
    with an explanation's citations, `remark` is a word for the header. `one_line` keeps a JSON document on one line.

    Raises:
        ValueError: there is no such format.
    """
    match Format(format):
        case Format.TEXT:
            from plenipo.report.page import Page  # noqa: PLC0415 - each format is imported where it is wanted
            from plenipo.report.text import lay_out  # noqa: PLC0415

            lay_out(answer, Page(stream, width), full=full, texts=texts, remark=remark)
        case Format.MARKDOWN:
            from plenipo.report import markdown  # noqa: PLC0415

            _write(markdown.written(answer, full=full, texts=texts, remark=remark), stream or sys.stdout)
        case Format.JSON:
            from plenipo.report import json  # noqa: PLC0415

            _write(
                json.dumps(json.document(answer, texts=texts, remark=remark), one_line=one_line), stream or sys.stdout
            )


def _write(written: str, stream: TextIO) -> None:
    """Write text to a stream, as far as its encoding can carry it."""
    from plenipo.report.safe import encodable  # noqa: PLC0415

    encoding = getattr(stream, "encoding", None) or "utf-8"
    stream.write("\n".join(encodable(line, encoding) for line in written.rstrip("\n").split("\n")) + "\n")
