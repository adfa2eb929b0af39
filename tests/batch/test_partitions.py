"""Facts in the names of folders: no format loses them, whichever way the files are named."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from tests.batch.test_command import KINDS
from tests.batch.test_rows import rejects
from tests.cli.conftest import Run
from tests.tables import save


def answered(run: Run, *words: str) -> dict[str, str]:
    ran = run("batch", *words, "-o", "out.parquet", "--force")
    assert ran.code == 0, ran.err
    return dict(pl.read_parquet("out.parquet").select("id", pl.col("sail").cast(pl.String)).rows())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("pattern", ["t/**/*.{}", "t/*/*.{}", "t/sky=*/*.{}"])
def test_a_fact_in_the_name_of_a_folder_counts(run: Run, tmp_path: Path, kind: str, pattern: str) -> None:
    for sky, id in (("dark", "a"), ("clear", "b"), ("__HIVE_DEFAULT_PARTITION__", "c")):
        (tmp_path / f"t/sky={sky}").mkdir(parents=True)
        save(pl.DataFrame({"id": [id], "wind": ["calm"]}), tmp_path / f"t/sky={sky}/part-0.{kind}")
    expected = {"a": "avoid", "b": "recommend", "c": "recommend"}
    assert answered(run, pattern.format(kind), "--key", "id") == expected
    assert answered(run, f"t/sky=dark/part-0.{kind}", "--key", "id") == {"a": "avoid"}
    os.chdir("t/sky=dark")
    assert answered(run, f"part-0.{kind}", "--key", "id") == {"a": "avoid"}
    os.chdir("../..")


def test_several_folders_and_names_in_other_spellings(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "t/region=caf%C3%A9/tide=1/sky=Dark"
    folder.mkdir(parents=True)
    (folder / "p.csv").write_text("id\na\n")
    assert answered(run, "t/**/*.csv", "--key", "id", "--extra", "keep") == {"a": "avoid"}
    row = pl.read_parquet("out.parquet").row(0, named=True)
    assert (row["region"], row["tide"], row["sky"]) == ("café", "true", "dark")
    ran = run("batch", "t/**/*.csv", "--key", "id")
    assert (ran.code, "the column `region` is not a fact" in ran.err) == (4, True)
    assert run("batch", "t/**/*.csv", "--key", "region", "--extra", "keep", "-o", "o.csv").code == 0


def test_a_fact_misspelt_in_a_folder_is_refused(run: Run, tmp_path: Path) -> None:
    for name, said in (("syk=dark", "did you mean `sky`?"), ("sky=dakr", "did you mean `dark`?")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.csv").write_text("id\na\n")
        ran = run("batch", f"{name}/p.csv", "--key", "id")
        assert (ran.code, said in ran.err) == (4, True)


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_that_contradicts_its_folder_is_rejected(run: Run, tmp_path: Path, kind: str) -> None:
    (tmp_path / "sky=dark").mkdir()
    frame = pl.DataFrame({"id": ["a", "b", "c"], "sky": ["DARK", None, "clear"]})
    save(frame, tmp_path / f"sky=dark/p.{kind}")
    run("batch", f"sky=dark/p.{kind}", "--key", "id", "-o", "out.parquet")
    assert pl.read_parquet("out.parquet")["sky"].cast(pl.String).to_list() == ["dark", "dark"]
    (told,) = rejects(tmp_path / "out.parquet.rejects.jsonl")
    assert (told["row"], told["case"], told["reason"]) == (3, "c", "the folder says `sky=dark`")


def test_a_fact_file_takes_the_fact_of_its_folder(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sky=dark").mkdir()
    (tmp_path / "sky=dark" / "a.yaml").write_text("facts: {wind: calm}\n")
    (tmp_path / "sky=dark" / "b.json").write_text('{"facts": {"sky": "clear"}}')
    assert run("batch", "sky=dark", "-o", "out.parquet").code == 0
    found = pl.read_parquet("out.parquet")
    assert found["sky"].cast(pl.String).to_list() == ["dark", "clear"]


@pytest.mark.parametrize("name", [b"sky=caf\xe9", b"sk\xe9=dark", b"note=caf\xe9", b"caf\xe9=\xff", b"sky=%E9"])
@pytest.mark.parametrize("file", ["p.csv", "p.jsonl", "a.yaml"])
def test_a_folder_whose_name_is_not_utf_8_ends_in_words(run: Run, tmp_path: Path, name: bytes, file: str) -> None:
    folder = tmp_path / os.fsdecode(name)
    folder.mkdir()
    (folder / file).write_text({"p.csv": "id\na\n", "p.jsonl": '{"id": "a"}\n', "a.yaml": "facts: {}\n"}[file])
    for form in ("csv", "jsonl", "parquet", "xlsx"):
        ran = run("batch", str(folder / file), "--extra", "keep", "-o", f"out.{form}", "--force")
        assert ran.code == (4 if name.startswith(b"sky") else 0)
        assert "internal error" not in ran.err
        assert "\udce9" not in ran.err
