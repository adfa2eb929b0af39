"""What counsel needs is declared in the vocabulary: resolved, and checked like everything else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from plenipo.errors import Severity
from plenipo.rulebook.load import examine_rulebook
from plenipo.rulebook.model import Atom, Condition, Outcome, Rulebook
from tests.conftest import FACTS, FINDINGS, OPTIONS, RULES, completed, seed, write_rulebook

Book = Callable[..., Rulebook]


def folder_of(folder: Path, **changed: str) -> Path:
    """Write the small rulebook about boats, some files of its vocabulary with other content."""
    vocabulary = {"facts": FACTS, "options": OPTIONS, "findings": FINDINGS, "boats": completed(RULES), **changed}
    files = {f"rules/{name}.yaml": content for name, content in vocabulary.items()}
    return write_rulebook(folder, {**files, "seeds/A.yaml": seed("A"), "seeds/B.yaml": seed("B")})


def faults(folder: Path) -> list[str]:
    """Return the check and message of each error."""
    return [
        f"{found.check}: {found.message}" for found in examine_rulebook(folder)[1] if found.severity is Severity.ERROR
    ]


PARTIES = "parties: {owner: {title: the owner, own: yes}, crew: {title: the crew}}"
DECLARED = {
    "facts": """
facts:
  weather:
    sky: {ask: What is the sky like?, values: {clear: clear, dark: dark}, orienting: yes, known_to: crew}
    tide: {ask: Is the tide in?, values: boolean, known_to: [owner, crew]}
""",
    "options": """
options:
  sea:
    sail:
      title: Set sail
      arises_when: {safe: yes, any: [{sky: Clear}, {tide: unknown}]}
      headline: [A, B]
      by: owner
      brings: {tide: no, sky: Dark}
      cited_for: {headline: [A01, B01], brings: A02}
    wait:
      title: Wait in port
      headline: A
      by: [owner, crew]
      brings:
        - {outcome: the tide comes, facts: {tide: on}}
        - {outcome: the crew goes home, by: crew, facts: {tide: off, sky: dark}}
