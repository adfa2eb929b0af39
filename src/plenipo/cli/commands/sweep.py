"""`plenipo sweep`: the advice on every combination of the values of some facts."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import (
    About,
    BasedOn,
    File,
    Full,
    Overwrite,
    RulebookFolder,
    Seconds,
    SetFacts,
    SourceId,
    ToFile,
    Width,
    several,
)
from plenipo.search_time import SECONDS

EXAMPLES = """\
\b
Examples:
  plenipo sweep late-summer-2020 --over us_china_friction,dprk_wants_china
  plenipo sweep mine.yaml --over working_level --unknown --full
  plenipo sweep mine.yaml --over us_rok_alignment,offer_status -o cases.csv
"""


class CaseForm(StrEnum):
    """How cases are written."""

    TEXT = "text"
    JSON = "json"
    LINES = "jsonl"
    MARKDOWN = "md"
    HTML = "html"
    CSV = "csv"
    PDF = "pdf"


def command(
    file: File,
    over: Annotated[
        list[str], several("--over", "FACT", "The facts to sweep over, overriding the file.", completion.facts)
    ],
    unknown: Annotated[
        bool, typer.Option("--unknown", help='Count "not known" as one more value of each of them.')
    ] = False,
    about: About = None,
    out: ToFile = "-",
    form: Annotated[
        CaseForm | None,
        typer.Option("--format", help="How to write the cases (default: by the ending of OUT, else text)."),
    ] = None,
    force: Overwrite = False,
    full: Full = False,
    source: SourceId = None,
    set: SetFacts = None,
    based_on: BasedOn = None,
    seconds: Seconds = SECONDS,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Advise on every combination of the values of some facts; all other facts are as in the file.

    Combinations that constraints rule out are left out. Over two facts the text is a table of what leads and how much
    else differs, and HTML has a table for each verdict that moves; otherwise it is a list of the cases that get the
    same advice. csv and jsonl have a row for each case.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, changes_of, held_and_varied, source_of
    from plenipo.cli.messages import tell_written
    from plenipo.cli.progress import progress

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    changes = changes_of(book, set, based_on=based_on)
    held_and_varied(book, changes.facts, over, "over", "goes through all of its values")
    situation = plenipo.load_situation(file, rulebook=book, changes=changes)
    with progress("Advising on every case"):
        answer = plenipo.sweep(situation, over, unknown=unknown, about=about or (), rulebook=book, source=source)
    plenipo.write_answer(
        answer, out, form, force=force, spare=[file], full=full, width=width, remark=alone(source), seconds=seconds
    )
    tell_written(out, width)
