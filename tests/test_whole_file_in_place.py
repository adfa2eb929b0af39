"""Writing a file whole: mode, owner, links and other names stay, nobody's link is followed, nothing is left behind."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path

import pytest

from plenipo.whole_file import alone_in, make_file, may_write, replace_file

NOBODY = 65534
ROOT = os.geteuid() == 0


def owned(path: Path) -> tuple[int, int, int]:
    known = path.stat()
    return stat.S_IMODE(known.st_mode), known.st_uid, known.st_gid


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o666, 0o200])
def test_mode_and_owner_stay(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    if ROOT:
        os.chown(path, NOBODY, NOBODY)
    path.chmod(mode)
    before = owned(path)
    replace_file(path, "new")
    assert owned(path) == before
    path.chmod(0o600)
    assert path.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["a.yaml"]


def test_other_names_and_links_show_what_is_written(tmp_path: Path) -> None:
    path, other, link = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "c.yaml"
    path.write_text("an old text that is longer")
    other.hardlink_to(path)
    link.symlink_to("a.yaml")
    replace_file(path, "new")
    assert (path.read_text(), other.read_text(), link.read_text()) == ("new", "new", "new")
    assert path.samefile(other)
    assert link.is_symlink()


def test_an_owner_that_cannot_be_kept_otherwise_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    path = tmp_path / "a.yaml"
    path.write_text("old")
    before = path.stat().st_ino
    monkeypatch.setattr(shutil, "copystat", refuse)
    replace_file(path, "new, and longer")
    assert path.read_text() == "new, and longer"
    assert path.stat().st_ino == before


def test_what_fails_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    path.write_text("what was there")
    other.hardlink_to(path)
    ours = os.pwrite

    def full(opened: int, data: bytes, at: int) -> int:
        if data.startswith(b"new"):
            ours(opened, data[:2], at)
            raise OSError(errno.ENOSPC, "no room")
        return ours(opened, data, at)

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(OSError, match="no room"):
        replace_file(path, "new, and much longer than before")
    assert path.read_text() == other.read_text() == "what was there"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555, 0])
def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("old")
    path.chmod(mode)
    assert not may_write(path)
    with pytest.raises(PermissionError):
        replace_file(path, "new")
    path.chmod(0o600)
    assert path.read_text() == "old"
    assert may_write(path)
    assert may_write(tmp_path / "absent.yaml")


def test_a_link_under_a_name_of_ours_is_not_followed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    victim, path = tmp_path / "victim", tmp_path / "a.yaml"
    victim.write_text("precious")
    path.write_text("old")
    names: list[str] = []
    ours = os.open

    def seen(file: Path | str, *more: int, **other: int) -> int:
        names.append(Path(file).name)
        return ours(file, *more, **other)

    monkeypatch.setattr(os, "open", seen)
    replace_file(path, "new")
    make_file(tmp_path / "b.yaml", "new")
    assert len(set(names)) == len(names) == 2
    assert not any(str(os.getpid()) in name for name in names if len(str(os.getpid())) > 3)
    (tmp_path / ".a.yaml.foreseen.tmp").symlink_to(victim)
    for write, name in ((replace_file, "another1"), (make_file, "another2")):
        monkeypatch.setattr(tempfile, "_get_candidate_names", lambda name=name: iter(["foreseen", name]))
        write(path, "new again")
    assert victim.read_text() == "precious"
    assert path.read_text() == "new again"


def test_who_writes_in_a_folder_is_alone_there_and_is_not_waited_for_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    with alone_in(tmp_path):
        opened = os.open(tmp_path, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with alone_in(tmp_path):
            assert 1 < sum(waits) < 5
    fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
    os.close(opened)
    with alone_in(tmp_path / "absent"):
        assert list(tmp_path.iterdir()) == []


def test_a_new_file_has_the_usual_mode_and_a_long_name_will_do(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_text("")
    made = make_file(tmp_path / f"{'n' * 240}.yaml", "new")
    replace_file(made, "newer")
    assert made.read_text() == "newer"
    assert owned(made) == owned(usual)
