"""`plenipo trace`: every rule that fired, and why the others did not."""

from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import BasedOn, File, Form, Format, RulebookFolder, SetFacts, SourceId, Width, several

EXAMPLES = """\
\b
Examples:
  plenipo trace late-summer-2020
  plenipo trace mine.yaml --option four_party_talks
  plenipo trace mine.yaml --findings --flat
  plenipo trace mine.yaml --not-fired --option summit_to_ratify
  plenipo trace mine.yaml --rule rivalry-defers-four-party
"""


def command(
    file: File,
    rule: Annotated[
        list[str] | None, several("--rule", "ID", "These rules alone, whether they fired or not.", completion.rules)
    ] = None,
    option: Annotated[
        list[str] | None, several("--option", "ID", "The rules that speak of these options.", completion.options)
    ] = None,
    findings: Annotated[bool, typer.Option("--findings", help="The rules that find something.")] = False,
    not_fired: Annotated[
        bool, typer.Option("--not-fired", help="The rules that did not fire, each with the first thing it lacks.")
    ] = False,
    flat: Annotated[bool, typer.Option("--flat", help="One list in the place of one for each subject.")] = False,
    form: Format = Form.TEXT,
    source: SourceId = None,
    set: SetFacts = None,
    based_on: BasedOn = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    List every rule that fired: what met it, what it drew, and what overrode or outranked it.

    A rule has a higher number than every rule that it waits for. --rule, --option and --findings narrow the list. JSON
    always has both the rules that fired and the others.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, changes_of, source_of

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    situation = plenipo.load_situation(file, rulebook=book, changes=changes_of(book, set, based_on=based_on))
    answer = plenipo.trace(
        situation,
        rules=rule or (),
        options=option or (),
        findings=findings,
        not_fired=not_fired,
        flat=flat,
        rulebook=book,
        source=source,
    )
    plenipo.print_answer(answer, form, width=width, remark=alone(source))