""",
    "findings": "findings: {safe: {says: The sea is safe., opens_answer: yes}}",
    "parties": PARTIES,
    "subjects": "subjects: {sea: {title: At sea}, weather: {title: The weather}}",
}


def test_what_counsel_needs_is_declared_and_resolved(book: Book) -> None:
    loaded = book("[]", **DECLARED)
    sky, tide = loaded.facts["sky"], loaded.facts["tide"]
    assert (sky.orienting, sky.known_to, tide.orienting, tide.known_to) == (True, ("crew",), False, ("owner", "crew"))
    assert loaded.findings["safe"].opens_answer
    sail, wait = loaded.options["sail"], loaded.options["wait"]
    inside = (Condition((Atom("sky", ("clear",)),)), Condition((Atom("tide", ("unknown",)),)))
    assert sail.arises_when == Condition((Atom("safe", ("true",)),), inside)
    assert (sail.headline, sail.by) == (("A", "B"), ("owner",))
    assert sail.brings == (Outcome({"tide": "false", "sky": "dark"}),)
    assert sail.cited_for == {"headline": ("A01", "B01"), "brings": ("A02",)}
    assert (wait.arises_when, wait.headline, wait.by, wait.cited_for) == (None, ("A",), ("owner", "crew"), {})
    assert wait.brings == (
        Outcome({"tide": "true"}, "the tide comes"),
        Outcome({"tide": "false", "sky": "dark"}, "the crew goes home", "crew"),
    )
    assert {id: (party.title, party.own) for id, party in loaded.parties.items()} == {
        "owner": ("the owner", True),
        "crew": ("the crew", False),
    }
    assert [loaded.subject(group) for group in ("sea", "weather", "land")] == ["At sea", "The weather", "land"]


def test_what_is_not_declared_is_left_empty(book: Book) -> None:
    loaded = book()
    option, fact = loaded.options["sail"], loaded.facts["sky"]
    assert (option.arises_when, option.headline, option.by, option.brings, option.cited_for) == (None, (), (), (), {})
    assert (fact.orienting, fact.known_to, loaded.findings["safe"].opens_answer) == (False, (), False)
    assert (dict(loaded.parties), dict(loaded.subjects)) == ({}, {})


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ("brings: {skye: dark}", "unknown-fact: no fact is called `skye`"),
        ("brings: {safe: yes}", "unknown-fact: no fact is called `safe`"),
        ("brings: [{outcome: one, facts: {sky: drak}}]", "unknown-value: `drak` is not a value of the fact `sky`"),
        ("brings: {sky: unknown}", "unknown-value: `unknown` is not a value of the fact `sky`"),
        ("brings: {sky: [dark]}", "wrong-shape: `sky` of option `go` should be text, not a list"),
        ("brings: dark", "wrong-shape: `brings` of option `go` should be a mapping, not text"),
        ("brings: {}", "wrong-value: `brings` of option `go` is empty"),
        ("brings: [{outcom: one, facts: {sky: dark}}]", "unknown-key: `brings` of option `go` has no key `outcom`"),
        ("brings: [{outcome: one, by: nobody, facts: {sky: dark}}]", "unknown-party: no party is called `nobody`"),
        ("by: [crew]", "unknown-party: no party is called `crew`"),
        ("headline: [A, C]", "dangling-citation: no source is called `C`"),
        ("arises_when: {skye: dark}", "unknown-fact: no fact or finding is called `skye`"),
        ("arises_when: {sky: drak}", "unknown-value: `drak` is not a value of the fact `sky`"),
        ("arises_when: {any: []}", "empty-condition: `any` holds no alternatives"),
        ("cited_for: {headline: A01}", "dangling-citation: option `go` has no `headline` to cite anything for"),
        (
            "headline: A, cited_for: {headline: A99}",
            "dangling-citation: no source has a proposition `A99`",
        ),
        (
            "cited_for: {title: A01}",
            "unknown-key: `cited_for` of option `go` has no key `title`",
        ),
    ],
)
def test_what_options_declare_is_checked(keys: str, told: str, tmp_path: Path) -> None:
    options = f"{OPTIONS}    go: {{title: Go ashore, {keys}}}\n"
    found = faults(folder_of(tmp_path, options=options))
    assert told in found
    assert {fault for fault in found if not fault.startswith("missing-key")} == {told}


def test_what_facts_parties_and_subjects_declare_is_checked(tmp_path: Path) -> None:
    changed = {
        "facts": FACTS.replace("values: boolean, movable: no", "values: boolean, movable: no, known_to: [crwe, crew]"),
        "parties": "parties: {crew: {own: yes}, sky: {title: the sky}}",
        "subjects": "subjects: {see: {title: At sea}, sea: {title: At sea}}",
    }
    assert sorted(faults(folder_of(tmp_path, **changed))) == [
        "missing-key: party `crew` lacks `title`",
        "name-clash: `sky` is the id of a fact already, and cannot be that of a party",
        "unknown-key: no group of facts or options is called `see`",
        "unknown-party: no party is called `crwe`",
    ]


def test_a_finding_that_opens_answers_or_brings_up_an_option_is_of_use(tmp_path: Path) -> None:
    def idle(folder: Path) -> list[str]:
        said = [fault.message for fault in examine_rulebook(folder)[1] if fault.check == "unused-finding"]
        return sorted(message for message in said if "decides nothing" in message)

    assert idle(folder_of(tmp_path / "before")) == [
        "no rule asks for the finding `busy`, so it decides nothing",
        "no rule asks for the finding `tempting`, so it decides nothing",
    ]
    options = OPTIONS.replace("{title: Paint the boat}", "{title: Paint the boat, arises_when: {busy: yes}}")
    findings = FINDINGS.replace("The sea is tempting.", "The sea is tempting., opens_answer: yes")
    assert idle(folder_of(tmp_path / "after", options=options, findings=findings)) == []
