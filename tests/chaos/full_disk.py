"""A full disk: what is written there is whole or not at all, and what was there before stays as it was."""

from __future__ import annotations

import gzip
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.chaos.outcomes import Outcome
from tests.chaos.runs import run

_MEGABYTES = 2
FORMATS = ("csv", "tsv", "jsonl", "parquet", "arrow")


def full_disk(folder: Path, boats: Path) -> Iterator[Outcome]:
    """Yield what came of writing to a small file system in memory, which takes root to mount."""
    disk = folder / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={_MEGABYTES}m", "none", str(disk)]
    try:
        mounted = subprocess.run(mounting, capture_output=True, text=True, check=False)
        why = mounted.stderr.strip() if mounted.returncode else ""
    except OSError as error:
        why = str(error)
    if why:
        yield Outcome("a full disk", left_out=f"no tmpfs can be mounted here ({why})")
        return
    try:
        yield from _experiments(disk, folder, boats)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def _experiments(disk: Path, folder: Path, boats: Path) -> Iterator[Outcome]:
    environment = {"PLENIPO_RULEBOOK": str(boats), "PLENIPO_CACHE": str(folder / "cache")}
    random = Random(1)
    rows = "".join(f"{random.getrandbits(96):x},dark\n" for _ in range(300_000))  # nothing packs that
    (folder / "many.csv").write_text("id,sky\n" + rows)
    (folder / "few.csv").write_text("id,sky\na,dark\n")
    (folder / "many.csv.gz").write_bytes(gzip.compress(("id,sky\n" + rows).encode()))
    for kind in FORMATS:
        for more in ([], ["--resume"]):
            outcome = Outcome(f"a full disk, batch to {' '.join([kind, *more])}")
            words = ["batch", "many.csv", "-o", f"disk/out.{kind}", "--key", "id", "--force", *more]
            before = run(folder, ["batch", "few.csv", "-o", f"disk/out.{kind}", "--force"], environment)
            outcome.expect(before.code == 0, f"before: {before.err[:300]}")
            _refused(outcome, disk, folder, words, environment, parts=bool(more))
            yield outcome
    outcome = Outcome("a full disk for temporary files")
    words = ["batch", "many.csv.gz", "-o", "out.parquet", "--force"]
    _refused(outcome, disk, folder, words, {**environment, "TMPDIR": str(disk)})
    yield outcome
    with (disk / "full").open("wb", buffering=0) as file:
        for size in (1 << 16, 1):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                pass
    bundled = {"PLENIPO_CACHE": str(disk / "cache")}
    outcome = Outcome("a full disk for the cache", 1)
    ended = run(folder, ["advise", "late-summer-2020"], bundled)
    outcome.expect(ended.code == 0 and not ended.crashed, f"code {ended.code}: {ended.err[:300]}")
    yield outcome
    asking = ["ask", "disk/mine.yaml", "--plain", "--from-nothing"]
    for words in (["schema", "--out", "disk/schemas"], ["batch", "few.csv", "-o", "disk/o.csv"], asking):
        outcome = Outcome(f"a full disk, {words[0]}")
        _refused(outcome, disk, folder, words, environment, typed=b"1\n1\ns\n" if words[0] == "ask" else None)
        yield outcome


def _refused(
    outcome: Outcome,
    disk: Path,
    folder: Path,
    words: Sequence[str],
    environment: dict[str, str],
    *,
    parts: bool = False,
    typed: bytes | None = None,
) -> None:
    """Expect that a command says that the disk is full, and that what was there is there and nothing else."""
    before = _files(disk)
    ended = run(folder, words, environment, typed)
    outcome.tried += 1
    outcome.took(ended.worked, ended.megabytes, " ".join(words))
    said = (ended.err + ended.out).lower()
    outcome.expect(
        ended.code == 2 and not ended.crashed and "no space left" in said, f"code {ended.code}: {said[-300:]}"
    )
    after = _files(disk)
    kept = {name: content for name, content in after.items() if not (parts and ".parts/" in name)}
    outcome.expect(kept == before, f"{' '.join(words)}: before {sorted(before)}, now {sorted(kept)}")
    for name in after.keys() - kept.keys():
        (disk / name).unlink()
    for empty in sorted((path for path in disk.rglob("*") if path.is_dir()), reverse=True):
        empty.rmdir()


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
