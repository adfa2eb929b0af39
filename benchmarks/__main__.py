"""Run every benchmark and print one table: `python -m benchmarks`."""

from __future__ import annotations

from benchmarks import batch, check, engine, inquiry, memory, mutation, page, question, report, roadmap, robust, startup
from benchmarks.figures import publish

publish(
    startup.measure(),
    engine.measure(),
    inquiry.measure(),
    question.measure(),
    roadmap.measure(),
    report.measure(),
    page.measure(),
    check.measure(),
    mutation.measure(),
    batch.measure(),
    robust.measure(),
    memory.measure(),
)
