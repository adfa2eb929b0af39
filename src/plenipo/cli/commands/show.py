"""`plenipo show`: what the rulebook holds under a name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from plenipo.cli import completion
from plenipo.cli.options import Form, Format, RulebookFolder, Width, positional

if TYPE_CHECKING:
    from plenipo.rulebook.catalogue import Entry
    from plenipo.rulebook.model import Rulebook

EXAMPLES = """\
\b
Examples:
  plenipo show                         the rulebook at a glance
  plenipo show us_china_friction       a fact, with the rules that read it
  plenipo show four_party_talks        an option, with its rules
  plenipo show A42                     a proposition, with what cites it
  plenipo show A¶1                     what is taken from a paragraph
  plenipo show options                 every option, group by group
  plenipo show late-summer-2020        the facts of a situation
  plenipo show inferred                a word that advice uses
"""


def command(
    id: Annotated[
        str | None,
        positional(
            "[ID]",
            "The id of a fact, an option, a finding, a rule, a constraint, a proposition or a source; a "
            "situation; paragraphs as answers cite them; a verdict or another word of the field; `options`, `facts` "
            "and so on for all of them.",
            completion.names,
        ),
    ] = None,
    form: Format = Form.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """Show what a name means and everything that has to do with it, or the rulebook at a glance."""
    import plenipo

    book = plenipo.load_rulebook(rulebook)
    if id is None:
        answer = replace(plenipo.overview(rulebook=book), situations=plenipo.situations(rulebook))
        plenipo.print_answer(answer, form, width=width)
    else:
        plenipo.print_answer(_found(book, id, rulebook), form, width=width)


def _found(book: Rulebook, id: str, folder: Path | None) -> Entry:
    """Return what stands in the rulebook under a name, or else the situation that comes with it under that name."""
    import plenipo
    from plenipo.rulebook import catalogue, locations

    known = catalogue.catalogue_names(book)
    situations = locations.situations(folder)
    if id not in situations:
        id = catalogue.meant_name(book, id, also=situations)
    if id in known or id not in situations:
        return catalogue.look_up(book, id, also=situations)
    described = plenipo.load_situation(situations[id], rulebook=book)
    return catalogue.situation(book, replace(described, name=id))
