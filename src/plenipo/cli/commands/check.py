"""`plenipo check`: whether the rulebook is whole, and sound in every situation it allows."""

from pathlib import Path
from typing import Annotated

import typer

from plenipo.cli.exit_codes import NO
from plenipo.cli.options import ForceWitness, Form, Format, Full, RulebookFolder, Seconds, Width, valued
from plenipo.search_time import SECONDS_OVER_ALL

EXAMPLES = """\
\b
Examples:
  plenipo check
  plenipo check --rulebook my-rulebook/
  plenipo check --witness shown/       and fact files that show what it found
  plenipo check --style                and its sentences
  plenipo check --format json
"""
Witnesses = Annotated[
    Path | None, valued("--witness", "DIR", "Write fact files into this folder that show what is found.")
]

Style = Annotated[
    bool, typer.Option("--style", help="Examine the sentences, too: their length, repetitions, titles and labels.")
]


def command(
    form: Format = Form.TEXT,
    witness: Witnesses = None,
    style: Style = False,
    force: ForceWitness = False,
    seconds: Seconds = SECONDS_OVER_ALL,
    full: Full = False,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Check the rulebook: its files, every situation it allows, and how much of the sources it cites.

    Over all situations, look for rules, verdicts, facts and values that never make a difference, rules that contradict
    one another, and situations without any advice. Remarks that rules/accepted.yaml accepts do not count.

    The exit code is 1 when anything is found or a check is not decided in time, and 3 when the rulebook cannot be
    loaded.
    """
    import plenipo
    from plenipo.cli.progress import progress

    with progress("Checking the rulebook"):
        found = plenipo.check(rulebook, seconds=seconds, witnesses=witness is not None, style=style)
    files = () if witness is None else plenipo.write_situations(found.witnesses, witness, force=force)
    plenipo.print_answer(found, form, width=width, full=full, files=files)
    if not found.passed:
        raise typer.Exit(NO)
