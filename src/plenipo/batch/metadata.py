"""What a finished batch says of itself: the rulebook it was made with, its key, how its reasons are to be read."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from plenipo.batch.file_kinds import Kind
from plenipo.errors import UsageError, quoted, shown

#: The key of a Parquet file's own metadata; beside other files stands one that bears their name and this ending.
METADATA = "plenipo"
SIDECAR = ".about.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class About:
    """
    What must be known to read a batch: the digest of its rulebook, its key, and its facts, each a column.

    `rules` are the rules of the masks, from the lowest bit of the first on; there are none where reasons are not told
    as bits. `form` is the kind of file that it is; what was made before that was told is what its name says.
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
        return json.dumps({"schema_version": SCHEMA_VERSION, "kind": "batch", **asdict(self)}, ensure_ascii=True)


def sidecar(path: Path) -> Path:
    """Return the file that speaks of a batch which cannot speak of itself."""
    return Path(f"{path.resolve() if path.is_symlink() else path}{SIDECAR}")


def read_about(path: Path, *, parquet: bool) -> About:
    """
    Return what a finished batch says of itself.

    Raises:
        UsageError: it says nothing that could be understood.
    """
    try:
        told = pl.read_parquet_metadata(path)[METADATA] if parquet else sidecar(path).read_text(encoding="utf-8")
        return _about(json.loads(told))
    except (KeyError, TypeError, ValueError, OSError, pl.exceptions.PolarsError) as error:
        where = "" if parquet else f"; what it says of itself stands in {quoted(shown(sidecar(path)))}"
        raise UsageError(
            f"{quoted(shown(path))} does not say that it is a batch of plenipo's",
            help=(f"`plenipo batch` writes one{where}",),
        ) from error


def _about(told: Any) -> About:
    if told["schema_version"] != SCHEMA_VERSION:
        raise ValueError
    return About(
        str(told["digest"]),
        str(told["version"]),
        str(told["key"]),
        tuple(told["facts"]),
        str(told["reasons"]),
        tuple(told["rules"]),
        Kind(told["form"]) if told.get("form") else None,
    )
