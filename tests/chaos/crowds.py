"""Many at a time: processes that share a cache, batches that want one OUT, and caches that are not as they were."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from random import Random

from tests.chaos.outcomes import Outcome
from tests.chaos.runs import Running, run

_SHARING, _BATCHES, _ROUNDS = 20, 50, 3
_ADVISE = ("advise", "late-summer-2020")


def crowds(folder: Path, boats: Path) -> Iterator[Outcome]:
    """Yield what came of processes that share a cache, of batches that share OUT, and of caches that are damaged."""
    yield _sharing(folder)
    for kind in ("csv", "parquet"):
        for resume in (False, True):
            yield _wanting(folder, boats, kind, resume=resume)
    yield from _damaged(folder)


def _sharing(folder: Path) -> Outcome:
    outcome = Outcome(f"{_SHARING} processes sharing a new cache")
    environment = {"PLENIPO_CACHE": str(folder / "shared")}
    whole = run(folder, _ADVISE, environment)
    for number in range(_ROUNDS):
        shutil.rmtree(folder / "shared")
        running = [Running(folder, _ADVISE, environment) for _ in range(_SHARING)]
        for each in running:
            ended = each.ended()
            outcome.tried += 1
            outcome.expect(
                (ended.code, ended.out) == (0, whole.out), f"round {number}: {ended.code}, {ended.err[:300]}"
            )
        left = [path.name for path in (folder / "shared").iterdir() if path.suffix != ".rulebook"]
        outcome.expect(not left, f"round {number}: left behind {left}")
    return outcome


def _wanting(folder: Path, boats: Path, kind: str, *, resume: bool) -> Outcome:
    outcome = Outcome(f"{_BATCHES} batches with one OUT, {kind}{' --resume' if resume else ''}")
    work = folder / f"wanting-{kind}-{resume}"
    work.mkdir()
    environment = {"PLENIPO_RULEBOOK": str(boats), "PLENIPO_CACHE": str(folder / "cache"), "TMPDIR": str(work)}
    (work / "cases.csv").write_text("id,sky\n" + "".join(f"c{number},dark\n" for number in range(30_000)) + "x,dakr\n")
    words = ["batch", "cases.csv", "--key", "id", *(["--resume"] if resume else [])]
    expected = run(work, [*words, "-o", f"whole.{kind}"], environment)
    whole = {path.name.removeprefix("whole"): path.read_bytes() for path in work.glob("whole.*")}
    running = [Running(work, [*words, "-o", f"out.{kind}"], environment) for _ in range(_BATCHES)]
    ended = [each.ended() for each in running]
    outcome.tried = len(ended)
    winners = [each for each in ended if each.code == expected.code]
    outcome.expect(len(winners) == 1, f"{len(winners)} say that they wrote it")
    for each in ended:
        told = each.code == 2 and ("already exists" in each.err or "another run works" in each.err)
        outcome.expect(each in winners or told, f"code {each.code}: {each.err[:300]}")
    found = {path.name.removeprefix("out"): path.read_bytes() for path in work.glob("out.*") if path.is_file()}
    outcome.expect(found == whole, f"there are {sorted(found)}, or they hold something else")
    names = {path.name for path in work.iterdir() if not path.name.startswith(("whole.", "out.", "cases."))}
    outcome.expect(not names and not (work / f"out.{kind}.parts").exists(), f"left behind {names}")
    return outcome


def _damaged(folder: Path) -> Iterator[Outcome]:
    """Yield what came of caches whose only file was damaged in some way."""
    environment = {"PLENIPO_CACHE": str(folder / "damaged")}
    whole = run(folder, _ADVISE, environment)
    (kept,) = (folder / "damaged").iterdir()
    content = kept.read_bytes()
    random = Random(1)
    ways: Mapping[str, Callable[[], object]] = {
        "truncated": lambda: kept.write_bytes(content[: random.randrange(len(content))]),
        "garbled": lambda: kept.write_bytes(_garbled(content, random)),
        "empty": lambda: kept.write_bytes(b""),
        "a folder": lambda: _replaced(kept, kept.mkdir),
        "a pipe": lambda: _replaced(kept, lambda: os.mkfifo(kept)),
        "a link that leads nowhere": lambda: _replaced(kept, lambda: kept.symlink_to("nowhere")),
        "another user's": lambda: os.chown(kept, 65534, 65534),
        "in another user's folder": lambda: os.chown(folder / "damaged", 65534, 65534),
    }
    for way, damage in ways.items():
        outcome = Outcome(f"a cache that is {way}")
        if "another" in way and os.geteuid():
            outcome.left_out = "only root can give a file away"
            yield outcome
            continue
        for number in range(20 if way in {"truncated", "garbled"} else 1):
            shutil.rmtree(folder / "damaged")
            (folder / "damaged").mkdir()
            kept.write_bytes(content)
            damage()
            ended = run(folder, _ADVISE, environment)
            outcome.tried += 1
            outcome.took(ended.worked, ended.megabytes, f"run {number}")
            outcome.expect((ended.code, ended.out) == (0, whole.out), f"run {number}: {ended.code}, {ended.err[:300]}")
        yield outcome


def _replaced(path: Path, make: Callable[[], object]) -> None:
    path.unlink()
    make()


def _garbled(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.choice([1, 1, 10, 1000])):
        changed[random.randrange(len(changed))] = random.randrange(256)
    return bytes(changed)
