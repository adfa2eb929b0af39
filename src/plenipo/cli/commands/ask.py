"""`plenipo ask`: a questionnaire on the terminal."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import SECONDS_HELP, BasedOn, RulebookFolder, SetFacts, Width, finite, several, valued
from plenipo.search_time import SECONDS

if TYPE_CHECKING:
    from plenipo.interview import Interview
    from plenipo.interview.answer_file import AnswerFile
    from plenipo.report.page import Page
    from plenipo.rulebook.model import Rulebook

EXAMPLES = """\
\b
Examples:
  plenipo ask                          describe a situation, in a new file
  plenipo ask mine.yaml                go on with what is not known there yet
  plenipo ask late-summer-2020         from a copy of a bundled situation
  plenipo ask --about four_party_talks,cwc_invitation
  plenipo ask mine.yaml --title "After the summit" --as-of 2021-06-01
  plenipo ask --based-on late-summer-2020
                                       what has changed since, in a new file
  plenipo ask --from-nothing           do not ask where to start
  plenipo ask mine.yaml --plain        type numbers
"""

NO_FILE = "Nothing was answered, and no file was made."


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
        several("--about", "OPTION", "Ask only what matters for these options.", completion.options),
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
    set: SetFacts = None,
    based_on: BasedOn = None,
    from_nothing: Annotated[
        bool,
        typer.Option("--from-nothing", help="Start a new file from nothing, without asking where to start."),
    ] = False,
    plain: Annotated[
        bool,
        typer.Option("--plain", help="Type numbers instead of using arrow keys (for screen readers, for example)."),
    ] = False,
    seconds: Annotated[float, valued("--seconds", "N", SECONDS_HELP, min=0, callback=finite)] = SECONDS,
    rulebook: RulebookFolder = None,
    width: Width = None,
) -> None:
    """
    Ask what can still change the advice, the most telling question first, and show the advice at the end.

    A few questions that place the situation come first. The questionnaire ends when the main advice stands, that is,
    when no single further answer can change what comes first, what has to wait and what to beware of; or when you stop.
    Each answer is written to the file at once, and the next time the questionnaire goes on from there.
    """
    _require_terminal()
    import plenipo
    from plenipo.cli.ask.dialogue import Dialogue
    from plenipo.cli.ask.leaving import leaving
    from plenipo.cli.ask.prompts import prompts
    from plenipo.cli.ask.start import chosen_base
    from plenipo.cli.given_situations import asked, changes_of
    from plenipo.errors import UsageError
    from plenipo.report.page import Page
    from plenipo.rulebook.as_of import is_time, no_time, what_to_write
    from plenipo.rulebook.loose_names import tell

    if from_nothing and based_on:
        raise UsageError("--from-nothing and --based-on exclude each other", help=("leave one of them out",))
    if not is_time(as_of):
        raise UsageError(no_time(as_of, "--as-of"), help=what_to_write(as_of), argument="--as-of")
    book = plenipo.load_rulebook(rulebook)
    answer_file = _answer_file(book, file)
    changes = changes_of(book, set)
    page = Page(width=width)
    prompting = prompts(page, plain=plain)
    if not (answer_file.kept or answer_file.situation.facts or from_nothing or based_on or about):
        with leaving(lambda: NO_FILE):
            based_on = chosen_base(book, rulebook, answer_file.path, prompting)
    _entitle(answer_file, {"title": title, "as_of": as_of, "based_on": based_on or ""}, page)
    tell((*answer_file.situation.read_as, *changes.read_as))
    interview = _begun(book, answer_file, changes.facts, tuple(about or ()), seconds)
    _introduce(answer_file, interview, page)

    def words(**options: Sequence[str] | None) -> tuple[str, ...]:
        return asked(_shown(answer_file), {f"--{name}": value for name, value in options.items()}, rulebook)

    def show_brief(interview: Interview) -> None:
        _show_brief(interview, words(), width, pager=not plain)

    dialogue = Dialogue(interview, answer_file, prompting, page, show_brief)
    with leaving(lambda: _parting(answer_file, words(), words(about=about))):
        dialogue.run()
    print(f"\n{_parting(answer_file, words(), words(about=about))}")


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


def _answer_file(book: Rulebook, file: str | None) -> AnswerFile:
    from plenipo.errors import UsageError
    from plenipo.interview.answer_file import copied_answer_file, new_answer_file, open_answer_file
    from plenipo.rulebook import locations

    today = date.today().isoformat()
    title = f"A situation described on {today}"
    if file is None:
        return new_answer_file(book, Path(f"situation-{today}.yaml"), title=title, as_of=today)
    if file == "-":
        raise UsageError("answers cannot be kept on stdin", help=("name a file, or none for a new one",))
    path = locations.resolve(file, book.folder)
    if path != Path(file):
        return copied_answer_file(book, path, Path(path.name))
    if not os.path.lexists(path):
        return new_answer_file(book, path, title=title, as_of=today)
    return open_answer_file(book, path)


def _begun(
    book: Rulebook, answer_file: AnswerFile, changes: Mapping[str, str], about: Sequence[str], seconds: float
) -> Interview:
    """Return the questionnaire where the file leaves it, with what the command line says on top."""
    import plenipo

    situation = plenipo.load_situation(answer_file.situation, rulebook=book, changes=changes)
    declined = [fact for fact in {**dict.fromkeys(answer_file.declined), **changes} if fact not in situation.facts]
    interview = plenipo.interview(situation, rulebook=book, declined=declined, about=about, seconds=seconds)
    if changes:
        answer_file.keep({fact: interview.answers[fact] for fact in changes})
        interview = interview.taken_up(answer_file.situation, answer_file.declined)
    return interview


def _entitle(answer_file: AnswerFile, heads: Mapping[str, str], page: Page) -> None:
    """Put a title, a date and a base into the answer file, saying which of its own it keeps."""
    from plenipo.report.untrusted_text import clean

    for key in answer_file.entitle(**{key: clean(said) for key, said in heads.items()}):
        option = f"--{key.replace('_', '-')}"
        page.paragraph((f"The file keeps its own `{key}`; {option} is not used.", "yellow"))


def _introduce(answer_file: AnswerFile, interview: Interview, page: Page) -> None:
    """Say where the answers go, whether there are any, and what comes first."""
    from plenipo.report import words

    page.paragraph((words.title(answer_file.situation), "bold"))
    situation = answer_file.situation
    known, taken_over = len(situation.facts), len(situation.taken_over)
    facts = "fact is" if known == 1 else "facts are"
    origin = f", {taken_over} of them taken over from {situation.based_on}" if taken_over else ""
    going_on = f"{known} {facts} known already{origin}. " if known else ""
    if taken_over:
        going_on += "With r you can review them. "
    where = _shown(answer_file) if answer_file.kept else f"{_shown(answer_file)}, a new file"
    page.paragraph((f"{going_on}Every answer is kept at once in {where}.", "dim"))
    if first := len(interview.orienting):
        many = "The first question places" if first == 1 else f"The first {first} questions place"
        page.paragraph((f"{many} the situation; after that Enter shows the brief.", "dim"))


def _show_brief(interview: Interview, asked: Sequence[str], width: int | None, *, pager: bool) -> None:
    """Print the brief on what is known so far, and how many questions could still change it."""
    import plenipo
    from plenipo.cli.app import NO_PAGER
    from plenipo.cli.pager import paged
    from plenipo.report import questionnaire
    from plenipo.report.page import Page

    with paged(wanted=pager and NO_PAGER not in sys.argv):
        plenipo.print_answer(interview.advice, width=width, asked=asked, seconds=interview.seconds)
        questionnaire.outlook(interview, Page(width=width))


def _parting(answer_file: AnswerFile, advise: Sequence[str], ask: Sequence[str]) -> str:
    """Return what to say at the end: where the answers are, and the words with which to go on."""
    if not answer_file.kept:
        return NO_FILE
    return "\n".join(
        (
            f"The answers are kept in {_shown(answer_file)}.",
            f"  `plenipo advise {shlex.join(advise)}` advises on them",
            f"  `plenipo ask {shlex.join(ask)}` goes on",
            "  its name and date are the lines `title:` and `as_of:` in it; change them there",
        )
    )


def _shown(answer_file: AnswerFile) -> str:
    from plenipo.cli.ask.saving import from_here

    return from_here(answer_file.path)
