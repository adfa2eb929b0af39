"""`plenipo advise`: from situations to next steps."""

from __future__ import annotations

from typing import Annotated

import typer

from plenipo.cli.options import (
    BasedOn,
    Changes,
    Considering,
    Files,
    Form,
    Format,
    Full,
    RulebookFolder,
    SourceId,
    Width,
)

EXAMPLES = """\
\b
Examples:
  plenipo advise late-summer-2020
  plenipo advise mine.yaml --full
  plenipo advise mine.yaml --set us_china_friction=low
  plenipo advise mine.yaml --considering four_party_talks
  plenipo advise november-2020-transition --source A
  plenipo advise november-2020-transition --by-source
  plenipo advise facts/*.yaml --format json > advice.jsonl
"""


def command(
    files: Files,
    form: Format = Form.TEXT,
    full: Full = False,
    source: SourceId = None,
    by_source: Annotated[bool, typer.Option("--by-source", help="Show the essays side by side.")] = False,
    set: Changes = None,
    based_on: BasedOn = None,
    considering: Considering = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Advise on a situation: what to do now, what not yet, what to avoid, and why.

    Several files are answered one after another, with --format json as one document a line. If a file is wrong, the
    others are still answered, and the exit code is 4.
    """
    import plenipo
    from plenipo.cli.context import WRONG_FACTS, Situations, alone, changes_of, source_of

    if source and by_source:
        raise typer.BadParameter("`--source` shows one essay and `--by-source` both", param_hint="--by-source")
    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    situations = Situations(files, book, changes_of(book, set, considering, based_on))
    for number, situation in enumerate(situations):
        answer = (
            plenipo.by_source(situation, rulebook=book)
            if by_source
            else plenipo.plan(plenipo.advise(situation, rulebook=book, source=source))
        )
        if number and form is not Form.JSON:
            print()
        plenipo.print_answer(answer, form, full=full, width=width, remark=alone(source), one_line=len(files) > 1)
    if situations.failed:
        raise typer.Exit(WRONG_FACTS)
