"""`plenipo outlook`, `plenipo change` and `plenipo compare`: answers, faults and exit codes."""

from __future__ import annotations

import json

import pytest

from tests.cli.conftest import Run


def test_outlook_says_what_could_change(run: Run, good: str) -> None:
    ran = run("outlook", good, "--set", "sky=unknown")
    assert (ran.code, ran.err) == (0, "")
    assert 'could become "avoid", depending on sky (unknown)' in ran.out
    assert "if dark, no longer first: Set sail" in ran.out
    document = json.loads(run("outlook", good, "--set", "sky=unknown", "--format", "json").out)
    assert document["options"]["sail"]["outlook"] == {
        "settled": False,
        "possible": ["avoid", "recommend"],
        "turns_on": ["sky"],
        "undecided": False,
    }
    assert (document["could_change"], document["maybe_done"]) == (["sail"], [])
    (asked,) = document["find_out"]
    assert (asked["fact"], asked["options"]) == ("sky", ["sail"])
    assert (asked["telling"]["value"], asked["telling"]["lead"], asked["telling"]["beware"]) == ("dark", [], ["sail"])


def test_change_tells_the_smallest_sets(run: Run, good: str) -> None:
    document = json.loads(run("change", good, "sail", "silent", "--format", "json").out)
    assert [way["facts"] for way in document["ways"]] == [
        {"wind": {"values": ["storm"], "now": "calm", "learned": False}}
    ]
    ran = run("change", good, "sail", "silent", "--hold", "wind,tide", "--may-change", "moon")
    assert (ran.code, ran.err) == (1, "")
    assert "stands in the way" in ran.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("change", "sial", "avoid"), "no option is called `sial`\n  help: did you mean `sail`?"),
        (("change", "sail", "avid"), "no verdict is called `avid`\n  help: did you mean `avoid`?"),
        (("change", "sail", "avoid", "--hold", "wnd"), "no fact is called `wnd`\n  help: did you mean `wind`?"),
        (
            ("change", "sail", "avoid", "--may-change", "sky,mon"),
            "no fact is called `mon`\n  help: did you mean `moon`?",
        ),
        (("change", "sail", "avoid", "--may-change", "sky", "--hold", "sky"), "both to be held and free to change"),
        (("compare",), "there is nothing to compare with\n  help: name a second situation"),
    ],
)
def test_refuses_what_is_not_there_with_the_nearest(run: Run, good: str, arguments: tuple[str, ...], said: str) -> None:
    command, *rest = arguments
    ran = run(command, good, *rest)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_compare_sets_one_situation_beside_itself_changed(run: Run, good: str) -> None:
    ran = run("compare", good, "--set", "sky=dark")
    assert (ran.code, ran.err) == (0, "")
    assert "recommend → avoid" in ran.out
    document = json.loads(run("compare", good, good, "--set", "sky=dark", "--format", "json").out)
    assert document["options"]["sail"]["because"] == [["sky"]]


def test_facts_with_faults_end_with_4(run: Run, bad: str) -> None:
    assert {run("outlook", bad).code, run("change", bad, "sail", "avoid").code, run("compare", bad, bad).code} == {4}


def test_stdin_is_read_once(run: Run) -> None:
    assert run("compare", "-", "-").code == 2
