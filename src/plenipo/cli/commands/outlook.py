"""`plenipo outlook`: what is settled, what is open, and on what it turns."""

from __future__ import annotations

from plenipo.cli.options import Changes, File, Form, Format, Full, RulebookFolder, SourceId, Width

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
    set: Changes = None,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Tell which verdicts stand whatever the unknown facts turn out to be.

    Of the others it tells what they may become and on which facts that turns. All ways of filling in what is unknown
    are looked at.
    """
    import plenipo
    from plenipo.cli.context import alone, changes_of, source_of

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    situation = plenipo.load_situation(file, rulebook=book, changes=changes_of(set, book))
    answer = plenipo.outlook(plenipo.advise(situation, rulebook=book, source=source))
    plenipo.print_answer(answer, form, full=full, width=width, remark=alone(source))
