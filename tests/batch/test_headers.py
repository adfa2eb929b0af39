"""Where the header of a table is, what separates its cells, and columns that are none."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from tests.cli.conftest import Run
from tests.tables import save


def answered(run: Run, folder: Path, content: str | bytes, *options: str, name: str = "cases.csv") -> list[str]:
    """Return the verdicts on the rows of a table, none of which is rejected."""
    (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = run("batch", name, *options, "-o", "out.parquet", "--force")
    assert ran.code == 0, ran.err
    return pl.read_parquet("out.parquet")["sail"].cast(pl.String).to_list()


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
@pytest.mark.parametrize(
    "content",
    [
        'case;note;sky\ra;"calm, mostly";dark\rb;x;clear\r',
        'case;note;sky\na;"calm, mostly, again, again";dark\nb;x;clear\n',
        '"case";"no, te";sky\na;x;dark\nb;y;clear\n',
        '"case";"no,\n te";sky\na;x;dark\nb;y;clear\n',
        '"case";"no ""x,y"",\r te";sky\r\na;x;dark\r\nb;y;clear\r\n',
        "case\tnote\tsky\na\tx, y\tdark\nb\tx;y\tclear\n",
        'case,note,sky\na,"x;y;z;u",dark\nb,c,clear\n',
        'case,"no;te;x;y",sky\na,x,dark\nb,y,clear\n',
        "\ufeffcase;note;sky\na;b,c,d;dark\nb;b,c,d;clear\n",
    ],
)
def test_the_header_alone_shows_the_separator(
    run: Run, tmp_path: Path, content: str, pack: Callable[[bytes], bytes]
) -> None:
    assert answered(run, tmp_path, pack(content.encode()), "--key", "case", "--extra", "keep") == ["avoid", "silent"]


@pytest.mark.parametrize(
    ("separator", "content"),
    [
        ("|", "case|sky\na|dark\n"),
        ("pipe", 'case|sky\n"a|b"|dark\n'),
        (";", "case;sky;tide\na;dark;\n"),
        (":", "case:sky\na:dark\n"),
        ("^", "case^sky\na^dark\n"),
        ("tab", "case\tsky\na\tdark\n"),
        ("\\t", "case\tsky\na\tdark\n"),
        ("]", "case]sky\na]dark\n"),
        ("-", "case-sky\na-dark\n"),
        ("space", "case sky\na dark\n"),
    ],
)
@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv", "cases.txt"])
def test_the_separator_can_be_said(run: Run, tmp_path: Path, separator: str, content: str, name: str) -> None:
    options = ("--key", "case", "--separator", separator, "--from", "csv")
    assert answered(run, tmp_path, content, *options, name=name) == ["avoid"]


@pytest.mark.parametrize("given", ["", "ab", "x", "7", '"', "\n", "é"])
def test_what_separates_nothing_is_refused(run: Run, tmp_path: Path, given: str) -> None:
    (tmp_path / "cases.csv").write_text("sky\ndark\n")
    ran = run("batch", "cases.csv", "--separator", given)
    assert (ran.code, "cannot separate cells" in ran.err) == (2, True)


def test_the_separator_is_for_text_alone(run: Run, tmp_path: Path, good: str) -> None:
    (tmp_path / "cases.jsonl").write_text('{"sky": "dark"}\n')
    ran = run("batch", "cases.jsonl", "--separator", ";")
    assert (ran.code, ran.err) == (2, "plenipo: `--separator` is for CSV and TSV, and `cases.jsonl` is neither\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    "before",
    [
        "sep=;\n",
        '"sep=;"\n',
        "\n\n",
        "SEP=;\n\n",
        "\ufeffsep=;\n",
        "  \n\n",
        "sep=;;;\n",
        ";\n",
        "; ;\n;;;\n",
        "sep=;\n;\n",
    ],
)
def test_lines_before_the_header_are_passed_over(run: Run, tmp_path: Path, before: str, end: str) -> None:
    content = f"{before}case;sky\na;dark\nb;clear\nc;dakr\n".replace("\n", end)
    (tmp_path / "cases.csv").write_bytes(content.encode())
    ran = run("batch", "cases.csv", "--key", "case", "-o", "out.csv")
    assert "2 situations answered in out.csv; 1 row rejected" in ran.err
    assert "cases.csv, row 3 (c): error" in ran.err


@pytest.mark.parametrize("separator", [";", "\t", "|"])
def test_the_line_that_says_the_separator_counts(run: Run, tmp_path: Path, separator: str) -> None:
    content = f"sep={separator}\nthis,and,that{separator}sky\na{separator}dark\n"
    assert answered(run, tmp_path, content, "--extra", "keep") == ["avoid"]


def test_a_fault_of_the_header_is_in_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sep=,\n\nsky,wnid\ndark,calm\n")
    assert run("batch", "cases.csv").err.startswith("cases.csv:3: error[unknown-fact]: the column `wnid`")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("Extract of 2025-01-06\ncase;sky\na;dark\n", "its only column is `Extract of 2025-01-06`"),
        ("# made by X\ncase,sky\na,dark\n", "its only column is `# made by X`"),
        ("Jan 6, 2025\ncase,sky\na,dark\n", "its columns are `Jan 6` and ` 2025`"),
        ("case|sky\na|dark\n", "if `|` separates cells, say so: `--separator '|'`"),
    ],
)
def test_a_title_is_named_as_what_was_read(run: Run, tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "cases.csv").write_text(content)
    ran = run("batch", "cases.csv", "--key", "case")
    assert ran.code == 2
    assert said in ran.err
    assert "the header must be the first line that is not blank" in ran.err


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("quotes", ["", '"'])
@pytest.mark.parametrize(
    "content",
    [
        "case,sky,\na,dark,\nb,clear,\n",
        "case,sky,,,\na,dark,,,\nb,clear\n",
        "case,sky\na,dark,,\nb,clear,,,\n",
        "case,,sky,,\na,,dark,,\nb,,clear,\n",
        ",case,sky\n,a,dark\n,b,clear\n",
        "case,sky\na,dark\nb,clear\n,\n,\n",
        "case,sky,\na,dark,\nb,clear,\n,,\n,,,,\n",
    ],
)
def test_columns_and_cells_that_are_empty_are_none(
    run: Run, tmp_path: Path, content: str, separator: str, quotes: str
) -> None:
    quoted = content.replace("dark", f"{quotes}dark{quotes}").replace(",", separator)
    for options in (("--key", "case"), ("--key", "case", "--extra", "keep")):
        assert answered(run, tmp_path, quoted, *options) == ["avoid", "silent"]
    assert "" not in pl.read_parquet("out.parquet").columns


@pytest.mark.parametrize("kind", ["parquet", "arrow"])
def test_an_empty_column_of_another_format_is_none_too(run: Run, tmp_path: Path, kind: str) -> None:
    for cell, code in ((None, 0), ("x", 4)):
        save(pl.DataFrame({"sky": ["dark", "clear"], "": [None, cell]}), tmp_path / f"cases.{kind}")
        assert run("batch", f"cases.{kind}", "-o", "out.csv", "--force").code == code


def test_a_cell_beyond_the_header_or_under_no_name_is_not_lost(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("case,sky\na,dark,,x\nb,clear,\n")
    ran = run("batch", "cases.csv", "--key", "case")
    assert ran.err.startswith(
        "cases.csv, row 1 (a): error[bad-row]: there are 4 cells in this row, and 2 in the header; found `x`"
    )
    (tmp_path / "cases.csv").write_text("case,sky,\na,dark,\nb,clear,x\n")
    assert "a column without a name is not a fact" in run("batch", "cases.csv", "--key", "case").err
    assert run("batch", "cases.csv", "--key", "case", "--extra", "keep", "-o", "out.parquet").code == 0
    assert pl.read_parquet("out.parquet")[""].to_list() == [None, "x"]
    (tmp_path / "cases.csv").write_text("case,,sky,\na,y,dark,\nb,,clear,x\n")
    ran = run("batch", "cases.csv", "--key", "case", "--extra", "keep")
    assert "cases.csv:1: error[duplicate-key]: 2 columns that hold something have no name in line 1\n" in ran.err


@pytest.mark.parametrize("title", ["Report,,", '"Report",,', "\nReport,,\n2025-01-06,,"])
def test_a_title_over_columns_without_names_says_what_to_delete(run: Run, tmp_path: Path, title: str) -> None:
    (tmp_path / "cases.csv").write_text(f"{title}\nid,sky,note\na,dark,x\n")
    ran = run("batch", "cases.csv", "--extra", "keep")
    line = 1 + len(title) - len(title.lstrip())
    assert ran.err == (
        f"cases.csv:{line}: error[duplicate-key]: 2 columns that hold something have no name in line {line}; its only"
        " name is `Report`\n"
        "  help: the header must be the first line that is not blank: delete what is above it\n"
    )


@pytest.mark.parametrize("end", ["\x1a", "\r\n\x1a", "\n\n\x1a\n"])
@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv"])
def test_the_mark_at_the_end_of_a_file_of_dos_is_no_row(run: Run, tmp_path: Path, end: str, name: str) -> None:
    separator = "," if name == "cases.csv" else "\t"
    (tmp_path / name).write_bytes(f"case{separator}sky\na{separator}dark{end}".encode())
    ran = run("batch", name, "-o", "out.csv")
    assert (ran.code, "1 situation answered" in ran.err) == (0, True)


@pytest.mark.parametrize("name", ["cases.csv", "cases.tsv", "cases.txt", "cases.csv.gz"])
@pytest.mark.parametrize(
    "content",
    ['{"sky": "dark"}\n', '\n{"sky": "dark"}\n{"sky": "dark"}', '[\n{ "sky": "dark"}]', '\ufeff{"sky": "dark"}'],
)
def test_json_is_known_by_its_content_under_the_name_of_another_table(
    run: Run, tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_bytes(gzip.compress(content.encode()) if name.endswith("gz") else content.encode())
    assert run("batch", name, "-o", "out.parquet").code == 0
    assert set(pl.read_parquet("out.parquet")["sky"].cast(pl.String)) == {"dark"}
    assert run("batch", name, "--from", "csv").code == 4


@pytest.mark.parametrize("name", ["wide.csv", "wide.tsv", "wide.parquet"])
def test_many_columns_that_are_no_facts_are_counted(run: Run, tmp_path: Path, name: str) -> None:
    save(pl.DataFrame({"sky": ["dark"], **{f"v{number}": ["1"] for number in range(3000)}}), tmp_path / name)
    ran = run("batch", name)
    assert (ran.code, ran.err.count("error[")) == (4, 21)
    assert ran.err.endswith("2,980 more columns are not facts, the last of them `v2999`\n")


def test_a_column_of_many_files_is_told_once(run: Run, tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text("sky,year\ndark,2025\n")
    ran = run("batch", "*.csv")
    assert (ran.code, ran.err.count("error["), ran.err.count("0.csv:1: ")) == (4, 1, 1)


@pytest.mark.parametrize("title", ["Extract 2025,", "2025-01-06,export", "high,low"])
def test_a_header_without_facts_is_told_where_it_has_to_be(run: Run, tmp_path: Path, title: str) -> None:
    (tmp_path / "cases.csv").write_text(f"{title}\nid,sky\na,dark\n")
    ran = run("batch", "cases.csv")
    assert ran.code == 4
    assert ran.err.count("none of its columns is a fact; the header must be the first line that is not blank") == 1
    ran = run("batch", "cases.csv", "--extra", "keep", "-o", "out.csv")
    assert ran.code == 0
    assert "no column of `cases.csv` is a fact, so nothing is known of its rows\n" in ran.err


def test_quotes_around_whole_lines_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text('"id,sky"\n"a,dark"\n')
    assert "a pair of quotes around a whole line makes one cell of it" in run("batch", "cases.csv").err
