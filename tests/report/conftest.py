"""What the tests of reports share: an answer of every kind."""

from __future__ import annotations

from pathlib import Path

import pytest

import plenipo

REPORT = Path(plenipo.__file__).parent / "report"
FACTS = {"us_china_friction": "high"}


@pytest.fixture(scope="session")
def every_answer(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    advice = plenipo.advise(FACTS)
    table = tmp_path_factory.mktemp("batch") / "cases.csv"
    table.write_text("us_china_friction\nhigh\nlow\n")
    sound = Path(__file__).parents[1] / "faulty" / "sound"
    small = plenipo.load_rulebook(sound)
    return {
        "advise": advice,
        "brief": plenipo.brief(advice),
        "plan": plenipo.plan(advice),
        "explain": plenipo.explain(advice, "four_party_talks"),
        "roadmap": plenipo.roadmap(FACTS),
        "report": plenipo.report([FACTS, {"us_china_friction": "low"}]),
        "trace": plenipo.trace(FACTS),
        "graph": plenipo.graph(FACTS),
        "by_source": plenipo.by_source(FACTS),
        "outlook": plenipo.outlook(advice),
        "change": plenipo.change(advice, "four_party_talks", "consider"),
        "compare": plenipo.compare(FACTS, {"us_china_friction": "low"}),
        "sweep": plenipo.sweep(FACTS, ["us_china_friction"]),
        "robust": plenipo.robust({}, equally=["us_china_friction"]),
        "check": plenipo.check(sound),
        "run_suite": plenipo.run_suite(["late-summer-2020"]),
        "coverage": plenipo.coverage([{}], rulebook=small),
        "mutate": plenipo.mutate([{}], rulebook=small),
        "generate": plenipo.generate(rulebook=small),
        "diff": plenipo.diff(small, small),
        "show": plenipo.show("four_party_talks"),
        "overview": plenipo.overview(),
        "sources": plenipo.sources(),
        "verify_sources": plenipo.verify_sources([REPORT / "text.py"]),
        "interview": plenipo.interview(FACTS),
        "batch": plenipo.batch(table),
    }
