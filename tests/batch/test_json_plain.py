"""Plain lines that Polars reads: the same comes out as when every line is read with care, whatever the lines are."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plenipo.batch.sources import json_lines, json_plain
from plenipo.batch.sources.json_lines import FIRST_LINES, JsonLines
from plenipo.batch.sources.source import SourcePart

FACTS = ("wind", "sky", "sea")
KEYS = ("wind", "sky", "id", "note", "", "*", "r\u00e9marque", "wnid", "late", "null", ":null")
ODD_LINES = (
    b"", b" ", b"\t\r", b"{}", b"null", b"5", b"[]", b'["a"]', b'"x"', b"{", b"}", b'{"id"', b"\xff", b"NaN", b"\0",
    b'\xef\xbb\xbf{"id": "a"}', b'{"id": "a"} {"id": "b"}', b'{"id": "a"}{"id": "b"}', b'{"id": "a",}', b"{'id': 1}",
    b'{"id": "a", "id": "a"}', b'{"id": null, "id": "a"}', b'{"id": "a", "id": null}', b'{"id": 1, "id": 2}',
    b'{"id" :"a","id":"a"}', b'{"id"\t:"a","id":"b"}', b'{"id"  : "a", "sky"  : "b"}', b'{"id":\t"a"}',
    b'{"id":  null}',
    rb'{"id": "a", "i\u0064": "b"}', b'{"id": ":\\"", "id": "x"}', b'{"a": {"id": "x"}, "id": "y"}',
    b'{"id": {"id": 1}}',
    b'{"id": "a", "sky": 1, "sky": 2}', b'{"id":"x","sky":1,"sky":2}', b'{"id":":","id":"b"}', b'{"id":"a":"b"}',
)  # fmt: skip
ODD_VALUES = (
    "1.0", "1.50", "0.1", "-0", "-0.0", "1e5", "1E-3", "0.00001", "1234567890123456", "12345678901234567890", "NaN",
    "Infinity", "-Infinity", "01", "1.", ".5", "-", "tru", "nullx", "[]", "{}", '["a"]', '{"a": 1}',
    "0.12345678901234567",
    r'"\ud800"', r'"\ud83d\ude00"', r'"\u0000"', r'"\u00e9"', r'"\""', r'"\\"', r'"\":"', '"\x7fnull"', '"\x01"',
    '":null"',
    '": null"', '"a:null, "', '":"', '"::"', '"12:30"', '" :"', '"mot : mot"', '"null"', r'"\x"', '"\u2028"', '"{[" ',
)  # fmt: skip

plain_values = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=6)
values = plain_values.map(json.dumps) | plain_values.map(lambda value: json.dumps(value, ensure_ascii=False))
values |= st.sampled_from(["null", "true", "12", '"calm"', '"dark"', *ODD_VALUES])
separators = st.sampled_from([(",", ":"), (", ", ": "), (", ", ": "), (",", ":"), (" , ", " : ")])


@st.composite
def objects(draw: st.DrawFn) -> bytes:
    """Draw a line that is an object, or nearly one."""
    comma, colon = draw(separators)
    names = draw(st.lists(st.sampled_from(KEYS), max_size=5, unique=draw(st.booleans())))
    escaped = draw(st.booleans())
    pairs = [f"{json.dumps(name, ensure_ascii=escaped)}{colon}{draw(values)}" for name in names]
    line = ("{" + comma.join(pairs) + "}").encode(errors="surrogatepass")
    place = draw(st.none() | st.integers(0, len(line) - 1))
    return (
        line
        if place is None or draw(st.integers(0, 3))
        else line[:place] + draw(st.binary(max_size=2)) + line[place + 1 :]
    )


def good(number: int) -> bytes:
    return json.dumps({"id": number, "sky": None if number % 3 else "dark", "wind": "calm", "note": "a: b"}).encode()


def parts(path: Path, most: int, *, keep: bool, plain: bool) -> list[SourcePart]:
    with patch.object(json_lines, "read_plain", json_plain.read_plain if plain else lambda *_: None):
        return list(JsonLines(path, path.name, FACTS, keep=keep).parts(most=most))


@given(st.lists(objects() | st.sampled_from(ODD_LINES), max_size=8), st.integers(1, 9), st.booleans(), st.booleans())
@example([b'{"id":"a","sky":null,"sky":"dark"}', b'{"id":"b"}'], 9, False, False)
@example(
    [b'{"id": "x", "late": 1}', b'{"id": "x", "late": null}', b'{"id": "x", "late": 2, "late": 3}'] * 2, 1, True, True
)
def test_the_same_comes_out_as_with_care(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], most: int, keep: bool, windows: bool
) -> None:
    path = tmp_path_factory.mktemp("lines") / "cases.jsonl"
    end = b"\r\n" if windows else b"\n"
    with patch.multiple(json_lines, FIRST_LINES=2, _FEW=1, _PIECES=2):
        path.write_bytes(end.join([good(1), good(2), *lines, good(3)]))
        quick, careful = (parts(path, most, keep=keep, plain=plain) for plain in (True, False))
    assert [(part.records, part.rejects, dict(part.left_out)) for part in quick] == [
        (part.records, part.rejects, dict(part.left_out)) for part in careful
    ]
    assert [part.frame.schema for part in quick] == [part.frame.schema for part in careful]
    assert [part.frame.rows() for part in quick] == [part.frame.rows() for part in careful]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id":"a","sky":"dark"}',
        b'{"id": 1, "sky": null, "note": "12:30, n/a"}',
        b'{"id": true, "note": "\\"quoted\\" \\u00e9 \\ud83d\\ude00"}\r',
        b'{"note": 0.25, "sky": "dark", "id": -17}',
        b"{}",
        b'{"sky":"dark"}\n',
        b'\r\n{"sky":"dark"}\r',
    ],
)
def test_plain_lines_are_read_by_polars(tmp_path: Path, line: bytes) -> None:
    # and no line with care, once the columns are known
    path = tmp_path / "cases.jsonl"
    text = b"\n".join([line] * (FIRST_LINES + 500))
    path.write_bytes(text)
    source = JsonLines(path, path.name, ("sky", "note", "id"))
    with patch.object(json_lines, "_parsed", side_effect=AssertionError):
        (part,) = source.parts()
    assert part.records == len(text.splitlines())
    assert part.frame.height == FIRST_LINES + 500
    assert part.rejects == ()


def test_a_wrong_line_costs_its_neighbours_no_time(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(b"\n".join(good(number) if number != 7000 else b'{"sky": []}' for number in range(10_000)))
    source = JsonLines(path, path.name, FACTS)
    with patch.object(json_lines, "_parsed", side_effect=json_lines._parsed) as parsed:
        (part,) = source.parts()
    assert (part.records, part.frame.height, [reject.row for reject in part.rejects]) == (10_000, 9_999, [7001])
    assert 1 <= parsed.call_count <= json_lines._FEW


def test_late_remarks_are_counted_without_care(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    late = [b'{"id":"x","remark":null}', b'{"id":"x","remark":"a"}'] * 5_000
    path.write_bytes(b"\n".join([good(number) for number in range(FIRST_LINES)] + late))
    source = JsonLines(path, path.name, FACTS, keep=True)
    found = list(source.parts(most=2_000))
    assert sum(part.left_out.get("remark", 0) for part in found) == 10_000
    assert pl.concat([part.frame for part in found]).columns == ["_plenipo_record", *source.columns]
    with patch.object(json_lines, "_parsed", side_effect=AssertionError):
        assert list(source.parts(skip=8_000))


@pytest.mark.parametrize("line", [b"x", b'{"sky": []}', b'{"sky": 1e5}', b"[1]", b'{"sky": "dark", "sky": "dark"}'])
def test_lines_of_which_none_is_plain_are_hardly_tried(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_bytes(good(0) + b"\n" + b"\n".join([line] * 20_000))
    source = JsonLines(path, path.name, FACTS)
    with patch.object(json_lines, "read_plain", side_effect=json_plain.read_plain) as tried:
        (part,) = source.parts()
    assert part.records == 20_001
    assert 1 <= tried.call_count < 20_000 / json_lines._FEW / 2
