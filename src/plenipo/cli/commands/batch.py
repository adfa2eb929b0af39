"""`plenipo batch`: many situations at a time."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from plenipo.batch.file_kinds import Kind
from plenipo.batch.job import Reasons
from plenipo.cli import completion
from plenipo.cli.options import PlainForm, RulebookFolder, Width

if TYPE_CHECKING:
    from plenipo.batch.counts import BatchSummary

EXAMPLES = """\
\b
Examples:
  plenipo batch cases.csv                         how often which verdict
  plenipo batch cases.parquet -o advice.parquet --key id
  plenipo batch facts/ -o advice.csv --reasons ids
  plenipo batch 'runs/*.csv.gz' -o advice.jsonl --extra keep
  zcat cases.csv.gz | plenipo batch - -o - --format csv > advice.csv
  plenipo batch hdfs://there/cases.parquet -o hdfs://there/advice.parquet --key id --engine spark
  plenipo explain --case 17 advice.parquet four_party_talks
"""


#: So many faults are told on the terminal where all of them stand in a file.
SHOWN = 3


class Form(StrEnum):
    """How the summary is written, or what kind of file OUT is."""

    TEXT = "text"
    JSON = "json"
    PARQUET = "parquet"
    ARROW = "arrow"
    CSV = "csv"
    TSV = "tsv"
    JSONL = "jsonl"


class Extra(StrEnum):
    """What becomes of columns that are no facts."""

    REFUSE = "refuse"
    KEEP = "keep"


class Engine(StrEnum):
    """What does the work."""

    POLARS = "polars"
    SPARK = "spark"


def command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="IN...",
            help="Fact files and folders of them, tables (CSV, TSV, JSON Lines, Parquet, Arrow), packed or not, "
            "patterns, or - for stdin.",
            autocompletion=completion.files,
            show_default=False,
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="OUT", help="Where the answers go; its name says how.", show_default=False),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option("--format", help="How to write the summary, or what kind of file OUT is.", show_default=False),
    ] = None,
    given: Annotated[
        Kind | None,
        typer.Option("--from", help="What the inputs are, where their names do not say.", show_default=False),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--key", metavar="COLUMN", help="The column that tells cases apart.", show_default=False),
    ] = None,
    reasons: Annotated[
        Reasons | None,
        typer.Option(
            "--reasons",
            help="The rules that fired: as bits (the default for Parquet and Arrow), as ids, or not at all.",
            show_default=False,
        ),
    ] = None,
    extra: Annotated[Extra, typer.Option("--extra", help="What becomes of columns that are no facts.")] = Extra.REFUSE,
    facts: Annotated[bool, typer.Option("--facts/--no-facts", help="Put the facts beside the verdicts.")] = True,
    summary: Annotated[bool, typer.Option("--summary", help="Count verdicts and rules, and print that.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first row that is wrong.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Work in parts, and go on with a run that was stopped.")
    ] = False,
    engine: Annotated[Engine, typer.Option("--engine", help="What does the work.")] = Engine.POLARS,
    master: Annotated[
        str | None,
        typer.Option("--master", metavar="URL", help="The Spark cluster, as in spark://HOST:7077.", show_default=False),
    ] = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Advise on many situations: a row each, a column for every fact, and in OUT a column for every option.

    Without OUT, how often each verdict was given and each rule fired. Rows that are wrong do not stop the others: they
    are told in OUT.rejects.jsonl, and the exit code is then 4.
    """
    import plenipo
    from plenipo.cli.context import WRONG_FACTS
    from plenipo.cli.progress import progress

    laid_out = form in {Form.TEXT, Form.JSON, None}
    book = plenipo.load_rulebook(rulebook)
    with progress() as tell:
        found = plenipo.batch(
            inputs,
            out,
            rulebook=book,
            form=None if laid_out else form,
            kind=given,
            key=key,
            reasons=reasons,
            facts=facts,
            extra=extra is Extra.KEEP,
            strict=strict,
            force=force,
            resume=resume,
            summary=summary or out is None or form is Form.JSON,
            progress=tell,
            engine=engine.value,
            master=master,
        )
    _tell(found, out, PlainForm.JSON if form is Form.JSON else PlainForm.TEXT, width, summary=summary)
    if found.rejected:
        raise typer.Exit(WRONG_FACTS)


def _where(found: BatchSummary) -> str:
    return f", all in {found.rejects}" if found.rejects else ""


def _tell(found: BatchSummary, out: str | None, form: PlainForm, width: int | None, *, summary: bool) -> None:
    """Print the summary where it was asked for, or what came of it in a line, and the first faults."""
    from plenipo.report import batch
    from plenipo.report.page import Page

    messages = Page(sys.stderr, width)
    shown = found.first[:SHOWN] if found.rejects else found.first
    for reject in shown:
        print(reject.diagnostic(), file=sys.stderr)
    if more := found.faults - len(shown):
        messages.paragraph(f"and {more:,} more fault{'' if more == 1 else 's'}{_where(found)}")
    if not (summary or out is None or form is PlainForm.JSON):
        messages.paragraph(batch.outcome(found))
    elif form is PlainForm.JSON:
        from plenipo.report.json import dumps

        print(dumps(batch.summary_document(found)))
    else:
        batch.summary(found, messages if out == "-" else Page(width=width))
