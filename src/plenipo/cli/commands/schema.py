"""`plenipo schema`: JSON Schemas of the files of a rulebook, and of the JSON that comes out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from plenipo.cli import completion
from plenipo.cli.options import RulebookFolder, positional, valued

EXAMPLES = """\
\b
Examples:
  plenipo schema                       every schema, in one JSON document
  plenipo schema situation             that of fact files
  plenipo schema --out rules/schemas   a file for each
  plenipo schema --output advice       that of `plenipo advise --format json`
  plenipo schema --output --out schemas/
"""


def command(
    kind: Annotated[
        str | None, positional("[NAME]", "The kind of file or of JSON; without it, all of them.", completion.kinds)
    ] = None,
    output: Annotated[
        bool, typer.Option("--output", help="Describe the JSON that comes out, instead of the files that go in.")
    ] = False,
    out: Annotated[Path | None, valued("--out", "DIR", "Write a file for each kind into this folder.")] = None,
    rulebook: RulebookFolder = None,
) -> None:
    """
    Print JSON Schemas: of fact files and rules, so that an editor completes and checks them, or of what comes out.

    The JSON of each answer names its kind under `kind`, which is the name of its schema.
    """
    import json

    import plenipo
    from plenipo.did_you_mean import did_you_mean
    from plenipo.errors import UsageError, quoted, quoted_list

    if out is not None and kind is not None:
        raise UsageError("`--out` writes the schema of every kind", help=(f"leave out {quoted(kind)}",))
    book = None if output else plenipo.load_rulebook(rulebook)
    if out is not None:
        for file in plenipo.write_output_schemas(out) if output else plenipo.write_schemas(out, rulebook=book):
            print(file)
        return
    known = plenipo.output_schemas() if output else plenipo.schemas(rulebook=book)
    if kind is not None and kind not in known:
        other, with_flag = (plenipo.schemas(), "") if output else (plenipo.output_schemas(), " --output")
        elsewhere = (f"`plenipo schema {kind}{with_flag}` prints it",) if kind in other else ()
        help = elsewhere or (*did_you_mean(kind, known), f"there are {quoted_list(known, last='and')}")
        raise UsageError(f"there is no schema {quoted(kind)}", help=help)
    print(json.dumps(known if kind is None else known[kind], indent=2, ensure_ascii=False))
