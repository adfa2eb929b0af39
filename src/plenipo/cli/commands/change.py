"""`plenipo change`: which facts would have to change for an option to have a verdict."""

from typing import Annotated

import typer

from plenipo.cli import completion, options
from plenipo.cli.exit_codes import NO
from plenipo.search_time import SECONDS

EXAMPLES = """\
\b
Examples:
  plenipo change late-summer-2020 four_party_talks consider
  plenipo change mine.yaml lift_sanctions_now recommend --hold talks_stage
  plenipo change mine.yaml summit_to_ratify recommend \\
      --may-change us_election_status,kim_initiative
"""


def command(
    file: options.File,
    option: options.OptionId,
    verdict: Annotated[str, options.positional("VERDICT", "The verdict it should have.", completion.verdicts)],
    may_change: Annotated[
        list[str] | None,
        options.several(
            "--may-change", "FACT", "Facts that may change although nobody can bring that about.", completion.facts
        ),
    ] = None,
    hold: Annotated[
        list[str] | None,
        options.several("--hold", "FACT", "Facts that neither change nor become known.", completion.facts),
    ] = None,
    form: options.Format = options.Form.TEXT,
    full: options.Full = False,
    source: options.SourceId = None,
    set: options.SetFacts = None,
    based_on: options.BasedOn = None,
    seconds: options.Seconds = SECONDS,
    rulebook: options.RulebookFolder = None,
    width: options.Width = None,
) -> None:
    """
    Find the smallest sets of facts to change or to learn that give an option a verdict.

    All smallest sets are listed, and the facts that are in every one. Facts that nobody can change stay as they are.
    Where there is no way at all, the rules that prevent it are named. The exit code is then 1, as it is where no
    way was found in time.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, changes_of, source_of
    from plenipo.cli.progress import progress

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    situation = plenipo.load_situation(file, rulebook=book, changes=changes_of(book, set, based_on=based_on))
    advice = plenipo.advise(situation, rulebook=book, source=source)
    with progress("Looking for ways"):
        answer = plenipo.change(advice, option, verdict, may_change=may_change or (), hold=hold or (), seconds=seconds)
    plenipo.print_answer(answer, form, full=full, width=width, remark=alone(source))
    if not (answer.held or answer.ways):
        raise typer.Exit(NO)
