"""What a terminal shows of a long run while it goes on, and what the run keeps in memory."""

from __future__ import annotations

import os
import sys
import weakref
from pathlib import Path

import pexpect
import polars as pl
import pytest

from plenipo.batch import evaluate
from tests.cli.conftest import Run, process
from tests.tables import in_parts_of

PARTS = 12
ROWS = 100 * PARTS

#: Runs a command line in parts of a hundred rows, and waits after the fifth until a line is typed.
HALTING = """
import sys
from plenipo.batch.sources import source
source.PART_SIZE = 100
from plenipo.batch import evaluate
from plenipo.cli.main import main

answer, done = evaluate.Evaluator.answer, []

def halting(self, frame):
    done.append(frame.height)
    if len(done) == 6 and sys.stdin.isatty():
        sys.stdin.readline()
    return answer(self, frame)

evaluate.Evaluator.answer = halting
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture
def cases(tmp_path: Path) -> str:
    """Return the name of a table of many rows."""
    pl.DataFrame({"id": range(ROWS), "sky": ["clear", "dark"] * (ROWS // 2)}).write_parquet(tmp_path / "cases.parquet")
    return "cases.parquet"


def test_a_terminal_is_told_how_much_is_done_and_for_how_long(boats: Path, tmp_path: Path, cases: str) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-c", HALTING, "batch", cases, "-o", "out.csv", "--key", "id", "--rulebook", str(boats)],
        cwd=str(tmp_path),
        env={**os.environ, "TERM": "xterm"},
        dimensions=(24, 100),
        encoding="utf-8",
        timeout=60,
    )
    try:
        child.expect(r"500 of 1,200 rows[^\r\n]*\d:\d\d:\d\d")
        child.sendline()
        child.expect(f"{ROWS:,} situations answered in out.csv")
        child.expect(pexpect.EOF)
    finally:
        child.close()
    assert child.exitstatus == 0


def test_a_pipe_is_told_the_end_alone(boats: Path, tmp_path: Path, cases: str) -> None:
    ran = process("batch", cases, "-o", "out.csv", "--key", "id", "--rulebook", str(boats), cwd=tmp_path)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, b"", b"1,200 situations answered in out.csv\n")


@pytest.mark.parametrize("out", ["out.parquet", "out.arrow", "out.csv", "out.jsonl"])
@pytest.mark.parametrize("given", ["cases.parquet", "cases.csv"])
def test_a_part_is_let_go_before_the_next_but_one(  # noqa: PLR0917 - fixtures
    run: Run, tmp_path: Path, cases: str, monkeypatch: pytest.MonkeyPatch, given: str, out: str
) -> None:
    pl.read_parquet(tmp_path / cases).write_csv(tmp_path / "cases.csv")
    in_parts_of(100, monkeypatch)
    alive: list[int] = []
    asked: list[weakref.ref[pl.DataFrame]] = []
    told: list[weakref.ref[pl.DataFrame]] = []
    answer = evaluate.Evaluator.answer

    def counting(self: evaluate.Evaluator, frame: pl.DataFrame) -> pl.DataFrame:
        alive.append(max(sum(each() is not None for each in kept) for kept in (asked, told)))
        asked.append(weakref.ref(frame))
        answers = answer(self, frame)
        told.append(weakref.ref(answers))
        return answers

    monkeypatch.setattr(evaluate.Evaluator, "answer", counting)
    assert run("batch", given, "-o", out, "--key", "id").code == 0
    assert len(alive) == PARTS
    assert max(alive) <= 2
