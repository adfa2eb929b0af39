"""
The documents that are generated: the top-level help, the pages of the command line and of the JSON, and the README.

`python -m tests.generated` writes them; test_docs.py holds them against what the commands print. It writes the places
of the bundled rulebook's picture as well, which tests/report/pictures holds to the rulebook.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import plenipo
from plenipo.report.pictures import layout
from tests import output_page

ROOT = Path(__file__).resolve().parent.parent
HELP = ROOT / "src" / "plenipo" / "cli" / "help.txt"
PAGE = ROOT / "docs" / "command-line.md"
OUTPUT_PAGE = ROOT / "docs" / "output.md"
README = ROOT / "README.md"
PLACES = ROOT / "src" / "plenipo" / "report" / "pictures" / layout.KEPT
#: The situation whose brief the README shows, the fact that moves it, and the rule that the README quotes.
SHOWN = "november-2020-transition"
MOVED = "us_election_status=new_administration"
QUOTED = ("rules/format.yaml", "rivalry-defers-four-party")
LEFT_OUT = "[...]"
#: What an answer begins with, up to the first heading.
OPENING_LINES = re.compile(r"(?s)(.*?)\n\n[^\n]*─\n.*")
COMMANDS = (
    "ask",
    "advise",
    "roadmap",
    "report",
    "explain",
    "trace",
    "graph",
    "outlook",
    "change",
    "compare",
    "batch",
    "sweep",
    "robust",
    "serve",
    "show",
    "template",
    "test",
    "check",
    "diff",
    "sources",
    "sources verify",
    "schema",
    "help",
)
OPENING = """\
# The command line

What `plenipo --help` and the `--help` of each command print; `make docs` writes this page anew.

Linux and macOS are supported, Windows through WSL.

Options that take several words (`--over`, `--about`, `--considering`, `--set` and so on) take them with commas between,
in several options, or both: `--over a,b` is `--over a --over b`.

Answers go to stdout and messages to stderr. With `--errors json`, after any command, each message is an object of JSON
on a line of its own ([output.md](output.md#fault)); the other JSON that comes out is described there, too. `-` reads
stdin. Colour is used on a terminal only, and not with NO_COLOR.

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | the answer is "no": an expectation failed, `check` found something, a citation is wrong, `change` found no way |
| 2 | the command line asks for something that is not there |
| 3 | the rulebook is wrong |
| 4 | the facts are wrong, in a file or after `--set` or `--considering`; of several files, the others were answered |
| 70 | plenipo is wrong; `PLENIPO_DEBUG=1` shows where |
| 129, 130, 143 | stopped: the terminal was closed, ^C, terminated |
| 141 | whoever read the answer stopped reading |

| variable | meaning |
|---|---|
| `PLENIPO_RULEBOOK` | the rulebook's folder, as with `--rulebook` |
| `PLENIPO_CACHE` | the folder in which loaded rulebooks are kept, or `off` |
| `PLENIPO_DEBUG` | show where an internal error happened |
| `PLENIPO_PAGER`, `PAGER` | the pager for what is longer than the screen, `less -FRX` without either; empty for none |
| `NO_COLOR` | no colour, whatever the terminal can do |
"""


def documents() -> Mapping[Path, str]:
    """Return each generated document with the text that it should have."""
    top = help_of("")
    sections = [_section("", top), *(_section(command, help_of(command)) for command in COMMANDS)]
    return {HELP: top, PAGE: "\n".join([OPENING, *sections]), OUTPUT_PAGE: output_page.page(), README: readme()}


def help_of(command: str) -> str:
    """Return what the Typer app prints for `plenipo COMMAND --help`."""
    return printed(*command.split(), "--help").rstrip("\n") + "\n"


def printed(*arguments: str) -> str:
    """Return what a command line prints at 80 columns, also where `plenipo` itself would answer from a file."""
    program = "import sys; from plenipo.cli.app import run; sys.exit(run(sys.argv[1:]))"
    kept = {name: value for name, value in os.environ.items() if name != "PLENIPO_RULEBOOK"}
    environment = {**kept, "COLUMNS": "80", "NO_COLOR": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program, *arguments]
    ran = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=True)
    return ran.stdout


def readme() -> str:
    """Return the README with the brief that it shows, how a fact moves it, and the rule that it quotes, as now."""
    text = README.read_text(encoding="utf-8")
    text = _shown(text, f"plenipo advise {SHOWN}", printed("advise", SHOWN))
    compared = printed("compare", SHOWN, "--set", MOVED)
    text = _shown(text, f"plenipo compare {SHOWN} --set {MOVED}", OPENING_LINES.sub(rf"\1\n{LEFT_OUT}\n", compared))
    return re.sub(r"(?s)```yaml\n.*?```\n", lambda _: f"```yaml\n{rule(*QUOTED)}```\n", text, count=1)


def _shown(text: str, command: str, answer: str) -> str:
    """Return a text in which the first answer to a command is this one."""
    return re.sub(rf"(?s)\$ {re.escape(command)}\n.*?```\n", lambda _: f"$ {command}\n{answer}```\n", text, count=1)


def rule(file: str, id: str) -> str:
    """Return a rule as it stands in its file."""
    lines = (ROOT / file).read_text(encoding="utf-8").splitlines(keepends=True)
    start = lines.index(f"- id: {id}\n")
    end = next((n for n in range(start + 1, len(lines)) if not lines[n].startswith(" ")), len(lines))
    return "".join(lines[start:end])


def _section(command: str, help: str) -> str:
    return f"## plenipo {command}".rstrip() + f"\n\n```\n{help.rstrip()}\n```\n"


def places() -> Mapping[Path, str]:
    """Return the file that keeps the places of the bundled rulebook's picture, with what Graphviz finds now."""
    book = plenipo.load_rulebook()
    return {PLACES: layout.written(layout.graphs_to_keep(book), book.digest)}


if __name__ == "__main__":
    for path, text in {**documents(), **places()}.items():
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(ROOT))
