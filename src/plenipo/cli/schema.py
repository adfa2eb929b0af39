"""`plenipo schema`: JSON Schemas of the files of a rulebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """\
\b
Examples:
  plenipo schema                       every schema, in one JSON document
  plenipo schema --out rules/schemas   a file for each
"""


def command(
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Write a file for each kind into this folder.", show_default=False),
    ] = None,
) -> None:
    """Print the JSON Schemas by which an editor completes and checks fact files and rules."""
    import json

    import plenipo

    if out is None:
        print(json.dumps(plenipo.schemas(), indent=2, ensure_ascii=False))
        return
    for file in plenipo.write_schemas(out):
        print(file)
