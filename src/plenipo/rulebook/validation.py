"""
Validation: a tree of plain values is put into its shape, and every misfit becomes a fault at its place.

This is the only place that knows how pydantic words its errors, and nobody else ever sees them.
"""

from collections.abc import Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plenipo.did_you_mean import Suggestion
from plenipo.errors import quoted, quoted_list, with_small_letter
from plenipo.rulebook.fault_list import MOST_FAULTS, Faults
from plenipo.rulebook.field_types import ONE, SEVERAL
from plenipo.rulebook.words_of_others import key_for
from plenipo.rulebook.yaml_node import Node

Fitted = TypeVar("Fitted", bound=BaseModel)
Path = tuple[str | int, ...]

#: Steps in pydantic's paths that are not in the file.
UNWRITTEN = frozenset({"[key]", ONE, SEVERAL})
#: The errors of pydantic that a node of the wrong kind can lead to, and what should have been there.
WANTED = {
    "string_type": "text",
    "enum": "text",
    "int_type": "text",
    "wrong_value": "text",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "tuple_type": "a list",
}
#: What a text should have been that is not of the right form; anything else is a number.
INSTEAD_OF = {"string_pattern_mismatch": "64 hexadecimal digits, a SHA-256"}


def fit(shape: type[Fitted], node: Node, what: str, faults: Faults) -> Fitted | None:
    """
    Return the node in its shape, or None after adding every misfit to `faults`; `what` is what messages call it.

    The places of the misfits are those of the file that the node was read from.
    """
    try:
        return shape.model_validate(node.plain())
    except ValidationError as error:
        for found in error.errors(include_url=False)[: MOST_FAULTS + 1]:
            _add(shape, node, what, found, faults)
        return None


def _add(shape: type[BaseModel], node: Node, what: str, found: ErrorDetails, faults: Faults) -> None:
    path = tuple(step for step in found["loc"] if step not in UNWRITTEN)
    if found["type"] not in ("extra_forbidden", "missing"):
        _add_value(node, what, path, found, faults)
        return
    keys, key = _keys(shape, path[:-1]), str(path[-1])
    names = [step for step in path[:-1] if isinstance(step, str)]
    owner = f"{quoted(names[-1])} of {what}" if names else what
    if found["type"] == "missing":
        help = (_what_for(key, keys),)
        faults.add("missing-key", f"{owner} lacks {quoted(key)}", node.find(*path[:-1]).place, help=help)
        return
    message, meant = f"{owner} has no key {quoted(key)}", key_for(key, keys)
    if cut := _cut_at_a_comma(node.find(*path[:-1]), key):
        faults.add("unknown-key", message, node.key(*path), help=(cut,))
    elif meant:
        faults.add("unknown-key", message, node.key(*path), help=(Suggestion(meant), _what_for(meant, keys)))
    else:
        known = (f"its keys are {quoted_list(keys, last='and')}",)
        faults.add("unknown-key", message, node.key(*path), near=(key, keys), help=known)


def _what_for(key: str, keys: Mapping[str, str]) -> str:
    """Return what a key is for, in the words that describe it."""
    return f"{quoted(key)} is for: {with_small_letter(keys[key]).rstrip('.')}"


def _cut_at_a_comma(mapping: Node, key: str) -> str | None:
    """Return what to write where a key is the rest of a text that braces cut off at a comma, or None."""
    start, parts = "", [""]
    for name, value in mapping.entries.items():
        if start and value.kind == "nothing" and mapping.keys[name].line == mapping.keys[start].line:
            parts.append(name)
        elif key in parts[1:]:
            break
        else:
            start, parts = name if value.text else "", [value.text or ""]
    if key not in parts[1:]:
        return None
    whole = ", ".join(parts).replace('"', "'")
    entry = quoted(f'{start}: "{whole}"')
    return f"in braces a text with a comma needs quotation marks: {entry}"


def _add_value(node: Node, what: str, path: Path, found: ErrorDetails, faults: Faults) -> None:
    kind, context = found["type"], found.get("ctx", {})
    at = node.find(*path)
    subject = _subject(what, path)
    wanted = WANTED.get(kind, "")
    if kind == "enum" and at.text:
        allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        message = f"{subject} is {quoted(at.text)}, and should be {quoted_list(allowed)}"
        faults.add("wrong-value", message, at.place, near=(at.text, allowed))
    elif at.kind == "nothing" or kind.endswith("too_short"):
        faults.add("wrong-value", f"{subject} is empty", at.place)
    elif wanted and at.kind != wanted:
        faults.add("wrong-shape", f"{subject} should be {wanted}, not {at.kind}", at.place)
    else:
        due = found["msg"] if kind == "wrong_value" else INSTEAD_OF.get(kind, "a whole number from 1")
        faults.add("wrong-value", f"{subject} is {quoted(at.text or '')}, and should be {due}", at.place)


def _subject(what: str, path: Sequence[str | int]) -> str:
    """Name the value at the end of a path: the nearest key above it, and whose it is."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return what
    part = "a part of " if path and isinstance(path[-1], int) else ""
    return f"{part}{quoted(names[-1])} of {what}"


def _keys(kind: Any, path: Path) -> dict[str, str]:
    """Return the keys of the shape at the end of a path inside another one, each with what it is for."""
    for step in path:
        kind = _peeled(kind)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            kind = next(field.annotation for name, field in kind.model_fields.items() if step in (name, field.alias))
        else:
            kind = get_args(kind)[1 if get_origin(kind) is dict else 0]
    return {field.alias or name: field.description or "" for name, field in _peeled(kind).model_fields.items()}


def _peeled(kind: Any) -> Any:
    """Return an annotation without its validators, and without the None that may be there instead."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    return kind
