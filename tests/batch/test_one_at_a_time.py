"""Several runs with one OUT: one writes it, and the others say so; parts belong to one run, and to its inputs."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from plenipo.batch.output.destination import Destination
from plenipo.batch.sources import source
from plenipo.errors import UsageError
from tests.batch.test_whole_or_nothing import cases, dying, names
from tests.cli.conftest import Run

__all__ = ["cases"]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let runs in this process have parts as small as those that die."""
    monkeypatch.setattr(source, "PART_SIZE", 100)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_one_of_many_wins(boats: Path, cases: Path, kind: str) -> None:
    command = [sys.executable, "-m", "plenipo", "batch", "few.csv", "-o", f"out.{kind}", "--rulebook", str(boats)]
    runs = [subprocess.Popen(command, cwd=cases, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL) for _ in range(3)]
    told = [each.communicate()[1].decode() for each in runs]
    codes = sorted(each.returncode for each in runs)
    assert codes == [2, 2, 4]  # some rows are wrong
    assert sum(f"`out.{kind}" in text and "already exists" in text for text in told) == 2
    beside = {f"out.{kind}.rejects.jsonl", *([] if kind == "parquet" else [f"out.{kind}.about.json"])}
    assert names(cases) - {"cases.csv", "cases.parquet", "few.csv", "few.jsonl"} == {f"out.{kind}", *beside}


@pytest.mark.parametrize("linked", [True, False])
def test_what_came_meanwhile_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, linked: bool) -> None:
    destination = Destination(str(tmp_path / "out.csv"), force=False)
    if not linked:
        monkeypatch.setattr(Path, "hardlink_to", lambda *_: (_ for _ in ()).throw(OSError("no links here")))
    with ExitStack() as stack:
        stack.enter_context(destination.written({})).write_text("mine")
        (tmp_path / "out.csv").write_text("theirs")
        with pytest.raises(UsageError, match="already exists"):
            stack.close()
    assert (tmp_path / "out.csv").read_text() == "theirs"
    assert names(tmp_path) == {"out.csv"}


def test_parts_belong_to_one_run_at_a_time(boats: Path, cases: Path, run: Run) -> None:
    order = ("cases.csv", "-o", "out.csv", "--resume")
    assert dying(boats, cases, "kill", 5, *order).returncode == -9
    (folder,) = cases.glob("out.csv.parts")
    held = os.open(folder, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    for more in ([], ["--force"]):
        ran = run("batch", *order, *more)
        assert (ran.code, "another run works on the parts in `out.csv.parts`" in ran.err) == (2, True)
    os.close(held)
    assert run("batch", *order).code == 4
    assert not folder.exists()


def test_a_run_that_failed_lets_go_of_the_parts(cases: Path, run: Run) -> None:
    order = ("cases.csv", "-o", "out.csv", "--resume")
    assert run("batch", *order, "--strict").code == 4
    assert run("batch", *order, "--force").code == 4
    assert (cases / "out.csv").exists()


@pytest.mark.parametrize("name", ["few.csv", "few.jsonl", "cases.parquet"])
def test_inputs_are_known_by_what_they_hold(boats: Path, cases: Path, run: Run, name: str) -> None:
    order = ("cases.csv", name, "-o", "out.csv", "--resume")
    assert dying(boats, cases, "kill", 5, *order).returncode == -9
    path = cases / name
    before = path.stat()
    data = bytearray(path.read_bytes())
    place = data.rindex(b"c")
    data[place] ^= 1
    path.write_bytes(data)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    ran = run("batch", *order)
    assert (ran.code, "are those of another run" in ran.err) == (2, True)
    data[place] ^= 1
    path.write_bytes(data)
    os.utime(path)
    assert run("batch", *order).code == 4


@pytest.mark.parametrize("ending", ["arrow", "json", "rejects.jsonl"])
def test_a_damaged_part_is_worked_out_again(boats: Path, cases: Path, run: Run, ending: str) -> None:
    run("batch", "cases.csv", "-o", "whole.csv")
    order = ("cases.csv", "-o", "out.csv", "--resume")
    assert dying(boats, cases, "kill", 5, *order).returncode == -9
    part = cases / "out.csv.parts" / f"000002.{ending}"
    part.write_bytes(part.read_bytes()[:-20] + b"\xff\0\xff")
    assert run("batch", *order).code == 4
    assert (cases / "out.csv").read_bytes() == (cases / "whole.csv").read_bytes()


def test_the_owner_of_an_older_file_stays(run: Run, cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("batch", "cases.csv", "-o", "out.csv")
    owned: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "chown", lambda _, user, group: owned.append((user, group)))
    run("batch", "cases.csv", "-o", "out.csv", "--force")
    old = (cases / "out.csv").stat()
    assert owned == [(old.st_uid, old.st_gid)] * 3
