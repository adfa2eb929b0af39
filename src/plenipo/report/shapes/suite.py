"""Tests of a rulebook: expectations, what situations show of it, and the mistakes that they notice."""

from typing import NotRequired

from plenipo.report.shapes.shape import FactValue, Head, JsonObject
from plenipo.rulebook.verdict import Verdict


class DifferenceData(JsonObject):
    """An expectation that does not hold."""

    option: str
    """The option."""
    expected: Verdict
    """The verdict that the situation expects."""
    got: Verdict
    """The verdict that it gets."""
    decided_by: list[str]
    """The rules that decide."""
    outranked: list[str]
    """Rules that fired and speak for a verdict that another one outranks."""
    overridden: list[str]
    """Rules whose conditions are met and which another rule overrides."""


class JudgementData(JsonObject):
    """Where a second reader judges otherwise."""

    judged: Verdict
    """What the reader advises."""
    got: Verdict
    """What the rulebook advises."""


class SuiteCaseData(JsonObject):
    """What became of the expectations of one situation."""

    expectations: int
    """How many there are."""
    differences: list[DifferenceData]
    """Those that do not hold."""
    readers: NotRequired[dict[str, JudgementData]]
    """Where second readers judge otherwise: option -> verdicts; left out where there are none."""


class FiredRulesData(JsonObject):
    """Which rules fire in some situation."""

    rules: int
    """How many rules there are."""
    never_fired: list[str]
    """Those that never fire."""


class PlaceInRuleData(JsonObject):
    """A condition of a rule."""

    rule: str
    """The rule."""
    place: str
    """Where in the rule it is."""
    condition: str
    """The condition."""


class UndecidedData(PlaceInRuleData):
    """A condition that is not decided both ways."""

    never: list[str]
    """What it never is: `true` or `false`."""


class ImpossibleData(JsonObject):
    """What no situation at all can show."""

    rule: str
    """The rule."""
    place: NotRequired[str]
    """Where in the rule the condition is; left out where the rule never fires."""
    condition: NotRequired[str]
    """The condition; left out where the rule never fires."""
    never: str
    """`fires`, or what the condition never is: `true` or `false`."""


class ConditionCoverageData(JsonObject):
    """Which rules fire and which conditions are decided both ways in some situations."""

    passed: NotRequired[bool]
    """Whether both shares are as large as is required; left out where nothing is."""
    min: NotRequired[float]
    """The share that is required; left out where none is."""
    rules: int
    """How many rules can fire."""
    rules_fired: float
    """The share of them that do."""
    total: int
    """How many conditions can be decided both ways."""
    decided: float
    """The share of them that are."""
    undecided: list[UndecidedData]
    """Those that are not."""
    impossible: list[ImpossibleData]
    """What is not counted, for no situation at all can show it."""


class MutantData(JsonObject):
    """A rule with a mistake put into it."""

    rule: str
    """The rule."""
    mistake: str
    """What kind of mistake it is."""
    change: str
    """What was changed, in a few words, or empty."""


class KilledMutantData(MutantData):
    """A mistake that is noticed."""

    by: list[str]
    """The situations that notice it."""


class SurvivorData(MutantData):
    """A mistake that no situation notices."""

    decided: bool
    """Whether a situation is known that would notice it; otherwise that was not found out in time."""
    facts: NotRequired[dict[str, FactValue]]
    """That situation: fact -> value; left out where none is known."""
    option: NotRequired[str]
    """The option that shows it; left out where none is known."""
    original: NotRequired[Verdict]
    """What is advised there; left out where none is known."""
    mutated: NotRequired[Verdict]
    """What would be advised with the mistake; left out where none is known."""


class MutantsData(JsonObject):
    """Which mistakes in the rulebook some situations notice."""

    passed: NotRequired[bool]
    """Whether the score is as large as is required; left out where nothing is."""
    min: NotRequired[float]
    """The score that is required; left out where none is."""
    score: float
    """The share of the mistakes that are noticed."""
    counted: int
    """How many mistakes a situation can notice."""
    killed: list[KilledMutantData]
    """Those that are noticed."""
    survivors: list[SurvivorData]
    """Those that are not."""
    equivalent: list[MutantData]
    """Those that are not counted, for no situation gives another verdict."""
    out_of_sight: list[str]
    """The rules that no verdict rests on."""


class SuiteData(Head):
    """Whether situations get the advice they expect: `plenipo test`, `plenipo.run_suite`."""

    passed: bool
    """Whether every expectation holds."""
    situations: dict[str, SuiteCaseData]
    """What became of each situation: name -> expectations."""
    coverage: FiredRulesData
    """Which rules fire in them."""
    conditions: NotRequired[ConditionCoverageData]
    """Which conditions they decide; left out unless asked for with `--coverage`."""
    mutation: NotRequired[MutantsData]
    """Which mistakes they notice; left out unless asked for with `--mutate`."""


class CoverageData(Head, ConditionCoverageData):
    """What situations show of a rulebook: `plenipo.coverage`."""


class MutationData(Head, MutantsData):
    """Which mistakes in the rulebook situations notice: `plenipo.mutate`."""


class GenerationData(Head):
    """A small set of situations that puts everything to use: `plenipo test --generate`, `plenipo.generate`."""

    files: list[str]
    """The fact files that were written."""
    reached: int
    """How much they show: rules that fire, and conditions each way."""
    impossible: int
    """How much no situation at all can show."""
    undecided: int
    """How much was not found out in time."""
