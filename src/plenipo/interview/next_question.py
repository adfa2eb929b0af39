"""
What the questionnaire asks next: the fact whose value is expected to fix most of the brief.

The facts that were not asked are drawn at random many times, always in the same way, and the brief is chosen for each
draw. An answer is telling as far as the briefs of the draws with that answer are alike, compared with all of them. So
facts that matter only together with others are asked, too, which trying one fact at a time cannot see.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from random import Random

from plenipo.counsel.choice import choose
from plenipo.counsel.salience import weigh
from plenipo.engines.bitset.situation_columns import Column, Facts, all_rows, layout
from plenipo.rulebook.model import Rulebook
from plenipo.situations.constraints import possible_values

#: How many situations are drawn.
DRAWS = 128
#: A question of the same subject comes first if it is at least this telling, compared with the most telling one.
NEARLY = 0.7


def most_telling(
    rulebook: Rulebook, known: Facts, left: Iterable[str], moving: Collection[str], subject: str
) -> str | None:
    """
    Return the fact among the `moving` ones that is expected to fix most of the brief, or None where there are none.

    One of the same subject as the last answer may be a little less telling.
    """
    if not moving:
        return None
    fixes = telling(rulebook, known, {id: possible_values(rulebook, known, id) for id in left})
    order = sorted(moving, key=lambda fact: -fixes[fact])
    near = [id for id in order if rulebook.facts[id].group == subject]
    return near[0] if near and fixes[near[0]] >= NEARLY * fixes[order[0]] > 0 else order[0]


def telling(rulebook: Rulebook, known: Facts, values: Mapping[str, Sequence[str]]) -> Mapping[str, float]:
    """
    Return how many entries of the brief an answer on each fact is expected to fix: fact -> entries.

    `values` are those that each fact not asked yet can have. What the draws show by chance alone is taken off, so that
    a fact on which nothing turns comes to about 0.
    """
    random = Random(0)  # noqa: S311 - nothing is secret here
    drawn = [{fact: random.choice(those) for fact, those in values.items() if those} for _ in range(DRAWS)]
    entries: dict[tuple[str, str], Column] = {}
    for row, (situation, weighed) in enumerate(zip(drawn, weigh(rulebook, known, drawn)[1:], strict=True)):
        choice = choose(rulebook, weighed, {**known, **situation})
        for part in ("lead", "not_yet", "beware"):
            for option in getattr(choice, part):
                entries[part, option] = entries.get((part, option), 0) | 1 << row
    named = [column for column in entries.values() if column != all_rows(DRAWS)]
    return {fact: _fixed(named, list(columns.values())) for fact, columns in layout(values, drawn).items()}


def _fixed(entries: Iterable[Column], answers: Sequence[Column]) -> float:
    """Return by how much the entries vary less from draw to draw once the answer is known."""
    sizes = [answer.bit_count() for answer in answers]
    fixed = 0.0
    for entry in entries:
        share = entry.bit_count() / DRAWS
        apart = sum(
            size * ((entry & answer).bit_count() / size - share) ** 2
            for answer, size in zip(answers, sizes, strict=True)
        )
        fixed += (apart - (len(answers) - 1) * share * (1 - share)) / DRAWS
    return round(fixed, 9)
