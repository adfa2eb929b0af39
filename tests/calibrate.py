"""
How far the bundled rulebook agrees with careful readers of the essays: `python -m tests.calibrate [CASES.yaml]`.

Prints every difference and the figure, and ends with 1 when fewer than 97 of 100 judgements agree.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

import plenipo

CASES = Path(__file__).with_name("calibration.yaml")
ENOUGH = 0.97
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


def judgements(cases: Path = CASES) -> Iterator[Judgement]:
    """Yield every judgement of every situation in a file of cases."""
    for name, case in yaml.safe_load(cases.read_text(encoding="utf-8")).items():
        facts = {fact: _value(value) for fact, value in case["facts"].items()}
        options = plenipo.advise(facts).options
        for reading, judged in case["readers"].items():
            for option in judged:
                yield Judgement(name, option, reading, options[option].verdict.value)


def _value(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def main(arguments: list[str]) -> int:
    """Print the differences and the figure."""
    made = list(judgements(Path(arguments[0]) if arguments else CASES))
    for judged in made:
        if not judged.agrees:
            print(f"{judged.case} {judged.option}: readers say {judged.readers}, the rulebook says {judged.verdict}")
    share = sum(judged.agrees for judged in made) / len(made)
    print(f"{sum(judged.agrees for judged in made)} of {len(made)} judgements agree ({share:.1%}, wanted {ENOUGH:.0%})")
    return 0 if share >= ENOUGH else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
