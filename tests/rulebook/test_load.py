"""Loading: a folder becomes a rulebook, or every fault of every file is told."""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plenipo.errors import RulebookError, Severity, UsageError
from plenipo.rulebook import locations
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import RULES, SOURCES, RulebookFile, RulebookFiles, take_in
from plenipo.rulebook.load import examine_files, load_rulebook
from plenipo.rulebook.model import Atom, Basis, Conclusion, Condition, Rulebook, Strength, Verb
from tests.conftest import FACTS, FINDINGS, OPTIONS, seed, write_rulebook

Book = Callable[..., Rulebook]

RULE = "- {id: one, when: {sky: dark}, then: {avoid: sail}, because: So., cite: A01, basis: stated, strength: must}\n"


def files(**changed: str | bytes) -> dict[str, str | bytes]:
    """Return the files of a whole rulebook, some of them with other content."""
    whole: dict[str, str | bytes] = {
        "rules/facts.yaml": FACTS,
        "rules/options.yaml": OPTIONS,
        "rules/findings.yaml": FINDINGS,
        "rules/boats.yaml": RULE,
        "seeds/A.yaml": seed("A"),
        "seeds/B.yaml": seed("B"),
    }
    return {**whole, **{f"rules/{name}.yaml": content for name, content in changed.items()}}


def faults(folder: Path) -> list[str]:
    """Return the check and message of each fault, in order."""
    with pytest.raises(RulebookError) as caught:
        load_rulebook(folder)
    return [f"{found.check}: {found.message}" for found in caught.value.diagnostics]


def test_every_part_of_a_rulebook_is_there(book: Book) -> None:
    loaded = book()
    assert list(loaded.facts) == ["sky", "wind", "tide", "moon"]
    assert loaded.facts["tide"].values == {"true": "yes", "false": "no"}
    assert not loaded.facts["moon"].movable
    assert loaded.options["fish"].part_of == "sail"
    assert loaded.options["mend"].after["wait"].basis is Basis.INFERRED
    assert loaded.options["mend"].beside["wait"].because == "there is time"
    assert loaded.findings["safe"].cite == ("A01",)
    rule = loaded.rules["no-sailing-in-the-dark"]
    assert (rule.track, rule.overrides, rule.strength) == ("boats", ("sail-when-safe",), Strength.PLAIN)
    assert rule.then == (Conclusion(Verb.AVOID, "sail"),)
    assert loaded.propositions["B03"].source == "B"


def test_conditions_hold_values_in_their_one_spelling(book: Book) -> None:
    rules = """
- id: spelled
  when:
    tide: yes
    moon: [No, unknown]
    any:
      - {sky: [clear, Clear]}
      - {safe: "off", any: [{wind: storm}]}
  unless: {busy: on}
  then: {recommend: [sail, sail], find: safe}
"""
    rule = book(rules.replace('safe: "off"', 'tempting: "off"')).rules["spelled"]
    inner = Condition((Atom("tempting", ("false",)),), (Condition((Atom("wind", ("storm",)),)),))
    outer = (Atom("tide", ("true",)), Atom("moon", ("false", "unknown")))
    assert rule.when == Condition(outer, (Condition((Atom("sky", ("clear",)),)), inner))
    assert rule.unless == Condition((Atom("busy", ("true",)),))
    assert rule.then == (Conclusion(Verb.FIND, "safe"), Conclusion(Verb.RECOMMEND, "sail"))


def test_an_absent_and_an_empty_condition_always_hold(book: Book) -> None:
    loaded = book("- {id: one, then: {avoid: sail}}\n- {id: two, when: , then: {avoid: sail}}\n")
    assert loaded.rules["one"].when == loaded.rules["two"].when == Condition()


def test_places_are_kept_by_names_from_where_the_user_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_rulebook(tmp_path / "mine", files())
    monkeypatch.chdir(tmp_path)
    loaded = load_rulebook(Path("mine"))
    assert str(loaded.rules["one"].location) == "mine/rules/boats.yaml:1:3"
    assert str(loaded.facts["sky"].location) == "mine/rules/facts.yaml:3:5"
    assert str(loaded.propositions["A01"].location).startswith("mine/seeds/A.yaml:")
    monkeypatch.chdir(folder / "seeds")
    assert str(load_rulebook(folder).rules["one"].location) == f"{folder}/rules/boats.yaml:1:3"


def test_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    broken = files(
        facts=FACTS + "    sky: {ask: again, values: boolean}\n",
        options=OPTIONS.replace("title: Set sail", "titel: Set sail"),
        boats=RULE + "- {id: two, when: {skie: dark}, then: {avoid: sial}, because: ''}\n",
        more="- [",
    )
    assert faults(write_rulebook(tmp_path, broken)) == [
        "missing-key: rule `two` lacks `basis`",
        "missing-key: rule `two` lacks `strength`",
        "uncited-rule: rule `two` cites nothing",
        "unknown-fact: no fact or finding is called `skie`",
        "unknown-option: no option is called `sial`",
        "wrong-value: `because` of rule `two` is empty",
        "duplicate-key: the key `sky` occurs twice in one mapping",
        "yaml-syntax: the file cannot be understood here",
        "missing-key: option `sail` lacks `title`",
        "unknown-key: option `sail` has no key `titel`",
    ]


