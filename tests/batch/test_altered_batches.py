"""A finished batch that somebody altered, or that the disk damaged: exit 4, and what is wrong with it."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import polars as pl
import pytest

from plenipo.batch.metadata import METADATA_KEY
from tests.batch.test_command import table
from tests.cli.conftest import Run

#: What stands in the place of each value, one after another.
OTHERS = [None, 7, -1, 1.5, True, "", "cvs", "\u2028", [], ["sky"], [7], ["sky", "sky"], [["sky"]], {}, {"sky": 1}]
KINDS = ["csv", "tsv", "jsonl", "arrow", "parquet"]
RIGHT = {0, 4}


def made(run: Run, folder: Path, kind: str, *more: str) -> Path:
    assert run("batch", table(folder / "cases.csv"), "-o", f"out.{kind}", "--key", "id", *more).code == 0
    return folder / f"out.{kind}"


def explain(run: Run, out: Path) -> int:
    ran = run("explain", "--case", "dawn", out.name, "sail")
    assert "Traceback" not in ran.err
    assert "internal error" not in ran.err
    assert ran.code == 0 or ran.out == ""
    return ran.code


@pytest.mark.parametrize(
    "name", ["schema_version", "kind", "digest", "version", "key", "facts", "reasons", "rules", "form"]
)
@pytest.mark.parametrize("kind", ["csv", "arrow", "parquet"])
def test_whatever_is_said_of_a_batch_instead(run: Run, tmp_path: Path, kind: str, name: str) -> None:
    out = made(run, tmp_path, kind, "--reasons", "bits")
    frame = pl.read_parquet(out) if kind == "parquet" else None
    about = tmp_path / f"out.{kind}.about.json"
    said = json.loads(pl.read_parquet_metadata(out)[METADATA_KEY] if frame is not None else about.read_text())
    codes = []
    for other in OTHERS:
        changed = json.dumps({**said, name: other})
        if frame is None:
            about.write_text(changed)
        else:
            frame.write_parquet(out, metadata={METADATA_KEY: changed})
        codes.append(explain(run, out))
    assert set(codes) <= {0, 2, 4}
    # another digest is that of another rulebook, any version is one, `form` may be missing, and `facts` be left out
    told = {"digest": 9, "version": 9, "form": 13, "facts": 12, "reasons": 15, "key": 15, "rules": 13}
    assert len([code for code in codes if code]) >= told.get(name, 15) - 1


@pytest.mark.parametrize("kind", KINDS)
def test_flipped_bits_and_cut_ends(run: Run, tmp_path: Path, kind: str) -> None:
    out = made(run, tmp_path, kind)
    random = Random(kind)
    codes = []
    for path in (out, tmp_path / f"out.{kind}.about.json"):
        whole = path.read_bytes() if path.exists() else b""
        for _ in range(25 if whole else 0):
            place = random.randrange(len(whole))
            damaged = whole[:place] + bytes([whole[place] ^ 1 << random.randrange(8)]) + whole[place + 1 :]
            path.write_bytes(damaged if random.random() < 0.7 else whole[:place])
            codes.append(explain(run, out))
        if whole:
            path.write_bytes(whole)
    assert len(codes) >= 25
    assert set(codes) <= {0, 2, 4}


def test_the_message_says_what_is_wrong_and_where(run: Run, tmp_path: Path) -> None:
    made(run, tmp_path, "csv")
    about = tmp_path / "out.csv.about.json"
    said = json.loads(about.read_text())
    told = {
        "{": "out.csv.about.json: error[unreadable]: this file is not as `plenipo batch` wrote it, and cannot be read",
        "[]": "it holds no object",
        json.dumps({**said, "kind": "advice"}): "its `kind` is not `batch`",
        json.dumps({**said, "facts": "sky"}): "its `facts` are no list of texts",
        json.dumps({**said, "facts": ["sky", "sky"]}): "its `facts` name something twice",
        json.dumps({**said, "key": None}): "its `key` is no text",
        json.dumps({**said, "rules": ["b", "a"]}): "its `rules` are not in their order",
        json.dumps({**said, "facts": ["sky"]}): "its facts are not those of the rulebook that it names",
    }
    for text, message in told.items():
        about.write_text(text)
        ran = run("explain", "--case", "dawn", "out.csv", "sail")
        assert (ran.code, message in ran.err, "help: run the batch again" in ran.err) == (4, True, True), ran.err
    assert len(told) == 8


@pytest.mark.parametrize(("kind", "content"), [("csv", "x"), ("jsonl", "y")])
def test_rules_that_are_no_numbers(run: Run, tmp_path: Path, kind: str, content: str) -> None:
    out = made(run, tmp_path, kind, "--reasons", "bits")
    if kind == "csv":
        frame = pl.read_csv(out, infer_schema=False)
        frame.with_columns(fired_0=pl.lit(content)).write_csv(out)
    else:
        lines = out.read_text().splitlines()
        out.write_text("".join(json.dumps({**json.loads(line), "fired_0": content}) + "\n" for line in lines))
    ran = run("explain", "--case", "dawn", out.name, "sail")
    assert (ran.code, "the rules that fired are no numbers" in ran.err) == (4, True)
