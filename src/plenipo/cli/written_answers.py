"""Answers on the command line, printed or written to a file whose ending says how."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path

import plenipo
from plenipo.errors import UsageError, quoted

#: The endings of files, and the format that each one asks for.
ENDINGS = {
    ".svg": "svg",
    ".html": "html",
    ".htm": "html",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".mermaid": "mermaid",
    ".md": "md",
    ".json": "json",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".txt": "text",
}


def write_answer(
    answer: object,
    form: StrEnum | None,
    output: Path | None,
    *,
    force: bool = False,
    full: bool = False,
    width: int | None = None,
    remark: str = "",
    asked: tuple[str, ...] = (),
) -> None:
    """
    Print an answer, or write it to a file, whole or not at all; without a `form` the file's ending says how.

    Raises:
        UsageError: the file is there already and `force` does not say to replace it, it cannot be written, or its
            ending says nothing, or a format that the answer cannot have.
    """
    if output is None or str(output) == "-":
        plenipo.print_answer(answer, form or "text", full=full, width=width, remark=remark, asked=asked)
        return
    format = form.value if form else _format_of(output)
    text = plenipo.render(answer, format, full=full, width=width, remark=remark, asked=asked)
    _write(output, text, force=force)


def _format_of(output: Path) -> str:
    if output.suffix.lower() not in ENDINGS:
        help = f"end it in one of {', '.join(ENDINGS)}, or name a format with --format"
        raise UsageError(f"the name {quoted(str(output))} does not say how to write the answer", help=(help,))
    return ENDINGS[output.suffix.lower()]


def _write(output: Path, text: str, *, force: bool) -> None:
    from plenipo.interview.whole_file import replace_file

    if os.path.lexists(output) and not force:
        raise UsageError(
            f"{quoted(str(output))} is there already", help=("name another file, or replace it with --force",)
        )
    try:
        replace_file(output, text)
    except OSError as wrong:
        raise UsageError(f"{quoted(str(output))} cannot be written: {wrong.strerror}") from None
