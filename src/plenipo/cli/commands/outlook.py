"""`plenipo outlook`: what to find out, and which verdicts could still change."""

from __future__ import annotations

from plenipo.cli.options import BasedOn, File, Form, Format, Full, RulebookFolder, Seconds, SetFacts, SourceId, Width
from plenipo.search_time import SECONDS

EXAMPLES = """\
\b
Examples:
  plenipo outlook late-summer-2020
  plenipo outlook mine.yaml --set us_china_friction=unknown
  plenipo outlook mine.yaml --format json
"""


def command(
    file: File,
    form: Format = Form.TEXT,
    full: Full = False,
    source: SourceId = None,
    set: SetFacts = None,
    based_on: BasedOn = None,
    seconds: Seconds = SECONDS,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Show what to find out, and which verdicts hold whatever the unknown facts turn out to be.

    What would change most of the brief comes first. For each verdict that could still change, show what it could become
    and on which facts that depends. Every way of filling in the unknown facts is considered.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, changes_of, source_of
    from plenipo.cli.progress import progress

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    situation = plenipo.load_situation(file, rulebook=book, changes=changes_of(book, set, based_on=based_on))
    with progress("Looking at every answer"):
        answer = plenipo.outlook(plenipo.advise(situation, rulebook=book, source=source), seconds=seconds)
    plenipo.print_answer(answer, form, full=full, width=width, remark=alone(source), seconds=seconds)
