"""`plenipo diff`: the options on which two rulebooks can differ."""

from pathlib import Path
from typing import Annotated

import typer

from plenipo.cli.exit_codes import NO
from plenipo.cli.options import ForceWitness, Form, Format, Seconds, Width, positional, valued
from plenipo.search_time import SECONDS_OVER_ALL

EXAMPLES = """\
\b
Examples:
  plenipo diff before/ after/
  plenipo diff before/ after/ --format md
  plenipo diff before/ after/ --witness shown/
"""
Folder = Annotated[Path, positional("RULEBOOK", "The folder of a rulebook.", file_okay=False)]


def command(
    first: Folder,
    second: Folder,
    form: Format = Form.TEXT,
    witness: Annotated[
        Path | None,
        valued(
            "--witness",
            "DIR",
            "Write a fact file for each option that differs; it expects what the second rulebook says.",
        ),
    ] = None,
    force: ForceWitness = False,
    seconds: Seconds = SECONDS_OVER_ALL,
    width: Width = None,
) -> None:
    """
    Compare two rulebooks over every situation that both allow, and list the situations that only one allows.

    Each option whose verdict can differ is shown with a situation in which it does; on all others the two are proved to
    agree. Each constraint by which one refuses what the other allows is shown too. The exit code is 1 when anything
    differs, or is not decided in time.
    """
    import plenipo
    from plenipo.cli.progress import progress

    with progress("Comparing the rulebooks"):
        found = plenipo.diff(first, second, seconds=seconds)
    shown = (each.situation for each in found.divergences)
    files = () if witness is None else plenipo.write_situations(shown, witness, force=force)
    plenipo.print_answer(found, form, width=width, files=files)
    if not found.same:
        raise typer.Exit(NO)
