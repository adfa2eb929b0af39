"""What the command line says on stderr: in words, or with `--errors json` as JSON, an object a line."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from plenipo.cli.main import ERRORS
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import Diagnostic, FaultsError, UsageError

if TYPE_CHECKING:
    from plenipo.report.shapes.faults import FaultData

FORMS = ("text", "json")


class Messages:
    """How this run says what it has to say; `as_json` is set when a command line begins."""

    as_json = False


def said_how(arguments: Sequence[str]) -> list[str]:
    """
    Return a command line without `--errors`, having taken note of what that says, wherever it is.

    >>> said_how(["advise", "mine.yaml", "--errors", "text"])
    ['advise', 'mine.yaml']
    >>> said_how(["--errors=text", "show", "--", "--errors"])
    ['show', '--', '--errors']

    Raises:
        UsageError: it names no form, or one that there is not.
    """
    words, form = [], "text"
    given = iter(arguments)
    for word in given:
        if word == "--":
            words += [word, *given]
        elif word == ERRORS or word.startswith(f"{ERRORS}="):
            form = word.partition("=")[2] if word != ERRORS else next(given, "")
        else:
            words.append(word)
    if form not in FORMS:
        help = (*did_you_mean(form, FORMS), f"write `{ERRORS} json` or `{ERRORS} text`")
        raise UsageError(f"there is no form `{form}` of `{ERRORS}`", help=help, argument=ERRORS)
    Messages.as_json = form == "json"
    return words


def tell(text: str) -> None:
    """Say something that is worth knowing and no fault."""
    if Messages.as_json:
        from plenipo.report.faults import note_data

        write([note_data(text.strip())])
    else:
        say(text)


def noted(words: str, exit_code: int) -> str:
    """Return a line of JSON that says why the run ends."""
    from plenipo.report.faults import note_data
    from plenipo.report.json import dumps

    return dumps(note_data(words, words, exit_code=exit_code), one_line=True)


def tell_laid_out(text: str, width: int | None = None) -> None:
    """Say the same, laid out as wide as the terminal, or so wide."""
    from plenipo.report.page import Page

    if Messages.as_json:
        tell(text)
    else:
        Page(sys.stderr, width).paragraph(text)


def tell_written(file: str, width: int | None = None) -> None:
    """Say that a file is written; what went to stdout speaks for itself."""
    if file != "-":
        tell_laid_out(f"{file} is written.", width)


def tell_faults(faults: FaultsError | Iterable[Diagnostic]) -> None:
    """Say what is wrong with something, while the work goes on."""
    if Messages.as_json:
        from plenipo.report.faults import diagnostic_data, fault_data

        write(fault_data(faults) if isinstance(faults, FaultsError) else [diagnostic_data(each) for each in faults])
    else:
        for fault in faults.diagnostics if isinstance(faults, FaultsError) else faults:
            say(str(fault))


def write(faults: Iterable[FaultData]) -> None:
    """Write faults as JSON, a line each."""
    from plenipo.report.json import dumps

    for fault in faults:
        print(dumps(fault, one_line=True), file=sys.stderr)


def say(text: str) -> None:
    """Print a text with nothing in it that could command a terminal, line by line."""
    from plenipo.report.untrusted_text import clean_lines

    print(clean_lines(text), file=sys.stderr)
