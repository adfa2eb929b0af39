"""The checks: each has a module or a place in reading, a page, and a rulebook that fails it with just this message."""

from __future__ import annotations

import importlib
import shutil
from pathlib import Path

import pytest

from plenipo.audit.examine import STALE
from plenipo.audit.space_checks import space_checks
from plenipo.audit.style import STYLE_CHECKS
from plenipo.errors import Severity
from plenipo.rulebook.checks import rulebook_checks, severity
from plenipo.rulebook.fault_list import MOST_FAULTS, READING_FAULTS, SITUATION_FAULTS
from plenipo.rulebook.load import examine_rulebook, load_rulebook
from plenipo.rulebook.yaml_reader import MOST_NODES
from tests.conftest import write_rulebook

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "bad"
PAGES = ROOT / "docs" / "checks"
IDS = sorted([*READING_FAULTS, *rulebook_checks()])
#: What is found elsewhere: in fact files, over all situations, and in single sentences.
ELSEWHERE = [*SITUATION_FAULTS, *space_checks(), STALE, *STYLE_CHECKS]

#: Files too large to be kept: only what they say of the check itself is expected.
GENERATED: dict[str, dict[str, str | bytes]] = {
    "too-large": {"rules/more.yaml": "[" + "a," * MOST_NODES + "]"},
    "too-many": {"rules/more.yaml": "- one\n" * (MOST_FAULTS + 7)},
}


def failing(check: str, folder: Path) -> Path:
    """Make the rulebook that fails a check: the whole one, with some files changed or added."""
    for layer in (BAD / "whole", BAD / check):
        shutil.copytree(layer, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("expected.txt"))
    return write_rulebook(folder, GENERATED.get(check, {}))


def test_nothing_can_be_said_against_the_whole_rulebook() -> None:
    rulebook, found = examine_rulebook(BAD / "whole")
    assert found == ()
    assert rulebook is not None


@pytest.mark.parametrize("check", IDS)
def test_a_check_says_just_this(check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(failing(check, tmp_path / "book"))
    rulebook, found = examine_rulebook(Path())
    said = [fault for fault in found if fault.check == check or check not in GENERATED]
    assert "\n".join(str(fault) for fault in said) + "\n" == (BAD / check / "expected.txt").read_text()
    assert check in {fault.check for fault in found}
    errors = [fault for fault in found if fault.severity is Severity.ERROR]
    assert (rulebook is None) == bool(errors)
    assert bool(errors) == (check in READING_FAULTS or _check(check) is Severity.ERROR)


def _check(id: str) -> Severity:
    return severity(rulebook_checks()[id])


@pytest.mark.parametrize("check", [*IDS, *SITUATION_FAULTS])
def test_a_check_has_its_page(check: str) -> None:
    text = (PAGES / f"{check}.md").read_text()
    severity = "error" if check in READING_FAULTS or check in SITUATION_FAULTS else _check(check)
    sentence, label = _sentence(check), "A remark:" if severity == "remark" else "An error."
    assert " ".join(text.split()).startswith(f"# {check} {sentence} {label}")
    assert [line for line in text.splitlines() if line.startswith("## ")] == ["## Avoid", "## Prefer", "## Why"]
    assert f"| [{check}]({check}.md) | {severity} | {sentence} |\n" in (PAGES / "README.md").read_text()


def _sentence(check: str) -> str:
    """Return what a check finds, in a sentence: its module says so, or the table of what reading finds."""
    said = {**READING_FAULTS, **SITUATION_FAULTS}.get(check)
    if said:
        return f"{said[0].upper()}{said[1:]}."
    module = importlib.import_module(f"plenipo.rulebook.checks.{check.replace('-', '_')}")
    return (module.__doc__ or "").strip()


def test_checks_pages_and_failing_rulebooks_are_the_same() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.md") if path.stem != "README") == sorted([*IDS, *ELSEWHERE])
    assert sorted(path.name for path in BAD.iterdir() if path.name != "whole") == IDS


def test_remarks_do_not_keep_a_rulebook_from_being_loaded(tmp_path: Path) -> None:
    assert load_rulebook(failing("unused-finding", tmp_path)).findings.keys() == {"safe", "bored"}


def test_the_names_in_what_does_not_fit_are_told_at_once(tmp_path: Path) -> None:
    shutil.copytree(BAD / "whole", tmp_path, dirs_exist_ok=True)
    (tmp_path / "rules" / "more.yaml").write_text("""\
- id: wrong
  when: {sky: claer, wnid: calm, any: [{sky: ""}]}
  unless: {sky: pink}
  then: {recommend: [sial, paint, ""], avoid: paint, find: saef}
  because: So.
  cite: [A99, ""]
  basis: stated
  strength: strongly
  overrides: [nothing, ""]
- {then: sail, when: [sky], cite: {A98: yes}}
- wrong
""")
    (tmp_path / "rules" / "constraints.yaml").write_text("constraints: {one: {never: {safe: yes, sky: pink}}}")
    found = [
        f"{fault.check} {fault.location.line}"
        for fault in examine_rulebook(tmp_path)[1]
        if fault.check != "missing-key"
    ]
    told = {
        "more": ["unknown-fact 2", "unknown-option 4", "two-verdicts 4", "unknown-finding 4", "dangling-citation 6"],
        "value": ["unknown-value 2", "unknown-value 3", "wrong-value 2", "wrong-value 4", "wrong-value 6"],
        "rest": ["wrong-value 8", "wrong-value 9", "unknown-rule 9", "dangling-citation 10", "wrong-shape 10"],
        "shape": ["wrong-shape 10", "wrong-shape 10", "wrong-shape 11", "loose-constraint 1", "unknown-value 1"],
    }
    assert sorted(found) == sorted(each for part in told.values() for each in part)


def test_what_rests_on_a_broken_file_is_left_unsaid(tmp_path: Path) -> None:
    folder = failing("uncited-proposition", tmp_path)
    (folder / "rules" / "boats.yaml").write_text("- [")
    assert [fault.check for fault in examine_rulebook(folder)[1]] == ["yaml-syntax"]


def test_the_bundled_rulebook_has_no_errors() -> None:
    rulebook, found = examine_rulebook()
    assert rulebook is not None, "\n".join(str(fault) for fault in found)
