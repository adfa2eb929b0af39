"""
Batches on Spark: a cluster runs the program of the column engine on what the cluster reads, and writes the answers.

    Job --files--> cells as they are --normalize--> facts, or rejects --ColumnEngine--> answers --files--> OUT

The cluster needs nothing of plenipo: the program consists of Spark's own expressions. Wrong rows come to the driver,
which reports them as any batch does. Only `session` can be imported without pyspark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plenipo.batch.counts import BatchSummary
    from plenipo.batch.job import Job
    from plenipo.rulebook.model import Rulebook


def run_on_spark(rulebook: Rulebook, job: Job, master: str | None) -> BatchSummary:
    """
    Answer every situation of the inputs on the Spark cluster `master` and return what came of it.

    Raises:
        SituationError: an input cannot be read, has a column that is not a fact, or, where `strict`, a wrong row.
        UsageError: pyspark, Java or the cluster is missing, or the job asks for something that Spark cannot do.
    """
    from plenipo.batch.spark.session import session

    with session(master) as spark:
        from plenipo.batch.spark.run import run_in_session

        return run_in_session(spark, rulebook, job)
