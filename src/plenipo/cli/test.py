"""`plenipo test`: whether situations get the advice that they expect."""

from __future__ import annotations

from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.exits import NO
from plenipo.cli.options import PlainForm, PlainFormat, RulebookFolder, Width

EXAMPLES = """\
\b
Examples:
  plenipo test                         every situation that comes with plenipo
  plenipo test mine.yaml
  plenipo test --format json
"""


def command(
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILE]...",
            help="Fact files with `expect:`, or names of situations; without any, all that come with plenipo.",
            autocompletion=completion.files,
            show_default=False,
        ),
    ] = None,
    form: PlainFormat = PlainForm.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Hold the advice on situations against what they expect, and list the rules that none of them fires.

    The exit code is 1 when an expectation fails, and 4 when a file cannot be used.
    """
    import plenipo
    from plenipo.cli.input import WRONG_FACTS, Situations
    from plenipo.cli.output import put
    from plenipo.report.suite import suite, suite_document

    book = plenipo.load_rulebook(rulebook)
    situations = Situations(files or list(plenipo.situations()), book)
    result = plenipo.run_suite(situations, rulebook=book)
    put(form, width, lambda page: suite(result, page), lambda: suite_document(result))
    if situations.failed:
        raise typer.Exit(WRONG_FACTS)
    if not result.passed:
        raise typer.Exit(NO)
