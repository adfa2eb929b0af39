"""`plenipo batch`: many situations at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plenipo.batch.job import Reasons
from plenipo.cli import completion
from plenipo.cli.messages import Messages, tell, tell_faults, tell_laid_out, write
from plenipo.cli.options import RulebookFolder, Width
from plenipo.situations.file_kinds import Kind

if TYPE_CHECKING:
    from plenipo.batch.counts import BatchSummary

EXAMPLES = """\
\b
Examples:
  plenipo batch cases.csv               how often each verdict is given
  plenipo batch cases.parquet -o advice.parquet --key id
  plenipo batch facts/ -o advice.csv --reasons ids
  plenipo batch cases.xlsx -o advice.xlsx --sheet Cases --key case
  plenipo batch 'runs/*.csv.gz' -o advice.jsonl --extra keep
  zcat cases.csv.gz | plenipo batch - -o - --format csv > advice.csv
  plenipo batch hdfs://there/cases.parquet -o hdfs://there/advice.parquet \\
      --key id --engine spark
  plenipo explain --case 17 advice.parquet four_party_talks
"""


#: How many faults the terminal shows where a file holds all of them.
FAULTS_SHOWN = 3
#: How many words it shows that were taken for values.
READINGS_SHOWN = 20


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
            autocompletion=completion.paths,
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
        bool,
        typer.Option("--summary", help="Also print how often each verdict was given, and what all situations share."),
    ] = False,
    lead: Annotated[
        bool, typer.Option("--lead", help="Add columns lead_1 to lead_3: the options that lead in each row.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Have every option and every rule in the printed summary.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first wrong row.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Keep finished parts, and continue a run that was stopped.")
    ] = False,
    max_row: Annotated[
        str | None,
        typer.Option(
            "--max-row",
            metavar="SIZE",
            help="The most that a row of CSV or a line of JSON Lines may have (8MB if nothing is said).",
            show_default=False,
        ),
    ] = None,
    max_columns: Annotated[
        int | None,
        typer.Option(
            "--max-columns",
            metavar="NUMBER",
            min=1,
            help="The most columns that a table may have (30,000 if nothing is said).",
            show_default=False,
        ),
    ] = None,
    max_unpacked: Annotated[
        str | None,
        typer.Option(
            "--max-unpacked",
            metavar="SIZE",
            help="The most that a packed file may unpack to (256MB, or 200 times its size, if nothing is said).",
            show_default=False,
        ),
    ] = None,
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

    Without OUT, print how often each verdict was given, and with --full also each rule that fired. Wrong rows do not
    stop the others: they are listed in OUT.rejects.jsonl, and the exit code is then 4.
    """
    import plenipo
    from plenipo.cli.given_situations import WRONG_FACTS
    from plenipo.cli.progress import progress

    shown = form in {None, BatchForm.TEXT, *SUMMARIES}
    book = plenipo.load_rulebook(rulebook)
    with progress("Advising", "rows") as show, _telling_of_parts(out if resume else None):
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
            max_row=max_row,
            max_columns=max_columns,
            max_unpacked=max_unpacked,
            summary=summary or full or out is None or form in SUMMARIES,
            progress=show,
            say=tell,
            engine=engine.value,
            master=master,
        )
    _tell_readings(found)
    _report_faults(found, width)
    _print_summary(found, out, form if shown and form else BatchForm.TEXT, width, summary=summary or full, full=full)
    if found.rejected:
        raise typer.Exit(WRONG_FACTS)


@contextmanager
def _telling_of_parts(out: str | None) -> Iterator[None]:
    """Where a run that can be resumed is interrupted, say what is kept of it."""
    try:
        yield
    except KeyboardInterrupt:
        from plenipo.batch.resume import PARTS_ENDING

        if out and (parts := Path(out + PARTS_ENDING)).is_dir():
            print(f"what is finished is kept in `{parts}`; the same command goes on from there", file=sys.stderr)
        raise


def _tell_readings(found: BatchSummary) -> None:
    """Print to stderr which words were taken for which values, and in how many cells."""
    from itertools import islice

    from plenipo.report.words import counted

    for reading, cells in islice(found.read_as.items(), READINGS_SHOWN):
        tell(f"{reading}: {counted(cells, 'cell')}")
    if (more := len(found.read_as) - READINGS_SHOWN) > 0:
        tell(f"and {counted(more, 'word')} more; `--format json` lists them all")


def _report_faults(found: BatchSummary, width: int | None) -> None:
    """Say the first faults, and how many more there are."""
    in_words = found.first[:FAULTS_SHOWN] if found.rejects else found.first
    shown = found.first if Messages.as_json else in_words
    if Messages.as_json:
        from plenipo.cli.given_situations import WRONG_FACTS
        from plenipo.report.faults import reject_data

        write(reject_data(each, WRONG_FACTS) for each in shown)
    else:
        tell_faults(each.diagnostic() for each in shown)
    if more := found.faults - len(shown):
        where = f", all in {found.rejects}" if found.rejects else ""
        tell_laid_out(f"and {more:,} more fault{'' if more == 1 else 's'}{where}", width)


def _print_summary(
    found: BatchSummary, out: str | None, form: BatchForm, width: int | None, *, summary: bool, full: bool
) -> None:
    """Print the summary where it is wanted, else what came of the batch in a line; to stderr where OUT is stdout."""
    import plenipo

    if summary or out is None or form is not BatchForm.TEXT:
        on_stderr = out == "-" and form is not BatchForm.JSON
        if on_stderr and Messages.as_json:
            plenipo.print_answer(found, "json", stream=sys.stderr, one_line=True)
        else:
            stream = sys.stderr if on_stderr else sys.stdout
            plenipo.print_answer(found, form, stream=stream, full=full, width=width)
    else:
        from plenipo.report.answers.batch_summary import outcome

        tell_laid_out(outcome(found), width)
