"""The documents tell the truth: what is generated is as it would be generated now, and every command shown works."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from plenipo.cli.main import main
from tests.generated import COMMANDS, ROOT, documents

README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
#: In the order of the page: what stands on a line of a console, and what stands in backticks.
SHOWN = re.findall(r"(?m)^\$ (plenipo .*)$|`(plenipo [^`\n]+)`", README)
#: They talk with a terminal, or run until they are stopped.
STAYING = {"ask", "serve"}
#: Paths in backticks, of files and of folders, and paths of code.
NAMED = re.compile(r"`((?:[\w.-]+/)+(?:[\w.-]+\.(?:json|lp|md|py|toml|txt|yaml))?)`")
CODE = re.compile(r"(?<![\w/.:-])(?:[\w-]+/)+[\w-]+\.(?:py|lp)\b")


def test_generated_documents_are_as_they_would_be_generated() -> None:
    stale = [path.name for path, text in documents().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "make docs"


def test_the_top_level_help_is_what_the_app_would_print(capsys: pytest.CaptureFixture[str]) -> None:
    printed = next(text for path, text in documents().items() if path.name == "help.txt")
    for arguments in ([], ["--help"], ["-h"]):
        assert main(arguments) == 0
        assert capsys.readouterr().out == printed


def test_the_readme_shows_commands() -> None:
    assert {shlex.split(one or other)[1] for one, other in SHOWN} >= {*COMMANDS} - {"diff", "sources", "sources verify"}
    assert {*COMMANDS} >= STAYING


def test_every_command_that_the_readme_shows_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder in ("rules", "seeds", "facts"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    assert SHOWN
    for line in map("".join, SHOWN):
        words = shlex.split(line)
        if words[1] in STAYING:
            words.append("--help")
        target = words[words.index(">") + 1] if ">" in words else None
        code = main(words[1 : words.index(">")] if target else words[1:])
        out, err = capsys.readouterr()
        into_a_file = "-o" in words or "--table" in words
        loosely = "read `four-party talks` as four_party_talks\n" in err
        assert (line, code, bool(err)) == (line, 1 if words[1] == "check" and code else 0, into_a_file or loosely)
        assert into_a_file or out
        if target:
            Path(target).write_text(out)


def test_the_python_that_the_readme_shows_works(tmp_path: Path) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", example], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("defer\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    missing = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert missing == []


def test_paths_that_documents_name_are_there() -> None:
    """A path is a name with a slash: in backticks, or, where it ends like code, anywhere, drawings included."""
    missing = [
        f"{page.relative_to(ROOT)}: {path}"
        for page in PAGES
        for path in sorted({*NAMED.findall(page.read_text("utf-8")), *CODE.findall(page.read_text("utf-8"))})
        if not any((folder / path).exists() for folder in (ROOT, ROOT / "src" / "plenipo", page.parent))
    ]
    assert missing == []
    assert len(NAMED.findall((ROOT / "docs" / "contributing.md").read_text("utf-8"))) > 30


def test_every_command_has_its_section() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for command in COMMANDS:
        assert f"\n## plenipo {command}\n" in page


def test_decisions_are_numbered_and_tell_context_choice_and_cost() -> None:
    pages = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    assert [int(page.name[:4]) for page in pages] == list(range(1, len(pages) + 1))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        assert text.startswith(f"# {int(page.name[:4])}. ")
        assert all(f"**{part}.**" in text for part in ("Context", "Choice", "Cost"))


def test_the_changelog_speaks_of_every_command() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert all(f"`plenipo {command}`" in text for command in COMMANDS)
