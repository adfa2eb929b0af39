"""The house rules that a script can see."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import plenipo
from tests.generated import ROOT

SOURCE = ROOT / "src" / "plenipo"
MODULES = sorted(SOURCE.rglob("*.py"))
EVERYTHING = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
#: Lines that are not empty.
LONGEST = 300
VAGUE = {"base", "common", "handler", "helpers", "manager", "misc", "utils"}


def said(program: str) -> str:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", EVERYTHING, ids=name_of)
def test_a_module_fits_in_a_head(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line.strip()]) <= LONGEST
    assert path.stem not in VAGUE
    assert not text or ast.get_docstring(ast.parse(text)), "a module says what lives in it"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_is_public_is_described(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    public = [
        node for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
    ]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


def test_every_public_name_is_there() -> None:
    missing = [name for name in plenipo.__all__ if not hasattr(plenipo, name)]
    assert missing == []
    described = [name for name in plenipo.__all__ if name != "__version__" and not getattr(plenipo, name).__doc__]
    assert described == []


def test_a_function_is_not_replaced_by_the_module_of_its_name() -> None:
    names = "batch", "interview", "situations"
    imports = "; ".join(f"import plenipo.{name}" for name in names)
    calls = ", ".join(f"callable(plenipo.{name})" for name in names)
    assert said(f"{imports}; print({calls})") == "True True True"


def test_importing_brings_nothing_heavy() -> None:
    heavy = "{'pydantic', 'experta', 'yaml', 'typer', 'rich', 'clingo', 'dataclasses', 'plenipo.rulebook'}"
    assert said(f"import sys, plenipo; print(sorted({heavy} & set(sys.modules)))") == "[]"


def test_the_help_brings_nothing_heavy() -> None:
    heavy = "{'pydantic', 'experta', 'yaml', 'typer', 'rich', 'dataclasses', 'pathlib'}"
    program = (
        f"import sys; from plenipo.cli.main import main; main(['--help']); print(sorted({heavy} & set(sys.modules)))"
    )
    assert said(program).splitlines()[-1] == "[]"


def test_advice_with_a_kept_rulebook_brings_no_pydantic() -> None:
    plenipo.load_rulebook()
    program = (
        "import sys; from plenipo.cli.main import main; "
        "main(['advise', 'late-summer-2020']); print('pydantic' in sys.modules)"
    )
    assert said(program).splitlines()[-1] == "False"


def test_the_root_logger_is_left_alone() -> None:
    program = (
        "import logging, plenipo; plenipo.advise({}); print(logging.getLogger().handlers, logging.getLogger().level)"
    )
    assert said(program) == "[] 30"


def test_no_file_speaks_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    homes = (f"{ROOT.parent}/", f"{Path.home()}/")
    for name in filter(None, listed.split("\0")):
        path = ROOT / name
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            assert not any(home in text for home in homes), name
