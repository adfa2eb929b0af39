"""The answer file where somebody else writes to it meanwhile, or where it may not be written at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from plenipo.errors import UsageError
from plenipo.interview.answer_file import ContestedError, UnkeptError, open_answer_file
from plenipo.rulebook.model import UNKNOWN
from tests.interview.test_answer_file import BOOK, OWN

PUBLIC, PRIVATE = "public", "private"
ANOTHER: dict[str, tuple[str, str | None]] = {
    "facts:\n  offer_status: private\n": ("facts:\n  offer_status: public\n", PUBLIC),
    "facts:\n": ("facts:\n  offer_status: public\n", PUBLIC),
    "facts:\n  offer_status: none\n": ("facts:\n", None),
    "facts:\n  offer_status: public # so\n": ("facts:\n  offer_status: unknown  # asked: not known\n", UNKNOWN),
    '{"facts": {"offer_status": "none"}}\n': ('{"facts": {"offer_status": "public"}}\n', PUBLIC),
}


@pytest.mark.parametrize("start", ANOTHER)
def test_what_somebody_else_answered_gives_way_only_where_that_is_said(tmp_path: Path, start: str) -> None:
    theirs, held = ANOTHER[start]
    path = tmp_path / ("own.json" if start[0] == "{" else "own.yaml")
    path.write_text(start)
    record = open_answer_file(BOOK, path)
    path.write_text(theirs)
    for over in ({}, {"offer_status": "another"}):
        with pytest.raises(ContestedError) as caught:
            record.keep({"offer_status": PRIVATE}, over)
        assert caught.value.held == {"offer_status": held}
        assert path.read_text() == theirs
    record.keep({}, {})
    assert path.read_text() == theirs
    path.write_text(start)
    record = open_answer_file(BOOK, path)
    path.write_text(theirs)
    record.keep({"offer_status": PRIVATE}, {"offer_status": held})
    assert open_answer_file(BOOK, path).situation.facts == {"offer_status": PRIVATE}


def test_the_same_answer_of_somebody_else_is_none_to_ask_about(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text("facts:\n")
    record = open_answer_file(BOOK, path)
    path.write_text("facts:\n  offer_status: private  # theirs\n")
    record.keep({"offer_status": PRIVATE})
    assert path.read_text() == "facts:\n  offer_status: private  # theirs\n"
    path.unlink()
    record.keep({"cwc_status": "refused"})
    assert record.remade
    assert open_answer_file(BOOK, path).situation.facts == {"offer_status": PRIVATE, "cwc_status": "refused"}
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(UnkeptError, match="no file any more"):
        record.keep({"cwc_status": "joined"})


@pytest.mark.parametrize("mode", [0o444, 0o555, 0o400])
def test_a_file_that_may_not_be_written_is_refused_at_once(tmp_path: Path, mode: int) -> None:
    path, link = tmp_path / "own.yaml", tmp_path / "link.yaml"
    path.write_text(OWN)
    path.chmod(mode)
    link.symlink_to(path)
    for name in (path, link):
        with pytest.raises(UsageError, match="it may not be written") as caught:
            open_answer_file(BOOK, name)
        assert f"--based-on {name}" in str(caught.value)
    path.chmod(0o600)
    record = open_answer_file(BOOK, path)
    path.chmod(mode)
    with pytest.raises(UnkeptError, match="it may not be written"):
        record.keep({"cwc_status": "refused"})
    assert path.read_text() == OWN
