"""`plenipo advise`: from situations to next steps."""

from __future__ import annotations

import shlex
from typing import Annotated

import typer

from plenipo.cli.options import (
    BasedOn,
    Considering,
    Files,
    Form,
    Format,
    Full,
    RulebookFolder,
    Seconds,
    SetFacts,
    SourceId,
    Width,
)
from plenipo.errors import UsageError
from plenipo.search_time import SECONDS

EXAMPLES = """\
\b
Examples:
  plenipo advise late-summer-2020
  plenipo advise mine.yaml --full          everything, subject by subject
  plenipo advise mine.yaml --set us_china_friction=low
  plenipo advise mine.yaml --considering four_party_talks
  plenipo advise november-2020-transition --source A
  plenipo advise november-2020-transition --by-source
  plenipo advise facts/ --format json > advice.jsonl
"""


def command(
    files: Files,
    form: Format = Form.TEXT,
    full: Full = False,
    source: SourceId = None,
    by_source: Annotated[bool, typer.Option("--by-source", help="Show the sources side by side.")] = False,
    set: SetFacts = None,
    based_on: BasedOn = None,
    considering: Considering = None,
    seconds: Seconds = SECONDS,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Advise on a situation, on one screen: what leads, what is not yet to be done, what to beware of and to find out.

    --full is the long answer, with every option. --format md is a memo, --format json always has everything.
    Several files are answered one after another, with --format json as one document a line. If a file is wrong, the
    others are still answered, and the exit code is 4.
    """
    import plenipo
    from plenipo.cli.given_situations import WRONG_FACTS, Situations, alone, asked, changes_of, source_of
    from plenipo.cli.progress import noting, progress

    if source and by_source:
        raise typer.BadParameter("`--source` shows one source and `--by-source` both", param_hint="--by-source")
    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    if form is Form.HTML and len(files) > 1:
        help = (f"`plenipo report {shlex.join(files)} -o advice.html` sets them side by side",)
        raise UsageError("a page of HTML holds the advice on one situation", help=help)
    situations = Situations(files, book, changes_of(book, set, considering, based_on))
    again = {"--source": source, "--set": set, "--based-on": based_on, "--considering": considering}
    with progress("Advising", "files", beside_stdout=True) as show:
        for number, (file, situation) in enumerate(noting(situations.by_file(), show, of=situations.count)):
            advice = plenipo.advise(situation, rulebook=book, source=source)
            if number and form is not Form.JSON:
                print()
            plenipo.print_answer(
                plenipo.by_source(situation, rulebook=book) if by_source else advice,
                form,
                full=full,
                width=width,
                remark=alone(source),
                asked=asked(file, again, rulebook),
                one_line=situations.several,
                seconds=seconds,
            )
    if situations.failed:
        raise typer.Exit(WRONG_FACTS)
