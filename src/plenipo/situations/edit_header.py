"""The head of a fact file: its title and the time it describes, written into a text that stays as it is otherwise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import yaml

from plenipo.errors import SituationError
from plenipo.rulebook.yaml_reader import LOADER
from plenipo.situations.edit import Sheet, UnwritableError


def headed(sheet: Sheet, heads: Mapping[str, str]) -> Sheet:
    """
    Return the sheet with another `title` or `as_of`, or both.

    Raises:
        UnwritableError: that cannot be done and leave all else as it is.
    """
    text = sheet.text
    try:
        for key in reversed(list(heads)):
            text = _with(text, key, heads[key])
        changed, before = Sheet(sheet.rulebook, text), sheet.situation("sheet")
        title, as_of = heads.get("title", before.title), heads.get("as_of", before.as_of)
        if changed.situation("sheet") != replace(before, title=title, as_of=as_of):
            raise UnwritableError
    except (SituationError, yaml.YAMLError) as fault:
        raise UnwritableError from fault
    return changed


def _with(text: str, key: str, said: str) -> str:
    """Return a text that says something under a key, in the place of what it said there or else before the rest."""
    root: Any = yaml.compose(text, Loader=LOADER)
    written = json.dumps(said, ensure_ascii=False)
    for name, value in root.value:
        if name.value == key:
            start = value.start_mark.index
            end = start + len(text[start : value.end_mark.index].rstrip())
            apart = "" if text[:start].endswith((" ", "\t")) else " "
            return f"{text[:start]}{apart}{written}{text[end:]}"
    start = root.start_mark.index
    if root.flow_style:
        return f'{text[: start + 1]}"{key}": {written}, {text[start + 1 :]}'
    newline = "\r\n" if "\r\n" in text else "\n"
    return f"{text[:start]}{key}: {written}{newline}{' ' * root.start_mark.column}{text[start:]}"
