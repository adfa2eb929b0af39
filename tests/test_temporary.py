"""Temporary files: what a run has just made is not taken from it by another run that tidies up."""

from __future__ import annotations

import fcntl
import tempfile
from pathlib import Path

import pytest

from plenipo import temporary
from plenipo.temporary import sweep_leftovers, temporary_file, temporary_folder


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_file_that_is_swept_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    made: list[str] = []
    lock = temporary._locked

    def late(handle: int) -> bool:
        made.append("once more")
        if len(made) <= times:
            sweep_leftovers(tmp_path / "out.csv")
        return lock(handle)

    monkeypatch.setattr(temporary, "_locked", late)
    with temporary_file(tmp_path / "out.csv") as file:
        file.write_text("mine")
        sweep_leftovers(tmp_path / "out.csv")
        assert file.read_text() == "mine"
    assert len(made) == times + 1
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("times", [0, 1, 3])
def test_a_folder_that_is_swept_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made: list[str] = []
    lock = temporary._locked

    def late(handle: int) -> bool:
        made.append("once more")
        if len(made) <= times:
            temporary._sweep_folders()
        return lock(handle)

    monkeypatch.setattr(temporary, "_locked", late)
    with temporary_folder() as folder:
        (folder / "copy").write_text("mine")
        temporary._sweep_folders()
        assert (folder / "copy").read_text() == "mine"
    assert len(made) == times + 1
    assert not list(tmp_path.iterdir())


def test_what_another_run_holds_while_it_tidies_up_is_waited_for(tmp_path: Path) -> None:
    with temporary_file(tmp_path / "out.csv") as file, file.open("rb") as other, pytest.raises(BlockingIOError):
        fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
    assert not list(tmp_path.iterdir())
