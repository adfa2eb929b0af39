"""`plenipo.batch` refuses unknown words, as the command line does."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import plenipo
from plenipo.errors import UsageError
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"form": "xls"}, "`xls` is not a format of OUT"),
        ({"form": "parqet"}, "`parqet` is not a format of OUT\n  help: did you mean `parquet`?"),
        ({"form": "facts"}, "`facts` is not a format of OUT"),
        ({"form": ""}, "`` is not a format of OUT"),
        ({"kind": "x"}, "`x` is not a kind of input"),
        ({"kind": "fact"}, "`fact` is not a kind of input\n  help: did you mean `facts`?"),
        ({"reasons": "bit"}, "`bit` is not a way to write reasons\n  help: did you mean `bits`?"),
        ({"engine": "sparc"}, "`sparc` is not an engine\n  help: did you mean `spark`?"),
        ({"engine": "duckdb"}, "`duckdb` is not an engine\n  help: it is `polars` or `spark`"),
        ({"master": "local[2]"}, "`--master` requires `--engine spark`"),
    ],
)
def test_a_word_that_is_not_known_is_refused_with_the_nearest(tmp_path: Path, words: dict[str, Any], said: str) -> None:
    given = tmp_path / "cases.csv"
    given.write_text("us_china_friction\nhigh\n")
    with pytest.raises(UsageError) as refused:
        plenipo.batch(given, tmp_path / "out.csv", **words)
    assert said in str(refused.value)
    assert list(tmp_path.iterdir()) == [given]


def test_nothing_to_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no input is named"):
        plenipo.batch([], tmp_path / "out.csv")


def test_a_format_needs_a_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    for form in ("csv", "tsv", "jsonl", "parquet", "arrow"):
        ran = run("batch", "cases.csv", "--format", form)
        assert (ran.code, ran.out) == (2, "")
        assert ran.err == (
            f"plenipo: `--format {form}` needs `-o OUT`\n"
            "  help: -o OUT names one, and - is stdout\n"
            "  help: without OUT, --format is `text` or `json`\n"
        )
    for form in ("text", "json"):
        assert run("batch", "cases.csv", "--format", form).code == 0


def test_a_file_that_is_not_there_is_told_with_its_neighbour(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    for name in ("case.csv", "cases.csv.gz", "./cases"):
        ran = run("batch", name, "-o", "out.csv")
        assert (ran.code, ran.out) == (4, "")
        assert ran.err == (
            f"{Path(name)}: error[unreadable]: there is no such file\n  help: did you mean `cases.csv`?\n"
        )
    (tmp_path / "link.csv").symlink_to("nowhere.csv")
    assert run("batch", "link.csv").err == "link.csv: error[unreadable]: this link leads nowhere\n"


def test_a_name_that_is_empty_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    for given, out, said in (("", "out.csv", "an input"), ("cases.csv", "", "OUT"), ("cases.csv", " ", "OUT")):
        ran = run("batch", given, "-o", out)
        assert (ran.code, ran.out, ran.err) == (2, "", f"plenipo: the name of {said} is empty\n")


@pytest.mark.parametrize("name", ["cases.csv", "cases.jsonl", "cases", "day.yaml"])
def test_a_file_that_may_not_be_read_is_told_in_the_same_words(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / name).write_text("sky\ndark\n")
    opened = Path.open

    def refusing(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == name:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", refusing)
    ran = run("batch", name)
    assert ran.code == 4
    assert ran.err.startswith(f"{name}: error[unreadable]: you have no permission to read this file\n")
