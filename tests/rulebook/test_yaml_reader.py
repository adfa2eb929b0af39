"""Reading: any bytes give a tree or faults, quickly, and never anything else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from plenipo.errors import Location
from plenipo.rulebook import yaml_reader
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import LARGEST
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import DEEPEST, LOADER, MOST_NODES, NULLS, UNPRINTABLE, parse


def tree(text: str | bytes) -> object:
    """Return the plain tree of a text that has no faults."""
    faults = Faults()
    root = parse(text, "it", faults)
    assert list(faults) == []
    assert root is not None
    return root.plain()


def reported(text: str | bytes) -> list[str]:
    """Return place and check of each fault of a text."""
    faults = Faults()
    parse(text, "it", faults)
    return [f"{fault.location}: {fault.check}" for fault in faults]


def test_every_scalar_stays_the_text_it_is() -> None:
    text = "a: no\nb: 0x1F\nc: 1_000\nd: 2020-08-31\ne: true\nf: 'null'\ng: 1e400\nh: <<\n"
    expected = {
        "a": "no",
        "b": "0x1F",
        "c": "1_000",
        "d": "2020-08-31",
        "e": "true",
        "f": "null",
        "g": "1e400",
        "h": "<<",
    }
    assert tree(text) == expected


@pytest.mark.parametrize("nothing", ["", "~", "null", "Null", "NULL"])
def test_null_is_the_empty_text(nothing: str) -> None:
    assert tree(f"a: {nothing}\nb: [x, '']\n") == {"a": "", "b": ["x", ""]}


def test_every_node_knows_its_place() -> None:
    root = parse("a: x\nbb:\n  - y\n  - {c: z}\n", "it", Faults())
    assert root is not None
    assert root.place == Location("it", 1, 1)
    assert (root.keys["bb"], root.find("bb").place) == (Location("it", 2, 1), Location("it", 3, 3))
    assert (root.key("bb", 1, "c"), root.find("bb", 1, "c").place) == (Location("it", 4, 6), Location("it", 4, 9))
    assert root.find("bb", 7, "c") == root.find("bb")


def test_columns_count_characters() -> None:
    root = parse('"é😀": x', "it", Faults())
    assert root is not None
    assert root.find("é😀").place == Location("it", 1, 7)


def test_a_byte_order_mark_and_any_line_ends_are_accepted() -> None:
    assert tree(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n") == {"a": "1", "b": "2"}
    assert tree("a: 1\rb: 2") == {"a": "1", "b": "2"}


def test_json_is_read_through_the_same_path() -> None:
    text = '{\n\t"a": ["\\ud83d\\ude00", "\\\\ud83d\\\\ude00", null, -1.5e3, true],\n\t"b":{"c":"\\/"}\n}'
    assert tree(text) == {"a": ["😀", "\\ud83d\\ude00", "", "-1.5e3", "true"], "b": {"c": "/"}}


def test_all_duplicate_keys_are_told_with_their_first_places() -> None:
    faults = Faults()
    root = parse("a: 1\nb: {c: 1, c: 2}\na: {d: 1, d: 2}\na: 3\n", "it", faults)
    assert [(str(fault.location), str(fault.also[0][0])) for fault in faults] == [
        ("it:2:11", "it:2:5"),
        ("it:3:1", "it:1:1"),
        ("it:3:11", "it:3:5"),
        ("it:4:1", "it:1:1"),
    ]
    assert root is not None
    assert root.plain() == {"a": "1", "b": {"c": "1"}}


def test_a_merge_key_is_a_key_like_any_other() -> None:
    assert tree("<<: {a: b}") == {"<<": {"a": "b"}}
    assert reported("a: &x {b: c}\n<<: *x\n") == ["it:1:4: alias", "it:2:5: alias"]


@pytest.mark.parametrize(
    "text",
    [
        "!!python/object/apply:os.system ['exit 1']",
        "!!python/name:os.system",
        "!x y",
        "! y",
        "!!binary aGk=",
        "!!set {a}",
    ],
)
def test_nothing_is_built_from_a_tag(text: str) -> None:
    assert reported(text)[0] == "it:1:1: tag"


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[object]]:
    """Every event that the parser is asked for: what reading costs."""
    asked: list[object] = []

    def counting(text: str) -> Any:
        loader = LOADER(text)

        def event() -> object:
            asked.append(loader.get_event())
            return asked[-1]

        return SimpleNamespace(get_event=event)

    monkeypatch.setattr(yaml_reader, "LOADER", counting)
    yield asked
    assert asked


def test_an_alias_bomb_costs_no_more_than_its_text(events: list[object]) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 15)]
    assert set(reported("\n".join(lines))) > {"it:1:5: alias", "it:2:5: alias"}
    assert len(events) < 15 * 13


@pytest.mark.parametrize("one", ["[", "{a: ", "- ", "? ", "[{a: ", "- a:\n"])
def test_deep_nesting_is_refused_at_once(one: str, events: list[object]) -> None:
    block = "".join(f"{'  ' * depth}{one}" for depth in range(2000))
    text = block if one.endswith("\n") else one * 100_000
    assert [line.rpartition(" ")[2] for line in reported(text)] == ["too-deep"]
    assert len(events) < 4 * DEEPEST


def test_as_deep_as_allowed_is_allowed() -> None:
    depth = DEEPEST
    assert tree("[" * depth + "]" * depth) is not None
    assert reported("[" * (depth + 1) + "]" * (depth + 1)) == [f"it:1:{depth + 1}: too-deep"]


@pytest.mark.parametrize("one", ["a,", "a:\n", '"', "? a\n", "&a ", "\n"])
def test_a_large_file_costs_little(one: str, events: list[object]) -> None:
    for start in ("", "["):
        reported((start + one * LARGEST)[:LARGEST])
    assert len(events) < 3 * MOST_NODES


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"", ["it: empty-file"]),
        (b"\xef\xbb\xbf \n", ["it: empty-file"]),
        (b"# nothing yet\n", ["it: empty-file"]),
        (b"---\n", ["it: empty-file"]),
        (b"~", ["it: empty-file"]),
        (b"a: 1\n---\nb: 2\n", ["it:2:1: several-documents"]),
        (b"a: 1\nb\xe9: 2\n", ["it:2:2: not-utf8"]),
        ("a: 1".encode("utf-16"), ["it:1:1: not-utf8"]),
        (b"\xed\xa0\x80", ["it:1:1: not-utf8"]),
        (b"a: \x00", ["it:1:4: unprintable"]),
        (b"a: 1\nb: \x1b[2J", ["it:2:4: unprintable"]),
        (b'a: "\\e[2J"\nb: "\\0"', ["it:1:4: unprintable", "it:2:4: unprintable"]),
        ("a: \x85".encode(), ["it:1:4: unprintable"]),
        ("a: \ud800", ["it:1:4: unprintable"]),
        (b'a: "\\ud800"', ["it:1:7: yaml-syntax"]),
        (b'["\\\\ud83d\\ude00"]', ["it:1:12: yaml-syntax"]),
        (b"a:\n\tb: 1\n  \tc: 2\n", ["it:2:1: tab", "it:3:3: tab"]),
        (b"\ta: 1", ["it:1:1: tab"]),
        (b"- \t- a\n", ["it:1:3: tab"]),
        (b"? [a]\n: b\n? {c: d}\n: e", ["it:1:3: wrong-shape", "it:3:3: wrong-shape"]),
        (b"a: [1, 2\nb: 3\n", ["it:2:2: yaml-syntax"]),
        (b"a: 'x\n", ["it:2:1: yaml-syntax"]),
        (b"%YAML 99999999999999999999.1\n---\na\n", ["it:1:16: yaml-syntax"]),
    ],
)
def test_what_is_wrong_is_told_with_its_place(text: str | bytes, expected: list[str]) -> None:
    assert reported(text) == expected


def test_digits_without_end_are_only_text() -> None:
    assert tree("a: " + "9" * 10_000) == {"a": "9" * 10_000}


def test_a_tab_between_words_does_no_harm() -> None:
    assert tree("a:\t1\t# one\nb: |\n  x\n  \ty\n") == {"a": "1", "b": "x\n\ty\n"}


@given(st.binary(max_size=200))
def test_any_bytes_give_a_tree_or_faults(data: bytes) -> None:
    _tree_or_faults(data)


@given(
    st.lists(st.sampled_from([*"[]{}:,-?&*!|>'\"%@`#~ab0 \t\n\r\x1b\x00\ud800é", "- ", ": ", "\n  ", "---\n", "<<"]))
)
def test_any_bits_of_yaml_give_a_tree_or_faults(parts: list[str]) -> None:
    _tree_or_faults("".join(parts))


def _tree_or_faults(data: bytes | str) -> None:
    faults = Faults()
    root = parse(data, "it", faults)
    assert isinstance(root, Node) or faults.fatal
    for fault in faults:
        assert str(fault).replace("\n", "").isprintable()


#: Pieces out of which plain files are made, mostly.
PLAIN = [
    *("a: 1\n", "b: no\n", "c: ~\n", "d: null\n", "- e\n", "f:\n", "  g: h\n", "  - i\n", "j: {k: l, m: }\n"),
    *("? o\n", "[n, '']", "p: 'q''r'\n", 's: "t\\u00e9\\n"\n', "u: |\n  v\n  w\n", "x: >-\n  y\n", '"a b": 2\n'),
    *("'z': 2020-08-31 # z\n", "é😀: '😀'\n", "\n", "# b\n", "~: ~\n", "null: x\n", "null:\n  - k\n"),
]
#: Pieces with which most files have something wrong.
ODD = [
    *("&a ", "*a", "!!str ", "! ", "<<: ", "---\n", "...\n", "\t", "\r", " ", ": ", "{", "}", "[", "]", ",", "'"),
    *('"', '"\\r"', '"\\e"', '"\\ud83d"'),
]


@given(
    (
        st.lists(st.sampled_from(PLAIN), max_size=12, unique=True)
        | st.lists(st.sampled_from([*PLAIN, *ODD]), max_size=12)
    ).map("".join)
)
def test_what_has_no_faults_is_what_yaml_says_and_stands_where_it_says(text: str) -> None:
    faults = Faults()
    root = parse(text, "it", faults)
    try:
        composed = yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        assert faults.fatal
        return
    if composed is None:
        assert [fault.check for fault in faults] == ["empty-file"]
    elif not faults.fatal:
        assert root == _node(composed)


def _node(composed: Any, *, key: bool = False) -> Node:
    """Return what another way of reading has found, as a tree."""
    place = Location("it", composed.start_mark.line + 1, composed.start_mark.column + 1)
    if isinstance(composed, yaml.MappingNode):
        pairs = [(_node(above, key=True), _node(below)) for above, below in composed.value]
        keys = {above.text or "": above.place for above, _ in pairs}
        return Node({above.text or "": below for above, below in pairs}, place, keys)
    if isinstance(composed, yaml.SequenceNode):
        return Node([_node(item) for item in composed.value], place)
    null = not key and not composed.style and composed.value in NULLS
    return Node("" if null else composed.value, place)


#: JSON can hold more: characters that are refused, and two that YAML takes for the end of a line.
WORDS = st.text().filter(lambda text: not UNPRINTABLE.search(text) and not {*text} & {*"\r\u2028\u2029"})
BACKSLASHES = st.lists(st.sampled_from([*"\\ude083/😀", "\\ud83d\\ude00"])).map("".join)


@given(
    st.recursive(
        WORDS | BACKSLASHES,
        lambda below: st.lists(below, max_size=4) | st.dictionaries(WORDS | BACKSLASHES, below, max_size=4),
        max_leaves=12,
    ),
    st.booleans(),
    st.sampled_from([None, 0, 2]),
)
def test_json_is_read_as_it_was_written(said: object, ascii: bool, indent: int | None) -> None:
    text = json.dumps({"said": said}, ensure_ascii=ascii, indent=indent)
    assert tree(text) == {"said": said}


def test_the_slow_loader_tells_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        "a: {b: [c, d], e: ~}\nf: 'null'\n",
        "a: 1\na: 2\n",
        "a: &b c\n",
        "a:\n\tb: 1\n",
        "a: !!str b\n",
        "a: [1",
        "a: b: c",
    ]
    fast = [(reported(text), parse(text, "it", Faults())) for text in texts]
    monkeypatch.setattr(yaml_reader, "LOADER", yaml.SafeLoader)
    slow = [(reported(text), parse(text, "it", Faults())) for text in texts]
    assert [tree for _, tree in slow] == [tree for _, tree in fast]
    assert [[line.rpartition(" ")[2] for line in lines] for lines, _ in slow] == [
        [line.rpartition(" ")[2] for line in lines] for lines, _ in fast
    ]
