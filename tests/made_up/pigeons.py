"""A rulebook that takes a search for ever: as many facts as it has pigeons, with one hole fewer, no two in the same."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from tests.conftest import seed, write_rulebook

OPTIONS = "options:\n  what:\n    go: {title: Go, cite: A01}\n    stay: {title: Stay, cite: A01}\n"
RULES = """\
- id: all-placed
  when: {%s}
  then: {recommend: go}
  because: All are placed.
  cite: A01
  basis: stated
  strength: plain
- id: first-waits
  when: {p1: [h1, h2]}
  then: {defer: go, consider: stay}
  because: The first has a place.
  cite: A01
  basis: stated
  strength: plain
"""


def pigeons(folder: Path, number: int = 12, *, fewer: int = 1) -> Path:
    """Write a rulebook with so many pigeons, and holes that are so many fewer, into a folder, and return it."""
    holes = [f"h{hole}" for hole in range(1, number + 1 - fewer)]
    facts = [f"p{pigeon}" for pigeon in range(1, number + 1)]
    values = ", ".join(f"{hole}: {hole}" for hole in holes)
    never = [(one, other, hole) for one, other in combinations(facts, 2) for hole in holes]
    constraints = "".join(
        f"  {one}-{other}-{hole}: {{never: {{{one}: {hole}, {other}: {hole}}}, because: One hole holds one.}}\n"
        for one, other, hole in never
    )
    asked = "".join(f"    {fact}: {{ask: Where is {fact}?, values: {{{values}}}}}\n" for fact in facts)
    placed = ", ".join(f"{fact}: [{', '.join(holes)}]" for fact in facts)
    return write_rulebook(
        folder,
        {
            "rules/facts.yaml": f"facts:\n  where:\n{asked}",
            "rules/options.yaml": OPTIONS,
            "rules/constraints.yaml": f"constraints:\n{constraints}",
            "rules/all.yaml": RULES % placed,
            "seeds/A.yaml": seed("A", paragraphs=1, propositions=1),
        },
    )
