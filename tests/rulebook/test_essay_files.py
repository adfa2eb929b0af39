"""The reader's own copies of the essays: one kind of reading for files, folders and patterns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import plenipo
from plenipo.errors import FaultsError, UsageError
from plenipo.rulebook.essay_files import find_texts, read_essays
from tests.rulebook.test_essays import GARDEN, HARBOUR, SOURCES, essay, source


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with both essays, a note and what is no text."""
    (tmp_path / "garden.txt").write_text(essay(*GARDEN), "utf-8")
    (tmp_path / "sea.txt").write_text(essay(*HARBOUR), "utf-8")
    (tmp_path / "note.txt").write_text("Bread, milk.", "utf-8")
    (tmp_path / "latin.txt").write_bytes("Caf\u00e9".encode("latin-1"))
    return tmp_path


def test_the_file_that_a_source_names_is_found_first(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(essay(*GARDEN, "Another copy."), "utf-8")
    (tmp_path / "garden.txt").write_text(essay(*GARDEN[:3]), "utf-8")
    assert find_texts(SOURCES, tmp_path) == {"G": essay(*GARDEN[:3])}


def test_a_text_is_found_under_any_name(tmp_path: Path) -> None:
    (tmp_path / "garden.txt").write_text("Something else.", "utf-8")
    (tmp_path / "one.TXT").write_text(essay(*GARDEN[:2]), "utf-8")
    (tmp_path / "two.txt").write_text(essay(*GARDEN), "utf-8")
    (tmp_path / "three.txt").write_text(essay(*HARBOUR), "utf-8")
    assert find_texts(SOURCES, tmp_path) == {"G": essay(*GARDEN), "H": essay(*HARBOUR)}


def test_files_folders_and_patterns_are_read_alike(folder: Path) -> None:
    both = {"garden.txt": essay(*GARDEN), "sea.txt": essay(*HARBOUR)}
    named: list[list[str]] = [
        [str(folder)],
        [f"{folder}/*.txt"],
        [f"{folder}/garden.txt", f"{folder}/s*"],
        [f"{folder}/**/*.txt"],
    ]
    for given in named:
        read = read_essays(SOURCES, given)
        assert {Path(name).name: text for name, text in read.items()} == both
    for where, found in ((folder / "sea.txt", {"H"}), (f"{folder}/*.txt", {"G", "H"}), (f"{folder}/g*", {"G"})):
        assert find_texts(SOURCES, where).keys() == found


def test_a_file_that_is_named_is_read_whatever_it_is(folder: Path) -> None:
    assert list(read_essays(SOURCES, [folder / "note.txt"])) == [str(folder / "note.txt")]
    with pytest.raises(FaultsError, match="not UTF-8"):
        read_essays(SOURCES, [folder / "latin.txt"])
    with pytest.raises(FaultsError, match="there is no such file"):
        read_essays(SOURCES, [folder / "nowhere.txt"])


def test_an_essay_that_has_changed_all_over_is_not_passed_over(folder: Path) -> None:
    (folder / "garden.txt").write_text("Nothing of it is left.", "utf-8")
    assert {Path(name).name for name in read_essays(SOURCES, [folder])} == {"garden.txt", "sea.txt"}
    assert find_texts(SOURCES, folder).keys() == {"H"}


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"Caf\xe9", "Nothing".encode("utf-16"), b" \n\n"])
@pytest.mark.parametrize("where", ["", "*", "**/*.txt"])
def test_an_essay_that_cannot_be_read_is_not_passed_over(folder: Path, content: bytes, where: str) -> None:
    (folder / "garden.txt").write_bytes(content)
    said = r"garden\.txt:?.*(not UTF-8|nothing in this file)"
    with pytest.raises(FaultsError, match=said):
        read_essays(SOURCES, [folder / where])
    with pytest.raises(FaultsError, match=said):
        find_texts(SOURCES, folder / where)


def test_a_name_with_brackets_in_it_is_a_file_where_there_is_one(folder: Path) -> None:
    (folder / "garden [1].txt").write_text(essay(*GARDEN), "utf-8")
    assert list(find_texts(SOURCES, folder / "garden [1].txt")) == ["G"]


def test_where_none_is_an_essay_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "harbour.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "latin.txt").write_bytes("Caf\u00e9".encode("latin-1"))
    (tmp_path / "empty.txt").touch()
    (tmp_path / "gone.txt").symlink_to("nowhere")
    (tmp_path / "garden.md").write_text(essay(*GARDEN), "utf-8")
    for where, said in ((tmp_path, "holds none of the sources"), (f"{tmp_path}/*.csv", "none of the sources at")):
        with pytest.raises(UsageError, match=said) as refused:
            read_essays(SOURCES, [where])
        assert "source G is the file `garden.txt`" in refused.value.help
        with pytest.raises(UsageError, match=said):
            find_texts(SOURCES, where)


def test_a_source_cannot_name_a_file_outside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "garden.md").write_text(essay(*GARDEN), "utf-8")
    (tmp_path / "texts").mkdir()
    with pytest.raises(UsageError, match="holds none of the sources"):
        find_texts({"G": source("G", GARDEN, file="../garden.md")}, tmp_path / "texts")


def test_the_public_calls_take_a_folder(folder: Path) -> None:
    with pytest.raises(UsageError, match="holds none of the sources"):
        plenipo.verify_sources([folder])
    with pytest.raises(UsageError, match="holds none of the sources"):
        plenipo.read_texts(folder)
    assert [each.source for each in plenipo.verify_sources([folder / "note.txt"])] == [None]
