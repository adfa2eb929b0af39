"""What `plenipo batch` reads: what can be read only once, and what is left out of folders and patterns."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import polars as pl
import pytest
from backports import zstd

from plenipo.batch.sources.readers import TABLE_READERS
from plenipo.situations.file_kinds import Kind
from tests.cli.conftest import BAD, GOOD, Run, process

#: Enough lines to fill the buffer of a pipe more than once.
LINES = 20_000
NO_DISK = """
import resource, sys
from plenipo.cli.main import main
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(main(sys.argv[1:]))
"""


def lines(kind: str) -> bytes:
    """Return many rows, every second one with a storm."""
    winds = ["calm", "storm"] * (LINES // 2)
    if kind == "csv":
        return b"sky,wind\n" + "".join(f"clear,{wind}\n" for wind in winds).encode()
    return "".join(f'{{"sky": "clear", "wind": "{wind}"}}\n' for wind in winds).encode()


@contextmanager
def pipe(path: Path, content: bytes) -> Iterator[None]:
    """Make a pipe that somebody writes to, once."""
    os.mkfifo(path)

    def write() -> None:
        with path.open("wb") as file:
            file.write(content)

    writer = Thread(target=write, daemon=True)
    writer.start()
    yield
    writer.join(timeout=30)
    assert not writer.is_alive()


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
@pytest.mark.parametrize("kind", ["csv", "jsonl"])
@pytest.mark.parametrize("name", ["cases", "cases.{}"])
def test_a_pipe_is_read_whole(run: Run, tmp_path: Path, name: str, kind: str, pack: Callable[[bytes], bytes]) -> None:
    given = name.format(kind)
    with pipe(tmp_path / given, pack(lines(kind))):
        ran = run("batch", f"./{given}", "-o", "out.parquet")
    assert (ran.code, ran.err) == (0, f"{LINES:,} situations answered in out.parquet\n")
    assert pl.read_parquet("out.parquet")["wind"].cast(pl.String).to_list() == ["calm", "storm"] * (LINES // 2)


@pytest.mark.parametrize("path", ["/dev/stdin", "/dev/fd/0"])
def test_stdin_under_another_name_is_read_whole(boats: Path, path: str) -> None:
    ran = process("batch", path, "--rulebook", str(boats), "--format", "json", input=lines("csv"))
    assert (ran.returncode, ran.stderr) == (0, b"")
    assert f'"situations": {LINES},'.encode() in ran.stdout


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd.compress])
@pytest.mark.parametrize("name", ["tide", "tide.yaml"])
def test_a_fact_file_may_come_through_a_pipe(
    run: Run, tmp_path: Path, name: str, pack: Callable[[bytes], bytes]
) -> None:
    with pipe(tmp_path / name, pack(BAD.encode())):
        ran = run("batch", f"./{name}")
    assert ran.code == 4
    assert ran.err.startswith(f"{name}:4:3: error[unknown-fact]") or ran.err.startswith(
        f"{name}:4: error[unknown-fact]"
    )
    (tmp_path / name).unlink()
    with pipe(tmp_path / name, pack(GOOD.encode())):
        ran = run("batch", f"./{name}", "-o", "out.csv")
    assert ran.code == 0
    assert pl.read_csv("out.csv").select("case", "sail").rows() == [(name, "recommend")]


def test_what_a_pipe_is_can_be_said(run: Run, tmp_path: Path) -> None:
    with pipe(tmp_path / "cases.csv", b'{"sky": "dark"}\n'):
        assert run("batch", "cases.csv", "--from", "jsonl", "-o", "out.csv").code == 0
    assert pl.read_csv("out.csv")["sail"].to_list() == ["avoid"]


def test_a_pipe_cannot_be_read_again(run: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "cases.csv")
    ran = run("batch", "cases.csv", "-o", "out.csv", "--resume")
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be resumed" in ran.err
    ran = run("batch", "cases.csv", "./cases.csv", "-o", "out.csv")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "plenipo: `cases.csv` can be read once, and is given more than once\n"
    assert [path.name for path in tmp_path.iterdir()] == ["cases.csv"]


@pytest.mark.parametrize("arguments", [["/dev/zero"], ["-"], ["/dev/zero", "--from", "facts"]])
def test_a_device_without_an_end_is_refused(boats: Path, arguments: list[str]) -> None:
    with Path("/dev/zero").open("rb") as endless:
        ran = process("batch", *arguments, "--rulebook", str(boats), stdin=endless, timeout=30)
    assert ran.returncode == 4
    name = arguments[0].replace("-", "<stdin>")
    assert ran.stderr.decode() == (
        f"{name}: error[unreadable]: this file cannot be read: it is a device, which may have no end\n"
    )


def test_a_device_that_is_empty_is_empty(boats: Path) -> None:
    for given in ("/dev/null", "-"):
        ran = process("batch", given, "--rulebook", str(boats), stdin=subprocess.DEVNULL)
        assert ran.returncode == 4
        assert b"error[empty-file]: there is no header in this file" in ran.stderr


def test_stdin_that_is_closed_is_told(boats: Path) -> None:
    command = f'"{sys.executable}" -m plenipo.cli.main batch - --rulebook "{boats}" <&-'
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr == "<stdin>: error[unreadable]: standard input cannot be read\n"


@pytest.mark.parametrize("given", ["-", "cases.csv.gz"])
def test_no_room_for_a_temporary_file_is_told(boats: Path, tmp_path: Path, given: str) -> None:
    (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(lines("csv")))
    command = [sys.executable, "-c", NO_DISK, "batch", given, "--rulebook", str(boats)]
    ran = subprocess.run(command, input=lines("csv"), capture_output=True, check=False, cwd=tmp_path)
    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.startswith(b"plenipo: a temporary file cannot be written: file too large\n  help: ")


def test_a_run_whose_answers_lie_among_its_inputs_goes_on(run: Run, tmp_path: Path) -> None:
    facts = tmp_path / "facts"
    facts.mkdir()
    for name in ("a.yaml", "b.json", "c.yml"):
        (facts / name).write_text('{"facts": {"sky": "dark"}}')
    arguments = ("batch", "facts", "-o", "facts/out.csv", "--resume")
    assert run(*arguments).code == 0
    whole = (facts / "out.csv").read_bytes()
    parts = facts / "out.csv.parts"
    parts.mkdir()
    (parts / "run.json").write_text("{}")
    (parts / "000000.json").write_text("{}")
    ran = run(*arguments, "--force")
    assert (ran.code, ran.err) == (0, "3 situations answered in facts/out.csv\n")
    assert (facts / "out.csv").read_bytes() == whole
    assert not parts.exists()


@pytest.mark.parametrize("given", [["facts"], ["facts/**/*.json", "facts/**/*.yaml", "facts/**/*.jsonl"]])
def test_what_a_batch_put_beside_its_inputs_is_no_input(run: Run, tmp_path: Path, given: list[str]) -> None:
    facts = tmp_path / "facts"
    (facts / "deeper").mkdir(parents=True)
    for name in ("a.yaml", "deeper/b.json"):
        (facts / name).write_text('{"facts": {"sky": "dark"}}')
    (facts / "bad.yaml").write_text(BAD)
    (facts / "c.jsonl").write_text('{"sky": "dark"}\n')
    first = run("batch", *given, "-o", "facts/out.csv")
    (facts / "out.csv.parts").mkdir()
    (facts / "out.csv.parts" / "run.json").write_text("{}")
    (facts / "out.csv.parts" / "000000.rejects.jsonl").write_text("{}")
    assert {path.name for path in facts.glob("out.csv.*")} == {
        "out.csv.about.json",
        "out.csv.parts",
        "out.csv.rejects.jsonl",
    }
    again = run("batch", *given, "-o", "facts/out.csv", "--force")
    assert (first.code, again.code) == (4, 4)
    assert first.err == again.err


def test_hidden_folders_and_files_are_left_out_and_the_order_is_that_of_the_names(run: Run, tmp_path: Path) -> None:
    names = ["a.yaml", "b/a.yaml", "b/c/d.json", "b.yaml", "B.YML", "z/.hidden.yaml", ".git/x.yaml", "b/.git/c/x.yaml"]
    for name in names:
        path = tmp_path / "fo" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("facts: {wind: calm}\n")
    assert run("batch", "fo", "-o", "out.csv").code == 0
    kept = ["fo/B.YML", "fo/a.yaml", "fo/b/a.yaml", "fo/b/c/d.json", "fo/b.yaml"]
    assert pl.read_csv("out.csv")["case"].to_list() == kept
    assert run("batch", "fo/b/.git", "-o", "out.csv", "--force").code == 0
    assert pl.read_csv("out.csv")["case"].to_list() == ["fo/b/.git/c/x.yaml"]


def test_a_pattern_and_a_folder_are_looked_up_once(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_up: list[str] = []
    scandir = os.scandir

    def counted_scandir(path: str) -> object:
        looked_up.append(path)
        return scandir(path)

    (tmp_path / "fo").mkdir()
    (tmp_path / "fo" / "a.yaml").write_text(GOOD)
    (tmp_path / "b.yaml").write_text(GOOD)
    monkeypatch.setattr(os, "scandir", counted_scandir)
    assert run("batch", "fo", "*.yaml", "-o", "out.csv", "--resume").code == 0
    assert [name for name in looked_up if name in {"fo", "."}] == ["fo", "."]


def test_every_kind_has_a_reader_and_endings_of_its_own() -> None:
    assert TABLE_READERS.keys() == set(Kind) - {Kind.FACTS}
    endings = [ending for kind in Kind for ending in kind.endings]
    assert len(endings) == len(set(endings)) > len(Kind)


def test_a_folder_that_cannot_be_listed_is_told(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fo" / "shut").mkdir(parents=True)
    (tmp_path / "fo" / "a.yaml").write_text(GOOD)
    listed = os.scandir

    def refusing(path: Path | str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return listed(path)

    monkeypatch.setattr(os, "scandir", refusing)
    ran = run("batch", "fo")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == "fo/shut: error[unreadable]: this folder cannot be listed: permission denied\n"


def test_a_situation_that_comes_with_plenipo_is_a_case_of_its_name(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PLENIPO_RULEBOOK")
    assert run("batch", "late-summer-2020", "-o", "out.csv").code == 0
    assert run("explain", "--case", "late-summer-2020", "out.csv", "four_party_talks").code == 0
    (tmp_path / "late-summer-2020").mkdir()
    (tmp_path / "late-summer-2020" / "late-summer-2020.yaml").write_text("facts: {us_china_friction: high}\n")
    assert run("batch", "late-summer-2020", "-o", "out.csv", "--force").code == 0
    assert pl.read_csv("out.csv")["case"].to_list() == ["late-summer-2020/late-summer-2020.yaml"]
