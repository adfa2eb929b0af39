"""OUT appears complete or not at all: killed, interrupted, full disks, unreadable inputs; and a killed run goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

from plenipo.batch.sources import parquet_and_arrow, source
from tests.cli.conftest import Run

#: Runs a command line in parts of few rows, and does something to itself before a part is kept or answered.
PROGRAM = """
import os, resource, signal, sys
from plenipo.batch.sources import source
source.PART_SIZE = 100
from plenipo.batch import resume
from plenipo.batch import evaluate
from plenipo.cli.main import main

class Dying:
    def __init__(self, function, parts, end):
        self.function, self.left, self.end = function, parts, end
    def __get__(self, owner, kind):
        return lambda *given: self(owner, *given)
    def __call__(self, *given):
        if not self.left:
            self.end()
        self.left -= 1
        return self.function(*given)

how, parts = sys.argv[1], int(sys.argv[2])
if how == "kill":
    evaluate.Evaluator.answer = Dying(evaluate.Evaluator.answer, parts, lambda: os.kill(os.getpid(), signal.SIGKILL))
if how == "kill-keeping":
    resume.write_whole = Dying(resume.write_whole, parts, lambda: os.kill(os.getpid(), signal.SIGKILL))
if how == "interrupt":
    evaluate.Evaluator.answer = Dying(evaluate.Evaluator.answer, parts, lambda: os.kill(os.getpid(), signal.SIGINT))
if how == "full":
    resource.setrlimit(resource.RLIMIT_FSIZE, (parts, parts))
