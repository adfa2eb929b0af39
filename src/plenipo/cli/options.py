"""The arguments and options that several commands share, with their completion."""

import math
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from plenipo.cli import completion
from plenipo.errors import UsageError
from plenipo.search_time import search_time

#: What `--seconds` is for, in every command.
SECONDS_HELP = "How many seconds searching may take; what is not settled by then is said."


class Form(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"
    HTML = "html"


def finite(number: float) -> float:
    """Return a number that is finite, which a range does not check: `nan` is in every range."""
    if not math.isfinite(number):
        raise typer.BadParameter(f"{number} is not a finite number")
    return number


def search_for(context: typer.Context, seconds: float) -> float:
    """Let all searching of a command take so many seconds."""
    context.with_resource(search_time(finite(seconds)))
    return seconds


def positional(metavar: str, help: str, complete: Any = None, **more: Any) -> Any:
    """Return an argument, which `complete` can finish in a shell."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=complete, **more)


def valued(name: str, metavar: str, help: str, complete: Any = None, **more: Any) -> Any:
    """Return an option that takes a value, which `complete` can finish in a shell."""
    return typer.Option(name, metavar=metavar, help=help, autocompletion=complete, **more)


def several(name: str, metavar: str, help: str, complete: Any = None) -> Any:
    """Return an option that takes several words: separated by commas, or given in several options, or both."""
    return typer.Option(
        name,
        metavar=f"{metavar},...",
        help=help,
        autocompletion=complete,
        callback=separated,
        show_default=False,
    )


def separated(param: typer.CallbackParam, given: list[str] | None) -> list[str] | None:
    """
    Return the words of an option that takes several; commas in the value of a fact do not separate.

    Raises:
        UsageError: there is nothing before or after a comma.
    """
    if given is None:
        return None
    option = param.opts[0]
    words = [word.strip() for each in given for word in _parts(each, pairs="=" in (param.metavar or ""))]
    if "" in words:
        shown = " ".join(f"{option} {each}" for each in given)
        help = (f"write `{option} one,two`, or `{option} one {option} two`",)
        raise UsageError(f"`{shown}` leaves something out beside a comma", help=help, argument=option)
    return list(dict.fromkeys(words))


def _parts(text: str, *, pairs: bool) -> list[str]:
    """
    Return the parts of a text that commas separate; of pairs only where what follows the comma is one, too.

    >>> _parts("wind=calm, sky=clear", pairs=True), _parts("wind=calm, or nearly", pairs=True)
    (['wind=calm', ' sky=clear'], ['wind=calm, or nearly'])
    """
    if not pairs:
        return text.split(",")
    parts = re.split(r",(?=[^,=]*(?:=|$))", text)
    return parts if all("=" in part or not part.strip() for part in parts) else [text]


File = Annotated[
    str,
    positional(
        "FILE", "A fact file, the name of a situation that comes with the rulebook, or - for stdin.", completion.files
    ),
]
Files = Annotated[
    list[str],
    positional(
        "FILE...",
        "Fact files, folders of them, patterns, names of situations that come with the rulebook, or - for stdin.",
        completion.files,
    ),
]
OptionId = Annotated[str, positional("OPTION", "The id of an option.", completion.options)]
RulebookFolder = Annotated[
    Path | None,
    valued(
        "--rulebook",
        "DIR",
        "The rulebook's folder, instead of the one that comes with plenipo.",
        envvar="PLENIPO_RULEBOOK",
    ),
]
Seconds = Annotated[float, valued("--seconds", "N", SECONDS_HELP, min=0, callback=search_for)]
ForceWitness = Annotated[bool, typer.Option("--force", help="Let --witness overwrite files.")]
Format = Annotated[Form, typer.Option("--format", help="How to write the answer.")]
Width = Annotated[int | None, valued("--width", "COLUMNS", "How wide to lay out text.", min=40, max=1000)]
Full = Annotated[bool, typer.Option("--full", help="Show everything.")]
SourceId = Annotated[
    str | None, valued("--source", "ID", "The advice of one source alone, such as A.", completion.sources)
]
About = Annotated[
    list[str] | None, several("--about", "OPTION", "Only these options, instead of all.", completion.options)
]
SetFacts = Annotated[
    list[str] | None, several("--set", "FACT=VALUE", "Set facts, overriding the file.", completion.changes)
]
BasedOn = Annotated[
    str | None,
    valued("--based-on", "NAME", "Take over from this situation the facts that the file leaves out.", completion.files),
]
Considering = Annotated[
    list[str] | None,
    several("--considering", "OPTION", "Options under discussion, advised on first.", completion.options),
]
ToFile = Annotated[
    str, typer.Option("--out", "-o", metavar="OUT", help="The file to write: its ending says how; - for stdout.")
]
Overwrite = Annotated[bool, typer.Option("--force", help="Overwrite OUT.")]
