"""
Batches on Spark: the column engine's program, run by a cluster on what the cluster reads and writes.

    inputs --tables--> cells as they stand --cells--> facts, or rejects --ColumnEngine--> answers --tables--> OUT

Nothing of plenipo's need be installed on the cluster: the program is made of Spark's own expressions. Rows that are
wrong come to the driver, where they are told as any batch tells them. Only `session` can be imported without pyspark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plenipo.batch.counts import Summary
    from plenipo.batch.job import Order
    from plenipo.rulebook.model import Rulebook


def run(rulebook: Rulebook, order: Order, master: str | None) -> Summary:
    """
    Answer every situation of the inputs on the Spark cluster `master` and return what came of it.

    Raises:
        SituationError: an input cannot be read, has a column that is no fact, or, where `strict`, a row that is wrong.
        UsageError: pyspark, Java or the cluster is missing, or what is asked for cannot be had from Spark.
    """
    from plenipo.batch.spark.session import session

    with session(master) as spark:
        from plenipo.batch.spark.run import answered

        return answered(spark, rulebook, order)
