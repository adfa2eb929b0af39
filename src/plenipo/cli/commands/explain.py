"""`plenipo explain`: the whole justification of one verdict."""

from typing import Annotated

from plenipo.cli import completion, options

EXAMPLES = """\
\b
Examples:
  plenipo explain late-summer-2020 four_party_talks
  plenipo explain mine.yaml four_party_talks --why-not recommend
  plenipo explain mine.yaml summit_to_ratify --texts essays/
  plenipo explain --case 17 advice.parquet four_party_talks
"""


def command(
    file: options.File,
    option: options.OptionId,
    why_not: Annotated[
        str | None,
        options.valued(
            "--why-not",
            "VERDICT",
            "Also show each rule that could have given this verdict, and what it lacked.",
            completion.verdicts,
        ),
    ] = None,
    texts: Annotated[
        str | None, options.valued("--texts", "DIR", "Quote from your own copy of the sources, in a folder or a file.")
    ] = None,
    case: Annotated[
        str | None, options.valued("--case", "KEY", "The case with this key, where FILE is a finished batch.")
    ] = None,
    form: options.Format = options.Form.TEXT,
    full: options.Full = False,
    source: options.SourceId = None,
    set: options.SetFacts = None,
    based_on: options.BasedOn = None,
    rulebook: options.RulebookFolder = None,
    width: options.Width = None,
) -> None:
    """
    Explain a verdict: the rules that decided it, the findings behind them, down to the facts.

    Rules that fired and were outranked or overridden are shown as well.
    """
    import plenipo
    from plenipo.cli.given_situations import alone, asked, changes_of, source_of

    book = plenipo.load_rulebook(rulebook)
    source = source_of(source, book)
    found = None if case is None else plenipo.find_case(file, case, rulebook=book)
    changes = changes_of(book, set, based_on=based_on)
    situation = plenipo.load_situation(found.situation if found else file, rulebook=book, changes=changes)
    advice = plenipo.advise(situation, rulebook=book, source=source)
    answer = plenipo.explain(advice, option, why_not=why_not)
    quoted = plenipo.read_texts(texts, rulebook=book) if texts else None
    remarks = (alone(source), found.remark(advice, answer.option.id) if found else "")
    remark = "; ".join(each for each in remarks if each)
    again = asked(
        file, {"--texts": texts, "--case": case, "--source": source, "--set": set, "--based-on": based_on}, rulebook
    )
    plenipo.print_answer(answer, form, full=full, width=width, texts=quoted, remark=remark, asked=again)