sys.exit(main(sys.argv[3:]))
"""
ROWS = 1050


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a table of many rows, a few of which are wrong."""
    skies = ["clear", "cloudy", "dark", None, "dakr", "clear", "clear"]
    rows = {"id": [f"c{n}" for n in range(ROWS)], "sky": [skies[n % 7] if n % 50 else "dakr" for n in range(ROWS)]}
    pl.DataFrame({**rows, "wind": ["calm", "storm", ""] * (ROWS // 3)}).write_csv(tmp_path / "cases.csv")
    table = pl.read_csv(tmp_path / "cases.csv", infer_schema=False)
    table.write_parquet(tmp_path / "cases.parquet")
    table.head(250).write_csv(tmp_path / "few.csv")
    table.tail(120).write_ndjson(tmp_path / "few.jsonl")
    return tmp_path


def dying(boats: Path, folder: Path, how: str, parts: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", PROGRAM, how, str(parts), "batch", *arguments, "--rulebook", str(boats)]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("given", "out", "how", "more"),
    [
        (["cases.csv"], "out.parquet", "kill", []),
        (["cases.parquet"], "out.csv", "kill-keeping", []),
        (["cases.parquet"], "out.arrow", "kill", ["--reasons", "ids"]),
        (["few.csv", "cases.parquet", "few.jsonl"], "out.parquet", "kill", ["--reasons", "ids"]),
    ],
)
def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(  # noqa: PLR0917 - five of them say what is run
    boats: Path, cases: Path, given: list[str], out: str, how: str, more: list[str]
) -> None:
    order = (*given, "-o", out, "--key", "id", "--resume", *more)
    killed = dying(boats, cases, how, 5, *order)
    assert killed.returncode == -9
    assert not (cases / out).exists()
    assert (cases / f"{out}.parts").is_dir()
    again = dying(boats, cases, how, 2, *order)
    assert again.returncode == -9
    assert dying(boats, cases, "live", 0, *order).returncode == 4
    whole = cases / f"whole-{out}"
    resumable = ["--resume"] if more else []
    assert dying(boats, cases, "live", 0, *given, "-o", whole.name, "--key", "id", *resumable, *more).returncode == 4
    assert whole.read_bytes() == (cases / out).read_bytes()
    rejected = (cases / f"{out}.rejects.jsonl").read_bytes()
    assert rejected == whole.with_name(f"{whole.name}.rejects.jsonl").read_bytes()
    assert not any(name.endswith(".parts") for name in names(cases))
    texts = [(cases / name.replace("parquet", "csv")).read_text() for name in given]
    assert rejected.count(b"\n") == sum(text.count("dakr") for text in texts)


def test_parts_that_are_done_are_not_worked_again(boats: Path, cases: Path) -> None:
    order = ("cases.csv", "-o", "out.csv", "--key", "id", "--resume", "--format", "json")
    assert dying(boats, cases, "kill", 9, *order).returncode == -9
    done = {path.name: path.stat().st_mtime_ns for path in (cases / "out.csv.parts").glob("*.arrow")}
    assert len(done) == 9
    # Were it to start anew, it would be killed again.
    ended = dying(boats, cases, "kill", 2, *order)
    assert ended.returncode == 4
    assert '"situations": 882' in ended.stdout


def test_parts_of_another_run_are_not_taken_for_this_one(boats: Path, cases: Path) -> None:
    assert dying(boats, cases, "kill", 3, "cases.csv", "-o", "out.csv", "--key", "id", "--resume").returncode == -9
    other = dying(boats, cases, "live", 0, "cases.parquet", "-o", "out.csv", "--key", "id", "--resume")
    assert (other.returncode, other.stdout) == (2, "")
    assert "the parts in `out.csv.parts` are those of another run" in other.stderr
    forced = dying(boats, cases, "live", 0, "cases.parquet", "-o", "out.csv", "--key", "id", "--resume", "--force")
    assert forced.returncode == 4
    assert not (cases / "out.csv.parts").exists()


@pytest.mark.parametrize("out", ["out.parquet", "out.csv", "out.arrow", "out.jsonl"])
def test_a_full_disk_leaves_nothing(boats: Path, cases: Path, out: str) -> None:
    before = names(cases)
    ran = dying(boats, cases, "full", 1024, "cases.parquet", "-o", out, "--key", "id")
    assert ran.returncode == 2
    assert ran.stderr.startswith("plenipo: ")
    assert "file too large" in ran.stderr.casefold()
    assert "Traceback" not in ran.stderr
    assert names(cases) == before


def test_a_full_device_is_told(boats: Path, cases: Path) -> None:
    ran = dying(boats, cases, "live", 0, "cases.parquet", "-o", "/dev/full", "--format", "csv", "--key", "id")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "plenipo: `/dev/full` cannot be written: no space left on device\n"


def test_a_killed_run_leaves_no_file_of_that_name(boats: Path, cases: Path) -> None:
    (cases / "out.csv").write_text("old")
    assert dying(boats, cases, "kill", 3, "cases.csv", "-o", "out.csv", "--key", "id", "--force").returncode == -9
    assert (cases / "out.csv").read_text() == "old"


@pytest.mark.parametrize(
    ("given", "out"),
    [("cases.csv", "out.csv"), ("cases.parquet", "out.parquet"), ("few.jsonl", "out.jsonl"), ("few.csv", "out.arrow")],
)
def test_an_interrupted_run_leaves_nothing(boats: Path, cases: Path, given: str, out: str) -> None:
    before = names(cases)
    ran = dying(boats, cases, "interrupt", 1, given, "-o", out, "--key", "id")
    assert (ran.returncode, ran.stdout) == (130, "")
    assert "Traceback" not in ran.stderr
    assert names(cases) == before


def test_a_run_that_fails_on_a_later_input_leaves_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.csv").write_text("sky\ndark\n")
    good = tmp_path / "cases.parquet"
    pl.DataFrame({"sky": ["dark"] * 5000}).write_parquet(good)
    broken = bytearray(good.read_bytes())
    broken[10:40] = bytes(30)
    (tmp_path / "broken.parquet").write_bytes(broken)
    before = names(tmp_path)
    ran = run("batch", "good.csv", "broken.parquet", "-o", "out.csv")
    assert ran.code == 4
    assert "broken.parquet: error[unreadable]" in ran.err
    assert names(tmp_path) == before


def test_the_order_of_rows_is_kept(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (source, parquet_and_arrow):
        monkeypatch.setattr(module, "PART_SIZE", 1000)
    keys = [f"k{(n * 7919) % 20_000}" for n in range(20_000)]
    pl.DataFrame({"id": keys, "sky": ["clear", "dark"] * 10_000}).write_parquet(
        tmp_path / "cases.parquet", row_group_size=700
    )
    run("batch", "cases.parquet", "-o", "out.parquet", "--key", "id")
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out["id"].to_list() == keys
    assert out["sail"].cast(pl.String).to_list() == ["silent", "avoid"] * 10_000


def test_a_device_takes_the_answers_and_stays_a_device(run: Run, cases: Path) -> None:
    assert run("batch", "cases.csv", "-o", os.devnull, "--format", "csv", "--key", "id").code == 4
    assert not Path(os.devnull).is_file()
