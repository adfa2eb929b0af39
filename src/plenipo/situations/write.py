"""Writing a situation as the text of a fact file, from which the same situation is read."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from plenipo.errors import already_there, shown
from plenipo.rulebook.model import Situation
from plenipo.whole_file import write_whole

Part = TypeVar("Part")
#: A name that is longer than so many bytes is cut.
MOST_BYTES = 200


def fact_file(situation: Situation, comment: str = "") -> str:
    """
    Return the text of a fact file; `comment` comes first in it.

    Facts that were taken over are not written: reading the text takes them over again.
    """
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += [f"{key}: {_quoted(text)}" for key in ("title", "as_of", "based_on") if (text := getattr(situation, key))]
    lines += _mapping("facts", own(situation, situation.facts)) or ["facts: {}"]
    if likely := own(situation, situation.likely):
        from plenipo.situations.likelihood import worded  # noqa: PLC0415 - it brings fractions

        lines += _mapping("likely", {id: worded(part) for id, part in likely.items()})
    if situation.considering:
        lines.append(f"considering: [{', '.join(situation.considering)}]")
    lines += _mapping("notes", {id: _quoted(note) for id, note in own(situation, situation.notes).items()})
    lines += _mapping("expect", situation.expect)
    lines += _mapping("readers", situation.readers)
    return "\n".join(lines) + "\n"


def own(situation: Situation, part: Mapping[str, Part]) -> dict[str, Part]:
    """Return what a situation says itself about facts, without what it takes over."""
    return {id: value for id, value in part.items() if id not in situation.taken_over}


def _mapping(key: str, entries: Mapping[str, str]) -> list[str]:
    return [f"{key}:", *(f"  {id}: {value}" for id, value in entries.items())] if entries else []


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back; JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def write_fact_files(
    situations: Iterable[Situation], folder: Path, *, comment: str = "", force: bool = False
) -> tuple[Path, ...]:
    """
    Write each situation to a fact file of its name in a folder, which is made if need be, and return the files.

    `comment` comes first in each. A file holds all facts of its situation, those that were taken over included.

    Raises:
        UsageError: there is such a file already, and `force` does not allow to overwrite it; nothing is written then.
    """
    whole = (replace(situation, based_on="", taken_over={}) for situation in situations)
    files = {folder / _file_name(situation.name): fact_file(situation, comment) for situation in whole}
    there = next((path for path in files if os.path.lexists(path)), None)
    if there is not None and not force:
        raise already_there(shown(there))
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        write_whole(path, text)
    return tuple(files)


def _file_name(name: str) -> str:
    """Return the name of a situation's file; one that is too long for a file system ends in its digest."""
    if len(os.fsencode(name)) > MOST_BYTES:
        digest = hashlib.sha256(name.encode()).hexdigest()[:12]
        name = f"{os.fsencode(name)[:MOST_BYTES].decode(errors='ignore')}-{digest}"
    return f"{name}.yaml"
