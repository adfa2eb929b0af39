"""`plenipo report`: everything there is to say of a situation, in a file to look at, print and share."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from plenipo.cli.options import BasedOn, Considering, Files, Full, RulebookFolder, Seconds, SetFacts, SourceId, Width
from plenipo.search_time import SECONDS

EXAMPLES = """\
\b
Examples:
  plenipo report late-summer-2020 -o advice.html
  plenipo report mine.yaml -o memo.md
  plenipo report mine.yaml -o advice.pdf --force
  plenipo report late-summer-2020 november-2020-transition -o both.html
"""


class ReportForm(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    PDF = "pdf"


def command(
    files: Files,
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", metavar="OUT", help="The file to write: .html, .pdf, .md, .txt or .json; - for stdout."
        ),
    ] = "-",
    form: Annotated[
        ReportForm | None, typer.Option("--format", help="How to write it, where the name of OUT does not say so.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
    full: Full = False,
    source: SourceId = None,
    set: SetFacts = None,
    considering: Considering = None,
    based_on: BasedOn = None,
    seconds: Seconds = SECONDS,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Put everything on one page: the brief, the roadmap, the facts, every option, and what it all rests on.

    An .html file needs nothing else: no script, no network; it can be mailed, printed and read on a telephone.
    Of several files the report says side by side how they differ and, where they are dated, what came and went. A PDF
    needs plenipo[pdf], or Chromium. OUT is written whole or not at all.
    """
    import plenipo
    from plenipo.cli.given_situations import WRONG_FACTS, Situations, alone, asked, changes_of, source_of
    from plenipo.cli.messages import tell_written
    from plenipo.cli.progress import progress

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    read = Situations(files, book, changes_of(book, set, considering, based_on))
    situations = list(read)
    if read.failed:
        raise typer.Exit(WRONG_FACTS)
    flags = {"--source": source, "--set": set, "--based-on": based_on, "--considering": considering}
    words = [asked(file, flags if last else {}, rulebook if last else None) for file, last in _last(files)]
    with progress("Writing the report"):
        answer = plenipo.report(situations, rulebook=book, source=source)
    plenipo.write_answer(
        answer,
        out,
        form,
        force=force,
        spare=files,
        full=full,
        width=width,
        remark=alone(source),
        asked=[word for each in words for word in each] if all(words) else (),
        seconds=seconds,
    )
    tell_written(out, width)


def _last(files: list[str]) -> list[tuple[str, bool]]:
    """Return each file, and whether it is the last."""
    return [(file, place == len(files)) for place, file in enumerate(files, 1)]
