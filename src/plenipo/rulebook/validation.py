"""
Validation: a tree of plain values is put into its shape, and every misfit becomes a fault at its place.

This is the only place that knows how pydantic words its errors, and nobody else ever sees them.
"""

from collections.abc import Iterable, Sequence
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from plenipo.errors import listed, quoted
from plenipo.rulebook.fault_list import MOST_FAULTS, Faults
from plenipo.rulebook.field_types import ONE, SEVERAL
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
    kind = found["type"]
    if kind == "extra_forbidden":
        known = _keys(_shape_at(shape, path[:-1]))
        message = f"{_owner(what, path)} has no key {quoted(str(path[-1]))}"
        help = (f"its keys are {listed(known, last='and')}",)
        faults.add("unknown-key", message, node.key(*path), near=(str(path[-1]), known), help=help)
    elif kind == "missing":
        wanted = _meaning(_shape_at(shape, path[:-1]), str(path[-1]))
        message = f"{_owner(what, path)} lacks {quoted(str(path[-1]))}"
        faults.add("missing-key", message, node.find(*path[:-1]).place, help=(wanted,) if wanted else ())
    else:
        _add_value(node, what, path, found, faults)


def _add_value(node: Node, what: str, path: Path, found: ErrorDetails, faults: Faults) -> None:
    kind, context = found["type"], found.get("ctx", {})
    at = node.find(*path)
    subject = _subject(what, path)
    wanted = WANTED.get(kind, "")
    if kind == "enum" and at.text:
        allowed = context["expected"].replace(" or ", ", ").replace("'", "").split(", ")
        message = f"{subject} is {quoted(at.text)}, and should be {listed(allowed)}"
        faults.add("wrong-value", message, at.place, near=(at.text, allowed))
    elif at.kind == "nothing" or kind.endswith("too_short"):
        faults.add("wrong-value", f"{subject} is empty", at.place)
    elif wanted and at.kind != wanted:
        faults.add("wrong-shape", f"{subject} should be {wanted}, not {at.kind}", at.place)
    else:
        faults.add("wrong-value", f"{subject} is {quoted(at.text or '')}, and should be {_due(found)}", at.place)


def _due(found: ErrorDetails) -> str:
    """Return what a text of the wrong kind should have been."""
    if found["type"] == "wrong_value":
        return found["msg"]
    if found["type"] == "string_pattern_mismatch":
        return "64 hexadecimal digits, a SHA-256"
    return "a whole number from 1"


def _subject(what: str, path: Sequence[str | int]) -> str:
    """Name the value at the end of a path: the nearest key above it, and whose it is."""
    names = [step for step in path if isinstance(step, str)]
    if not names:
        return what
    part = "a part of " if path and isinstance(path[-1], int) else ""
    return f"{part}{quoted(names[-1])} of {what}"


def _owner(what: str, path: Sequence[str | int]) -> str:
    names = [step for step in path[:-1] if isinstance(step, str)]
    return f"{quoted(names[-1])} of {what}" if names else what


def _keys(shape: type[BaseModel] | None) -> list[str]:
    return [field.alias or name for name, field in shape.model_fields.items()] if shape else []


def _meaning(shape: type[BaseModel] | None, key: str) -> str:
    fields: Iterable[Any] = shape.model_fields.items() if shape else ()
    said = next((field.description or "" for name, field in fields if key in (name, field.alias)), "")
    return f"{quoted(key)} is for: {said[:1].lower()}{said[1:].rstrip('.')}" if said else ""


def _shape_at(shape: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the shape at the end of a path inside another one, if there is one."""
    kind: Any = shape
    for step in path:
        kind = _inside(kind, str(step))
    kind = _peeled(kind)
    return kind if _is_shape(kind) else None


def _inside(kind: Any, step: str) -> Any:
    """Return the annotation of what is one step inside an annotation: a field, or the element of a list or mapping."""
    kind = _peeled(kind)
    if _is_shape(kind):
        return next(
            (field.annotation for name, field in kind.model_fields.items() if step in (name, field.alias)), None
        )
    parts = get_args(kind)
    return parts[1 if get_origin(kind) is dict else 0] if parts else None


def _peeled(kind: Any) -> Any:
    """Return an annotation without its validators, and without the None that may be there instead."""
    while get_origin(kind) in (Annotated, Union, UnionType):
        kind = next(part for part in get_args(kind) if part is not type(None))
    return kind


def _is_shape(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
