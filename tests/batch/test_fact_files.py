"""Fact files in a batch: each gives the facts, or has the faults, that it has when it is read alone."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plenipo.batch.rejects import Reject
from plenipo.batch.sources import fact_files
from plenipo.batch.sources.fact_files import FILE, FactFiles
from plenipo.batch.sources.source import RECORD
from plenipo.errors import SituationError
from plenipo.rulebook.model import Rulebook
from plenipo.situations.read import load_situation

#: Fact files with nothing wrong, and with all kinds of things wrong.
CONTENTS = (
    "facts: {sky: dark, wind: storm, tide: yes}\n",
    "title: At sea\nfacts:\n  moon: no\n  sky:\nnotes: {sky: who knows}\nexpect: {sail: silent}\n",
    '{"facts": {"tide": true, "sky": "\\u0063lear"}, "considering": ["sail"]}',
    "facts:\nlikely: {sky: {dark: 0.5, clear: 0.5}}\n",
    "facts:\n  sky: dakr\n  wnid: calm\n  moon: [no]\n",
    "factz: {sky: dark}\ntitle: none\n",
    "facts: {sky: &a dark, sky: clear}\n",
    "facts:\n\tsky: dark\n",
    "- sky\n",
    "facts: [\n",
    "facts: dark\n",
    "",
    "sky: dark\n",
)


@pytest.fixture
def boats(book: Callable[..., Rulebook]) -> Rulebook:
    """The small rulebook about boats."""
    return book()


def read(rulebook: Rulebook, paths: Iterable[Path]) -> tuple[pl.DataFrame, list[Reject]]:
    """Return all rows and all rejects of fact files."""
    parts = list(FactFiles(rulebook, [(path, path.name) for path in paths]).parts())
    return pl.concat(part.frame for part in parts), [reject for part in parts for reject in part.rejects]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(contents=st.lists(st.sampled_from(CONTENTS), min_size=1, max_size=8), size=st.integers(1, 4))
def test_a_file_says_what_it_says_by_itself(
    boats: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, contents: list[str], size: int
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(fact_files, "FILES_IN_PART", size)
    paths = [Path(f"{number}.yaml") for number in range(len(contents))]
    rows, faults = [], []
    for number, (path, content) in enumerate(zip(paths, contents, strict=True), 1):
        path.write_text(content, encoding="utf-8")
        try:
            facts = load_situation(boats, path).facts
            rows.append({RECORD: number, FILE: path.name, **dict.fromkeys(boats.facts), **facts})
        except SituationError as wrong:
            faults += [(number, path.name, each.location.line, each.message, each.check) for each in wrong.diagnostics]
    frame, rejects = read(boats, paths)
    assert frame.to_dicts() == rows
    assert [(each.record, each.file, each.row, each.reason, each.check) for each in rejects] == faults


def test_a_fault_names_the_fact_and_what_was_said_of_it(boats: Rulebook, tmp_path: Path) -> None:
    for number, content in enumerate(CONTENTS):
        (tmp_path / f"{number:02}.yaml").write_text(content, encoding="utf-8")
    _, rejects = read(boats, sorted(tmp_path.iterdir()))
    assert [(each.file, each.column, each.value, each.nearest) for each in rejects if each.column] == [
        ("04.yaml", "sky", "dakr", "dark"),
        ("04.yaml", "wnid", "calm", "wind"),
        ("04.yaml", "moon", None, None),
        ("06.yaml", "sky", "dark", None),
    ]


def test_a_file_that_is_there_only_once_is_read_only_once(boats: Rulebook, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b"facts: {sky: dakr}\n",), daemon=True)
    writer.start()
    frame, rejects = read(boats, [pipe])
    writer.join()
    assert frame.is_empty()
    assert [(each.column, each.nearest) for each in rejects] == [("sky", "dark")]
