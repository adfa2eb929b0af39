"""`plenipo template`: a fact file, or a table, to fill in."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.messages import tell
from plenipo.cli.options import RulebookFolder

EXAMPLES = """\
\b
Examples:
  plenipo template > mine.yaml
  plenipo template --full > mine.yaml
  plenipo template | plenipo advise -   advice when nothing is known
  plenipo template --table cases.xlsx   a row for each of your cases
  plenipo template --table cases.csv late-summer-2020
"""


def command(
    situations: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Situations that the table begins with.",
            autocompletion=completion.files,
            show_default=False,
        ),
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Add help on every question and the optional parts.")] = False,
    table: Annotated[
        Path | None,
        typer.Option(
            "--table",
            metavar="OUT",
            help="Write a table for `plenipo batch` instead: CSV, TSV or an Excel workbook, by its name.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite OUT.")] = False,
    rulebook: RulebookFolder = None,
) -> None:
    """
    Print a fact file to fill in: every question as a comment, every fact still unknown.

    With --table, write a table instead: a column for each fact, and a row for each situation that you fill in.
    """
    import shlex

    import plenipo
    from plenipo.errors import UsageError

    if table is None:
        if situations:
            raise UsageError("situations are for a table", help=["`--table cases.csv` names the file"])
        sys.stdout.write(plenipo.template(rulebook=plenipo.load_rulebook(rulebook), full=full))
        return
    if full:
        raise UsageError("`--full` is for fact files; a workbook explains every fact", help=["leave `--full` out"])
    book = plenipo.load_rulebook(rulebook)
    plenipo.write_table(table, situations or (), rulebook=book, force=force)
    command = shlex.join(["plenipo", "batch", str(table), "-o", f"advice{table.suffix}"])
    tell(f"{table} is ready to fill in; then `{command}` answers each row")
