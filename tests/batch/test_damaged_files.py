"""Files that are damaged: said in one message, whatever library finds it, and nothing is written."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from backports import zstd

from tests.cli.conftest import Run, process

ROWS = pl.DataFrame({"sky": ["clear", "dark", None] * 100, "wind": ["calm", "storm", "breeze"] * 100})


def refused(code: int, err: str) -> bool:
    """Return whether a run ended with one message about a file that cannot be read."""
    return code == 4 and err.count("error[") == 1 and "error[unreadable]" in err and "panick" not in err


@pytest.mark.parametrize(
    ("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", zstd.compress)]
)
@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl", "cases"])
def test_a_damaged_packed_file_is_refused(
    run: Run, tmp_path: Path, ending: str, pack: Callable[[bytes], bytes], name: str
) -> None:
    chance = random.Random(7)
    packed = bytearray(pack("".join(f"{chance.random()}\n" for _ in range(3000)).encode()))
    packed[len(packed) // 2 : len(packed) // 2 + 40] = bytes(40)
    (tmp_path / f"{name}.{ending}").write_bytes(packed)
    ran = run("batch", f"{name}.{ending}", "-o", "out.csv", "--extra", "keep")
    assert refused(ran.code, ran.err)
    assert [path.name for path in tmp_path.iterdir()] == [f"{name}.{ending}"]


def test_deflated_data_that_makes_no_sense_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(b"sky\ndark\n")[:10] + b"\xff" * 60)
    ran = run("batch", "cases.csv.gz", "-o", "out.csv")
    assert ran.err.startswith(
        "cases.csv.gz: error[unreadable]: this file cannot be read: it is damaged, or was cut off: "
    )
    assert ran.code == 4


@pytest.mark.parametrize("kind", ["parquet", "arrow", "stream"])
def test_a_damaged_table_is_refused_without_a_trace(boats: Path, run: Run, tmp_path: Path, kind: str) -> None:
    """What Polars panics at is refused as anything else that cannot be read; other damage may go unseen."""
    with io.BytesIO() as whole:
        if kind == "parquet":
            ROWS.write_parquet(whole)
        elif kind == "arrow":
            ROWS.write_ipc(whole, compression="uncompressed")
        else:
            ROWS.write_ipc_stream(whole)
        content = whole.getvalue()
    chance = random.Random(1)
    name = "cases.parquet" if kind == "parquet" else "cases.arrow"
    outcomes = set()
    for _ in range(60):
        damaged = bytearray(content)
        for _ in range(chance.choice([1, 3, 30])):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        (tmp_path / name).write_bytes(damaged[: chance.choice([len(damaged), chance.randrange(len(damaged))])])
        ran = run("batch", name, "--format", "json", "--extra", "keep")
        assert "internal error" not in ran.err
        assert "Traceback" not in ran.err
        outcomes.add(ran.code)
    assert 4 in outcomes
    (tmp_path / name).write_bytes(content[: len(content) // 2])
    ended = process("batch", name, "--rulebook", str(boats), cwd=tmp_path)
    assert refused(ended.returncode, ended.stderr.decode())


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
@pytest.mark.parametrize("place", [12, -6, 0.5])
def test_a_flipped_byte_is_said_in_words(
    run: Run, tmp_path: Path, ending: str, pack: Callable[[bytes], bytes], place: float
) -> None:
    rows = random.Random(1).choices([b"dark\n", b"clear\n", b"cloudy\n"], k=2000)
    packed = bytearray(pack(b"sky\n" + b"".join(rows)))
    packed[int(place * len(packed)) if isinstance(place, float) else place] ^= 255
    (tmp_path / f"cases.csv{ending}").write_bytes(packed)
    ran = run("batch", f"cases.csv{ending}")
    assert (ran.code, "this file cannot be read: it is damaged, or was cut off: " in ran.err) == (4, True)
    assert "cRC" not in ran.err


def test_no_words_for_programmers_are_shown(run: Run, tmp_path: Path) -> None:
    pl.DataFrame({"sky": ["dark"] * 3, "wind": ["calm"] * 3}).write_ipc_stream(tmp_path / "whole.arrow")
    whole = (tmp_path / "whole.arrow").read_bytes()
    codes = []
    for place in range(4, 200, 4):
        (tmp_path / "cases.arrow").write_bytes(whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :])
        ran = run("batch", "cases.arrow")
        codes.append(ran.code)
        assert not set("{}") & set(ran.err)
    assert set(codes) <= {0, 4}
    assert 4 in codes
