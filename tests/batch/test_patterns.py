"""Patterns, folders and words that name a file several times: each file is read once, and no link is followed."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run

FILES = ("cases/a.yaml", "cases/sub/b.json", "cases/sub/deep/c.yml")


@pytest.fixture(autouse=True)
def cases(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('{"facts": {"sky": "dark"}}')


def read(run: Run, *words: str) -> list[str]:
    """Return the cases that these words lead to."""
    ran = run("batch", *words, "-o", "out.parquet", "--force")
    assert ran.code == 0, ran.err
    return list(pl.read_parquet("out.parquet")["case"])


@pytest.mark.parametrize(
    "words",
    [
        ["cases"],
        ["cases/**"],
        ["cases/**/"],
        ["cases/**/*"],
        ["cases/*"],
        ["cas*"],
        ["c*/[a-z]*", "cases"],
        ["cases/**/**"],
        ["./cases/**/*"],
        ["cases", "cases/sub", "cases/a.yaml"],
        ["cases/", "cases/a.yaml", "cases/sub", "cases/sub/b.json", "cases/sub/deep", "cases/sub/deep/c.yml"],
    ],
)
def test_every_file_is_read_once(run: Run, words: list[str]) -> None:
    assert sorted(read(run, *words)) == sorted(FILES)


def test_a_whole_path_is_a_pattern_too(run: Run, tmp_path: Path) -> None:
    assert len(read(run, f"{tmp_path}/cases/**/*")) == 3


@pytest.mark.parametrize(("kind", "content"), [("csv", "sky\ndark\n"), ("jsonl", '{"sky": "dark"}\n')])
def test_tables_are_read_once(run: Run, tmp_path: Path, kind: str, content: str) -> None:
    for name in (f"t/a.{kind}", f"t/u/b.{kind}"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content)
    for words in ([f"t/**/*.{kind}"], [f"t/**/*.{kind}", f"t/a.{kind}", f"./t/a.{kind}"], ["t/**"], ["t/**/?*"]):
        assert sorted(read(run, *words)) == [f"t/a.{kind}:1", f"t/u/b.{kind}:1"]


def test_links_as_a_cluster_lays_them_out_count_once(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cm" / "..2026_1").mkdir(parents=True)
    (tmp_path / "cm" / "..2026_1" / "a.yaml").write_text("facts: {sky: dark}\n")
    (tmp_path / "cm" / "..data").symlink_to("..2026_1")
    (tmp_path / "cm" / "a.yaml").symlink_to("..data/a.yaml")
    for word in ("cm", "cm/**", "cm/*", "cm/**/*.yaml", "cm/**/*"):
        assert read(run, word) == ["cm/a.yaml"]
    assert read(run, "cm/..*/*.yaml") == ["cm/..2026_1/a.yaml"]
    assert read(run, "cm/..data/*.yaml") == ["cm/..data/a.yaml"]


def test_links_that_lead_back_are_not_followed(run: Run, tmp_path: Path) -> None:
    for name in ("up", "again"):
        (tmp_path / "cases" / "sub" / name).symlink_to("..")
    for word in ("cases", "cases/**", "cases/**/*", "cases/**/*.*", "cases/*"):
        assert sorted(read(run, word)) == sorted(FILES)
    assert read(run, "cases/*/*.*") == ["cases/sub/b.json"]


def test_a_matched_folder_without_fact_files_adds_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases" / "empty").mkdir()
    assert sorted(read(run, "cases/*")) == sorted(FILES)
    ran = run("batch", "cases/emp*")
    assert (ran.code, "the folder `cases/empty` holds no fact file" in ran.err) == (2, True)


def test_the_shares_of_a_summary_are_those_of_the_files(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases" / "d.yaml").write_text("facts: {wind: calm}\n")
    found = json.loads(run("batch", "cases/**", "--format", "json").out)
    assert found["situations"] == 4
    assert {verdict: times for verdict, times in found["options"]["sail"].items() if times} == {
        "avoid": 3, "recommend": 1,
    }  # fmt: skip


@pytest.mark.parametrize("again", ["mine/a.yaml", "./mine/a.yaml", "mine/sub/../a.yaml", "mine/*.yaml", "mine/sub/.."])
def test_a_file_that_is_named_in_another_way_is_read_once(run: Run, tmp_path: Path, again: str) -> None:
    (tmp_path / "mine/sub").mkdir(parents=True)
    (tmp_path / "mine/a.yaml").write_text("facts: {sky: dark}\n")
    assert run("batch", "mine", again, "-o", "out.csv").code == 0
    assert len((tmp_path / "out.csv").read_text().splitlines()) == 2
