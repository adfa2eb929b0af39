"""`plenipo sources`: the essays behind the rulebook, and whether its citations are right."""

from typing import Annotated

import typer

from plenipo.cli.exit_codes import NO
from plenipo.cli.options import Form, Format, RulebookFolder, Width, positional

EXAMPLES = """\
\b
Examples:
  plenipo sources
  plenipo sources verify essays/
"""
VERIFY_EXAMPLES = """\
\b
Examples:
  plenipo sources verify essays/
  plenipo sources verify essays/first.txt essays/second.txt
"""


def command(
    context: typer.Context, form: Format = Form.TEXT, rulebook: RulebookFolder = None, width: Width = None
) -> None:
    """List the essays behind the rulebook with their propositions, or verify the citations against their texts."""
    if context.invoked_subcommand:
        return
    import plenipo

    listed = plenipo.sources(rulebook=plenipo.load_rulebook(rulebook))
    plenipo.print_answer(listed, form, width=width)


def verify(
    files: Annotated[
        list[str], positional("FILE...", "Texts of the essays, folders or patterns of them, or - for stdin.")
    ],
    form: Format = Form.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Compare the texts of the essays, paragraph by paragraph, with the fingerprints that the rulebook keeps.

    The exit code is 1 when a paragraph is not where the citations say.
    """
    import plenipo

    found = plenipo.verify_sources(files, rulebook=plenipo.load_rulebook(rulebook))
    plenipo.print_answer(found, form, width=width)
    if not all(each.confirmed for each in found):
        raise typer.Exit(NO)


SUBCOMMANDS = {"verify": (verify, "Compare the citations with your own texts.", VERIFY_EXAMPLES)}
