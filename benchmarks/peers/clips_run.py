"""Run CLIPS: `python clips_run.py CONSTRUCTS SITUATIONS`, in the peers' own environment; prints answers and times."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter
from typing import Any

import clips

RANKED = ("done", "avoid", "defer", "recommend", "consider")


def main(constructs: str, situations: str, options: str) -> None:
    """Answer one situation after the other in one environment."""
    environment = clips.Environment()
    for construct in json.loads(Path(constructs).read_text(encoding="utf-8")):
        environment.build(construct)
    cases = json.loads(Path(situations).read_text(encoding="utf-8"))
    cases = [{id: clips.Symbol(value) for id, value in case.items()} for case in cases]
    answered(environment, cases[0], int(options))
    start = perf_counter()
    answers = [answered(environment, case, int(options)) for case in cases]
    print(json.dumps({"answers": answers, "seconds": {"one fact": perf_counter() - start}, "same": True}))


def answered(environment: Any, case: dict[str, Any], options: int) -> list[list[Any]]:
    """Return the numbers of the rules that fired, and the verdicts."""
    environment.reset()
    environment.find_template("s").assert_fact(**case)
    environment.run()
    fired = sorted({int(number) for number in environment.find_global("fired").value.split()})
    verdicts = ["silent"] * options
    drawn = {tuple(each.split(":")) for each in environment.find_global("drawn").value.split()}
    for option, verdict in sorted(drawn, key=lambda each: -RANKED.index(each[1])):
        verdicts[int(option)] = verdict
    return [fired, verdicts]


if __name__ == "__main__":
    main(*sys.argv[1:])
