"""`plenipo schema`: JSON Schemas of the files of a rulebook."""

from pathlib import Path
from typing import Annotated

from plenipo.cli.options import RulebookFolder, valued

EXAMPLES = """\
\b
Examples:
  plenipo schema                       every schema, in one JSON document
  plenipo schema --out rules/schemas   a file for each
"""


def command(
    out: Annotated[Path | None, valued("--out", "DIR", "Write a file for each kind into this folder.")] = None,
    rulebook: RulebookFolder = None,
) -> None:
    """Print the JSON Schemas with which an editor completes and checks fact files and rules."""
    import json

    import plenipo

    book = plenipo.load_rulebook(rulebook)
    if out is None:
        print(json.dumps(plenipo.schemas(rulebook=book), indent=2, ensure_ascii=False))
        return
    for file in plenipo.write_schemas(out, rulebook=book):
        print(file)
