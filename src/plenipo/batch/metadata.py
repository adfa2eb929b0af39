"""What a finished batch says of itself: the rulebook it was made with, its key, how to read the rules that fired."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import polars as pl

from plenipo.batch.job import Job, Reasons
from plenipo.batch.polars_panics import panics_as_errors
from plenipo.engines.columns import Masks
from plenipo.errors import Diagnostic, Location, SituationError, UsageError, quoted, quoted_list, shown
from plenipo.rulebook.model import Rulebook
from plenipo.situations.file_kinds import Kind
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
        UsageError: there are none, so that this is no batch.
        SituationError: there are some that cannot be read, or that no batch has.
    """
    place = path if parquet else metadata_file(path)
    try:
        with panics_as_errors():
            text = pl.read_parquet_metadata(path)[METADATA_KEY] if parquet else place.read_text(encoding="utf-8")
        return _parsed(json.loads(text))
    except (KeyError, FileNotFoundError, NotADirectoryError) as error:
        where = "" if parquet else f", and {quoted(shown(place))} beside it"
        message = f"{quoted(shown(path))} is not a batch that plenipo wrote"
        raise UsageError(message, help=(f"`plenipo batch` writes one{where}",)) from error
    except (ValueError, OSError, RecursionError, pl.exceptions.PolarsError) as error:
        raise damaged(place, error if isinstance(error, _NotAsWrittenError) else None) from error


def damaged(path: Path, error: Exception | None) -> SituationError:
    """Return the fault of a file of a batch that is not as it was written; `error` says in which way, if it does."""
    why = f": {error}" if error else ", and cannot be read"
    message = f"this file is not as `plenipo batch` wrote it{why}"
    return SituationError((Diagnostic("unreadable", message, Location(shown(path)), help=("run the batch again",)),))


class _NotAsWrittenError(ValueError):
    """The metadata hold something that no batch says of itself."""


def _parsed(data: object) -> Metadata:
    if not isinstance(data, dict):
        raise _NotAsWrittenError("it holds no object")
    if data.get("kind") != "batch":
        raise _NotAsWrittenError("its `kind` is not `batch`")
    if data.get("schema_version") != METADATA_VERSION:
        raise _NotAsWrittenError(f"its `schema_version` is not {METADATA_VERSION}")
    form = data.get("form")
    if form is not None and form not in list(Kind):
        raise _NotAsWrittenError("its `form` is no kind of file")
    reasons = _text(data, "reasons")
    if reasons not in list(Reasons):
        raise _NotAsWrittenError(f"its `reasons` are not {quoted_list(Reasons, last='or')}")
    facts, rules = _texts(data, "facts"), _texts(data, "rules")
    if list(rules) != sorted(rules):
        raise _NotAsWrittenError("its `rules` are not in their order")
    return Metadata(
        _text(data, "digest"),
        _text(data, "version"),
        _text(data, "key"),
        facts,
        reasons,
        rules,
        None if form is None else Kind(form),
    )


def _text(data: Mapping[str, object], name: str) -> str:
    value = data.get(name)
    if not isinstance(value, str):
        raise _NotAsWrittenError(f"its {quoted(name)} is no text")
    return value


def _texts(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    value = data.get(name)
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise _NotAsWrittenError(f"its {quoted(name)} are no list of texts")
    if len(set(value)) < len(value):
        raise _NotAsWrittenError(f"its {quoted(name)} name something twice")
    return tuple(value)
