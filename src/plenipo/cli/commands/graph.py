"""`plenipo graph`: the reasoning as a picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import BasedOn, Full, Overwrite, RulebookFolder, SetFacts, SourceId, ToFile, Width, positional

if TYPE_CHECKING:
    from plenipo.rulebook.model import Rulebook

EXAMPLES = """\
\b
Examples:
  plenipo graph late-summer-2020 -o reasoning.svg
  plenipo graph late-summer-2020 four_party_talks -o talks.html
  plenipo graph mine.yaml four_party_talks      as a list, on the terminal
  plenipo graph -o rulebook.svg                 what can lead to what
  plenipo graph four_party_talks -o rules.svg   the same for one option
"""


class GraphForm(StrEnum):
    """How a graph is written."""

    TEXT = "text"
    SVG = "svg"
    HTML = "html"
    DOT = "dot"
    MERMAID = "mermaid"
    MARKDOWN = "md"
    JSON = "json"
    PDF = "pdf"


def command(
    file: Annotated[
        str | None,
        positional("[FILE]", "A fact file, the name of a situation, or - for stdin.", completion.files),
    ] = None,
    option: Annotated[
        str | None, positional("[OPTION]", "What can matter for this option alone.", completion.options)
    ] = None,
    out: ToFile = "-",
    form: Annotated[
        GraphForm | None,
        typer.Option("--format", help="How to write it (default: by the ending of OUT, else text)."),
    ] = None,
    unfolded: Annotated[bool, typer.Option("--unfolded", help="Show every rule as a box.")] = False,
    full: Full = False,
    force: Overwrite = False,
    source: SourceId = None,
    set: SetFacts = None,
    based_on: BasedOn = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Draw the reasoning: facts at the left, then findings, then options; without FILE, what the rulebook can make of any.

    What leads to a verdict is strong, what does not apply is faint, and every box keeps its place in every situation,
    so that two pictures can be laid side by side. Where one points at a box or a line, its reason and its source show.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, changes_of, source_of
    from plenipo.cli.messages import tell_written

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    changes = changes_of(book, set, based_on=based_on)
    file, option = _asked(file, option, book, rulebook)
    situation = None if file is None else plenipo.load_situation(file, rulebook=book, changes=changes)
    answer = plenipo.graph(situation, option, unfolded=unfolded, rulebook=book, source=source)
    plenipo.write_answer(
        answer, out, form, force=force, spare=[file] if file else (), full=full, width=width, remark=alone(source)
    )
    tell_written(out, width)


def _asked(file: str | None, option: str | None, book: Rulebook, folder: Path | None) -> tuple[str | None, str | None]:
    """Return the file and the option; a single word may be an option, where no file and no situation has that name."""
    import plenipo
    from plenipo.rulebook.loose_names import meant
    from plenipo.rulebook.model import Option

    if file is None or option is not None or file in plenipo.situations(folder) or Path(file).exists():
        return file, option
    return (None, file) if meant(book, file, Option) else (file, None)
