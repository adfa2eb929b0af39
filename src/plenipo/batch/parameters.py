"""What a caller of `plenipo.batch` asks for, checked and turned into a job."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from plenipo import text_encoding
from plenipo.batch.job import Job, Reasons
from plenipo.batch.limits import LONGEST_ROW, MOST_COLUMNS, Limits, size_of
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UsageError, quoted, quoted_list
from plenipo.situations.file_kinds import Kind

Word = TypeVar("Word", bound=StrEnum)

#: What can do the work of a batch.
ENGINES = ("polars", "spark")
#: Words for what separates cells.
SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "\\t": "\t", "pipe": "|", "space": " "}


def job_of(  # noqa: PLR0913 - these are the parameters of `plenipo.batch`
    inputs: Iterable[Path | str] | Path | str,
    out: Path | str | None,
    *,
    form: str | None,
    kind: str | None,
    separator: str | None,
    sheet: str | int | None,
    encoding: str | None,
    key: str | None,
    reasons: str | None,
    max_row: str | int | None,
    max_columns: int | None,
    max_unpacked: str | int | None,
    **switches: bool,
) -> Job:
    """
    Return the job that the parameters of `plenipo.batch` describe; `switches` are those that are on or off.

    Raises:
        UsageError: there is no input, a word is not one of those known, or the parameters do not go together.
    """
    if out is None and form is not None:
        help = ("-o OUT names one, and - is stdout", "without OUT, --format is `text` or `json`")
        raise UsageError(f"`--format {form}` needs `-o OUT`", help=help)
    if out is None and switches.get("lead"):
        raise UsageError("`--lead` needs `-o OUT`", help=("-o OUT names where the columns go, and - is stdout",))
    several = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not several:
        raise UsageError("no input is named")
    if out is not None and not str(out).strip():
        raise UsageError("the name of OUT is empty")
    return Job(
        [str(each) for each in several],
        None if out is None else str(out),
        _meant(form, "a format of OUT", [each for each in Kind if each is not Kind.FACTS]),
        _meant(kind, "a kind of input", Kind),
        _separator(separator),
        None if sheet is None else str(sheet),
        None if encoding is None else text_encoding.codec(encoding),
        key,
        _meant(reasons, "a way to write reasons", Reasons),
        _limits(max_row, max_columns, max_unpacked),
        **switches,
    )


def runs_on_spark(engine: str, master: str | None, *, lead: bool = False) -> bool:
    """
    Return whether Spark does the work.

    Raises:
        UsageError: there is no such engine, a cluster is named for another one than Spark, or Spark is to work out what
            leads.
    """
    if engine not in ENGINES:
        raise _not_one_of(engine, "an engine", ENGINES)
    if master is not None and engine != "spark":
        raise UsageError("`--master` requires `--engine spark`", help=("--engine spark --master URL",))
    if lead and engine == "spark":
        message = "`--lead` is for one machine: Spark cannot work out what leads"
        raise UsageError(message, help=("leave `--lead` or `--engine spark` out",))
    return engine == "spark"


def _limits(row: str | int | None, columns: int | None, unpacked: str | int | None) -> Limits:
    return Limits(
        LONGEST_ROW if row is None else size_of(str(row), "--max-row"),
        MOST_COLUMNS if columns is None else columns,
        None if unpacked is None else size_of(str(unpacked), "--max-unpacked"),
    )


def _separator(given: str | None) -> str | None:
    if given is None:
        return None
    meant = SEPARATORS.get(given.casefold(), given)
    if len(meant) != 1 or not meant.isascii() or meant.isalnum() or meant in '"\r\n\0':
        help = (f"it is one character that is neither a letter, a digit nor a quote, or {quoted_list(SEPARATORS)}",)
        raise UsageError(f"{quoted(given)} cannot separate cells", help=help)
    return meant


def _meant(word: str | None, what: str, known: Iterable[Word]) -> Word | None:
    """Return what a word means; None means nothing."""
    if word is None:
        return None
    words = {each.value: each for each in known}
    if word not in words:
        raise _not_one_of(word, what, words)
    return words[word]


def _not_one_of(word: str, what: str, known: Iterable[str]) -> UsageError:
    help = (*did_you_mean(word, known), f"it is {quoted_list(known)}")
    return UsageError(f"{quoted(word)} is not {what}", help=help)
