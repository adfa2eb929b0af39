"""`plenipo ask`: a questionnaire on the terminal."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.exit_codes import INTERRUPTED
from plenipo.cli.options import Changes, RulebookFolder, Width

if TYPE_CHECKING:
    from plenipo.interview import Interview
    from plenipo.interview.answer_file import Record
    from plenipo.report.page import Page
    from plenipo.rulebook.model import Rulebook

EXAMPLES = """\
\b
Examples:
  plenipo ask                          describe a situation, in a new file
  plenipo ask mine.yaml                go on with what is not told there yet
  plenipo ask late-summer-2020         from a copy of a bundled situation
  plenipo ask --about four_party_talks --about cwc_invitation
  plenipo ask mine.yaml --title "After the summit" --as-of 2021-06-01
  plenipo ask mine.yaml --plain        without lists to move through
"""


def command(
    file: Annotated[
        str | None,
        typer.Argument(
            metavar="[FILE]",
            help="The fact file to keep the answers in; without one, a new file is made in this folder.",
            autocompletion=completion.files,
            show_default=False,
        ),
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about",
            metavar="OPTION",
            help="Ask only what bears on this option; may be given again.",
            autocompletion=completion.options,
            show_default=False,
        ),
    ] = None,
    title: Annotated[
        str,
        typer.Option(
            "--title", metavar="TEXT", help="What to call the situation, where its file is new or has no title."
        ),
    ] = "",
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of", metavar="DATE", help="The time it describes, where its file is new or names none; new: today."
        ),
    ] = "",
    set: Changes = None,
    plain: Annotated[bool, typer.Option("--plain", help="Numbered lines in the place of lists.")] = False,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Ask what can still change the advice, the most telling question first.

    Each answer is written to the file at once, and the next time the questionnaire goes on from there. It ends when no
    answer can change a verdict any more, or whenever you stop.
    """
    _require_terminal()
    import plenipo
    from plenipo.cli.ask.dialogue import Dialogue
    from plenipo.cli.ask.prompts import prompts
    from plenipo.cli.context import changes_of, listed
    from plenipo.report.page import Page

    book = plenipo.load_rulebook(rulebook)
    record = _record(book, file)
    interview = _begun(book, record, changes_of(set), listed(about))
    page = Page(width=width)
    interview = _entitled(interview, record, title, as_of, page)
    _introduce(record, page)
    dialogue = Dialogue(interview, record, prompts(page, plain=plain), page)
    try:
        dialogue.run()
    except (KeyboardInterrupt, EOFError):
        sys.stdout.flush()
        print(f"\n{_parting(record)}", file=sys.stderr)
        raise typer.Exit(INTERRUPTED) from None
    print(f"\n{_parting(record)}")


def _require_terminal() -> None:
    from plenipo.errors import UsageError

    if sys.stdin.isatty() and sys.stdout.isatty():
        return
    raise UsageError(
        "`ask` needs a terminal to ask on",
        help=(
            "`plenipo template > mine.yaml` prints a fact file to fill in",
            "`plenipo advise mine.yaml --set fact=value` takes facts from the command line",
        ),
    )


def _record(book: Rulebook, file: str | None) -> Record:
    from plenipo.errors import UsageError
    from plenipo.interview.answer_file import copied_record, new_record, open_record
    from plenipo.rulebook import locations

    today = date.today().isoformat()
    title = f"A situation described on {today}"
    if file is None:
        return new_record(book, Path(f"situation-{today}.yaml"), title=title, as_of=today)
    if file == "-":
        raise UsageError("answers cannot be kept on stdin", help=("name a file, or none for a new one",))
    path = locations.resolve(file)
    if path != Path(file):
        return copied_record(book, path, Path(path.name))
    if not os.path.lexists(path):
        return new_record(book, path, title=title, as_of=today)
    return open_record(book, path)


def _begun(book: Rulebook, record: Record, changes: Mapping[str, str], about: Sequence[str]) -> Interview:
    """Return the questionnaire where the file leaves it, with what the command line says on top."""
    import plenipo

    situation = plenipo.load_situation(record.situation, rulebook=book, changes=changes)
    declined = [fact for fact in {**dict.fromkeys(record.declined), **changes} if fact not in situation.facts]
    interview = plenipo.interview(situation, rulebook=book, declined=declined, about=about)
    if changes:
        record.keep({fact: interview.answers[fact] for fact in changes})
        interview = interview.taken_up(record.situation, record.declined)
    return interview


def _entitled(interview: Interview, record: Record, title: str, as_of: str, page: Page) -> Interview:
    """Return the questionnaire with its situation named and dated, saying where the file's own words stay."""
    from plenipo.report.untrusted_text import clean

    for key in record.entitle(clean(title), clean(as_of)):
        option = f"--{key.replace('_', '-')}"
        page.paragraph((f"The file has its own `{key}`, which stays; {option} is not used.", "yellow"))
    named = replace(interview.base, title=record.situation.title, as_of=record.situation.as_of)
    return replace(interview, base=named)


def _introduce(record: Record, page: Page) -> None:
    """Say where the answers go, and whether there are any."""
    from plenipo.report import words

    page.paragraph((words.title(record.situation), "bold"))
    if record.moved:
        page.paragraph(
            (
                "The file is laid out so that answers cannot be written into it without risk; it stays as it is.",
                "yellow",
            )
        )
    told = len(record.situation.facts)
    going_on = f"{told} {'fact is' if told == 1 else 'facts are'} told already. " if told else ""
    where = _shown(record) if record.kept else f"{_shown(record)}, a new file"
    page.paragraph((f"{going_on}Every answer is kept at once in {where}.", "dim"))


def _parting(record: Record) -> str:
    """Return what to say at the end: where the answers are, and how to go on."""
    if not record.kept:
        return "Nothing was answered, and no file was made."
    name = shlex.quote(_shown(record))
    return "\n".join(
        (
            f"The answers are kept in {_shown(record)}.",
            f"  `plenipo advise {name}` advises on them",
            f"  `plenipo ask {name}` goes on",
            "  its name and date are the lines `title:` and `as_of:` in it; change them there",
        )
    )


def _shown(record: Record) -> str:
    from plenipo.cli.ask.saving import shown

    return shown(record.path)
