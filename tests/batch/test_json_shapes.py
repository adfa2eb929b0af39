"""JSON in other shapes than lines, and what is no workbook: rows are read, all else is refused with its reason."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.batch.test_command import read
from tests.batch.test_rows import rejects
from tests.cli.conftest import Run, process

ROWS = [{"id": "a", "sky": "dark", "tide": True}, {"id": "b \r\n {", "sky": None}, {"id": "c", "sky": "clear"}]


@pytest.mark.parametrize("name", ["cases.json", "cases.jsonl", "cases.ndjson", "cases.dat", "cases.json.gz"])
@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("mark", ["", "\ufeff", " \n"])
def test_an_array_of_rows_is_a_table(run: Run, tmp_path: Path, name: str, indent: int | None, mark: str) -> None:
    content = (mark + json.dumps(ROWS, indent=indent)).encode()
    (tmp_path / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    ran = run("batch", name, "--key", "id", "-o", "out.parquet")
    assert ran.code == 0, ran.err
    out = read(tmp_path / "out.parquet", "parquet")
    assert out["id"].to_list() == ["a", "b \r\n {", "c"]
    assert out["sail"].to_list() == ["avoid", "silent", "silent"]


def test_an_array_on_stdin_is_a_table(boats: Path, tmp_path: Path) -> None:
    content = json.dumps(ROWS).encode()
    ran = process("batch", "-", "--key", "id", "--format", "json", "--rulebook", str(boats), input=content)
    assert json.loads(ran.stdout)["situations"] == 3


def test_rows_of_an_array_are_called_rows(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.json").write_text('[{"id": "a",\n "sky": "dakr"}, 3, {"id": "c", "sky": "dark", "sky": "dark"}]')
    ran = run("batch", "cases.json", "--key", "id", "-o", "out.csv")
    assert "cases.json, row 1 (a): error[unknown-value]" in ran.err
    assert [(each["row"], each["case"]) for each in rejects(tmp_path / "out.csv.rejects.jsonl")] == [
        (1, "a"), (2, None), (3, "c"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "content",
    ['[{"sky": "dark"}', '[{"sky": "dark"} {"sky": "dark"}]', '[{"sky": "dark"}] x', "[{", '[{"a": ' + "[" * 99999],
)
def test_a_broken_array_is_refused(run: Run, tmp_path: Path, content: str) -> None:
    (tmp_path / "cases.json").write_text(content)
    ran = run("batch", "cases.json", "-o", "out.csv")
    assert ran.code == 4
    assert ran.err.startswith("cases.json: error[unreadable]: this file cannot be read: ")
    assert not (tmp_path / "out.csv").exists()


@pytest.mark.parametrize("name", ["cases.jsonl", "cases.json"])
def test_lines_of_fact_files_are_refused_as_that(run: Run, tmp_path: Path, name: str) -> None:
    lines = [json.dumps({"title": "t", "facts": {"sky": "dark"}})] * 2
    (tmp_path / name).write_text("\n".join(lines) if name.endswith("l") else f"[{','.join(lines)}]")
    ran = run("batch", name, "--key", "id", "--extra", "keep")
    assert ran.code == 4
    assert "error[wrong-shape]: this line is a fact file; in a line of JSON Lines the facts themselves" in ran.err
    assert 'help: write {"sky": "dark"}' in ran.err


@pytest.mark.parametrize("name", ["book.xlsx", "book.csv", "book.tsv", "book.jsonl", "book"])
@pytest.mark.parametrize("old", [False, True])
def test_a_workbook_that_is_none_is_told(run: Run, tmp_path: Path, name: str, old: bool) -> None:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w") as book:
            book.writestr("[Content_Types].xml", "<Types/>")
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) if old else file.getvalue()
    (tmp_path / name).write_bytes(content)
    ran = run("batch", name, "--key", "id")
    assert (ran.code, ran.out) == (4, "")
    assert ran.err == (
        f"{name}: error[unreadable]: this workbook is damaged, or it is none of Excel (.xlsx, .xlsm, .xlsb, .xls) or "
        "LibreOffice (.ods)\n"
    )
