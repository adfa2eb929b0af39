"""`plenipo sources`: the sources behind the rulebook, and whether its citations are right."""

import sys
from typing import Annotated

import typer

from plenipo.cli.exit_codes import NO
from plenipo.cli.options import Form, Format, RulebookFolder, Width, positional

EXAMPLES = """\
\b
Examples:
  plenipo sources
  plenipo sources verify essays/
  plenipo sources fingerprint going-to-sea.txt
"""
VERIFY_EXAMPLES = """\
\b
Examples:
  plenipo sources verify essays/
  plenipo sources verify essays/first.txt essays/second.txt
"""
FINGERPRINT_EXAMPLES = """\
\b
Examples:
  plenipo sources fingerprint going-to-sea.txt
  plenipo sources fingerprint going-to-sea.txt >> seeds/A.yaml
"""


def command(
    context: typer.Context, form: Format = Form.TEXT, rulebook: RulebookFolder = None, width: Width = None
) -> None:
    """List the sources behind the rulebook with their propositions, or verify the citations against their texts."""
    if context.invoked_subcommand:
        return
    import plenipo

    listed = plenipo.sources(rulebook=plenipo.load_rulebook(rulebook))
    plenipo.print_answer(listed, form, width=width)


def verify(
    files: Annotated[
        list[str], positional("FILE...", "Texts of the sources, folders or patterns of them, or - for stdin.")
    ],
    form: Format = Form.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Compare the texts of the sources, paragraph by paragraph, with the fingerprints that the rulebook keeps.

    The exit code is 1 when a paragraph is not where the citations say.
    """
    import plenipo

    found = plenipo.verify_sources(files, rulebook=plenipo.load_rulebook(rulebook))
    plenipo.print_answer(found, form, width=width)
    if not all(each.confirmed for each in found):
        raise typer.Exit(NO)


def fingerprint(files: Annotated[list[str], positional("FILE...", "Texts of sources, or - for stdin.")]) -> None:
    """
    Print the fingerprints of the paragraphs of a text, as `paragraphs:` in the file of a source has them.

    Each block between blank lines counts as a paragraph. Leave out the lines of headings and captions: `sources verify`
    passes over what is no paragraph.
    """
    import plenipo

    sys.stdout.write(plenipo.fingerprints(files))


SUBCOMMANDS = {
    "verify": (verify, "Compare the citations with your own texts.", VERIFY_EXAMPLES),
    "fingerprint": (fingerprint, "Print the fingerprints that a rulebook keeps.", FINGERPRINT_EXAMPLES),
}
