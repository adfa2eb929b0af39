"""The schemas of the JSON that comes out: they are whole, and real output is as they say, with nothing besides."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import plenipo
from plenipo.cli.main import main
from plenipo.report.output_schemas import OUTPUTS, output_schemas
from plenipo.rulebook.model import Rulebook
from tests.made_up import harbour
from tests.strategies import rulebooks, situations

VALIDATORS = {kind: Draft202012Validator(schema) for kind, schema in output_schemas().items()}
FAULTY = Path(__file__).parents[1] / "faulty"
TEXTS = "A first paragraph.\n\nA second one.\n"


def faults(document: dict[str, Any], kind: str = "") -> list[str]:
    """Return what the schema of its kind has against a document."""
    found = VALIDATORS[kind or document["kind"]].iter_errors(document)
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}" for error in found]


def test_every_answer_of_the_library_has_a_schema(every_answer: dict[str, object]) -> None:
    assert every_answer
    for answer in every_answer.values():
        assert faults(rendered(answer)) == []


def rendered(answer: object, **more: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(plenipo.render(answer, "json", **more))
    return document


def parts(schema: object) -> Iterator[dict[str, Any]]:
    """Yield each part of a schema."""
    if isinstance(schema, dict):
        yield schema
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(below)


@pytest.mark.parametrize("kind", OUTPUTS)
def test_a_schema_is_one_and_explains_every_key(kind: str) -> None:
    schema = output_schemas()[kind]
    Draft202012Validator.check_schema(schema)
    objects = [part for part in parts(schema) if "properties" in part]
    assert objects
    for part in objects:
        assert part["additionalProperties"] is False
        assert part["description"].endswith(".")
        assert [key for key, below in part["properties"].items() if not below["description"].endswith(".")] == []


#: One command line for each kind of answer and each option that bears on what is in its JSON.
COMMANDS = """\
advise late-summer-2020
advise november-2020-transition --source A
advise november-2020-transition --by-source
advise hypothetical-likely-worlds --considering four_party_talks --set talks_stage=unknown
advise hypothetical-move-in-transition
advise - --based-on late-summer-2020
advise what-the-essays-take-as-given hypothetical-long-lull --full
roadmap late-summer-2020
roadmap hypothetical-breakthrough --depth 6 --suppose offer_status=accepted
explain late-summer-2020 four_party_talks
explain hypothetical-move-in-transition summit_to_ratify --why-not recommend
explain mine.yaml four_party_talks --why-not done --source B
trace late-summer-2020
trace hypothetical-move-in-transition --option four_party_talks --not-fired
trace mine.yaml --findings --flat
graph
graph mine.yaml
graph late-summer-2020 four_party_talks --unfolded
report late-summer-2020 november-2020-transition
outlook mine.yaml
outlook late-summer-2020 --source B
change late-summer-2020 four_party_talks consider
change late-summer-2020 lift_sanctions_now recommend --hold us_china_friction
change mine.yaml summit_to_ratify recommend --may-change us_election_status,kim_initiative
change mine.yaml four_party_talks defer
compare late-summer-2020 november-2020-transition
compare mine.yaml --set us_china_friction=low
compare after-hanoi-2019 hypothetical-final-settlement --full
sweep late-summer-2020 --over us_china_friction,dprk_wants_china
sweep mine.yaml --over working_level --unknown --about four_party_talks
robust hypothetical-likely-worlds
robust mine.yaml --equal us_china_friction,china_backing --about four_party_talks
robust hypothetical-likely-worlds --samples 500 --seed 7
show
show four_party_talks
show us_china_friction
show rivalry-defers-four-party
show A42
show options
show late-summer-2020
show inferred
show "A ¶1 ¶3"
sources
sources verify text.txt
test late-summer-2020 mine.yaml hypothetical-refused-offer
batch cases.csv
batch cases.csv -o out.parquet --force
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the current folder, with what the command lines name in it."""
    (tmp_path / "mine.yaml").write_text(
        "title: Mine\nas_of: 2021\nfacts: {us_china_friction: high}\nnotes: {us_china_friction: As is known.}\n"
        "considering: [four_party_talks]\nlikely: {dprk_wants_china: equal}\nexpect: {four_party_talks: recommend}\n"
    )
    (tmp_path / "cases.csv").write_text("us_china_friction,talks_stage\nhigh,n/a\nmiddling,\nlow,?\n")
    (tmp_path / "text.txt").write_text(TEXTS)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("line", COMMANDS.splitlines())
def test_what_a_command_prints_is_as_its_schema_says(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO((folder / "mine.yaml").read_bytes())))
    assert main([*shlex.split(line), "--format", "json", "--errors", "json"]) in (0, 1, 4)
    out, err = capsys.readouterr()
    documents = (
        [json.loads(each) for each in out.splitlines()] if "hypothetical-long-lull" in line else [json.loads(out)]
    )
    assert documents
    assert [faults(each) for each in documents] == [[] for _ in documents]
    assert [faults(json.loads(each)) for each in err.splitlines()] == [[] for _ in err.splitlines()]


@pytest.mark.parametrize(
    ("name", "how"),
    [("out.csv", {}), ("out.jsonl", {"reasons": "bits"}), ("out.arrow", {"reasons": "none", "facts": False})],
)
def test_what_a_batch_leaves_behind_is_as_the_schemas_say(folder: Path, name: str, how: dict[str, Any]) -> None:
    plenipo.batch(folder / "cases.csv", folder / name, **how)
    assert faults(json.loads((folder / f"{name}.about.json").read_text())) == []
    rejects = (folder / f"{name}.rejects.jsonl").read_text().splitlines()
    assert [faults(json.loads(line), "batch-reject") for line in rejects] == [[]]


def test_every_line_of_a_sweep_is_as_its_schema_says(folder: Path) -> None:
    swept = plenipo.sweep("late-summer-2020", ["us_china_friction", "dprk_wants_china"])
    lines = plenipo.render(swept, "jsonl").splitlines()
    assert [faults(json.loads(line), "sweep-line") for line in lines] == [[] for _ in swept.facts]


def test_what_says_how_sound_a_rulebook_is_is_as_its_schema_says(folder: Path) -> None:
    sound, other = FAULTY / "sound", folder / "other"
    for name in ("sound", "never-fires", "stale-acceptance"):
        shutil.copytree(FAULTY / name, other, dirs_exist_ok=True)
    small = plenipo.load_rulebook(sound)
    written = plenipo.write_situations(plenipo.generate(rulebook=small).situations, folder / "made")
    for answer in (
        plenipo.check(sound, witnesses=True),
        plenipo.check(other, witnesses=True, style=True),
        plenipo.diff(small, other),
        plenipo.diff(small, small),
        plenipo.coverage([{}], rulebook=small),
        plenipo.mutate([{}], rulebook=small),
        plenipo.generate(rulebook=small),
        plenipo.interview({}, rulebook=small),
        plenipo.interview({"us_china_friction": "high"}, about=["four_party_talks"]),
        plenipo.interview(),
        plenipo.overview(rulebook=small),
        plenipo.sources(rulebook=small),
    ):
        assert faults(rendered(answer, files=written)) == []


@given(st.data())
@settings(max_examples=8)
def test_rulebooks_that_nobody_here_wrote_answer_as_the_schemas_say(data: st.DataObject) -> None:
    book = data.draw(rulebooks())
    one, other = (data.draw(situations(book)) for _ in range(2))
    advice = plenipo.advise(one, rulebook=book)
    option = next(iter(book.options))
    answers = (
        advice,
        plenipo.by_source(one, rulebook=book),
        plenipo.outlook(advice),
        plenipo.roadmap(one, rulebook=book),
        plenipo.trace(advice),
        plenipo.explain(advice, option, why_not="recommend"),
        plenipo.change(advice, option, "recommend"),
        plenipo.compare(one, other, rulebook=book),
        plenipo.sweep(one, list(book.facts)[:2], rulebook=book, unknown=True),
        plenipo.interview(one, rulebook=book),
        plenipo.show(option, rulebook=book),
    )
    for answer in answers:
        assert faults(rendered(answer)) == []


def test_a_harbour_and_every_option_of_it(book: Callable[..., Rulebook]) -> None:
    """Options that come after, go with and belong to others fill every list of the plan."""
    small = book(harbour.RULES, options=harbour.OPTIONS, findings=harbour.FINDINGS)
    for facts in ({}, {"wind": "calm"}, {"wind": "storm", "sky": "dark"}, {"tide": True, "moon": True}):
        assert faults(rendered(plenipo.advise(facts, rulebook=small))) == []
        for option in small.options:
            assert faults(rendered(plenipo.explain(facts, option, rulebook=small, why_not="consider"))) == []


def test_a_key_that_is_not_described_or_lacking_is_noticed() -> None:
    document = rendered(plenipo.advise({}))
    assert faults(document) == []
    assert "was unexpected" in faults({**document, "surplus": 1})[0]
    assert "is a required property" in faults({key: part for key, part in document.items() if key != "brief"})[0]
    document["options"]["four_party_talks"]["verdict"] = "perhaps"
    assert "'perhaps' is not one of" in faults(document)[0]
    assert "'advice' was expected" in faults(document, "trace")[0] or faults(document, "trace")


def test_schemas_are_printed_one_by_one_and_together(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for arguments, wanted in (
        (["--output"], output_schemas()),
        (["--output", "advice"], output_schemas()["advice"]),
        (["fault", "--output"], output_schemas()["fault"]),
        (["situation"], plenipo.schemas()["situation"]),
        ([], plenipo.schemas()),
    ):
        assert main(["schema", *arguments]) == 0
        assert json.loads(capsys.readouterr().out) == wanted
    assert main(["schema", "--output", "--out", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{kind}.schema.json" for kind in OUTPUTS)
    for arguments, said in (
        (["--output", "advise"], "did you mean `advice`?"),
        (["advice"], "there is no schema `advice`\n  help: `plenipo schema advice --output` prints it\n"),
        (["fault"], "`plenipo schema fault --output` prints it"),
        (["rules", "--output"], "`plenipo schema rules` prints it"),
        (["nosuch"], "there are `facts`"),
        (["situation", "--out", str(tmp_path)], "leave out `situation`"),
    ):
        assert main(["schema", *arguments]) == 2
        assert said in capsys.readouterr().err
