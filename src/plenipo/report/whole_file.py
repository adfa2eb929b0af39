"""An answer written to a file, whole or not at all, in the format that the ending of its name says."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from plenipo.batch.output.destination import Destination
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UsageError, quoted, quoted_list

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
#: What people ask for that is not written -> the ending that stands in for it, and where it can be used.
INSTEAD = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".webp", ".emf"), (".svg", "slides and documents take")),
    **dict.fromkeys((".docx", ".doc", ".odt", ".rtf", ".pptx", ".odp"), (".html", "word processors open")),
}
STDOUT, PDF = "-", "pdf"


def write(file: str, form: str, written: Callable[[str], str], *, force: bool, spare: Iterable[Path | str]) -> None:
    """
    Write what `written` returns for a format, or a PDF of its HTML, to a file, or for `-` to stdout.

    Raises:
        UsageError: it cannot be written there, or something is there that is not to be overwritten.
    """
    if file == STDOUT and form == PDF and sys.stdout.isatty():
        raise UsageError("a PDF is not for a terminal", help=("name a file: `-o advice.pdf`",))
    destination = Destination(file, force=force, alone=True)
    destination.protect(Path(each) for each in spare)
    content = _pdf(written("html")) if form == PDF else written(form).encode("utf-8")
    with destination.written({}) as target:
        target.write_bytes(content)


def _pdf(page: str) -> bytes:
    from plenipo.report.pdf import pdf  # noqa: PLC0415 - what it takes need not be installed

    return pdf(page)


def format_of(file: str, format: str | None, formats: Sequence[str]) -> str:
    """
    Return the format in which to write an answer to a file, of those in which it can be written.

    >>> format_of("advice.html", None, ["html"]), format_of("-", None, ["text"]), format_of("advice", "md", ["md"])
    ('html', 'text', 'md')

    Raises:
        UsageError: the name does not say it, or the answer has no such format.
    """
    known = [*formats, PDF]
    if format is not None:
        if format not in known:
            raise no_format(format, known)
        return format
    if file == STDOUT:
        return "text"
    ending = Path(file).suffix.lower()
    if ENDINGS.get(ending) not in known:
        raise _no_ending(file, ending, known)
    return ENDINGS[ending]


def no_format(format: str, known: Sequence[str]) -> UsageError:
    """Return the fault of a format in which an answer cannot be written, with what people mean by its name."""
    ending = f".{format.lower().lstrip('.')}"
    meant, (instead, use) = ENDINGS.get(ending), INSTEAD.get(ending, ("", ""))
    hint = did_you_mean(meant if meant and meant in known else format, known)
    if meant == PDF:
        hint = ("a PDF cannot be printed: `plenipo.write_answer(answer, 'advice.pdf')` writes it to a file",)
    elif ENDINGS.get(instead) in known:
        hint = (f"{use} `{ENDINGS[instead]}`",)
    return UsageError(
        f"this answer cannot be written as {quoted(format)}", help=(*hint, f"it can be {quoted_list(known)}")
    )


def _no_ending(file: str, ending: str, known: Sequence[str]) -> UsageError:
    """Return the fault of a name whose ending is not that of a format."""
    endings = {form: each for each, form in reversed(ENDINGS.items()) if form in known}
    instead, use = INSTEAD.get(ending, ("", ""))
    hint = (f"{use} {quoted(instead)}",) if instead in endings.values() else ()
    help = (*hint, f"let the name end in {quoted_list(reversed(endings.values()))}", "`--format` says it for any name")
    if ending:
        return UsageError(f"this answer cannot be written as a {quoted(ending)} file", help=help)
    return UsageError(f"the name {quoted(file)} does not say what to write", help=help)
