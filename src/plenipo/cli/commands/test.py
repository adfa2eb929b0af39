"""`plenipo test`: whether situations get the advice that they expect, and whether they would notice if they did not."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.exit_codes import NO
from plenipo.cli.options import Form, Format, RulebookFolder, Seconds, Width, finite, positional, valued
from plenipo.search_time import SECONDS_OVER_ALL

EXAMPLES = """\
\b
Examples:
  plenipo test                         every situation that comes with plenipo
  plenipo test mine.yaml
  plenipo test --coverage --min 0.95   what the situations put to use
  plenipo test --mutate                which mistakes they would notice
  plenipo test --generate cases/       situations that put everything to use
  plenipo test --format json
"""


def command(
    files: Annotated[
        list[str] | None,
        positional(
            "[FILE]...",
            "Fact files with `expect:`, folders of them, patterns, or names of situations; without any, all that come "
            "with the rulebook.",
            completion.files,
        ),
    ] = None,
    covering: Annotated[
        bool,
        typer.Option("--coverage", help="Also report which rules fire, and which conditions are decided both ways."),
    ] = False,
    mutating: Annotated[
        bool,
        typer.Option("--mutate", help="Also put mistakes into the rulebook, and report those that nothing notices."),
    ] = False,
    least: Annotated[float, valued("--min", "SHARE", "Fail below this share.", min=0, max=1, callback=finite)] = 0.9,
    generating: Annotated[
        Path | None,
        valued(
            "--generate",
            "DIR",
            "Write a small set of situations that fires every rule and decides every condition both ways.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Let --generate overwrite files.")] = False,
    seconds: Seconds = SECONDS_OVER_ALL,
    form: Format = Form.TEXT,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Compare the advice on situations with what they expect, and count the rules that they fire.

    Where a second reader's judgement (`readers:`) differs from the advice, that is reported and fails nothing.

    Without a file, the rules that no situation fires are listed. The exit code is 1 when an expectation fails, nothing
    is expected or a share is too small, and 4 when a file cannot be used.
    """
    import plenipo
    from plenipo.audit.generate import REMARK
    from plenipo.cli.given_situations import WRONG_FACTS, Situations, accompanying
    from plenipo.cli.progress import noting, progress
    from plenipo.errors import UsageError
    from plenipo.report.answers.suite import SuiteReport
    from plenipo.situations.write import write_fact_files

    book = plenipo.load_rulebook(rulebook)
    if generating is not None:
        if files or covering or mutating:
            raise UsageError("`--generate` makes situations of its own, and goes with no file, --coverage or --mutate")
        with progress("Looking for situations"):
            made = plenipo.generate(rulebook=book, seconds=seconds)
        written = write_fact_files(made.situations, generating, comment=REMARK, force=force)
        plenipo.print_answer(made, form, width=width, files=written)
        return
    named = files or accompanying(rulebook)
    read = Situations(named, book)
    with progress("Testing", "situations") as show:
        result = plenipo.run_suite(noting(read, show, of=len(named)), rulebook=book)
    tried = [case.advice.situation for case in result.cases]
    with progress("Looking for what they leave out"):
        covered = plenipo.coverage(tried, rulebook=book, seconds=seconds) if covering else None
    with progress("Putting mistakes into the rulebook"):
        mutated = plenipo.mutate(tried, rulebook=book, seconds=seconds) if mutating else None
    answer = SuiteReport(result, covered, mutated, least, whole=not files)
    plenipo.print_answer(answer, form, width=width)
    if read.failed:
        raise typer.Exit(WRONG_FACTS)
    if not answer.passed:
        raise typer.Exit(NO)
