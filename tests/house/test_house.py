"""The house rules that a script can see."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import plenipo
from tests.generated import ROOT

SOURCE = ROOT / "src" / "plenipo"
MODULES = sorted(SOURCE.rglob("*.py"))
EVERYTHING = [*MODULES, *sorted((ROOT / "tests").rglob("*.py")), *sorted((ROOT / "benchmarks").rglob("*.py"))]
#: Lines that are not empty; the public calls are one list, however long.
LONGEST = 300
LISTS = {SOURCE / "api.py"}
VAGUE = {"base", "common", "handler", "helpers", "manager", "misc", "utils"}


def said(program: str) -> str:
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def trees(paths: Iterable[Path]) -> Iterator[tuple[str, ast.Module]]:
    """Yield the name and the syntax tree of each module, after making sure that there are any."""
    listed = list(paths)
    assert listed
    for path in listed:
        yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def test_every_module_fits_in_a_head() -> None:
    long = [
        name_of(path)
        for path in EVERYTHING
        if path not in LISTS
        and len([line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]) > LONGEST
    ]
    assert long == []
    assert [name_of(path) for path in EVERYTHING if path.stem in VAGUE] == []


def test_every_module_says_what_lives_in_it() -> None:
    assert [name for name, tree in trees(EVERYTHING) if tree.body and not ast.get_docstring(tree)] == []


def test_everything_public_is_described() -> None:
    undescribed = [
        f"{name}: {node.name}"
        for name, tree in trees(MODULES)
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert undescribed == []


def test_no_two_modules_call_different_classes_by_one_name() -> None:
    defined = Counter(
        node.name
        for _, tree in trees(MODULES)
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert len(defined) > 100
    assert [name for name, modules in defined.items() if modules > 1] == []


def test_every_public_name_is_there() -> None:
    missing = [name for name in plenipo.__all__ if not hasattr(plenipo, name)]
    assert missing == []
    described = [name for name in plenipo.__all__ if name != "__version__" and not getattr(plenipo, name).__doc__]
    assert described == []


def test_a_function_is_not_replaced_by_the_module_of_its_name() -> None:
    names = "batch", "interview", "report", "situations"
    imports = "; ".join(f"import plenipo.{name}" for name in names)
    calls = ", ".join(f"callable(plenipo.{name})" for name in names)
    assert said(f"{imports}; print({calls})") == "True True True True"


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
    named = [
        name
        for name in filter(None, listed.split("\0"))
        if (ROOT / name).is_file()
        if any(home in (ROOT / name).read_text(encoding="utf-8", errors="replace") for home in homes)
    ]
    assert named == []
