"""Many situations at a time: batches, and the cases of a finished one."""

from __future__ import annotations

from plenipo.library.reading import load_rulebook

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from enum import StrEnum
    from pathlib import Path
    from typing import Literal, TypeVar

    from plenipo.batch.counts import BatchSummary
    from plenipo.batch.lookup import AnsweredCase
    from plenipo.rulebook.model import Rulebook

    Word = TypeVar("Word", bound=StrEnum)

#: What does the work of a batch.
ENGINES = ("polars", "spark")


def batch(
    inputs: Iterable[Path | str] | Path | str,
    out: Path | str | None = None,
    *,
    rulebook: Rulebook | None = None,
    form: str | None = None,
    kind: str | None = None,
    key: str | None = None,
    reasons: str | None = None,
    facts: bool = True,
    extra: bool = False,
    strict: bool = False,
    force: bool = False,
    resume: bool = False,
    summary: bool = True,
    progress: Callable[[int, int], None] | None = None,
    engine: Literal["polars", "spark"] = "polars",
    master: str | None = None,
) -> BatchSummary:
    """
    Answer every situation of some files and return what came of it; the answers go to the file `out`, if one is named.

    Inputs are fact files, folders of them, tables (CSV, TSV, JSON Lines, Parquet, Arrow), packed or not, patterns, and
    `-` for stdin; `kind` says what they are where their names do not, and `form` what `out` is to be (`parquet`,
    `arrow`, `csv`, `tsv`, `jsonl`). `key` names the column that tells rows apart; without one, a key is made. `reasons`
    are `bits`, `ids` or `none`; without `facts`, `out` holds the verdicts alone; `extra` keeps columns that are no
    facts. A row that is wrong is rejected, unless `strict`. `out` is there whole or not at all, and is only overwritten
    with `force`; `resume` goes on with a run that was stopped. `summary` counts verdicts and rules. `progress` is told
    how many rows are done, and how many there may be. With the engine `spark` the inputs are what Spark reads, `out` is
    a folder, and the work is done by the cluster `master`; see docs/spark.md.

    Raises:
        SituationError: an input cannot be read, a column is no fact, or, where `strict`, a row is wrong.
        UsageError: what is asked for cannot be had, or `out` cannot be written.
    """
    from pathlib import Path

    from plenipo.batch.file_kinds import Kind
    from plenipo.batch.job import Job, Reasons
    from plenipo.batch.run import run_batch
    from plenipo.errors import UsageError, quoted

    if out is None and form is not None:
        help = ("-o OUT names one, and - is stdout", "without OUT, --format is `text` or `json`")
        raise UsageError(f"there is no OUT to be written as {quoted(form)}", help=help)
    if engine not in ENGINES:
        raise _refused(engine, "engine", ENGINES)
    several = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    if not several:
        raise UsageError("no input is named")
    if out is not None and not str(out).strip():
        raise UsageError("the name of OUT is empty")
    job = Job(
        [str(each) for each in several],
        None if out is None else str(out),
        _meant(form, "format of OUT", [each for each in Kind if each is not Kind.FACTS]),
        _meant(kind, "kind of input", Kind),
        key,
        _meant(reasons, "way to tell reasons", Reasons),
        facts=facts,
        extra=extra,
        strict=strict,
        force=force,
        resume=resume,
        summary=summary,
    )
    book = rulebook or load_rulebook()
    if engine == "spark":
        from plenipo.batch.spark import run_on_spark

        return run_on_spark(book, job, master)
    if master is not None:
        raise UsageError("a master is one of Spark's", help=("--engine spark --master URL",))
    return run_batch(book, job, progress)


def find_case(out: Path | str, key: str | int, *, rulebook: Rulebook | None = None) -> AnsweredCase:
    """
    Return a row of a finished batch, by its key: its situation, and what was answered then.

    Raises:
        UsageError: the file is no batch, does not tell its facts, or has no such row, or several.
        SituationError: the file cannot be read.
    """
    from pathlib import Path

    from plenipo.batch.lookup import find_row

    return find_row(rulebook or load_rulebook(), Path(out), str(key))


def _meant(word: str | None, what: str, known: Iterable[Word]) -> Word | None:
    """Return what a word stands for; None stands for nothing."""
    if word is None:
        return None
    words = {each.value: each for each in known}
    if word not in words:
        raise _refused(word, what, words)
    return words[word]


def _refused(word: str, what: str, known: Iterable[str]) -> Exception:
    from plenipo.errors import UsageError, did_you_mean, listed, quoted

    return UsageError(f"{quoted(word)} is no {what}", help=(*did_you_mean(word, known), f"it is {listed(known)}"))
