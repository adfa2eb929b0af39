"""Thousands of damaged fact files, rulebooks and tables: a message, the right exit code, 20 s and 1 GB at most."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from types import FrameType

from plenipo.cli.main import main
from tests.chaos.damage import damaged
from tests.chaos.outcomes import SECONDS, Outcome
from tests.cli.conftest import GOOD

_FACTS = Path(__file__).parents[2] / "facts"
_KINDS = ("fact files", "rulebooks", "tables")
#: The exit codes that are right for each kind.
_RIGHT = {"fact files": {0, 4}, "rulebooks": {0, 1, 3, 4}, "tables": {0, 2, 4}}
#: Where a worker that does not get on is ended.
_STUCK = 60


def mutations(folder: Path, boats: Path, files: int, seed: int) -> Iterator[Outcome]:
    """Yield what came of reading damaged files, a third of them of each kind."""
    outcomes = {kind: Outcome(f"damaged {kind}") for kind in _KINDS}
    workers = [_Worker(folder / f"{each}", boats, range(each, files, _cores()), seed) for each in range(_cores())]
    while any(not worker.done for worker in workers):
        time.sleep(0.2)
        for worker in workers:
            worker.watch(outcomes)
    yield from outcomes.values()


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """A process that reads one damaged file after another, and a new one where a file has ended it."""

    def __init__(self, folder: Path, boats: Path, numbers: range, seed: int) -> None:
        self._folder, self._boats, self._numbers, self._seed = folder, boats, numbers, seed
        folder.mkdir()
        _write_tables(folder)
        self._told = folder / "told.jsonl"
        self._told.touch()
        self._read, self._next = 0, 0
        self._pid = 0
        self.done = False
        self._start()

    def _start(self) -> None:
        self._moved = time.monotonic()
        self._pid = os.fork()
        if not self._pid:
            try:
                _work(self._folder, self._boats, self._numbers[self._next :], self._seed)
            finally:
                os._exit(0)

    def watch(self, outcomes: dict[str, Outcome]) -> None:
        """Take what the process has told, and see to it that it gets on."""
        if self.done:
            return
        ended, status = os.waitpid(self._pid, os.WNOHANG)
        self._take(outcomes)
        if not ended and time.monotonic() - self._moved > _STUCK:
            os.kill(self._pid, signal.SIGKILL)
            ended, status = os.waitpid(self._pid, 0)
        if not ended:
            return
        if self._next >= len(self._numbers):
            self.done = True
            return
        number = self._numbers[self._next]
        outcomes[_kind(number)].failures.append(f"file {number}: the process ended with status {status}")
        self._next += 1
        self._start()

    def _take(self, outcomes: dict[str, Outcome]) -> None:
        with self._told.open() as told:
            told.seek(self._read)
            for line in told:
                if not line.endswith("\n"):
                    break
                self._read += len(line)
                self._next += 1
                self._moved = time.monotonic()
                number, seconds, megabytes, failure = json.loads(line)
                outcome = outcomes[_kind(number)]
                outcome.tried += 1
                outcome.took(seconds, megabytes, f"file {number}")
                outcome.expect(not failure, f"file {number}: {failure}")


def _kind(number: int) -> str:
    return _KINDS[number % len(_KINDS)]


def _work(folder: Path, boats: Path, numbers: Sequence[int], seed: int) -> None:
    """Read damaged files, and tell of each on a line."""
    os.chdir(folder)
    os.environ["PLENIPO_CACHE"] = str(folder / "cache")
    tempfile.tempdir = str(folder)
    signal.signal(signal.SIGALRM, _too_slow)
    with Path("told.jsonl").open("a", buffering=1) as told:
        for number in numbers:
            _forget_peak()
            words = _damaged(folder, boats, number, Random(f"{seed} {number}"))
            start = time.process_time()
            failure = _failure(words, _RIGHT[_kind(number)])
            if failure:
                shutil.copyfile(words[-1], f"failed.{number}") if Path(words[-1]).is_file() else None
            told.write(json.dumps([number, time.process_time() - start, _peak(), failure]) + "\n")


def _too_slow(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"more than {2 * SECONDS} s")


def _damaged(folder: Path, boats: Path, number: int, random: Random) -> list[str]:
    """Write a damaged file, and return a command line that reads it, or what it is part of."""
    kind = _kind(number)
    if kind == "fact files":
        whole = random.choice(sorted(_FACTS.glob("*.yaml")))
        Path("mine.yaml").write_bytes(damaged(whole.read_bytes(), random))
        return ["advise", "mine.yaml"]
    if kind == "tables":
        os.environ["PLENIPO_RULEBOOK"] = str(boats)
        whole = random.choice(sorted(folder.glob("whole.*")))
        mine = Path(whole.name.replace("whole", "mine"))
        mine.write_bytes(damaged(whole.read_bytes(), random))
        keep = random.choice([["--extra", "keep"], []])
        return ["batch", "-o", random.choice(["out.csv", "out.parquet"]), "--force", *keep, mine.name]
    shutil.rmtree("book", ignore_errors=True)
    shutil.copytree(boats, "book")
    wrong = random.choice(sorted(path for path in Path("book").rglob("*") if path.is_file()))
    wrong.write_bytes(damaged(wrong.read_bytes(), random))
    Path("good.yaml").write_text(GOOD)
    return random.choice([["check", "--rulebook", "book"], ["advise", "good.yaml", "--rulebook", "book"]])


def _failure(words: Sequence[str], right: set[int]) -> str:
    """Run a command line, and return what was wrong with how it ended, if anything."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2)]
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = streams
    signal.alarm(2 * SECONDS)
    try:
        code = main(list(words))
    except BaseException as error:
        return f"{' '.join(words)}: {type(error).__name__}: {error}"
    finally:
        signal.alarm(0)
        sys.stdout, sys.stderr = before
        os.environ.pop("PLENIPO_RULEBOOK", None)
    for stream in streams:
        stream.flush()
    said = streams[1].buffer.getvalue().decode()
    crashed = "Traceback" in said or "internal error" in said
    silent = code != 0 and not said.strip() and not streams[0].buffer.getvalue()
    return f"{' '.join(words)}: code {code}: {said[-300:]}" if code not in right or crashed or silent else ""


