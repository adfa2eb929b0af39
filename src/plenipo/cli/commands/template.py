"""`plenipo template`: a fact file to fill in."""

import sys
from typing import Annotated

import typer

from plenipo.cli.options import RulebookFolder

EXAMPLES = """\
\b
Examples:
  plenipo template > mine.yaml
  plenipo template --full > mine.yaml
  plenipo template | plenipo advise -   advice when nothing is known
"""


def command(
    full: Annotated[bool, typer.Option("--full", help="Add help on every question and the optional parts.")] = False,
    rulebook: RulebookFolder = None,
) -> None:
    """Print a fact file to fill in: every question as a comment, every fact still unknown."""
    import plenipo

    sys.stdout.write(plenipo.template(rulebook=plenipo.load_rulebook(rulebook), full=full))
