"""`plenipo batch` as users meet it: what goes in, what comes out, and what happens to wrong rows."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from backports import zstd

from tests.cli.conftest import Run, process
from tests.tables import save
from tests.workbooks import book

ROWS: list[dict[str, Any]] = [
    {"id": "dawn", "sky": "clear", "wind": "calm", "tide": "true"},
    {"id": "noon", "sky": "cloudy", "wind": "storm", "tide": "false"},
    {"id": "dusk", "sky": "dark", "wind": None, "tide": None},
    {"id": "night", "sky": None, "wind": "breeze", "tide": None},
]
SAIL = ["recommend", "silent", "avoid", "recommend"]
FIRED = ["calm-is-safe sail-when-safe", "", "no-sailing-in-the-dark", "calm-is-safe sail-when-safe"]
KINDS = ("csv", "tsv", "jsonl", "parquet", "arrow")


def table(path: Path, rows: list[dict[str, Any]] | None = None) -> str:
    """Write a table of the kind that the name tells."""
    return save(pl.DataFrame(ROWS if rows is None else rows), path).name


def read(path: Path | io.BytesIO, kind: str) -> pl.DataFrame:
    match kind:
        case "csv":
            return pl.read_csv(path, infer_schema=False)
        case "tsv":
            return pl.read_csv(path, separator="\t", infer_schema=False)
        case "jsonl":
            return pl.read_ndjson(path)
        case "parquet":
            return pl.read_parquet(path)
        case _:
            return pl.read_ipc(path)


@pytest.mark.parametrize(
    ("given", "wanted"), [*((kind, kind) for kind in KINDS), *zip(KINDS, reversed(KINDS), strict=True)]
)
def test_every_kind_of_table_can_go_in_and_come_out(run: Run, tmp_path: Path, given: str, wanted: str) -> None:
    name = table(tmp_path / f"cases.{given}")
    ran = run("batch", name, "-o", f"out.{wanted}", "--key", "id", "--reasons", "ids")
    assert (ran.code, ran.out, ran.err) == (0, "", f"4 situations answered in out.{wanted}\n")
    out = read(tmp_path / f"out.{wanted}", wanted)
    assert out["id"].to_list() == ["dawn", "noon", "dusk", "night"]
    assert out["sail"].cast(pl.String).to_list() == SAIL
    assert [fired or "" for fired in out["fired"].to_list()] == FIRED
    assert out["wind"].cast(pl.String).to_list() == ["calm", "storm", None, "breeze"]
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {name, f"out.{wanted}"} | ({f"out.{wanted}.about.json"} if wanted != "parquet" else set())


def test_bits_are_the_rules_in_the_order_that_the_file_tells(run: Run, tmp_path: Path) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", "out.parquet", "--key", "id")
    about = json.loads(pl.read_parquet_metadata(tmp_path / "out.parquet")["plenipo"])
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.schema["fired_0"] == pl.UInt32
    assert isinstance(out.schema["sail"], pl.Enum)
    for bits, fired in zip(out["fired_0"], FIRED, strict=True):
        assert [rule for bit, rule in enumerate(about["rules"]) if bits >> bit & 1] == fired.split()


def test_reasons_and_facts_can_be_left_out(run: Run, tmp_path: Path) -> None:
    run("batch", table(tmp_path / "cases.csv"), "-o", "out.csv", "--key", "id", "--reasons", "none", "--no-facts")
    assert (tmp_path / "out.csv").read_text().splitlines()[:2] == [
        "id,sail,fish,wait,mend,paint",
        "dawn,recommend,silent,silent,silent,silent",
    ]


@pytest.mark.parametrize(
    ("ending", "pack"), [("gz", gzip.compress), ("bz2", bz2.compress), ("xz", lzma.compress), ("zst", zstd.compress)]
)
def test_what_is_packed_is_unpacked(run: Run, tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    table(tmp_path / "cases.csv")
    (tmp_path / f"cases.csv.{ending}").write_bytes(pack((tmp_path / "cases.csv").read_bytes()))
    (tmp_path / f"one.yaml.{ending}").write_bytes(pack(b"facts: {sky: dark}\n"))
    run("batch", f"cases.csv.{ending}", f"one.yaml.{ending}", "-o", "out.csv", "--extra", "keep")
    out = read(tmp_path / "out.csv", "csv")
    assert out["sail"].to_list() == [*SAIL, "avoid"]
    assert out["case"].to_list()[0] == f"cases.csv.{ending}:1"


def test_a_packed_file_that_is_cut_off_is_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv.gz").write_bytes(gzip.compress(b"sky\n" + b"clear\n" * 1000)[:30])
    ran = run("batch", "cases.csv.gz", "-o", "out.csv")
    assert ran.code == 4
    assert ran.err.startswith("cases.csv.gz: error[unreadable]: this file cannot be read: ")
    assert not (tmp_path / "out.csv").exists()


def test_folders_patterns_and_names_of_situations(run: Run, tmp_path: Path, good: str) -> None:
    folder = tmp_path / "many" / "deeper"
    folder.mkdir(parents=True)
    (folder / "b.json").write_text('{"facts": {"sky": "dark"}}')
    (folder.parent / "a.yml").write_text("facts: {wind: calm}\n")
    (folder / "notes.txt").write_text("nothing to do with it")
    ran = run("batch", "many", good, "many/**/*.json", "-o", "out.csv")
    assert ran.code == 0
    out = read(tmp_path / "out.csv", "csv")
    assert out.select("case", "sail").rows() == [
        ("many/a.yml", "recommend"),
        ("many/deeper/b.json", "avoid"),
        ("good.yaml", "recommend"),
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["*.nothing"], "nothing matches `*.nothing`"),
        (["empty"], "the folder `empty` holds no fact file"),
        (["-", "-"], "stdin can be read once"),
        (["cases.csv", "-o", "out.dat"], "the name `out.dat` does not show which kind of file to write"),
        (["cases.csv", "-o", "-"], "the name `-` does not show which kind of file to write"),
        (["cases.csv", "-o", "nowhere/out.csv"], "there is no folder `nowhere`"),
        (["cases.csv", "-o", "cases.csv", "--force"], "`cases.csv` is an input, and would be overwritten"),
        (["cases.csv", "-o", "there.csv"], "`there.csv` already exists\n  help: --force overwrites it"),
        (["cases.csv", "--key", "idd"], "`cases.csv` has no column `idd` to be the key\n  help: did you mean `id`?"),
        (["cases.csv", "--key", "sky"], "the column `sky` cannot be the key"),
        (["cases.csv", "-o", "-", "--format", "csv", "--resume"], "cannot be resumed"),
        (["cases.csv", "--reasons", "bit"], "`bit` is not one of"),
    ],
)
def test_what_cannot_be_done_is_refused(run: Run, tmp_path: Path, arguments: list[str], said: str) -> None:
    table(tmp_path / "cases.csv")
    (tmp_path / "empty").mkdir()
    (tmp_path / "there.csv").write_text("old")
    ran = run("batch", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert (tmp_path / "there.csv").read_text() == "old"


def test_an_existing_file_is_replaced_by_force_with_all_that_stood_beside_it(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("sky\nblue\n")
    (tmp_path / "good.csv").write_text("sky\nclear\n")
    assert run("batch", "bad.csv", "-o", "out.csv").code == 4
    assert (tmp_path / "out.csv.rejects.jsonl").exists()
    assert run("batch", "good.csv", "-o", "out.csv", "--force").code == 0
    assert {path.name for path in tmp_path.iterdir()} == {"bad.csv", "good.csv", "out.csv", "out.csv.about.json"}


def test_a_column_that_is_no_fact_is_refused_with_the_nearest_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky,wnid,safe\nclear,calm,yes\n")
    ran = run("batch", "cases.csv", "-o", "out.csv")
    assert ran.code == 4
    assert "cases.csv:1: error[unknown-fact]: the column `wnid` is not a fact\n  help: did you mean `wind`?" in ran.err
    assert "the column `safe` is not a fact\n  help: it is a finding" in ran.err
    assert not (tmp_path / "out.csv").exists()


def test_columns_that_are_no_facts_can_be_kept(run: Run, tmp_path: Path) -> None:
    rows: list[dict[str, Any]] = [
        {"place": "Busan", "metres": 3, "sky": "dark"},
        {"place": None, "metres": 4, "sky": "clear"},
    ]
    table(tmp_path / "a.parquet", rows)
    run("batch", "a.parquet", "-o", "out.parquet", "--extra", "keep")
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.select("case", "place", "metres", "sail").rows() == [(1, "Busan", 3, "avoid"), (2, None, 4, "silent")]
    assert run("batch", table(tmp_path / "b.csv", [{"sail": "x"}]), "-o", "o.csv", "--extra", "keep").code == 2


def test_empty_null_and_unknown_all_mean_unknown_and_spellings_are_read(run: Run, tmp_path: Path) -> None:
    lines = [
        '{"sky": null}',
        '{"sky": ""}',
        '{"sky": "Unknown"}',
        "{}",
        '{"sky": " DARK ", "tide": true, "moon": "no"}',
    ]
    (tmp_path / "cases.jsonl").write_text("\n".join(lines).replace("{}", '{"tide": "yes"}') + "\n")
    (tmp_path / "first.jsonl").write_text('{"sky": "clear", "tide": "on", "moon": false}\n')
    run("batch", "first.jsonl", "cases.jsonl", "-o", "out.jsonl")
    out = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["sky"] for row in out] == ["clear", None, None, None, None, "dark"]
    assert [(row["tide"], row["moon"]) for row in out][-2:] == [(True, None), (True, False)]
    assert out[0]["tide"] is True


def test_no_cell_can_become_a_formula(run: Run, tmp_path: Path) -> None:
    rows = [{"=id": f"{start}1+1", "@note": f"{start}2", "sky": "dark"} for start in "=+-@\t"] + [
        {"=id": "fine", "@note": "a=b", "sky": "dark"}
    ]
    table(tmp_path / "cases.jsonl", rows)
    run("batch", "cases.jsonl", "-o", "out.csv", "--key", "=id", "--extra", "keep")
    header, *lines = (tmp_path / "out.csv").read_text().splitlines()
    assert header.startswith("'=id,'@note,")
    assert [line.split(",")[:2] for line in lines] == [
        *([f"'{start}1+1", f"'{start}2"] for start in "=+-@\t"),
        ["fine", "a=b"],
    ]
    assert run("explain", "--case", "=1+1", "out.csv", "sail").code == 0


def test_the_summary_counts_verdicts_and_rules(run: Run, tmp_path: Path) -> None:
    name = table(tmp_path / "cases.parquet")
    told = json.loads(run("batch", name, "--format", "json", "--key", "id").out)
    assert (told["schema_version"], told["kind"], told["situations"]) == (2, "batch-summary", 4)
    assert told["options"]["sail"] == {
        "done": 0, "avoid": 1, "defer": 0, "recommend": 2, "consider": 0, "silent": 1,
    }  # fmt: skip
    assert told["rules"] == {"calm-is-safe": 2, "sail-when-safe": 2, "no-sailing-in-the-dark": 1}
    assert told["never_fired"] == []
    ran = run("batch", name, "--key", "id", "-o", "out.csv", "--reasons", "none", "--summary")
    assert "recommend 50 %, avoid 25 %, silent 25 %" in ran.out
    assert "fired" not in (tmp_path / "out.csv").read_text()
    assert "4 situations answered in out.csv" in ran.out
    (tmp_path / "calm.csv").write_text("wind\nstorm\n")
    assert json.loads(run("batch", "calm.csv", "--format", "json").out)["never_fired"] == [
        "calm-is-safe", "sail-when-safe", "no-sailing-in-the-dark",
    ]  # fmt: skip


def test_faults_are_told_on_stderr_where_there_is_no_file_for_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky\n" + "dakr\n" * 30 + "dark\n")
    ran = run("batch", "cases.csv", "--format", "json")
    assert ran.code == 4
    assert json.loads(ran.out)["rejected"] == {"rows": 30, "faults": 30, "file": None}
    assert ran.err.count("error[unknown-value]") == 10
    assert "and 20 more faults" in ran.err


@pytest.mark.parametrize(
    ("content", "wanted", "verdict"),
    [
        (b"sky,wind\ndark,calm\n", "csv", "avoid"),
        (b"sky\twind\ndark\tcalm\n", "arrow", "avoid"),
        (b'{"sky": "dark"}\n', "jsonl", "avoid"),
        (b'{"title": "t", "facts": {"sky": "dark"}}', "parquet", "avoid"),
        (b"# mine\nfacts:\n  wind: calm\n", "tsv", "recommend"),
        (gzip.compress(b"sky\ndark\n", mtime=0), "parquet", "avoid"),
    ],
)
def test_stdin_is_known_by_what_it_holds_and_stdout_takes_any_kind(
    boats: Path, tmp_path: Path, content: bytes, wanted: str, verdict: str
) -> None:
    ran = process("batch", "-", "-o", "-", "--format", wanted, "--rulebook", str(boats), input=content, cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, b"1 situation answered\n")
    assert read(io.BytesIO(ran.stdout), wanted)["sail"].cast(pl.String).to_list() == [verdict]
    assert list(tmp_path.iterdir()) == []


def test_parquet_on_stdin(boats: Path, tmp_path: Path) -> None:
    content = (tmp_path / table(tmp_path / "cases.parquet")).read_bytes()
    ran = process("batch", "-", "--key", "id", "--format", "json", "--rulebook", str(boats), input=content)
    assert json.loads(ran.stdout)["situations"] == 4
    ran = process("batch", "-", "--from", "facts", "--rulebook", str(boats), input=b"sky,wind\ndark,calm\n")
    assert ran.returncode == 4


def test_made_keys_are_numbers_or_names(run: Run, tmp_path: Path, good: str) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("sky\ndark\nclear\n")
    run("batch", "a.csv", "-o", "one.parquet")
    assert pl.read_parquet(tmp_path / "one.parquet")["case"].to_list() == [1, 2]
    run("batch", "a.csv", good, "b.csv", "-o", "all.parquet")
    keys = pl.read_parquet(tmp_path / "all.parquet")["case"].to_list()
    assert keys == ["a.csv:1", "a.csv:2", "good.yaml", "b.csv:1", "b.csv:2"]


def test_numbers_can_be_keys(run: Run, tmp_path: Path) -> None:
    table(tmp_path / "cases.parquet", [{"n": n, "sky": "dark"} for n in (7, 3, 5)])
    run("batch", "cases.parquet", "-o", "out.parquet", "--key", "n")
    assert pl.read_parquet(tmp_path / "out.parquet")["n"].to_list() == [7, 3, 5]
    assert run("explain", "--case", "3", "out.parquet", "sail").code == 0


@pytest.mark.parametrize("kind", ["csv", "jsonl", "xlsx", "parquet"])
def test_what_can_be_done_about_columns_that_are_no_facts_is_said_once_for_all(
    run: Run, tmp_path: Path, kind: str
) -> None:
    cells = {"colour": ["red"], "sky": ["dark"], "wnid": ["calm"], "remarks": ["none"], "safe": ["yes"]}
    frame = pl.DataFrame(cells)
    name = f"cases.{kind}"
    match kind:
        case "csv":
            frame.write_csv(tmp_path / name)
        case "jsonl":
            frame.write_ndjson(tmp_path / name)
        case "xlsx":
            book(tmp_path / name, [[*cells], [*(value for (value,) in cells.values())]])
        case _:
            frame.write_parquet(tmp_path / name)
    ran = run("batch", name)
    assert ran.code == 4
    assert ran.err.count("error[unknown-fact]") == 4
    assert ran.err.count("did you mean `wind`?") == 1
    assert ran.err.count("it is a finding") == 1
    assert ran.err.count("--extra keep") == 1
    assert "--extra keep" in ran.err.splitlines()[-1]
    assert run("batch", name, "--extra", "keep").code == 0


def test_the_help_on_columns_is_said_once_for_several_files(run: Run, tmp_path: Path) -> None:
    for name in ("b.csv", "a.csv"):
        (tmp_path / name).write_text(f"sky,{name[0]}1,{name[0]}2\ndark,x,y\n")
    said = run("batch", "b.csv", "a.csv").err.splitlines()
    assert [line.partition(":")[0] for line in said[:4]] == ["a.csv", "a.csv", "b.csv", "b.csv"]
    assert len(said) == 5
    assert said[4].startswith("  help: `--extra keep`")


def test_the_summary_names_options_and_rules_as_people_read_them(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text("sky,wind\ndark,calm\nclear,calm\n")
    said = " ".join(run("batch", "cases.csv").out.split())
    assert "Set sail avoid 50 %, recommend 50 %" in said
    assert "silent: 4 options" in said
    assert "3 of 3 rules fired." in said
    assert "calm-is-safe" not in said
    said = " ".join(run("batch", "cases.csv", "--full").out.split())
    assert "Little wind raises no sea. calm-is-safe 2, 100 %" in said
    assert "In the dark nobody sees the rocks. no-sailing-in-the-dark 1, 50 %" in said
