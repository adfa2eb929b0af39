"""Arrow streams are answered as a file of the same rows is, in parts, and refused whole where they are broken."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import plenipo
from plenipo.batch.job import Job
from plenipo.batch.sources.inputs import find_files
from plenipo.batch.sources.readers import open_sources
from plenipo.batch.sources.temporary_copies import temporary_copies
from tests.cli.conftest import Run

ROWS = 30
BATCHES = 7


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    """Return a stream of several batches, with a column of words, one of texts and one of numbers."""
    rows = pl.DataFrame(
        {
            "id": [f"c{number}" for number in range(ROWS)],
            "sky": pl.Series(["clear", "dark", None] * (ROWS // 3), dtype=pl.Categorical),
            "wind": ["calm", "storm"] * (ROWS // 2),
            "count": range(ROWS),
        }
    )
    parts = pl.concat([rows] * BATCHES, rechunk=False)
    assert parts.n_chunks() == BATCHES
    parts.write_ipc_stream(tmp_path / "cases.arrow")
    parts.write_parquet(tmp_path / "cases.parquet")
    return tmp_path / "cases.arrow"


def test_a_stream_is_answered_as_a_file_is(run: Run, stream: Path) -> None:
    for name in ("cases.arrow", "cases.parquet"):
        ran = run("batch", name, "-o", f"{name}.csv", "--extra", "keep")
        assert (ran.code, ran.err.splitlines()[-1]) == (0, f"{ROWS * BATCHES} situations answered in {name}.csv")
    assert Path("cases.arrow.csv").read_bytes() == Path("cases.parquet.csv").read_bytes()


@pytest.mark.parametrize("most", [ROWS - 7, ROWS, ROWS * BATCHES * 2])
def test_a_stream_goes_on_where_it_was_left(stream: Path, most: int) -> None:
    with temporary_copies() as copies:
        (source,) = open_sources(plenipo.load_rulebook(), find_files([str(stream)]), copies, Job([]), print)
    whole = pl.concat([part.frame for part in source.parts(most=most)])
    assert source.records == whole.height == ROWS * BATCHES
    for skip in range(0, ROWS * BATCHES, most):
        rest = [part.frame for part in source.parts(skip, most)]
        assert pl.concat(rest).equals(whole[skip:])
        assert all(frame.height == most for frame in rest[:-1])


@pytest.mark.parametrize("left", [5, 100, "half", "most"])
def test_a_stream_that_ends_too_early_is_told(run: Run, stream: Path, left: int | str) -> None:
    content = stream.read_bytes()
    before = {path.name for path in stream.parent.iterdir()}
    length = {"half": len(content) // 2 + 3, "most": len(content) - 3}.get(str(left), left)
    assert isinstance(length, int)
    stream.write_bytes(content[:length])
    ran = run("batch", "cases.arrow", "-o", "out.csv", "--extra", "keep")
    assert ran.code == 4
    assert "cases.arrow: error[unreadable]: this file cannot be read: " in ran.err
    assert left == 100 or ran.err.endswith(": it ends too early\n")
    assert {path.name for path in stream.parent.iterdir()} == before


@pytest.mark.parametrize("content", [b"", b"no stream at all, but a text of some length", b"\xff\xff\xff\xff" * 20])
def test_what_is_no_stream_is_told(run: Run, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cases.arrow").write_bytes(content)
    ran = run("batch", "cases.arrow", "-o", "out.csv")
    assert ran.code == 4
    assert "cases.arrow: error[unreadable]: this file cannot be read: " in ran.err


def test_a_message_that_says_nonsense_is_told(run: Run, stream: Path) -> None:
    content = stream.read_bytes()
    codes = []
    for place in range(4, 400, 3):
        stream.write_bytes(content[:place] + b"\xf7" + content[place + 1 :])
        codes.append(run("batch", "cases.arrow", "-o", "out.csv", "--extra", "keep", "--force").code)
    assert set(codes) == {0, 4}
    assert codes.count(4) > len(codes) / 3
