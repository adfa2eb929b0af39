"""Telling a situation: as the text of a fact file that reads back as the same situation."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from plenipo.errors import UsageError
from plenipo.rulebook.model import Situation
from plenipo.situations.likelihood import worded


def fact_file(situation: Situation, comment: str = "") -> str:
    """Return the text of a fact file; `comment` stands at its top."""
    lines = [f"# {line}".rstrip() for line in comment.splitlines()]
    lines += [f"{key}: {_quoted(text)}" for key, text in _texts(situation)]
    lines += ["facts:", *_entries(situation.facts)] if situation.facts else ["facts: {}"]
    if situation.likely:
        lines += ["likely:", *_entries({id: worded(weights) for id, weights in situation.likely.items()})]
    if situation.considering:
        lines.append(f"considering: [{', '.join(situation.considering)}]")
    if situation.notes:
        lines += ["notes:", *(f"  {fact}: {_quoted(note)}" for fact, note in situation.notes.items())]
    if situation.expect:
        lines += ["expect:", *_entries(situation.expect)]
    return "\n".join(lines) + "\n"


def _texts(situation: Situation) -> Iterable[tuple[str, str]]:
    return ((key, text) for key, text in (("title", situation.title), ("as_of", situation.as_of)) if text)


def _entries(entries: Mapping[str, str]) -> Iterable[str]:
    return (f"  {id}: {value}" for id, value in entries.items())


def _quoted(text: str) -> str:
    """Return a text as YAML reads it back; JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def write_fact_files(
    situations: Iterable[Situation], folder: Path, *, comment: str = "", force: bool = False
) -> tuple[Path, ...]:
    """
    Write each situation to a fact file of its name in a folder, which is made if need be, and return the files.

    `comment` stands at the top of each.

    Raises:
        UsageError: a file is there already, and `force` does not say that it may go; nothing is written then.
    """
    files = {folder / f"{situation.name}.yaml": fact_file(situation, comment) for situation in situations}
    there = next((path for path in files if path.exists()), None)
    if there is not None and not force:
        raise UsageError(f"`{there}` is there already", help=("`--force` writes over it",))
    folder.mkdir(parents=True, exist_ok=True)
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
    return tuple(files)