def _write_tables(folder: Path) -> None:
    """Write the same table in every format, in a process of its own: this one must not run Polars."""
    if pid := os.fork():
        os.waitpid(pid, 0)
        return
    import polars as pl  # noqa: PLC0415 - in the child alone

    random = Random(1)
    rows = {"id": [f"c{number}" for number in range(40)], "sky": random.choices(["clear", "dark", "N/A", None], k=40)}
    frame = pl.DataFrame({**rows, "note": [random.choice(["", "a, b", 'say "x"', "\u00e9"]) for _ in range(40)]})
    text = frame.write_csv().encode()
    frame.write_csv(folder / "whole.tsv", separator="\t")
    frame.write_ndjson(folder / "whole.jsonl")
    frame.write_json(folder / "whole.json")
    frame.write_parquet(folder / "whole.parquet")
    frame.write_ipc(folder / "whole.arrow", compression="lz4")
    frame.write_ipc_stream(folder / "whole.stream.arrow")
    frame.write_excel(folder / "whole.xlsx")
    (folder / "whole.csv").write_bytes(text)
    for ending, pack in ((".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)):
        (folder / f"whole.csv{ending}").write_bytes(pack(text))
    os._exit(0)


def _forget_peak() -> None:
    """Let the system count the most memory anew, where it can."""
    if Path("/proc/self/clear_refs").exists():
        Path("/proc/self/clear_refs").write_text("5")


def _peak() -> float:
    """Return the most memory since then, in megabytes; 0 where the system does not tell."""
    status = Path("/proc/self/status")
    found = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")] if status.exists() else []
    return int(found[0].split()[1]) / 1000 if found else 0
