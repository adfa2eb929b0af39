"""
Coverage: how much of a rulebook some situations put to use.

A rule is covered when it fires in one of them, a condition when it is decided both ways: true in one situation and
false in another. A condition is a comparison or an alternative, anywhere in a rule. What no situation at all could
show is listed separately and not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plenipo.audit.goals import ConditionPart, Goal, goals, prospects
from plenipo.engines.bitset.situation_columns import Facts, in_columns
from plenipo.rulebook.model import Rulebook
from plenipo.search_time import SECONDS_OVER_ALL, search_time


@dataclass(frozen=True)
class Coverage:
    """
    What situations show of a rulebook.

    `rules` and `conditions` count what could be shown, `unfired` and `undecided` what was not: rules by id, and
    conditions with the outcomes that are missing. `impossible` is what no situation at all can show.
    """

    rules: int
    unfired: tuple[str, ...]
    conditions: int
    undecided: tuple[tuple[ConditionPart, tuple[bool, ...]], ...]
    impossible: tuple[Goal, ...] = ()

    @property
    def fired(self) -> float:
        """The share of the rules that fire."""
        return _share(self.rules - len(self.unfired), self.rules)

    @property
    def decided(self) -> float:
        """The share of the conditions that are decided both ways."""
        return _share(self.conditions - len(self.undecided), self.conditions)

    def reaches(self, share: float) -> bool:
        """Return whether at least that share of the rules fires and of the conditions is decided both ways."""
        return min(self.fired, self.decided) >= share


def coverage(rulebook: Rulebook, situations: Sequence[Facts], seconds: float = SECONDS_OVER_ALL) -> Coverage:
    """Return how much of a rulebook situations put to use; searching, if needed, may take so many seconds."""
    columns = in_columns(rulebook, situations)
    wanted = goals(rulebook)
    missing = [goal for goal in wanted if not goal.rows(columns)]
    with search_time(seconds):
        impossible = prospects(rulebook, missing).impossible if missing else frozenset()
    undecided: dict[ConditionPart, list[bool]] = {}
    for goal in missing:
        if goal.part is not None and goal not in impossible:
            undecided.setdefault(goal.part, []).append(goal.outcome)
    fixed = {goal.part for goal in impossible if goal.part is not None}
    every = {goal.part for goal in wanted if goal.part is not None}
    dead = {goal.rule for goal in impossible if goal.part is None}
    return Coverage(
        len(rulebook.rules) - len(dead),
        tuple(goal.rule for goal in missing if goal.part is None and goal.rule not in dead),
        len(every - fixed),
        tuple((part, tuple(outcomes)) for part, outcomes in undecided.items() if part not in fixed),
        tuple(goal for goal in missing if goal in impossible),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
