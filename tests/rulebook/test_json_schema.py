"""The JSON Schemas: they accept what the loader accepts, and complete what the rulebook has."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from plenipo.rulebook.files import VOCABULARY
from plenipo.rulebook.load import load_rulebook
from plenipo.rulebook.model import Rulebook
from plenipo.situations.json_schema import KINDS, schemas, write_schemas

ROOT = Path(__file__).parents[2]
FILES = sorted(path for folder in ("rules", "seeds", "facts") for path in (ROOT / folder).glob("*.yaml"))


RULE = """
- id: a
  when: {sky: [dark, unknown], safe: yes, any: [{tide: no}, {any: [{moon: [true, unknown]}]}]}
  unless: {busy: true}
  then: {find: safe, avoid: [sail, mend]}
  because: So.
  cite: A01
  basis: stated
  strength: must
  overrides: b
  jointly: yes
"""


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as an editor does: numbers and truths are known, dates stay text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if not tag.endswith(":timestamp")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def kind(path: Path) -> str:
    """Return the kind of a bundled file."""
    if path.parent.name != "rules":
        return {"seeds": "seed", "facts": "situation"}[path.parent.name]
    return path.stem if path.stem in VOCABULARY else "rules"


def faults(schema: dict[str, Any], text: str) -> list[str]:
    """Return what a schema has against a text."""
    return [error.message for error in Draft202012Validator(schema).iter_errors(yaml.load(text, EditorLoader))]


@pytest.fixture
def small(book: Callable[..., Rulebook]) -> dict[str, dict[str, Any]]:
    """The schemas of the small rulebook about boats."""
    return schemas(book(parties="parties: {owner: {title: the owner, own: yes}, crew: {title: the crew}}"))


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema_without_our_marks(kind: str, small: dict[str, dict[str, Any]]) -> None:
    Draft202012Validator.check_schema(small[kind])
    assert '"x-' not in json.dumps(small[kind])


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("situation", "facts: {sky: dark, tide: true, moon: 'no', wind: }\nas_of: 2020\nexpect: {sail: silent}"),
        ("situation", "$schema: x\nfacts: {}\nconsidering: sail\nnotes: {sky: it is dark}"),
        ("facts", "facts: {g: {a: {ask: 'Why?', values: boolean, movable: no}, b: {ask: 'Why?', values: {x: 1}}}}"),
        ("options", "options: {g: {a: {title: A, after: [sail], with: {sail: , mend: {cite: A01}}, part_of: mend}}}"),
        ("findings", "findings: {a: {says: So., cite: [A01, B02], opens_answer: yes}}"),
        ("facts", "facts: {g: {a: {ask: 'Why?', values: boolean, orienting: yes, known_to: owner}}}"),
        ("options", "options: {g: {a: {title: A, arises_when: {sky: [dark, unknown], any: [{safe: yes}]}}}}"),
        ("options", "options: {g: {a: {title: A, headline: [A, B], by: crew, cited_for: {by: A01}}}}"),
        ("options", "options: {g: {a: {title: A, brings: {sky: dark, tide: yes}}}}"),
        ("options", "options: {g: {a: {title: A, brings: [{outcome: B, by: crew, facts: {tide: no}}]}}}"),
        ("parties", "parties: {a: {title: A, own: yes}, b: {title: B}}"),
        ("subjects", "subjects: {sea: {title: At sea}}"),
        ("rules", RULE),
    ],
)
def test_what_the_loader_accepts_is_accepted(kind: str, text: str, small: dict[str, dict[str, Any]]) -> None:
    assert faults(small[kind], text) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("situation", "facts: {skye: dark}"),
        ("situation", "facts: {sky: drak}"),
        ("situation", "title: x"),
        ("situation", "facts: {}\nconsidering: [sial]"),
        ("situation", "facts: {}\nexpect: {sail: perhaps}"),
        ("situation", "facts: {}\nfact: {}"),
        ("facts", "facts: {g: {a: {ask: 'Why?', values: bool}}}"),
        ("options", "options: {g: {a: {title: A, after: {sial: }}}}"),
        ("findings", "findings: {a: {says: So., cite: [A99]}}"),
        ("facts", "facts: {g: {a: {ask: 'Why?', values: boolean, known_to: nobody}}}"),
        ("options", "options: {g: {a: {title: A, arises_when: {sky: drak}}}}"),
        ("options", "options: {g: {a: {title: A, headline: [A, C]}}}"),
        ("options", "options: {g: {a: {title: A, by: nobody}}}"),
        ("options", "options: {g: {a: {title: A, brings: {sky: unknown}}}}"),
        ("options", "options: {g: {a: {title: A, brings: {safe: yes}}}}"),
        ("options", "options: {g: {a: {title: A, brings: [{outcome: B, by: nobody, facts: {tide: no}}]}}}"),
        ("options", "options: {g: {a: {title: A, brings: [{facts: {tide: no}}]}}}"),
        ("options", "options: {g: {a: {title: A, cited_for: {title: A01}}}}"),
        ("parties", "parties: {a: {own: yes}}"),
        ("subjects", "subjects: {sea: At sea}"),
        ("rules", "- {id: a, then: {avoid: sail}, because: So., cite: A01, basis: stated}"),
        ("rules", "- {id: a, then: {avid: sail}, because: So., cite: A01, basis: stated, strength: must}"),
        ("rules", "- {id: a, when: {sky: [drak]}, then: {}, because: So., cite: A01, basis: stated, strength: must}"),
        ("rules", "- {id: a, when: {safe: unknown}, then: {}, because: So., cite: A01, basis: stated, strength: must}"),
    ],
)
def test_what_the_loader_refuses_is_refused(kind: str, text: str, small: dict[str, dict[str, Any]]) -> None:
    assert faults(small[kind], text)


def test_an_editor_sees_the_questions(small: dict[str, dict[str, Any]]) -> None:
    sky = small["situation"]["properties"]["facts"]["properties"]["sky"]
    assert sky == {"description": "What is the sky like?", "enum": ["clear", "cloudy", "dark", "unknown", None]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_bundled_files_fit_their_schemas(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert faults(schemas(load_rulebook())[kind(path)], text) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_the_bundled_files_name_their_schemas(path: Path) -> None:
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    sign, _, named = first.partition("$schema=")
    assert sign == "# yaml-language-server: "
    assert (path.parent / named).resolve() == ROOT / "rules" / "schemas" / f"{kind(path)}.schema.json"


def test_the_schemas_in_the_tree_are_those_of_the_rulebook(tmp_path: Path) -> None:
    written = write_schemas(load_rulebook(), tmp_path)
    kept = ROOT / "rules" / "schemas"
    stale = [path.name for path in written if (kept / path.name).read_text() != path.read_text()]
    assert stale == [], "run `plenipo schema --out rules/schemas`"
    assert sorted(path.name for path in kept.iterdir()) == sorted(path.name for path in written)


def test_schemas_that_have_not_changed_are_left_alone(tmp_path: Path, book: Callable[..., Rulebook]) -> None:
    first = [path.stat().st_mtime_ns for path in write_schemas(book(), tmp_path / "new")]
    assert [path.stat().st_mtime_ns for path in write_schemas(book(), tmp_path / "new")] == first
