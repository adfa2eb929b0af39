"""Run ZEN: `python zen_run.py GRAPH SITUATIONS`, in the peers' own environment; prints its answers and its times."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import zen


def main(graph: str, situations: str) -> None:
    """Answer one by one, then all in one call."""
    content = Path(graph).read_text(encoding="utf-8")
    cases = json.loads(Path(situations).read_text(encoding="utf-8"))
    decision = zen.ZenEngine().create_decision(content)
    decision.evaluate(cases[0])
    start = perf_counter()
    answers = [read(decision.evaluate(case)["result"]) for case in cases]
    single = perf_counter() - start
    engine = zen.ZenEngine({"loader": lambda _: content})
    batch = [{"key": "rulebook", "context": case} for case in cases]
    engine.evaluate_batch(batch[:1])
    start = perf_counter()
    together = [
        read(each["data"]["result"] if "data" in each else each["result"]) for each in engine.evaluate_batch(batch)
    ]
    taken = perf_counter() - start
    same = together == answers
    print(json.dumps({"answers": answers, "seconds": {"evaluate": single, "evaluate_batch": taken}, "same": same}))


def read(result: dict[str, Any]) -> list[list[Any]]:
    """Return the numbers of the rules that fired, and the verdicts."""
    fired = [number for number, so in enumerate(result["fired"]) if so]
    return [fired, [result[f"v{number}"] for number in range(len(result) - 1)]]


if __name__ == "__main__":
    main(*sys.argv[1:])
