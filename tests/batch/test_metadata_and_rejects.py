"""The files beside OUT: never of another batch, never overwritten unasked; and what a killed run leaves behind."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.batch.test_whole_or_nothing import dying
from tests.cli.conftest import Run

CASES = "id,sky,wind\na,clear,calm\nb,dakr,calm\n"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a folder with a table, one row of which is wrong, that was answered before."""
    (tmp_path / "cases.csv").write_text(CASES)
    return tmp_path


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize("neighbour", ["out.csv.rejects.jsonl", "out.csv.about.json"])
def test_what_stands_beside_out_is_not_overwritten_unasked(run: Run, cases: Path, neighbour: str) -> None:
    (cases / neighbour).write_text("old")
    ran = run("batch", "cases.csv", "-o", "out.csv", "--key", "id")
    assert (ran.code, ran.err) == (2, f"plenipo: `{neighbour}` already exists\n  help: --force overwrites it\n")
    assert names(cases) == {"cases.csv", neighbour}
    assert run("batch", "cases.csv", "-o", "out.csv", "--key", "id", "--force").code == 4
    assert (cases / neighbour).read_text() != "old"


def test_an_input_beside_out_is_spared(run: Run, cases: Path) -> None:
    (cases / "cases.csv").rename(cases / "out.csv.rejects.jsonl")
    ran = run("batch", "out.csv.rejects.jsonl", "--from", "csv", "-o", "out.csv", "--key", "id", "--force")
    assert (ran.code, ran.err) == (2, "plenipo: `out.csv.rejects.jsonl` is an input, and would be overwritten\n")
    assert (cases / "out.csv.rejects.jsonl").read_text() == CASES


def test_what_is_left_of_an_older_batch_goes(run: Run, cases: Path) -> None:
    run("batch", "cases.csv", "-o", "out.csv", "--key", "id")
    assert names(cases) == {"cases.csv", "out.csv", "out.csv.rejects.jsonl", "out.csv.about.json"}
    (cases / "cases.csv").write_text("id,sky\na,clear\n")
    assert run("batch", "cases.csv", "-o", "out.csv", "--key", "id", "--force").code == 0
    assert names(cases) == {"cases.csv", "out.csv", "out.csv.about.json"}


@pytest.mark.parametrize("moves", [0, 1])
def test_nothing_beside_out_tells_of_another_batch(
    run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    run("batch", "cases.csv", "-o", "out.csv", "--key", "id")
    old = (cases / "out.csv").read_bytes()
    (cases / "cases.csv").write_text("case,sky\na,dark\n")
    moved: list[Path] = []

    def broken_off(file: Path, target: Path) -> Path:
        if len(moved) == moves:
            raise KeyboardInterrupt
        moved.append(target)
        file.rename(target)
        return target

    monkeypatch.setattr(Path, "replace", broken_off)
    assert run("batch", "cases.csv", "-o", "out.csv", "--key", "case", "--force").code == 130
    assert ((cases / "out.csv").read_bytes() == old) == (moves == 0)
    assert names(cases) == {"cases.csv", "out.csv"}
    assert "is not a batch that plenipo wrote" in run("explain", "--case", "a", "out.csv", "sail").err


def test_a_link_stands_for_what_it_leads_to(run: Run, cases: Path) -> None:
    (cases / "kept").mkdir()
    (cases / "link.csv").symlink_to(Path("kept", "out.csv"))
    assert run("batch", "cases.csv", "-o", "link.csv", "--key", "id").code == 4
    assert (cases / "link.csv").is_symlink()
    assert names(cases / "kept") == {"out.csv", "out.csv.rejects.jsonl", "out.csv.about.json"}
    assert run("explain", "--case", "a", "link.csv", "sail").code == 0
    ran = run("batch", "cases.csv", "-o", "link.csv", "--key", "id")
    assert (ran.code, "already exists" in ran.err) == (2, True)


def test_rejects_are_as_readable_as_any_new_file(run: Run, cases: Path) -> None:
    run("batch", "cases.csv", "-o", "out.csv", "--key", "id")
    (cases / "plain").touch()
    modes = {path.stat().st_mode for path in cases.glob("out.csv*")}
    assert modes == {(cases / "plain").stat().st_mode}


@pytest.mark.parametrize("option", [["--strict"], ["--from", "csv"]])
def test_a_run_is_not_resumed_as_another(boats: Path, run: Run, tmp_path: Path, option: list[str]) -> None:
    rows = "".join(f"c{number},{'dakr' if number == 7 else 'dark'}\n" for number in range(1000))
    (tmp_path / "cases.csv").write_text("id,sky\n" + rows)
    order = ("cases.csv", "-o", "out.csv", "--key", "id", "--resume")
    assert dying(boats, tmp_path, "kill", 5, *order).returncode == -9
    ran = run("batch", *order, *option)
    assert (ran.code, "are those of another run" in ran.err) == (2, True)
    assert not (tmp_path / "out.csv").exists()


def test_a_fact_file_that_is_not_there_is_a_bad_row_of_a_run_to_resume(run: Run, tmp_path: Path, good: str) -> None:
    ran = run("batch", good, "gone.yaml", "-o", "out.csv", "--resume")
    assert ran.code == 4
    assert json.loads((tmp_path / "out.csv.rejects.jsonl").read_text())["file"] == "gone.yaml"


@pytest.mark.parametrize("torn", ["000001.arrow", "000001.rejects.jsonl", "000001.json"])
def test_a_part_that_is_not_whole_is_worked_again(boats: Path, run: Run, tmp_path: Path, torn: str) -> None:
    (tmp_path / "cases.csv").write_text("id,sky\n" + "".join(f"c{number},dark\n" for number in range(1000)))
    order = ("cases.csv", "-o", "out.csv", "--key", "id", "--resume")
    assert dying(boats, tmp_path, "kill", 5, *order).returncode == -9
    parts = tmp_path / "out.csv.parts"
    assert [path for path in parts.iterdir() if path.suffix == ".tmp"]
    if torn.endswith("1.json"):
        (parts / torn).write_text("")
    else:
        (parts / torn).unlink()
    assert dying(boats, tmp_path, "live", 0, *order).returncode == 0
    assert names(tmp_path) == {"cases.csv", "out.csv", "out.csv.about.json"}
    again = run("batch", "cases.csv", "-o", "again.csv", "--key", "id")
    assert (again.code, (tmp_path / "again.csv").read_bytes()) == (0, (tmp_path / "out.csv").read_bytes())
