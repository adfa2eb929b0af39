"""The arguments and options that several commands share, with their completion."""

from __future__ import annotations

import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from plenipo.cli import completion


class Form(StrEnum):
    """How an answer is written."""

    TEXT = "text"
    JSON = "json"
    MARKDOWN = "md"


def finite(number: float) -> float:
    """Return a number that is finite, which a range does not check: `nan` is in every range."""
    if not math.isfinite(number):
        raise typer.BadParameter(f"{number} is not a finite number")
    return number


File = Annotated[
    str,
    typer.Argument(
        metavar="FILE",
        help="A fact file, the name of a situation that comes with plenipo, or - for stdin.",
        autocompletion=completion.files,
        show_default=False,
    ),
]
Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Fact files, names of situations that come with plenipo, or - for stdin.",
        autocompletion=completion.files,
        show_default=False,
    ),
]
RulebookFolder = Annotated[
    Path | None,
    typer.Option(
        "--rulebook",
        metavar="DIR",
        envvar="PLENIPO_RULEBOOK",
        help="The rulebook's folder, instead of the one that comes with plenipo.",
        show_default=False,
    ),
]
Patience = Annotated[
    float,
    typer.Option(
        "--seconds",
        metavar="N",
        min=0,
        callback=finite,
        help="How many seconds one question over all situations may take.",
    ),
]
ForceWitness = Annotated[bool, typer.Option("--force", help="Let --witness overwrite files.")]
Format = Annotated[Form, typer.Option("--format", help="How to write the answer.")]
Width = Annotated[
    int | None,
    typer.Option("--width", metavar="COLUMNS", min=40, max=1000, help="How wide to lay out text.", show_default=False),
]
Full = Annotated[bool, typer.Option("--full", help="Show everything.")]
SourceId = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="ID",
        help="The advice of one essay alone, A or B.",
        autocompletion=completion.sources,
        show_default=False,
    ),
]
About = Annotated[
    list[str] | None,
    typer.Option(
        "--about",
        metavar="OPTION,...",
        help="Only these options, instead of all.",
        autocompletion=completion.options,
        show_default=False,
    ),
]
Changes = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="FACT=VALUE",
        help="Set a fact, overriding the file (repeatable).",
        autocompletion=completion.changes,
        show_default=False,
    ),
]
BasedOn = Annotated[
    str | None,
    typer.Option(
        "--based-on",
        metavar="NAME",
        help="Take over from this situation the facts that the file leaves out.",
        autocompletion=completion.files,
        show_default=False,
    ),
]
Considering = Annotated[
    list[str] | None,
    typer.Option(
        "--considering",
        metavar="OPTION",
        help="An option under discussion, advised on first (repeatable).",
        autocompletion=completion.options,
        show_default=False,
    ),
]
