"""Taking in: a path gives its bytes or says why not, whatever is there."""

from __future__ import annotations

import io
import os
import threading
from pathlib import Path

import pytest

from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import LARGEST, USUAL_SIZE, take_in


def taken(path: Path) -> list[str]:
    """Return the faults of taking in a path."""
    faults = Faults()
    assert take_in(path, faults, name="it") is None
    return [str(fault) for fault in faults]


class Kept(io.BytesIO):
    """A file that stays open, to show how far it was read."""

    def close(self) -> None:
        """Stay open."""


def test_an_endless_device_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    message = "it: error[too-large]: this holds more than 1024 KiB, which no rulebook or fact file needs"
    assert taken(Path("/dev/zero")) == [f"{message}\n  help: is it the right file?"]
    file = Kept(bytes(2 * LARGEST))
    monkeypatch.setattr(Path, "open", lambda *_: file)
    assert (len(taken(Path("/dev/zero"))), file.tell()) == (1, LARGEST + 1)


def test_a_hundred_megabytes_are_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert taken(path)[0].startswith("it: error[too-large]")


@pytest.mark.parametrize("length", [0, 1, USUAL_SIZE - 1, USUAL_SIZE, USUAL_SIZE + 1, LARGEST - 1, LARGEST])
def test_a_file_of_any_length_that_is_allowed_is_taken_in_whole(tmp_path: Path, length: int) -> None:
    content = os.urandom(length)
    (tmp_path / "file").write_bytes(content)
    assert take_in(tmp_path / "file", Faults()) == content


def test_a_byte_more_than_is_allowed_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(bytes(LARGEST + 1))
    assert taken(tmp_path / "file")[0].startswith("it: error[too-large]")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    assert taken(tmp_path) == ["it: error[unreadable]: this is a folder, not a file"]


def test_for_a_missing_file_the_nearest_name_is_given(tmp_path: Path) -> None:
    (tmp_path / "late-summer.yaml").touch()
    help = "did you mean `late-summer.yaml`?"
    assert taken(tmp_path / "late-sumer.yaml") == [f"it: error[unreadable]: there is no such file\n  help: {help}"]
    assert taken(tmp_path / "no" / "folder.yaml") == ["it: error[unreadable]: there is no such file"]


def test_a_link_that_leads_nowhere_is_named_as_one(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").symlink_to("nowhere.yaml")
    assert taken(tmp_path / "mine.yaml") == ["it: error[unreadable]: this link leads nowhere"]
    (tmp_path / "mien.yaml").touch()
    help = "did you mean `mien.yaml`?"
    assert taken(tmp_path / "mine.yaml") == [f"it: error[unreadable]: this link leads nowhere\n  help: {help}"]


@pytest.mark.parametrize("name", ["a\0b", "a" * 300, "x/" * 3000])
def test_an_impossible_name_is_reported(name: str) -> None:
    assert taken(Path(name))[0].startswith("it: error[unreadable]: this file cannot be read: ")


def test_a_pipe_is_as_good_as_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for content in (b"facts:\n", b"#" * (USUAL_SIZE * 3)):
        writer = threading.Thread(target=pipe.write_bytes, args=(content,))
        writer.start()
        assert take_in(pipe, Faults()) == content
        writer.join()
