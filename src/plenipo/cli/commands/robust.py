"""`plenipo robust`: how often each verdict holds across likely situations."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import (
    About,
    BasedOn,
    File,
    Full,
    RulebookFolder,
    Seconds,
    SetFacts,
    SourceId,
    Width,
    several,
)
from plenipo.search_time import SECONDS_OVER_ALL

EXAMPLES = """\
\b
Examples:
  plenipo robust hypothetical-likely-worlds
  plenipo robust mine.yaml --about four_party_talks --full
  plenipo robust mine.yaml --equal us_china_friction,china_backing
  plenipo robust late-summer-2020 --equal unknown --format csv
  plenipo robust mine.yaml --samples 1000000 --seed 7 --format json
"""


class TableForm(StrEnum):
    """How an answer is written that can also be a table."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"
    CSV = "csv"


def command(
    file: File,
    samples: Annotated[
        int | None,
        typer.Option(
            "--samples",
            metavar="N",
            min=1,
            max=1_000_000_000,
            help="Sample N situations; report standard errors.",
            show_default=False,
        ),
    ] = None,
    exact: Annotated[
        bool,
        typer.Option(
            "--exact",
            help="Weigh every likely situation, however many steps it takes; take names exactly as they are written.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", metavar="S", min=0, help="Random seed.")] = 0,
    seconds: Seconds = SECONDS_OVER_ALL,
    equal: Annotated[
        list[str] | None,
        several(
            "--equal",
            "FACT",
            "Facts whose values are equally likely, overriding the file; `unknown` for all that are not known.",
            completion.facts,
        ),
    ] = None,
    about: About = None,
    form: Annotated[TableForm, typer.Option("--format", help="How to write the answer.")] = TableForm.TEXT,
    full: Full = False,
    source: SourceId = None,
    set: SetFacts = None,
    based_on: BasedOn = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Show how often each verdict holds across the situations that a fact file calls likely.

    Under `likely:` a fact file gives weights to the values of facts that are not known. For each option the answer says
    in which share of the likely situations it has which verdict; in full, which facts matter most for that, and where
    the verdict changes and by which rules. It also says how much of the advice is left without one of the sources.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, changes_of, held_and_varied, source_of
    from plenipo.cli.progress import progress

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    changes = changes_of(book, set, based_on=based_on)
    held_and_varied(book, changes.facts, equal or (), "equal", "takes all of its values as likely")
    with progress("Weighing the likely situations"):
        answer = plenipo.robust(
            plenipo.load_situation(file, rulebook=book, changes=changes),
            samples=samples,
            exact=exact,
            seed=seed,
            seconds=seconds,
            equally=equal or (),
            about=about or (),
            rulebook=book,
            source=source,
        )
    plenipo.print_answer(answer, form, full=full, width=width, remark=alone(source))
