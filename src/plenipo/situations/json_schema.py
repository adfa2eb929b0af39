"""
JSON Schemas of every kind of file, filled with the ids and values of one rulebook, so that an editor completes them.

They are made from the models in `file_format`, and so accept what the loader accepts: where the loader takes one id for
a list of ids, or a number or a yes for a text, the schema does as well.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from plenipo.rulebook.field_types import BOOLEAN
from plenipo.rulebook.file_format import (
    VOCABULARY_FILES,
    AcceptedFile,
    RulesFile,
    SituationFile,
    SourceShape,
    vocabulary_file,
)
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Fact, Rulebook
from plenipo.rulebook.verdict import Verdict
from plenipo.situations.fact_file import SCHEMA
from plenipo.situations.likelihood import EQUAL, WEIGHT
from plenipo.whole_file import write_whole

Json = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
#: The kinds of file, each with the shape of the whole file.
KINDS: Mapping[str, type[BaseModel]] = {
    **{kind: vocabulary_file(kind) for kind in VOCABULARY_FILES},
    "accepted": AcceptedFile,
    "rules": RulesFile,
    "seed": SourceShape,
    "situation": SituationFile,
}
#: What an editor may take a plain text for: the loader reads `2020` and `no` as the texts they are.
TEXT = ["string", "number", "boolean"]


def schemas(rulebook: Rulebook) -> dict[str, Json]:
    """Return the JSON Schema of every kind of file, by kind, with the ids and values of a rulebook."""
    filler = _Filler(rulebook)
    made = {}
    for kind, shape in KINDS.items():
        schema = {"$schema": DIALECT, **filler.fill(shape.model_json_schema())}
        if kind == "situation":
            schema["properties"][SCHEMA] = {"type": "string"}
        made[kind] = schema
    return made


def write_each(schemas: Mapping[str, Json], folder: Path) -> tuple[Path, ...]:
    """
    Write schemas into a folder, which is made when it is not there, each to the file of its kind; return the files.

    A file that holds its schema already is left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, schema in schemas.items():
        path = folder / f"{kind}.schema.json"
        text = json.dumps(schema, indent=1, ensure_ascii=False) + "\n"
        if path.is_symlink() or not path.exists() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text)
        paths.append(path)
    return tuple(paths)


def write_schemas(rulebook: Rulebook, folder: Path | str) -> tuple[Path, ...]:
    """Write the schemas of a rulebook into a folder, and return the files."""
    return write_each(schemas(rulebook), Path(folder))


class _Filler:
    """Replaces the marks that `file_format` leaves in the schemas by what a rulebook has."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._names = {
            "finding": list(rulebook.findings),
            "option": list(rulebook.options),
            "proposition": list(rulebook.propositions),
            "party": list(rulebook.parties),
            "source": list(rulebook.sources),
        }
        self._rulebook = rulebook
        self._keys: Mapping[str, Callable[[Json], Json]] = {
            "value": lambda schema: {"anyOf": [{"const": BOOLEAN}, schema]},
            "link": self._links,
            "test": self._tests,
            "fact": lambda _: _closed({id: self._value(fact) for id, fact in rulebook.facts.items()}),
            "brought": lambda _: _closed({id: self._value(fact, unknown=False) for id, fact in rulebook.facts.items()}),
            "weights": lambda _: _closed({id: _weights(fact) for id, fact in rulebook.facts.items()}),
            "note": lambda schema: _closed(dict.fromkeys(rulebook.facts, schema["additionalProperties"])),
            "verdict": lambda _: _closed({id: {"enum": list(map(str, Verdict))} for id in rulebook.options}),
        }

    def fill(self, schema: Any) -> Any:
        """Return a schema with everything in it filled; the models are finite, and so is this."""
        if isinstance(schema, list):
            return [self.fill(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        rest = {key: value for key, value in schema.items() if key not in ("x-names", "x-keys", "title", "default")}
        if "x-names" in schema:
            return {"enum": self._names[schema["x-names"]]}
        filled = {key: self._part(key, value) for key, value in rest.items()}
        if "x-keys" in schema:
            said = {key: filled.pop(key) for key in ("description",) if key in filled}
            return {**said, **self._keys[schema["x-keys"]](filled)}
        return _widened(filled)

    def _part(self, key: str, value: Any) -> Any:
        if key in ("properties", "$defs"):
            return {name: self.fill(below) for name, below in value.items()}
        return self.fill(value)

    def _links(self, schema: Json) -> Json:
        link = {"anyOf": [schema["additionalProperties"], {"type": "null"}]}
        ids = {"enum": self._names["option"]}
        return {"anyOf": [_closed(dict.fromkeys(self._names["option"], link)), {"type": "array", "items": ids}]}

    def _tests(self, schema: Json) -> Json:
        facts = {id: _one_or_many(self._value(fact, null=False)) for id, fact in self._rulebook.facts.items()}
        truth = _one_or_many({"enum": [True, False, TRUE, FALSE]})
        findings = {id: {"description": held.says, **truth} for id, held in self._rulebook.findings.items()}
        return _closed({**schema["properties"], **facts, **findings})

    def _value(self, fact: Fact, *, unknown: bool = True, null: bool = True) -> Json:
        values = [True, False, "yes", "no", TRUE, FALSE] if fact.boolean else list(fact.values)
        blanks = [UNKNOWN, *([None] if null else [])] if unknown else []
        return {"description": fact.ask, "enum": [*values, *blanks]}


def _weights(fact: Fact) -> Json:
    values = [*dict.fromkeys((*fact.spelled, *fact.values)), UNKNOWN]
    weight = {"type": ["number", "string"], "exclusiveMinimum": 0, "maximum": 1, "pattern": WEIGHT}
    weights = {"type": "object", "propertyNames": {"enum": values}, "additionalProperties": weight, "minProperties": 1}
    return {"description": fact.ask, "anyOf": [{"const": EQUAL}, weights]}


def _closed(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _one_or_many(schema: Json) -> Json:
    said = {key: value for key, value in schema.items() if key == "description"}
    one = {key: value for key, value in schema.items() if key != "description"}
    return {**said, "anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _widened(schema: Json) -> Json:
    """Return a schema that takes one id for a list of ids, and what looks like a number or a truth for a text."""
    if schema.get("type") == "string" and "enum" not in schema and "pattern" not in schema:
        return {**schema, "type": TEXT}
    if schema.get("type") == "boolean":
        return {**{key: value for key, value in schema.items() if key != "type"}, "enum": [True, False, "yes", "no"]}
    items = schema.get("items", {})
    if schema.get("type") == "array" and ("enum" in items or items.get("type") == TEXT):
        said = {key: value for key, value in schema.items() if key == "description"}
        array = {key: value for key, value in schema.items() if key != "description"}
        return {**said, "anyOf": [items, array]}
    return schema
