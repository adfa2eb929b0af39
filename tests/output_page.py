"""The page on the JSON that comes out, made from its schemas: every key with its sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plenipo.report.output_schemas import output_schemas

Json = Mapping[str, Any]

OPENING = """\
# The JSON that comes out

What every JSON document of plenipo holds, key by key. `make docs` writes this page anew from the JSON Schemas that
`plenipo schema --output` prints; `plenipo schema --output --out DIR` writes a file for each. The tests hold what the
commands print against them: a key that is not described here does not come out.

Each answer is one document, and names what it is under `kind`. With several files `plenipo advise` writes a document a
line. Keys are added within one `schema_version` and never change their meaning. Values of facts are text, or `true` and
`false` for a fact that is answered with yes or no; `unknown` says that it is not known. Rules, facts, options, findings
and propositions are named by their ids, which `plenipo show` explains. A map is an object whose keys are ids or names,
as the sentence on it says.

"""
PLAIN = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "null": "null",
}
#: The shapes that several kinds of document use are described once, at the end.
SHARED = "## What several of them have in common\n"


def page() -> str:
    """Return the whole page."""
    schemas = output_schemas()
    used = [name for schema in schemas.values() for name in _definitions(schema)]
    shared = {name for name in used if used.count(name) > 1}
    parts = [OPENING, *(f"- [{kind}](#{kind}): {schema['description']}\n" for kind, schema in schemas.items())]
    for kind, schema in schemas.items():
        parts.append(f"\n## {kind}\n\n{schema['description']}\n\n{_table(schema)}")
        parts += [_definition(name, below) for name, below in _definitions(schema).items() if name not in shared]
    parts.append(f"\n{SHARED}")
    common = {name: below for schema in schemas.values() for name, below in _definitions(schema).items()}
    parts += [_definition(name, common[name]) for name in sorted(shared, key=_called)]
    return "".join(parts)


def _definitions(schema: Json) -> Mapping[str, Json]:
    """Return the objects and words that a schema defines besides the document itself."""
    return {
        name: below
        for name, below in schema.get("$defs", {}).items()
        if below.get("description") != schema["description"]
    }


def _definition(name: str, schema: Json) -> str:
    head = f"\n### {_called(name)}\n\n"
    if "enum" in schema:
        return f"{head}One of {', '.join(f'`{word}`' for word in schema['enum'])}.\n"
    return f"{head}{schema['description']}\n\n{_table(schema)}"


def _table(schema: Json) -> str:
    rows = (
        f"| `{key}` | {_type(part)}{'' if key in schema['required'] else ', optional'} | {part['description']} |\n"
        for key, part in schema["properties"].items()
    )
    return "| key | what it holds | meaning |\n|---|---|---|\n" + "".join(rows)


def _type(part: Json) -> str:
    """Return in words what a key holds."""
    match part:
        case {"$ref": str(where)}:
            name = _called(where.rpartition("/")[2])
            said = f"[{name}](#{name.replace(' ', '-')})"
        case {"const": word}:
            said = f"`{word}`"
        case {"enum": words}:
            said = " or ".join(f"`{word}`" for word in words)
        case {"anyOf": alternatives}:
            said = " or ".join(dict.fromkeys(map(_type, alternatives)))
        case {"type": "array", "items": items}:
            said = f"list of {_type(items)}"
        case {"type": "object", "additionalProperties": below}:
            said = f"map of {_type(below)}"
        case _:
            said = PLAIN[part["type"]]
    return said


def _called(name: str) -> str:
    """
    Return what the page calls a definition.

    >>> _called("OptionVerdictData"), _called("Verdict")
    ('option verdict', 'verdict')
    """
    return "".join(_words(name.removesuffix("Data"))).strip()


def _words(name: str) -> Iterator[str]:
    for letter in name:
        yield f" {letter.lower()}" if letter.isupper() else letter
