"""Files are there whole or not at all, on the way under names that nobody can guess; no planted link is followed."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

import plenipo
from plenipo import temporary
from plenipo.cli.main import main
from plenipo.errors import UsageError
from plenipo.rulebook.model import Situation
from plenipo.temporary import sweep_leftovers, temporary_file, temporary_folder
from plenipo.whole_file import make_file, replace_file, write_whole
from tests.made_up.pigeons import pigeons


def test_a_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    for mode in (0o600, 0o640, 0o666):
        path = tmp_path / f"{mode}.txt"
        path.write_text("old")
        path.chmod(mode)
        write_whole(path, "new")
        assert (path.read_text(), path.stat().st_mode & 0o777) == ("new", mode)
    assert len(list(tmp_path.iterdir())) == 3


def test_a_link_gives_way_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "victim").write_text("precious")
    for name, target in (("live", "victim"), ("dangling", "nothing")):
        (tmp_path / name).symlink_to(tmp_path / target)
        write_whole(tmp_path / name, "new")
        assert not (tmp_path / name).is_symlink()
        assert (tmp_path / name).read_text() == "new"
    assert (tmp_path / "victim").read_text() == "precious"
    assert not (tmp_path / "nothing").exists()


def test_a_file_that_is_not_to_be_written_is_left_and_named(tmp_path: Path) -> None:
    path = tmp_path / "fixed.txt"
    path.write_text("old")
    path.chmod(0o444)
    with pytest.raises(PermissionError) as told:
        write_whole(path, "new")
    assert told.value.filename == str(path)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_names_of_temporary_files_differ_each_time_and_are_gone_afterwards(tmp_path: Path) -> None:
    seen = set()
    for _ in range(20):
        with temporary_file(tmp_path / "out.csv") as beside:
            seen.add(beside.name)
            assert beside.stat().st_mode & 0o777 == 0o600
    assert len(seen) == 20
    assert list(tmp_path.iterdir()) == []


def test_a_name_as_long_as_the_file_system_allows_can_be_written(tmp_path: Path) -> None:
    for name in ("x" * 255, "ü" * 127, "x" * 250 + ".csv"):
        write_whole(tmp_path / name, "whole")
        assert (tmp_path / name).read_text() == "whole"


def test_what_is_in_use_is_not_swept_away(tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    program = "import sys, pathlib, plenipo.temporary as t; t.sweep_leftovers(pathlib.Path(sys.argv[1]))"
    with temporary_file(out) as mine:
        subprocess.run([sys.executable, "-c", program, str(out)], check=True)
        assert mine.exists()
    with temporary_folder() as folder:
        subprocess.run(
            [sys.executable, "-c", "from plenipo.temporary import temporary_folder as t\nwith t(): pass"], check=True
        )
        assert folder.exists()


def test_what_a_killed_run_has_left_goes_with_the_next_writing(tmp_path: Path) -> None:
    path, other = tmp_path / "mine.yaml", tmp_path / ".yours.yaml.abcd1234.tmp"
    other.write_text("another file's")
    left = [tmp_path / f".mine.yaml.{name}.tmp" for name in ("abcd1234", "zyx_9876")]
    for write in (replace_file, make_file, write_whole):
        for each in left:
            each.write_text("cut off")
        write(path, "whole")
        assert not any(each.exists() for each in left)
    assert other.exists()


def test_a_new_file_takes_the_first_name_that_is_free(tmp_path: Path) -> None:
    (tmp_path / "a-2.yaml").symlink_to(tmp_path / "nothing")
    made = [make_file(tmp_path / "a.yaml", text).name for text in ("one", "two", "three")]
    assert made == ["a.yaml", "a-3.yaml", "a-4.yaml"]
    assert not (tmp_path / "nothing").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["schema", "--out", "made", "--rulebook", "one"],
        ["test", "--generate", "made", "--rulebook", "one"],
        ["diff", "one", "other", "--witness", "made"],
    ],
)
def test_where_there_is_no_room_nothing_is_cut_and_the_file_is_named(tmp_path: Path, arguments: list[str]) -> None:
    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))

    pigeons(tmp_path / "one", 3, fewer=0)
    rules = pigeons(tmp_path / "other", 3, fewer=0) / "rules" / "all.yaml"
    rules.write_text(rules.read_text().replace("consider: stay", "avoid: stay"))
    command = [sys.executable, "-m", "plenipo", *arguments]
    environment = {**os.environ, "PLENIPO_CACHE": "off"}
    ran = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, preexec_fn=little_room
    )
    assert ran.returncode == 2
    assert ran.stderr.startswith("plenipo: `made/")
    assert "too large" in ran.stderr
    assert list((tmp_path / "made").iterdir()) == []


def test_a_planted_link_is_not_written_through(tmp_path: Path) -> None:
    situation = Situation({"us_china_friction": "high"}, "one")
    (tmp_path / "one.yaml").symlink_to(tmp_path / "victim")
    with pytest.raises(UsageError, match="already exists"):
        plenipo.write_situations([situation], tmp_path)
    plenipo.write_situations([situation], tmp_path, force=True)
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas" / "rules.schema.json").symlink_to(tmp_path / "victim")
    plenipo.write_schemas(tmp_path / "schemas")
    assert json.loads((tmp_path / "schemas" / "rules.schema.json").read_text())
    assert not (tmp_path / "victim").exists()


def test_situations_with_names_of_any_length_get_files_of_their_own(tmp_path: Path) -> None:
    names = ["x" * 300, "x" * 299 + "y", "ö" * 200, "short"]
    files = plenipo.write_situations([Situation({}, name) for name in names], tmp_path)
    assert len(set(files)) == len(names)
    assert all(file.exists() for file in files)


@pytest.mark.parametrize("harm", ["writable", "link", "file"])
def test_parts_into_which_others_can_write_are_not_taken(
    tmp_path: Path, harm: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("cases.csv").write_text("case,us_china_friction\na,high\n")
    parts = Path("out.csv.parts")
    if harm == "writable":
        parts.mkdir()
        parts.chmod(0o777)
    elif harm == "link":
        Path("elsewhere").mkdir()
        parts.symlink_to("elsewhere")
    else:
        parts.write_text("")
    assert main(["batch", "cases.csv", "-o", "out.csv", "--key", "case", "--resume"]) == 2
    assert "out.csv.parts" in capsys.readouterr().err
    assert not Path("out.csv").exists()


def test_everything_temporary_goes_when_the_run_is_ended(tmp_path: Path) -> None:
    with temporary_file(tmp_path / "out") as file, temporary_folder() as folder:
        (folder / "1").write_text("copied")
        temporary.remove_everything_temporary()
        assert not file.exists()
        assert not folder.exists()
    sweep_leftovers(tmp_path / "out")
