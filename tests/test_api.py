"""The public calls: what each takes for a situation, and that their names stay theirs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import plenipo
from plenipo.cli.main import main
from plenipo.errors import SituationError
from plenipo.situations import read

FACTS = {"us_china_friction": "high", "talks_status": "paused"}
OPTION = "four_party_talks"
CALLS: dict[str, Callable[[Any], object]] = {
    "advise": lambda given: plenipo.advise(given).trace,
    "by_source": lambda given: plenipo.by_source(given).options,
    "change": lambda given: plenipo.change(given, OPTION, "consider").ways,
    "compare": lambda given: plenipo.compare(given, {"us_china_friction": "low"}).turns,
    "explain": lambda given: plenipo.explain(given, OPTION).verdict,
    "interview": lambda given: plenipo.interview(given).known,
    "load_situation": lambda given: plenipo.load_situation(given).facts,
    "outlook": lambda given: plenipo.outlook(given).turns_on,
    "plan": lambda given: [entry.option.id for entry in plenipo.plan(given).avoid],
    "robust": lambda given: plenipo.robust(given, equally=["dprk_wants_china"]).options[OPTION].shares,
    "run_suite": lambda given: plenipo.run_suite([given]).never_fired,
    "sweep": lambda given: plenipo.sweep(given, ["dprk_wants_china"]).counts,
}


@pytest.mark.parametrize("call", CALLS)
def test_a_call_takes_a_situation_in_every_form(call: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("facts: {us_china_friction: high, talks_status: paused}\n")
    forms = [FACTS, path, str(path), plenipo.load_situation(FACTS), plenipo.advise(FACTS)]
    first, *others = [CALLS[call](form) for form in forms]
    assert first
    assert others == [first] * 4


def test_advice_brings_its_own_rulebook_and_is_not_given_twice() -> None:
    alone = plenipo.advise(FACTS, source="A")
    assert plenipo.advise(alone) is alone
    assert plenipo.explain(alone, OPTION).advice is alone
    both = plenipo.advise(alone, rulebook=plenipo.load_rulebook())
    assert both.situation is alone.situation
    assert len(both.trace) > len(alone.trace)


@pytest.mark.parametrize("arguments", [["--set", "us_china_friction=low"], ["--considering", OPTION], []])
def test_a_situation_is_put_together_and_found_possible_once(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    counts = {"complete": 0, "refuse_impossible": 0}

    def counting(name: str) -> Callable[..., object]:
        original: Callable[..., object] = getattr(read, name)

        def counted(*given: object, **more: object) -> object:
            counts[name] += 1
            return original(*given, **more)

        return counted

    for name in counts:
        monkeypatch.setattr(read, name, counting(name))
    assert main(["advise", "late-summer-2020", "--format", "json", *arguments]) == 0
    assert counts == {"complete": 1, "refuse_impossible": 1}


def test_what_is_set_can_mend_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("facts: {negotiating_agenda: nothing, working_level: drafting}\n")
    with pytest.raises(SituationError, match="exclude one another"):
        plenipo.load_situation(path)
    assert plenipo.load_situation(path, changes={"working_level": None}).facts == {"negotiating_agenda": "nothing"}


def test_names_are_calls_in_whatever_order_things_are_imported() -> None:
    for name in ("batch", "interview", "situations"):
        for first, second in ((f"plenipo.{name}", "plenipo"), ("plenipo", f"plenipo.{name}")):
            program = f"import {first}, {second}, plenipo.api; assert callable(plenipo.{name}), plenipo.{name}"
            subprocess.run([sys.executable, "-c", program], check=True)
    calls = [getattr(plenipo, name) for name in plenipo.__all__ if name != "__version__"]
    assert calls
    assert not [call for call in calls if isinstance(call, ModuleType) or not call.__doc__]
    assert set(plenipo.__all__) <= set(dir(plenipo))
    with pytest.raises(AttributeError, match="no attribute 'advize'"):
        _ = plenipo.advize  # type: ignore[attr-defined]


def test_the_package_is_a_command() -> None:
    ran = subprocess.run([sys.executable, "-m", "plenipo", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout == f"plenipo {plenipo.__version__}\n"
