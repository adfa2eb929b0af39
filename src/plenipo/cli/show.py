"""`plenipo show`: what stands in the rulebook under a name."""

from __future__ import annotations

from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import PlainForm, PlainFormat, RulebookFolder, Width

EXAMPLES = """\
\b
Examples:
  plenipo show                         the rulebook at a glance
  plenipo show us_china_friction       a fact, with the rules that read it
  plenipo show four_party_talks        an option, with the rules that speak of it
  plenipo show A42                     a proposition, with what cites it
"""


def command(
    id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="The id of a fact, an option, a finding, a rule, a constraint, a proposition or a source.",
            autocompletion=completion.names,
            show_default=False,
        ),
    ] = None,
    form: PlainFormat = PlainForm.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """Show what a name stands for and everything that touches it, or the rulebook at a glance."""
    import plenipo
    from plenipo.cli.output import put
    from plenipo.report import catalogue

    book = plenipo.load_rulebook(rulebook)
    if id is not None:
        found = plenipo.show(id, rulebook=book)
        put(form, width, lambda page: catalogue.entry(found, page), lambda: catalogue.entry_document(found))
        return
    glance, named = plenipo.overview(rulebook=book), plenipo.situations(rulebook)
    put(
        form,
        width,
        lambda page: catalogue.overview(glance, named, page),
        lambda: catalogue.overview_document(glance, named),
    )
