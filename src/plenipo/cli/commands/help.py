"""`plenipo help`: how to use a command."""

from __future__ import annotations

from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import positional

EXAMPLES = """\
\b
Examples:
  plenipo help
  plenipo help advise
  plenipo help sources verify
"""


def command(
    context: typer.Context,
    names: Annotated[
        list[str] | None, positional("[COMMAND]...", "A command, and a command of it.", completion.commands)
    ] = None,
) -> None:
    """Show how to use a command, or without one, which commands there are."""
    from plenipo.cli.app import help_on

    print(help_on(context.find_root(), names or ()))
