"""What a finished batch says of itself: the rulebook it was made with, its key, how to read the rules that fired."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from plenipo.batch.file_kinds import Kind
from plenipo.batch.job import Job, Reasons
from plenipo.batch.polars_panics import panics_as_errors
from plenipo.engines.columns import Masks
from plenipo.errors import UsageError, quoted, shown
from plenipo.rulebook.model import Rulebook
from plenipo.version import VERSION

#: A Parquet file holds its metadata under this key; any other file has them in a file beside it with this ending.
METADATA_KEY = "plenipo"
METADATA_ENDING = ".about.json"
METADATA_VERSION = 1


@dataclass(frozen=True)
class Metadata:
    """
    What a reader of a batch must know: the digest of its rulebook, its key, and its facts, each of them a column.

    `rules` are the rules of the bits, from the lowest one of the first integer on; without bits there are none.
    `form` is the kind of file; a batch that was made before it was recorded is of the kind that its name shows.
    """

    digest: str
    version: str
    key: str
    facts: tuple[str, ...]
    reasons: str
    rules: tuple[str, ...] = ()
    form: Kind | None = None

    def text(self) -> str:
        """Return it as JSON."""
        return json.dumps({"schema_version": METADATA_VERSION, "kind": "batch", **asdict(self)}, ensure_ascii=True)


def metadata_of(job: Job, kind: Kind, rulebook: Rulebook, key: str, masks: Masks) -> Metadata:
    """Return the metadata of what a job writes into a file of a kind."""
    reasons = job.reasons_in(kind)
    facts = tuple(rulebook.facts) if job.facts else ()
    rules = masks.rules if reasons is Reasons.BITS else ()
    return Metadata(rulebook.digest, VERSION, key, facts, reasons, rules, kind)


def metadata_file(path: Path) -> Path:
    """Return the file that holds the metadata of a batch which cannot hold them itself."""
    return Path(f"{path.resolve() if path.is_symlink() else path}{METADATA_ENDING}")


def read_metadata(path: Path, *, parquet: bool) -> Metadata:
    """
    Return the metadata of a finished batch.

    Raises:
        UsageError: there are none that could be understood.
    """
    beside = metadata_file(path)
    try:
        with panics_as_errors():
            text = pl.read_parquet_metadata(path)[METADATA_KEY] if parquet else beside.read_text(encoding="utf-8")
        return _parsed(json.loads(text))
    except (KeyError, TypeError, ValueError, OSError, pl.exceptions.PolarsError) as error:
        where = "" if parquet else f", and {quoted(shown(beside))} beside it"
        message = f"{quoted(shown(path))} is not a batch that plenipo wrote"
        raise UsageError(message, help=(f"`plenipo batch` writes one{where}",)) from error


def _parsed(data: Any) -> Metadata:
    if data["schema_version"] != METADATA_VERSION:
        raise ValueError
    return Metadata(
        str(data["digest"]),
        str(data["version"]),
        str(data["key"]),
        tuple(data["facts"]),
        str(data["reasons"]),
        tuple(data["rules"]),
        Kind(data["form"]) if data.get("form") else None,
    )
