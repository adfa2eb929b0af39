"""Tallies: how often each verdict was given and each rule fired, counted by Spark while it answers."""

from __future__ import annotations

from collections.abc import Mapping

import pyspark.sql.functions as F  # noqa: N812 - so everybody calls it
from pyspark.sql import Column

from plenipo.batch.spark import normalize
from plenipo.batch.spark.files import quote
from plenipo.engines.columns import Masks
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: How many rows were answered, and how many were wrong.
ROWS = "rows"
WRONG = "wrong"


def counts(rulebook: Rulebook | None, masks: Masks) -> list[Column]:
    """
    Return what is to be counted in answers that have the verdicts and the rules that fired as bits.

    Wrong rows are counted as such and nowhere else. Without a rulebook, rows alone are counted.
    """
    right = f"NOT {normalize.WRONG}"
    rows = {ROWS: right, WRONG: normalize.WRONG}
    given = {
        _verdict(option, verdict): f"{right} AND {quote(option)} = '{verdict.value}'"
        for option in (rulebook.options if rulebook else ())
        for verdict in Verdict
    }
    fired = {
        _rule(id): f"{right} AND ({name} & {1 << bit}L) != 0"
        for name in (masks.names if rulebook else ())
        for bit, id in enumerate(masks.of(name))
    }
    return [F.expr(f"count_if({so})").alias(name) for name, so in {**rows, **given, **fired}.items()]


def verdicts(rulebook: Rulebook, counted: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
    """Return option -> verdict -> how often it was given; verdicts never given are left out."""
    return {
        option: {verdict.value: times for verdict in Verdict if (times := counted.get(_verdict(option, verdict), 0))}
        for option in rulebook.options
    }


def fired(rulebook: Rulebook, counted: Mapping[str, int]) -> Mapping[str, int]:
    """Return rule -> how often it fired, in the order of the rulebook."""
    return {id: counted.get(_rule(id), 0) for id in rulebook.rules}


def _verdict(option: str, verdict: Verdict) -> str:
    return f"{option} {verdict.value}"


def _rule(id: str) -> str:
    return f"rule {id}"
