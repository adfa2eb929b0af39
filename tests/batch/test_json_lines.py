"""JSON Lines: keys that come late or twice, halves of surrogate pairs, line ends and marks."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plenipo.batch.sources import json_lines
from plenipo.batch.sources.json_lines import FIRST_LINES, JsonLines
from plenipo.batch.sources.source import RECORD
from tests.batch.test_command import read
from tests.batch.test_rows import rejects
from tests.cli.conftest import Run


@pytest.mark.parametrize("packed", [False, True])
def test_what_comes_late_costs_no_row_its_advice(run: Run, tmp_path: Path, packed: bool) -> None:
    lines = ['{"id": "x", "sky": "dark"}'] * FIRST_LINES + ['{"id": "y", "sky": "dark", "remark": "?"}'] * 2
    lines += ['{"id": "z", "wnid": "calm"}', '{"id": "w", "wiind": "calm"}', '{"id": "v", "sky": ["a"], "remark": "b"}']
    text = "\n".join(lines).encode()
    name = "cases.jsonl.gz" if packed else "cases.jsonl"
    (tmp_path / name).write_bytes(gzip.compress(text) if packed else text)
    ran = run("batch", name, "--key", "id", "--extra", "keep", "-o", "out.csv")
    told = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert [(each["case"], each["column"], each["nearest"]) for each in told] == [
        ("w", "wiind", "wind"),
        ("v", "sky", None),
    ]
    assert read(tmp_path / "out.csv", "csv")["sail"].to_list() == ["avoid"] * (FIRST_LINES + 2) + ["silent"]
    assert "; not kept, as no line among the first has it: `remark` 2, `wnid` 1" in ran.err.replace("\n", " ")
    found = json.loads(run("batch", name, "--key", "id", "--extra", "keep", "--format", "json").out)
    assert found["left_out"] == {"remark": 2, "wnid": 1}
    assert run("batch", name, "--key", "id", "-o", "out.csv", "--force").code == 4
    refused = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert [each["case"] for each in refused] == ["y", "y", "z", "w", "v", "v"]
    assert [each["nearest"] for each in refused[:4]] == [None, None, "wind", "wind"]


def test_a_fact_may_come_first_in_any_line(run: Run, tmp_path: Path) -> None:
    content = ['{"note": "x"}'] * FIRST_LINES + ['{"sky": "dark", "wind": "calm"}', '{"wind": null}', '{"sea": "high"}']
    content += ['{"note": "y", "sky": "dakr"}', '{"sky": "dark"}']
    (tmp_path / "cases.jsonl").write_text("\n".join(content))
    assert run("batch", "cases.jsonl", "-o", "out.jsonl", "--extra", "keep", "--reasons", "none").code == 4
    told = rejects(tmp_path / "out.jsonl.rejects.jsonl")
    assert [(each["row"], each["column"], each["reason"]) for each in told] == [
        (FIRST_LINES + 4, "sky", "no value of the fact `sky`: its values are `clear`, `cloudy` or `dark`"),
    ]
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert [row["case"] for row in rows] == [*range(1, FIRST_LINES + 4), FIRST_LINES + 5]
    assert [(row["note"], row["sky"], row["wind"], row["sail"]) for row in rows[FIRST_LINES - 1 :]] == [
        ("x", None, None, "silent"),
        (None, "dark", "calm", "avoid"),
        (None, None, None, "silent"),
        (None, None, None, "silent"),
        (None, "dark", None, "avoid"),
    ]


@given(
    st.lists(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.text(max_size=3), max_size=4), max_size=8),
    st.integers(1, 4),
)
def test_columns_are_told_apart_whenever_they_come(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str | None]], most: int
) -> None:
    path = tmp_path_factory.mktemp("lines") / "cases.jsonl"
    first: list[dict[str, str | None]] = [{"a": "1"}, {"b": "2"}]
    path.write_text("\n".join(map(json.dumps, [*first, *rows])))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_lines, "FIRST_LINES", 2)
        parts = list(JsonLines(path, path.name, ["b", "c", "d"]).parts(most=most))
    frame = pl.concat([part.frame for part in parts])
    known = {"a", "b", "c", "d"}
    expected = [
        (number, *(row.get(name) for name in "abcd"))
        for number, row in enumerate([*first, *rows], 1)
        if row.keys() <= known
    ]
    assert frame.columns == [RECORD, "a", "b", "c", "d"]
    assert frame.rows() == expected
    assert {reject.row for part in parts for reject in part.rejects} == {
        number for number, row in enumerate(rows, 3) if not row.keys() <= known
    }


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (rb'{"sky": "\ud800"}', "there is half a surrogate pair in this line, which is no text"),
        (rb'{"sky": "dark", "note": "x\uDFFFy"}', "there is half a surrogate pair in this line, which is no text"),
        (rb'{"sky": "dark", "\udabc": "x"}', "there is half a surrogate pair in this line, which is no text"),
        (rb'{"sky": "dark", "note": ["\ud800"]}', "there is half a surrogate pair in this line, which is no text"),
        (b'{"sky": "\xed\xa0\x80"}', "this is not UTF-8 text"),
        (b'{"sky": "dark", "note": "\xe9"}', "this is not UTF-8 text"),
        (b'{"sky": "dark", "sky": "clear"}', "the key `sky` stands twice in this line"),
        (b'{"sky" : "dark", "note": ":", "sky"\t: "dark"}', "the key `sky` stands twice in this line"),
        (rb'{"note": "x", "s\u006by": "dark", "sky": "dark"}', "the key `sky` stands twice in this line"),
        (rb'{"\ud800": "x", "\ud800": "y"}', r"the key `\ud800` stands twice in this line"),
    ],
)
@pytest.mark.parametrize("place", [0, 1, FIRST_LINES])
def test_a_line_that_says_no_one_thing_is_a_bad_row(
    run: Run, tmp_path: Path, line: bytes, reason: str, place: int
) -> None:
    good = [r'{"sky": "dark", "note": "é \": b \ud83d\ude00 \\u"}'.encode()] * (FIRST_LINES + 1)
    (tmp_path / "cases.jsonl").write_bytes(b"\n".join([*good[:place], line, *good[place:]]))
    assert run("batch", "cases.jsonl", "-o", "out.parquet", "--extra", "keep").code == 4
    out = pl.read_parquet(tmp_path / "out.parquet")
    assert out.select("sail", "note").unique().rows() == [("avoid", 'é ": b \U0001f600 \\u')]
    assert out["case"].to_list() == [row for row in range(1, FIRST_LINES + 3) if row != place + 1]
    (told,) = rejects(tmp_path / "out.parquet.rejects.jsonl")
    assert (told["row"], told["reason"]) == (place + 1, reason)


@pytest.mark.parametrize(
    ("line", "case"),
    [
        (b'{"id": "a", "sky": "dark", "sky": "clear"}', "a"),
        (b'{"id": "a", "sky": "dark"},', "a"),
        (b' {"sky": "dark" , "id" : "a\\"b\xc3\xa9", "tide"', 'a"b\u00e9'),
        (b'{"id": 7, "sky": dark}', "7"),
        (b'{"id": "a", "sky": "\xe9"}', "a"),
        (rb'{"id": "a", "sky": "\ud800"}', "a"),
        (rb'{"id": "\ud800", "sky": "dark"}', None),
        (b'{"id": "\xe9", "sky": "dark"}', None),
        (b'{"id": "a", "id": "b"}', None),
        (b'{"id": null, "sky": dark}', None),
        (b'{"id": "a', None),
        (b'["id", "a"]', None),
        (b'{"sky": {"id": "a"}, "id": "b"', None),
    ],
)
@pytest.mark.parametrize("place", [0, FIRST_LINES])
def test_a_bad_line_keeps_its_key_where_that_is_beyond_doubt(
    run: Run, tmp_path: Path, line: bytes, case: str | None, place: int
) -> None:
    good = [b'{"id": "good \xc3\xa9", "sky": "dark"}'] * (place + 1)
    (tmp_path / "cases.jsonl").write_bytes(b"\n".join([*good[:place], line, *good[place:]]))
    run("batch", "cases.jsonl", "--key", "id", "-o", "out.csv")
    (told,) = rejects(tmp_path / "out.csv.rejects.jsonl")
    assert (told["row"], told["case"]) == (place + 1, case)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_and_marks_mean_nothing(run: Run, tmp_path: Path, mark: bytes, end: bytes) -> None:
    content = mark + end.join([b'{"sky": "dark"}', b"", b' {"sky": "clear"} ', b""])
    (tmp_path / "cases.jsonl").write_bytes(content)
    assert run("batch", "cases.jsonl", "-o", "out.csv").code == 0
    assert read(tmp_path / "out.csv", "csv").select("case", "sail").rows() == [("1", "avoid"), ("3", "silent")]
