"""The counts of a batch as Spark makes them while it answers."""

from __future__ import annotations

import pyspark.sql.functions as F  # noqa: N812 - everybody calls it so
from pyspark.sql import Column

from plenipo.batch.counts import rule_count, verdict_count
from plenipo.batch.spark.files import quote
from plenipo.batch.spark.normalize import WRONG_ROW
from plenipo.engines.columns import Masks
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

#: How many rows were answered, and how many were wrong.
ANSWERED_COUNT = "rows"
WRONG_COUNT = "wrong"


def count_columns(rulebook: Rulebook | None, masks: Masks) -> list[Column]:
    """
    Return what to count in answers that have the verdicts, and the rules that fired as bits.

    Wrong rows are counted as such and nowhere else. Without a rulebook, only rows are counted.
    """
    right = f"NOT {WRONG_ROW}"
    rows = {ANSWERED_COUNT: right, WRONG_COUNT: WRONG_ROW}
    given = {
        verdict_count(option, verdict): f"{right} AND {quote(option)} = '{verdict.value}'"
        for option in (rulebook.options if rulebook else ())
        for verdict in Verdict
    }
    fired = {
        rule_count(id): f"{right} AND ({name} & {1 << bit}L) != 0"
        for name in (masks.names if rulebook else ())
        for bit, id in enumerate(masks.of(name))
    }
    return [F.expr(f"count_if({condition})").alias(name) for name, condition in {**rows, **given, **fired}.items()]
