"""`plenipo help`: how to use a command."""

from __future__ import annotations

import shlex
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
    from plenipo.errors import UsageError

    try:
        print(help_on(context.find_root(), names or ()))
    except UsageError as fault:
        if names and len(names) == 1 and _has_a_meaning(names[0]):
            fault.help = (f"`plenipo show {shlex.quote(names[0])}` says what it means", *fault.help)
        raise


def _has_a_meaning(word: str) -> bool:
    """Return whether the rulebook in use can say what a word means."""
    import plenipo
    from plenipo.errors import PlenipoError

    try:
        plenipo.show(word)
    except PlenipoError:
        return word in plenipo.situations()
    return True
