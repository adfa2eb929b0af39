"""`plenipo batch`: many situations at a time."""

from __future__ import annotations

import sys
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from plenipo.batch.file_kinds import Kind
from plenipo.batch.job import Reasons
from plenipo.cli import completion
from plenipo.cli.options import RulebookFolder, Width

if TYPE_CHECKING:
    from plenipo.batch.counts import BatchSummary

EXAMPLES = """\
\b
Examples:
  plenipo batch cases.csv                         how often each verdict is given
  plenipo batch cases.parquet -o advice.parquet --key id
  plenipo batch facts/ -o advice.csv --reasons ids
  plenipo batch cases.xlsx -o advice.xlsx --sheet Cases --key case
  plenipo batch 'runs/*.csv.gz' -o advice.jsonl --extra keep
  zcat cases.csv.gz | plenipo batch - -o - --format csv > advice.csv
  plenipo batch hdfs://there/cases.parquet -o hdfs://there/advice.parquet --key id --engine spark
  plenipo explain --case 17 advice.parquet four_party_talks
"""


#: How many faults the terminal shows where a file holds all of them.
FAULTS_SHOWN = 3


class BatchForm(StrEnum):
    """How the summary is written, or the format of OUT."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    PARQUET = "parquet"
    ARROW = "arrow"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"
    XLSX = "xlsx"


#: The forms of a summary that say that it is wanted.
SUMMARIES = frozenset({BatchForm.JSON, BatchForm.MARKDOWN, BatchForm.HTML})


class Extra(StrEnum):
    """What to do with columns that are not facts."""

    REFUSE = "refuse"
    KEEP = "keep"


class Engine(StrEnum):
    """The engine that does the work."""

    POLARS = "polars"
    SPARK = "spark"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...",
            help="Fact files and folders of them, tables (CSV, TSV, JSON Lines, Parquet, Arrow, Excel workbooks), "
            "compressed or not, patterns, or - for stdin.",
            autocompletion=completion.files,
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="OUT",
            help="The file for the answers; its name shows its format.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        BatchForm | None,
        typer.Option("--format", help="The form of the summary, or the format of OUT.", show_default=False),
    ] = None,
    given: Annotated[
        Kind | None,
        typer.Option("--from", help="The format of the inputs, where their names do not show it.", show_default=False),
    ] = None,
    separator: Annotated[
        str | None,
        typer.Option(
            "--separator",
            metavar="CHARACTER",
            help="What separates the cells of CSV and TSV, where the header does not show it.",
            show_default=False,
        ),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", metavar="NAME", help="The sheet of workbooks, by name or number.", show_default=False),
    ] = None,
    encoding: Annotated[
        str | None,
        typer.Option(
            "--encoding",
            metavar="NAME",
            help="The encoding of texts that are not UTF-8, as in windows-1252; else it is guessed.",
            show_default=False,
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="COLUMN", help="The column that identifies each case.", show_default=False),
    ] = None,
    reasons: Annotated[
        Reasons | None,
        typer.Option(
            "--reasons",
            help="Write the rules that fired as bits (the default for Parquet and Arrow), as ids, or not at all.",
            show_default=False,
        ),
    ] = None,
    extra: Annotated[Extra, typer.Option("--extra", help="Reject or keep columns that are not facts.")] = Extra.REFUSE,
    facts: Annotated[bool, typer.Option("--facts/--no-facts", help="Put the facts beside the verdicts.")] = True,
    summary: Annotated[
        bool, typer.Option("--summary", help="Also print how often each verdict was given and each rule fired.")
    ] = False,
    lead: Annotated[
        bool, typer.Option("--lead", help="Add columns lead_1 to lead_3: the options that lead in each row.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first wrong row.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep finished parts, and continue a run that was stopped.")
    ] = False,
    engine: Annotated[Engine, typer.Option("--engine", help="The engine that does the work.")] = Engine.POLARS,
    master: Annotated[
        str | None,
        typer.Option("--master", metavar="URL", help="The Spark cluster, as in spark://HOST:7077.", show_default=False),
    ] = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Advise on many situations: a row for each, a column for every fact, and in OUT a column for every option.

    Without OUT, print how often each verdict was given and each rule fired. Wrong rows do not stop the others: they
    are listed in OUT.rejects.jsonl, and the exit code is then 4.
    """
    import plenipo
    from plenipo.cli.given_situations import WRONG_FACTS
    from plenipo.cli.progress import progress

    shown = form in {None, BatchForm.TEXT, *SUMMARIES}
    book = plenipo.load_rulebook(rulebook)
    with progress() as show:
        found = plenipo.batch(
            inputs,
            out,
            rulebook=book,
            form=None if shown else form,
            kind=given,
            separator=separator,
            sheet=sheet,
            encoding=encoding,
            key=key,
            reasons=reasons,
            facts=facts,
            extra=extra is Extra.KEEP,
            strict=strict,
            force=force,
            resume=resume,
            lead=lead,
            summary=summary or out is None or form in SUMMARIES,
            progress=show,
            say=partial(print, file=sys.stderr),
            engine=engine.value,
            master=master,
        )
    _report_faults(found, width)
    _print_summary(found, out, form if shown and form else BatchForm.TEXT, width, summary=summary)
    if found.rejected:
        raise typer.Exit(WRONG_FACTS)


def _report_faults(found: BatchSummary, width: int | None) -> None:
    """Print the first faults to stderr, and how many more there are."""
    from plenipo.report.page import Page

    shown = found.first[:FAULTS_SHOWN] if found.rejects else found.first
    for reject in shown:
        print(reject.diagnostic(), file=sys.stderr)
    if more := found.faults - len(shown):
        where = f", all in {found.rejects}" if found.rejects else ""
        Page(sys.stderr, width).paragraph(f"and {more:,} more fault{'' if more == 1 else 's'}{where}")


def _print_summary(found: BatchSummary, out: str | None, form: BatchForm, width: int | None, *, summary: bool) -> None:
    """Print the summary where it is wanted, else what came of the batch in a line; to stderr where OUT is stdout."""
    import plenipo

    if summary or out is None or form is not BatchForm.TEXT:
        stream = sys.stderr if out == "-" and form is not BatchForm.JSON else sys.stdout
        plenipo.print_answer(found, form, stream=stream, width=width)
    else:
        from plenipo.report.answers.batch_summary import outcome
        from plenipo.report.page import Page

        Page(sys.stderr, width).paragraph(outcome(found))