@pytest.mark.parametrize("folder", ["rules", "seeds"])
def test_what_is_no_regular_file_is_refused_unread(tmp_path: Path, folder: str) -> None:
    write_rulebook(tmp_path, files())
    os.mkfifo(tmp_path / folder / "pipe.yaml")
    (tmp_path / folder / "null.yaml").symlink_to("/dev/null")
    (tmp_path / folder / "sub.yaml").mkdir()
    (tmp_path / folder / "rest.yaml").symlink_to("gone.yaml")
    assert faults(tmp_path) == [
        "unreadable: this is not a regular file",
        "unreadable: this is not a regular file",
        "unreadable: this link leads nowhere",
        "unreadable: this is a folder, not a file",
    ]


def test_an_entry_with_a_fault_stays_known(tmp_path: Path) -> None:
    broken = files(options=OPTIONS.replace("title: Set sail", "titel: Set sail"))
    assert all("unknown-option" not in fault for fault in faults(write_rulebook(tmp_path, broken)))


def test_a_vocabulary_that_cannot_be_parsed_makes_no_name_unknown(tmp_path: Path) -> None:
    assert faults(write_rulebook(tmp_path, files(facts="facts: ["))) == [
        "yaml-syntax: the file cannot be understood here"
    ]


@pytest.mark.parametrize("missing", ["facts", "options"])
def test_a_rulebook_needs_its_vocabulary(tmp_path: Path, missing: str) -> None:
    folder = write_rulebook(tmp_path, files())
    (folder / f"rules/{missing}.yaml").unlink()
    assert faults(folder) == ["unreadable: there is no such file, and a rulebook needs it"]


def test_a_rulebook_may_do_without_findings(tmp_path: Path) -> None:
    folder = write_rulebook(tmp_path, files(options=OPTIONS))
    (folder / "rules/findings.yaml").unlink()
    assert load_rulebook(folder).findings == {}


def test_a_folder_without_rules_is_no_rulebook(tmp_path: Path) -> None:
    assert faults(tmp_path) == ["unreadable: there is no folder `rules` in this one"]
    assert faults(tmp_path / "nowhere") == ["unreadable: there is no such folder"]
    (tmp_path / "file").write_text("rules: []")
    assert faults(tmp_path / "file") == ["unreadable: this is a file, not a folder"]


def test_json_is_read_as_well(tmp_path: Path) -> None:
    folder = write_rulebook(tmp_path, files())
    (folder / "rules/boats.yaml").unlink()
    rule = '[{"id": "one", "then": {"avoid": ["sail"]}, "because": "\\ud83d\\ude00\\n", "cite": ["A01"],'
    (folder / "rules/boats.json").write_text(f'{rule}\n\t"basis": "stated", "strength": "must", "jointly": false}}]')
    assert load_rulebook(folder).rules["one"].because == "\U0001f600\n"


def test_other_files_in_the_folders_are_left_alone(tmp_path: Path) -> None:
    extra: dict[str, str | bytes] = {"rules/.boats.yaml.swp": b"\0", "rules/.x.yaml": "[", "rules/notes.txt": "["}
    folder = write_rulebook(tmp_path, files() | extra)
    (folder / "rules/schemas").mkdir()
    assert list(load_rulebook(folder).rules) == ["one"]


def test_the_order_of_files_and_rules_changes_no_order(tmp_path: Path) -> None:
    parts = [
        "id: calm-is-safe, when: {wind: [calm, breeze]}, then: {find: safe}",
        "id: sail-when-safe, when: {safe: true}, then: {recommend: sail}",
        "id: not-in-the-dark, when: {sky: dark}, then: {avoid: sail}, overrides: sail-when-safe",
    ]
    rules = [f"- {{{part}, because: So., cite: [A01], basis: stated, strength: must}}\n" for part in parts]
    orders = set()
    for turn in range(4):
        random.Random(turn).shuffle(rules)
        split = files(boats=rules[0], ashore="".join(rules[1:]))
        orders.add(load_rulebook(write_rulebook(tmp_path / str(turn), split)).strata)
    assert orders == {(("calm-is-safe", "not-in-the-dark"), ("sail-when-safe",))}


def test_the_bundled_rulebook_loads() -> None:
    loaded = load_rulebook()
    assert len(loaded.facts) == 44
    assert len(loaded.options) == 73
    assert set(loaded.sources) == {"A", "B"}
    assert len(loaded.propositions) == 139


def test_no_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = write_rulebook(tmp_path, files())
    secret = folder / "rules/boats.yaml"
    secret.chmod(0)
    if os.access(secret, os.R_OK):
        # Whoever may read everything meets the same error by other means.
        secret.unlink()
        secret.symlink_to(secret)
        assert faults(folder)[0].startswith("unreadable: this file cannot be read: ")
    else:
        assert faults(folder) == ["unreadable: you have no permission to read this file"]


