"""An answer written to a file, whole or not at all, in the format that the ending of its name says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from plenipo.batch.output.destination import Destination
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UsageError, quoted
from plenipo.report import FORMATS
from plenipo.report.registry import OWN_FORMATS

#: How a name ends -> the format; a PDF is made of the HTML.
ENDINGS = {
    ".html": "html",
    ".htm": "html",
    ".md": "md",
    ".markdown": "md",
    ".txt": "text",
    ".json": "json",
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".svg": "svg",
    ".dot": "dot",
    ".gv": "dot",
    ".mmd": "mermaid",
    ".pdf": "pdf",
}
STDOUT = "-"


def write(file: str, form: str, written: Callable[[str], str], *, force: bool, spare: Iterable[Path | str]) -> None:
    """
    Write what `written` returns for a format, or a PDF of its HTML, to a file, or for `-` to stdout.

    Raises:
        UsageError: it cannot be written there, or something is there that is not to be overwritten.
    """
    if file == STDOUT and form == "pdf" and sys.stdout.isatty():
        raise UsageError("a PDF is not for a terminal", help=("name a file: `-o advice.pdf`",))
    destination = Destination(file, force=force, alone=True)
    destination.protect(Path(each) for each in spare)
    content = _pdf(written("html")) if form == "pdf" else written(form).encode("utf-8")
    with destination.written({}) as target:
        target.write_bytes(content)


def _pdf(page: str) -> bytes:
    from plenipo.report.pdf import pdf  # noqa: PLC0415 - what it takes need not be installed

    return pdf(page)


def format_of(file: str, format: str | None) -> str:
    """
    Return the format in which to write a file.

    >>> format_of("advice.html", None), format_of("-", None), format_of("advice", "md")
    ('html', 'text', 'md')

    Raises:
        UsageError: the name does not say it, or there is no such format.
    """
    known = (*FORMATS, *OWN_FORMATS, "pdf")
    if format is not None:
        if format not in known:
            names = ", ".join(map(quoted, known))
            help = (*did_you_mean(format, known), f"it can be {names}")
            raise UsageError(f"a file cannot be written as {quoted(format)}", help=help)
        return format
    if file == STDOUT:
        return "text"
    ending = Path(file).suffix.lower()
    if ending not in ENDINGS:
        endings = ", ".join(f"`{each}`" for each in dict.fromkeys(ENDINGS))
        help = (f"the name may end in {endings}", "`--format` says it for any name")
        raise UsageError(f"the name {quoted(file)} does not say what to write", help=help)
    return ENDINGS[ending]
