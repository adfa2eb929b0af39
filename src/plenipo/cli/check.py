"""`plenipo check`: whether the rulebook is whole."""

from __future__ import annotations

import typer

from plenipo.cli.exits import NO
from plenipo.cli.options import PlainForm, PlainFormat, RulebookFolder, Width

EXAMPLES = """\
\b
Examples:
  plenipo check
  plenipo check --rulebook my-rulebook/
  plenipo check --format json
"""


def command(
    form: PlainFormat = PlainForm.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Run every structural check on the rulebook and count how much of the essays it cites.

    The exit code is 1 when anything is found, and 3 when the rulebook cannot be loaded.
    """
    import plenipo
    from plenipo.cli.output import put
    from plenipo.report.examination import examination, examination_document

    found = plenipo.check(rulebook)
    put(form, width, lambda page: examination(found, page), lambda: examination_document(found))
    if not found.passed:
        raise typer.Exit(NO)
