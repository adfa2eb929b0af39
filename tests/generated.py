"""
The documents that are generated: the top-level help, and the page of the command line.

`python -m tests.generated` writes them; test_docs.py holds them against what the commands print.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "src" / "plenipo" / "cli" / "help.txt"
PAGE = ROOT / "docs" / "command-line.md"
COMMANDS = ("advise", "explain", "show", "template", "test", "check", "sources", "sources verify", "schema")
OPENING = """\
# The command line

What `plenipo --help` and the `--help` of each command print; `make docs` writes this page anew.

Answers go to stdout and messages to stderr. `-` reads stdin. Colour is used on a terminal only, and not with NO_COLOR.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | the answer is "no": an expectation failed, `check` found something, a citation points elsewhere |
| 2 | the command line asks for something that is not there |
| 3 | the rulebook is wrong |
| 4 | the facts are wrong; with several files, the others were answered |
| 70 | plenipo is wrong; `PLENIPO_DEBUG=1` shows where |
| 130 | interrupted |
| 141 | whoever read the answer stopped reading |

| variable | meaning |
|---|---|
| `PLENIPO_RULEBOOK` | the rulebook's folder, as with `--rulebook` |
| `PLENIPO_CACHE` | the folder in which loaded rulebooks are kept, or `off` |
| `PLENIPO_DEBUG` | show where an internal error happened |
| `NO_COLOR` | no colour, whatever the terminal can do |
"""


def documents() -> Mapping[Path, str]:
    """Return each generated document with the text that it should have."""
    top = help_of("")
    sections = [_section("", top), *(_section(command, help_of(command)) for command in COMMANDS)]
    return {HELP: top, PAGE: "\n".join([OPENING, *sections])}


def help_of(command: str) -> str:
    """Return what the Typer app prints for `plenipo COMMAND --help` at 80 columns."""
    program = "import sys; from plenipo.cli.app import run; sys.exit(run(sys.argv[1:]))"
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    arguments = [sys.executable, "-c", program, *command.split(), "--help"]
    return (
        subprocess.run(arguments, env=environment, capture_output=True, text=True, check=True).stdout.rstrip("\n")
        + "\n"
    )


def _section(command: str, help: str) -> str:
    return f"## plenipo {command}".rstrip() + f"\n\n```\n{help.rstrip()}\n```\n"


if __name__ == "__main__":
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
