"""
How far the bundled rulebook agrees with careful readers of the essays.

`python -m tests.calibrate` prints where verdicts differ from theirs and how many agree, then what the brief misses of
what they would put on one screen, and how much of it the brief has. `python -m tests.calibrate CASES.yaml` scores a
file of either kind. Ends with 1 when less agrees than is wanted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

import plenipo
from plenipo.counsel.brief import brief

CASES = Path(__file__).with_name("calibration.yaml")
BRIEFS = Path(__file__).with_name("brief.yaml")
ENOUGH = 0.97
#: How much of what the readers put on one screen the brief is to have, part by part.
ENOUGH_OF = {"lead": 0.83, "not_yet": 0.90, "beware": 0.80, "find_out": 0.60}
#: What readers call each verdict.
READING = {
    "recommend": "for",
    "consider": "for",
    "defer": "defer",
    "avoid": "against",
    "silent": "none",
    "done": "none",
}


@dataclass(frozen=True)
class Judgement:
    """One option in one situation: what the readers found and what the rulebook says."""

    case: str
    option: str
    readers: str
    verdict: str

    @property
    def agrees(self) -> bool:
        """Whether the rulebook reads the essays as the readers do."""
        return READING[self.verdict] == self.readers


@dataclass(frozen=True)
class Part:
    """One part of one brief: what the readers would name there, and what the brief names."""

    case: str
    part: str
    readers: tuple[str, ...]
    named: tuple[str, ...]

    @property
    def missed(self) -> tuple[str, ...]:
        """What the readers name and the brief does not."""
        return tuple(id for id in self.readers if id not in self.named)


def judgements(cases: Path = CASES) -> Iterator[Judgement]:
    """Yield every judgement of every situation in a file of cases."""
    for name, case in _read(cases).items():
        options = plenipo.advise(_facts(case)).options
        for reading, judged in case["readers"].items():
            for option in judged:
                yield Judgement(name, option, reading, options[option].verdict.value)


def parts(cases: Path = BRIEFS) -> Iterator[Part]:
    """Yield every part of the brief of every situation in a file of cases."""
    for name, case in _read(cases).items():
        made = brief(plenipo.advise(_facts(case)))
        named = {
            "lead": [named.option.id for named in made.lead],
            "not_yet": [named.option.id for named in made.not_yet],
            "beware": [named.option.id for named in made.beware],
            "find_out": [asked.fact.id for asked in made.find_out],
        }
        for part in ENOUGH_OF:
            yield Part(name, part, tuple(case["readers"][part]), tuple(named[part]))


def shares(scored: list[Part]) -> Mapping[str, tuple[int, int]]:
    """Return how many of the readers' entries the briefs have, and of how many, part by part."""
    found = {}
    for part in ENOUGH_OF:
        of = [each for each in scored if each.part == part]
        wanted = sum(len(each.readers) for each in of)
        found[part] = (wanted - sum(len(each.missed) for each in of), wanted)
    return found


def read_cases(cases: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the facts of every situation in a file of cases."""
    return {name: _facts(case) for name, case in _read(cases).items()}


def _read(cases: Path) -> Mapping[str, Any]:
    found: Mapping[str, Any] = yaml.safe_load(cases.read_text(encoding="utf-8"))
    return found


def _facts(case: Mapping[str, Any]) -> dict[str, str]:
    return {
        fact: str(value).lower() if isinstance(value, bool) else str(value) for fact, value in case["facts"].items()
    }


def _verdicts(cases: Path) -> bool:
    made = list(judgements(cases))
    for judged in made:
        if not judged.agrees:
            print(f"{judged.case} {judged.option}: readers say {judged.readers}, the rulebook says {judged.verdict}")
    share = sum(judged.agrees for judged in made) / len(made)
    print(f"{sum(judged.agrees for judged in made)} of {len(made)} judgements agree ({share:.1%}, wanted {ENOUGH:.0%})")
    return share >= ENOUGH


def _briefs(cases: Path) -> bool:
    scored = list(parts(cases))
    for each in scored:
        if each.missed:
            print(
                f"{each.case} {each.part}: lacks {', '.join(each.missed)}; names {', '.join(each.named) or 'nothing'}"
            )
    enough = True
    for part, (has, wanted) in shares(scored).items():
        print(f"{part}: {has} of {wanted} ({ENOUGH_OF[part]:.0%} wanted)")
        enough &= has >= ENOUGH_OF[part] * wanted
    return enough


def main(arguments: list[str]) -> int:
    """Print the differences and the figures."""
    if not arguments:
        return 0 if _verdicts(CASES) & _briefs(BRIEFS) else 1
    cases = Path(arguments[0])
    of_briefs = all("lead" in case["readers"] for case in _read(cases).values())
    return 0 if (_briefs if of_briefs else _verdicts)(cases) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
