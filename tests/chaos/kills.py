"""Kill -9 at random moments: in `batch`, in `ask`, and while the cache is written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from random import Random

from tests.chaos.outcomes import Outcome
from tests.chaos.runs import Ended, Running, run

FORMATS = ("csv", "jsonl", "parquet", "arrow")
ROWS = 120_000
_ANSWERS = 12


def kills(folder: Path, boats: Path, times: int, seed: int) -> Iterator[Outcome]:
    """Yield what came of killing batches of each format, the questionnaire, and what writes the cache."""
    bundled = {"PLENIPO_CACHE": str(folder / "cache"), "TMPDIR": str(folder / "t")}
    environment = {**bundled, "PLENIPO_RULEBOOK": str(boats)}
    (folder / "t").mkdir()
    work = folder / "batches"
    work.mkdir()
    random = Random(f"tables {seed}")
    for name in ("old", "new"):
        skies = random.choices(["clear", "cloudy", "dark", "", "dakr"], [30, 30, 30, 9, 0.01], k=ROWS)
        winds = random.choices(["calm", "breeze", "storm"], k=ROWS)
        rows = (f"{name}{number},{sky},{wind}\n" for number, (sky, wind) in enumerate(zip(skies, winds, strict=True)))
        (work / f"{name}.csv").write_text("id,sky,wind\n" + "".join(rows))
    for kind in FORMATS:
        for resume in (False, True):
            yield _Batches(work, environment, kind, resume=resume).killed(times, Random(f"{kind} {resume} {seed}"))
    yield _asking(folder / "answers", bundled, times, Random(f"ask {seed}"))
    yield _caching(folder / "writes", bundled, times, Random(f"cache {seed}"))


class _Batches:
    """Batches of one format: what OUT and the files beside it are before and after."""

    def __init__(self, folder: Path, environment: Mapping[str, str], kind: str, *, resume: bool) -> None:
        self._folder, self._environment, self._kind, self._resume = folder, environment, kind, resume
        self._out = folder / f"out.{kind}"
        self._inputs = {path.name for path in folder.glob("*.csv")}
        self.whole = {name: self._made(name) for name in ("old", "new")}

    def _arguments(self, name: str) -> list[str]:
        words = ["batch", f"{name}.csv", "-o", self._out.name, "--key", "id", "--reasons", "ids", "--force"]
        return [*words, *(["--resume"] if self._resume else [])]

    def _made(self, name: str) -> Mapping[str, bytes]:
        began = run(self._folder, self._arguments(name), self._environment)
        assert began.code == 4, began.err
        self._takes = began.seconds
        files = self._files()
        self._clear()
        return files

    def _files(self) -> dict[str, bytes]:
        paths = (path for path in self._folder.iterdir() if path.name not in self._inputs)
        return {path.name: path.read_bytes() for path in paths if path.is_file() and not path.name.startswith(".")}

    def _clear(self) -> None:
        for path in self._folder.iterdir():
            if path.name not in self._inputs:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    def killed(self, times: int, random: Random) -> Outcome:
        more = " --resume" if self._resume else ""
        outcome = Outcome(f"kill -9 in batch, {self._kind}{more}")
        for number in range(times):
            what = f"run {number}"
            old = self.whole["old"] if random.random() < 0.5 else {}
            for name, content in old.items():
                (self._folder / name).write_bytes(content)
            ended = Running(self._folder, self._arguments("new"), self._environment).kill_after(
                random.uniform(0, 1.2 * self._takes)
            )
            outcome.tried += 1
            self._judge(outcome, old, ended, what)
            again = run(self._folder, self._arguments("new"), self._environment)
            outcome.took(again.worked, again.megabytes, what)
            outcome.expect(again.code == 4 and not again.crashed, f"{what}: then code {again.code}: {again.err[:300]}")
            outcome.expect(self._files() == self.whole["new"], f"{what}: the run after it wrote something else")
            left = {path.name for path in self._folder.iterdir()} - self._inputs - self.whole["new"].keys()
            outcome.expect(not left, f"{what}: left behind {left}")
            left = {path.name for path in Path(self._environment["TMPDIR"]).iterdir()}
            outcome.expect(not left, f"{what}: left behind in TMPDIR {left}")
            self._clear()
        return outcome

    def _judge(self, outcome: Outcome, old: Mapping[str, bytes], ended: Ended, what: str) -> None:
        outcome.expect(ended.code in {-9, 4} and not ended.crashed, f"{what}: code {ended.code}: {ended.err[:300]}")
        there = self._files()
        now = there.pop(self._out.name, None)
        state = next((name for name, files in self.whole.items() if files[self._out.name] == now), None)
        outcome.expect(state is not None or (now is None and not old), f"{what}: OUT is neither old nor new")
        beside = self.whole[state] if state else {}
        wrong = [name for name, content in there.items() if beside.get(name) != content]
        outcome.expect(not wrong, f"{what}: {wrong} are not those of OUT, which is {state or 'not there'}")


def _asking(folder: Path, environment: Mapping[str, str], times: int, random: Random) -> Outcome:
    """Kill the questionnaire; every answer that it has gone on from is in the file, and the file can be read."""
    outcome = Outcome("kill -9 in ask")
    folder.mkdir()
    words = ["ask", "mine.yaml", "--plain", "--from-nothing", "--title", "T", "--as-of", "2021-06-01"]
    mine = folder / "mine.yaml"
    typed = b"1\n" * _ANSWERS
    whole = run(folder, words, environment, typed + b"s\n")
    assert mine.exists(), whole.out
    expected = _facts(mine)
    for number in range(times):
        what = f"run {number}"
        mine.unlink(missing_ok=True)
        ended = Running(folder, words, environment, typed).kill_after(random.uniform(0, 1.5 * whole.seconds))
        outcome.tried += 1
        known = [int(found) for found in re.findall(r"(\d+) facts? known", ended.out)]
        facts = _facts(mine) if mine.exists() else {}
        outcome.expect(facts.items() <= expected.items(), f"{what}: the file holds something else")
        outcome.expect(
            len(facts) >= max(known, default=0), f"{what}: {len(facts)} answers kept of {max(known, default=0)}"
        )
        if mine.exists():
            read = run(folder, ["advise", "mine.yaml"], environment)
            outcome.expect(read.code == 0, f"{what}: the file cannot be read: {read.err[:300]}")
        again = run(folder, [*words[:2], "--plain"], environment, b"1\n" * (_ANSWERS - len(facts)) + b"s\n")
        outcome.took(again.worked, again.megabytes, what)
        outcome.expect(again.code == 0, f"{what}: then code {again.code}: {again.err[:300]} {again.out[-300:]}")
        left = {path.name for path in folder.iterdir()} - {mine.name}
        outcome.expect(not left, f"{what}: left behind {left}")
    return outcome


def _facts(path: Path) -> dict[str, str]:
    return dict(re.findall(r"^  (\w+): (\S+)$", path.read_text(), re.MULTILINE))


def _caching(folder: Path, environment: Mapping[str, str], times: int, random: Random) -> Outcome:
    """Kill what writes the cache; what comes after it reads no half of a rulebook, and cleans up."""
    outcome = Outcome("kill -9 while the cache is written")
    folder.mkdir()
    cache = folder / "cache"
    environment = {**environment, "PLENIPO_CACHE": str(cache)}
    words = ["advise", "late-summer-2020"]
    whole = run(folder, words, environment)
    for number in range(times):
        what = f"run {number}"
        shutil.rmtree(cache)
        # it is written towards the end
        ended = Running(folder, words, environment).kill_after(random.uniform(0.3, 1.1) * whole.seconds)
        outcome.tried += 1
        outcome.expect(ended.code in {-9, 0} and not ended.crashed, f"{what}: code {ended.code}: {ended.err[:300]}")
        again = run(folder, words, environment)
        outcome.took(again.worked, again.megabytes, what)
        outcome.expect((again.code, again.out) == (0, whole.out), f"{what}: then code {again.code}: {again.err[:300]}")
        left = [path.name for path in cache.iterdir() if path.suffix != ".rulebook"]
        outcome.expect(not left, f"{what}: left behind {left}")
    return outcome
