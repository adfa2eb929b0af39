"""Run every benchmark and print one table: `python -m benchmarks`."""

from __future__ import annotations

from benchmarks import check, engine, inquiry, memory, question, startup
from benchmarks.figures import publish

publish(startup.measure(), engine.measure(), inquiry.measure(), question.measure(), check.measure(), memory.measure())
