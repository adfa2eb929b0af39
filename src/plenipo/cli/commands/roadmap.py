"""`plenipo roadmap`: what comes up once the next steps have succeeded."""

from enum import StrEnum
from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import (
    BasedOn,
    File,
    Full,
    Overwrite,
    RulebookFolder,
    SetFacts,
    SourceId,
    ToFile,
    Width,
    several,
    valued,
)

EXAMPLES = """\
\b
Examples:
  plenipo roadmap late-summer-2020
  plenipo roadmap mine.yaml --depth 6 --format md
  plenipo roadmap mine.yaml --suppose offer_status=accepted
  plenipo roadmap mine.yaml -o roadmap.svg
"""


class RoadmapForm(StrEnum):
    """How a roadmap is written."""

    TEXT = "text"
    SVG = "svg"
    HTML = "html"
    MARKDOWN = "md"
    JSON = "json"
    PDF = "pdf"


def command(
    file: File,
    depth: Annotated[
        int, valued("--depth", "N", "How many stages to look ahead, the first included.", min=1, max=8)
    ] = 4,
    suppose: Annotated[
        list[str] | None,
        several(
            "--suppose",
            "FACT=VALUE",
            "Start from the situation in which this is so.",
            completion.changes,
        ),
    ] = None,
    form: Annotated[
        RoadmapForm | None,
        typer.Option("--format", help="How to write it (default: by the ending of OUT, else text)."),
    ] = None,
    out: ToFile = "-",
    force: Overwrite = False,
    full: Full = False,
    source: SourceId = None,
    set: SetFacts = None,
    based_on: BasedOn = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Look ahead: what to do now, and what comes up once that has succeeded.

    Where another party chooses how a step ends, the roadmap branches. Everything after the first stage depends on what
    is supposed, and says so. --full gives the reason for every step.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, asked, changes_of, held_and_varied, source_of
    from plenipo.cli.messages import tell_written
    from plenipo.cli.progress import progress

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    changes = changes_of(book, set, based_on=based_on)
    supposed = changes_of(book, suppose, flag="suppose")
    held_and_varied(book, changes.facts, supposed.facts, "suppose", "supposes another one")
    situation = plenipo.load_situation(file, rulebook=book, changes=changes)
    with progress("Looking ahead"):
        answer = plenipo.roadmap(situation, suppose=supposed, depth=depth, rulebook=book, source=source)
    again = asked(file, {"--source": source, "--set": set, "--based-on": based_on, "--suppose": suppose}, rulebook)
    plenipo.write_answer(
        answer, out, form, force=force, spare=[file], full=full, width=width, remark=alone(source), asked=again
    )
    tell_written(out, width)
