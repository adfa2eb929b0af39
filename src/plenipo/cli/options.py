"""The arguments and options that several commands share, with their completion."""

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from plenipo.cli import completion


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


def positional(metavar: str, help: str, complete: Any = None, **more: Any) -> Any:
    """Return an argument, which `complete` can finish in a shell."""
    return typer.Argument(metavar=metavar, help=help, autocompletion=complete, **more)


def valued(name: str, metavar: str, help: str, complete: Any = None, **more: Any) -> Any:
    """Return an option that takes a value, which `complete` can finish in a shell."""
    return typer.Option(name, metavar=metavar, help=help, autocompletion=complete, **more)


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
Patience = Annotated[
    float,
    valued("--seconds", "N", "How many seconds one question over all situations may take.", min=0, callback=finite),
]
ForceWitness = Annotated[bool, typer.Option("--force", help="Let --witness overwrite files.")]
Format = Annotated[Form, typer.Option("--format", help="How to write the answer.")]
Width = Annotated[int | None, valued("--width", "COLUMNS", "How wide to lay out text.", min=40, max=1000)]
Full = Annotated[bool, typer.Option("--full", help="Show everything.")]
SourceId = Annotated[str | None, valued("--source", "ID", "The advice of one essay alone, A or B.", completion.sources)]
About = Annotated[
    list[str] | None, valued("--about", "OPTION,...", "Only these options, instead of all.", completion.options)
]
SetFacts = Annotated[
    list[str] | None, valued("--set", "FACT=VALUE", "Set a fact, overriding the file (repeatable).", completion.changes)
]
BasedOn = Annotated[
    str | None,
    valued("--based-on", "NAME", "Take over from this situation the facts that the file leaves out.", completion.files),
]
Considering = Annotated[
    list[str] | None,
    valued("--considering", "OPTION", "An option under discussion, advised on first (repeatable).", completion.options),
]
ToFile = Annotated[
    str, typer.Option("--out", "-o", metavar="OUT", help="The file to write: its ending says how; - for stdout.")
]
Overwrite = Annotated[bool, typer.Option("--force", help="Overwrite OUT.")]
