"""`plenipo compare`: how the advice on two situations differs, and why."""

from __future__ import annotations

from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import BasedOn, File, Form, Format, Full, RulebookFolder, Seconds, SetFacts, Width
from plenipo.errors import UsageError
from plenipo.search_time import SECONDS

EXAMPLES = """\
\b
Examples:
  plenipo compare late-summer-2020 november-2020-transition
  plenipo compare late-summer-2020 --set us_china_friction=low
  plenipo compare mine.yaml yours.yaml --full
"""


def command(
    file: File,
    other: Annotated[
        str | None,
        typer.Argument(
            metavar="[OTHER]",
            help="The situation to compare with; with --set, the same one if left out.",
            autocompletion=completion.files,
            show_default=False,
        ),
    ] = None,
    form: Format = Form.TEXT,
    full: Full = False,
    set: SetFacts = None,
    based_on: BasedOn = None,
    seconds: Seconds = SECONDS,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Compare the advice on two situations, or on one situation with and without other facts.

    Show what leads instead of what, and which verdicts, reasons, cautions and waits differ; for each verdict, the
    smallest part of the difference in facts that explains it. Facts given with --set belong to the second situation.
    """
    import plenipo
    from plenipo.cli.given_situations import changes_of
    from plenipo.cli.progress import progress

    if other is None and not set:
        raise UsageError(
            "there is nothing to compare with", help=("name a second situation, or set facts with `--set fact=value`",)
        )
    if file == other == "-":
        raise UsageError("stdin can be read once, and `-` is given more than once")
    book = plenipo.load_rulebook(rulebook)
    before = plenipo.load_situation(file, rulebook=book, based_on=based_on or "")
    changes = changes_of(book, set, based_on=based_on if other else None)
    after = plenipo.load_situation(other or before, rulebook=book, changes=changes)
    with progress("Comparing the situations"):
        answer = plenipo.compare(before, after, rulebook=book, seconds=seconds)
    plenipo.print_answer(answer, form, full=full, width=width, seconds=seconds)