def test_a_file_argument_is_a_path_or_else_a_bundled_situation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name, other, *_ = locations.situations()
    assert locations.resolve(name) == locations.situations()[name]
    Path(name).write_text("facts:\n")
    assert locations.resolve(name) == Path(name)
    assert locations.resolve("-") == Path("-")
    assert locations.resolve("./nothing.yaml") == Path("nothing.yaml")
    with pytest.raises(UsageError, match=f"did you mean `{other}`"):
        locations.resolve(other[:-1])
    with pytest.raises(UsageError) as caught:
        locations.resolve("qqq")
    assert caught.value.help == ("`plenipo show` lists them",)
    with pytest.raises(UsageError, match="the name of the situation is empty"):
        locations.resolve("")


def test_a_file_with_another_ending_is_nearer_than_one_of_another_name(tmp_path: Path) -> None:
    for name in ("mine.txt", "mine.yaml", "mine2.yml"):
        (tmp_path / name).write_text("facts:\n")
    found = Faults()
    assert take_in(tmp_path / "mine.yml", found) is None
    assert [each.help for each in found] == [("did you mean `mine.yaml`?",)]


AUTHORS_WORDS = """
id when unless then because cite basis strength overrides jointly any any_of model_config find avoid sail facts ask
options findings values boolean title after with part_of says yes no stated must propositions paragraphs paragraph file
author kind sky tide safe A01 one 1 -1 é copy orienting known_to arises_when headline by brings outcome cited_for
opens_answer parties subjects own
"""
WORDS = st.sampled_from(["", *AUTHORS_WORDS.split()])
TREES = st.recursive(WORDS, lambda below: st.lists(below, max_size=3) | st.dictionaries(WORDS, below, max_size=4))
RULES_LIKE = st.lists(
    st.fixed_dictionaries(
        {"id": WORDS, "then": TREES, "because": WORDS, "cite": TREES, "basis": WORDS, "strength": WORDS},
        optional={"when": TREES, "unless": TREES, "overrides": TREES, "jointly": WORDS},
    )
)

OUTCOMES_LIKE = st.fixed_dictionaries({"outcome": WORDS, "facts": TREES}, optional={"by": TREES})
OPTIONS_LIKE = st.fixed_dictionaries(
    {"title": WORDS, "brings": TREES | st.lists(TREES | OUTCOMES_LIKE, max_size=3)},
    optional={"arises_when": TREES, "headline": TREES, "by": TREES, "cited_for": TREES},
)


@settings(max_examples=50)
@given(st.sampled_from(["rules/facts", "rules/options", "rules/findings", "rules/boats", "seeds/A"]), TREES)
def test_any_tree_gives_a_rulebook_or_faults(name: str, tree: object) -> None:
    _rulebook_or_faults(name, tree)


@settings(max_examples=50)
@given(RULES_LIKE)
def test_anything_like_rules_gives_a_rulebook_or_faults(tree: object) -> None:
    _rulebook_or_faults("rules/boats", tree)


@settings(max_examples=50)
@given(OPTIONS_LIKE)
def test_anything_like_options_gives_a_rulebook_or_faults(tree: object) -> None:
    _rulebook_or_faults("rules/options", {"options": {"sea": {"sail": tree}}})


@settings(max_examples=25)
@given(st.dictionaries(WORDS, st.dictionaries(WORDS, TREES, min_size=1), min_size=1))
def test_anything_like_a_vocabulary_gives_a_rulebook_or_faults(tree: object) -> None:
    for kind in ("facts", "options", "findings", "parties", "subjects"):
        _rulebook_or_faults(f"rules/{kind}", {kind: tree})


def test_an_option_may_be_called_like_a_key(tmp_path: Path) -> None:
    broken = files(options=OPTIONS + "    cite: {title: Cite, after: {because: {why: x}}}\n")
    assert faults(write_rulebook(tmp_path, broken)) == [
        "unknown-option: no option is called `because`",
        "unknown-key: `because` of option `cite` has no key `why`",
    ]


def _rulebook_or_faults(name: str, tree: object) -> None:
    content = {**files(), f"{name}.yaml": json.dumps(tree)}
    kinds = {"rules/boats.yaml": RULES, "seeds/A.yaml": SOURCES, "seeds/B.yaml": SOURCES}
    read = [
        RulebookFile(kinds.get(path, Path(path).stem), path, path, text.encode() if isinstance(text, str) else text)
        for path, text in content.items()
    ]
    rulebook, found = examine_files(RulebookFiles(tuple(read)), Faults())
    assert (rulebook is None) == any(fault.severity is Severity.ERROR for fault in found)
    for fault in found:
        assert fault.location.line or fault.check == "empty-file"
        assert not re.search(r"\b(dict|str|tuple|NoneType|pydantic|Shape|None)\b", str(fault))
