"""Several situations: two that are compared, a sweep, and all that are likely."""

from typing import NotRequired

from plenipo.report.shapes.explaining import CitedPropositionData
from plenipo.report.shapes.shape import FactValue, JsonObject
from plenipo.report.shapes.situation import AboutSituation, ReasonData, ReleaseData
from plenipo.rulebook.verdict import Verdict


class FactChangeData(JsonObject):
    """A fact that differs."""

    before: FactValue
    """What it is in the first situation, or `unknown`."""
    after: FactValue
    """What it is in the second."""


class NamesChangeData(JsonObject):
    """Options or rules that are named differently."""

    before: list[str]
    """Those of the first situation."""
    after: list[str]
    """Those of the second."""


class TurnData(JsonObject):
    """A verdict that differs."""

    title: str
    """What the option is called."""
    before: Verdict
    """What is advised in the first situation."""
    after: Verdict
    """What is advised in the second."""
    because: list[list[str]]
    """The smallest sets of facts that explain it, each alone."""
    more: bool
    """Whether there are others as small."""
    undecided: bool
    """Whether the time was over before all that explains it was found."""


class OtherReasonsData(NamesChangeData):
    """A verdict that is the same for other reasons: the rules behind it."""

    verdict: Verdict
    """That verdict."""


class CautionChangeData(JsonObject):
    """Something to mind that is new, or falls away."""

    option: str
    """The option."""
    rule: str
    """The rule that says so."""
    now: bool
    """Whether it is new; otherwise it falls away."""


class WaitChangeData(JsonObject):
    """A deferred option that waits for something else."""

    before: list[ReleaseData]
    """What it waits for in the first situation."""
    after: list[ReleaseData]
    """What it waits for in the second."""


class FindingChangeData(JsonObject):
    """A finding that is new, or falls away."""

    finding: str
    """The finding."""
    now: bool
    """Whether it is new; otherwise it falls away."""


class ContrastData(AboutSituation):
    """How the advice on two situations differs: `plenipo compare`, `plenipo.compare`; `situation` is the first."""

    facts: dict[str, FactChangeData]
    """The facts that differ: fact -> what it is in each."""
    lead: NamesChangeData
    """What leads."""
    not_yet: NamesChangeData
    """What is not yet to be done."""
    beware: NamesChangeData
    """What to beware of."""
    options: dict[str, TurnData]
    """The verdicts that differ: option -> what explains it."""
    reasons: dict[str, OtherReasonsData]
    """The verdicts that are the same for other reasons: option -> rules."""
    cautions: list[CautionChangeData]
    """What to mind anew, and no longer."""
    waits_for: dict[str, WaitChangeData]
    """The deferred options that wait for something else: option -> what."""
    findings: list[FindingChangeData]
    """What is found anew, and no longer."""
    idle: list[str]
    """The facts that differ and change nothing."""
    rules: dict[str, ReasonData]
    """The rules that are named here: rule -> its reason."""
    undecided: list[str]
    """The options that were not settled in the time there was."""


class SweptOptionData(JsonObject):
    """How often an option has each verdict."""

    title: str
    """What it is called."""
    varies: bool
    """Whether it has more than one."""
    cases: dict[Verdict, int]
    """How often it has each: verdict -> cases."""


class CaseVerdictsData(JsonObject):
    """What is advised in one case; of very many cases the verdicts alone."""

    verdicts: dict[str, Verdict]
    """What is advised: option -> verdict."""
    lead: NotRequired[list[str]]
    """What leads."""
    not_yet: NotRequired[list[str]]
    """What is not yet to be done."""
    beware: NotRequired[list[str]]
    """What to beware of."""
    reasons: NotRequired[dict[str, list[str]]]
    """The rules that decide: option -> rules."""
    cautions: NotRequired[dict[str, list[str]]]
    """The rules that say what to mind: option -> rules."""
    waits_for: NotRequired[dict[str, list[ReleaseData]]]
    """What deferred options wait for: option -> the ways in which they would be deferred no longer."""


class CaseAdviceData(CaseVerdictsData):
    """A case of a sweep, with what is advised in it; of very many cases the verdicts alone."""

    facts: dict[str, FactValue]
    """The facts of the case that were swept over: fact -> value."""


class SweepData(AboutSituation):
    """The advice on every combination of some facts: `plenipo sweep`, `plenipo.sweep`."""

    over: dict[str, list[FactValue]]
    """The facts that were swept over: fact -> values."""
    excluded: int
    """How many combinations are left out because constraints rule them out."""
    options: dict[str, SweptOptionData]
    """How often each verdict is given: option -> counts."""
    cases: list[CaseAdviceData]
    """The cases."""
    undecided: list[str]
    """The options that were not settled in the time there was."""


class SweepLineData(CaseAdviceData):
    """A line of `plenipo sweep --format jsonl`: one case."""

    schema_version: int
    """The version of these shapes; keys are added within one, and never change their meaning."""
    case: int
    """The number of the case, counted from 1."""


class SampleData(JsonObject):
    """How situations were sampled."""

    drawn: int
    """How many were drawn."""
    counted: int
    """How many of these constraints allow."""
    seed: int
    """The random seed."""


class MoverData(JsonObject):
    """A fact that moves a verdict."""

    fact: str
    """The fact."""
    swing: float
    """How far the share of the verdict held most often changes between its values."""
    error: float
    """The standard error of that, 0 where it is exact."""
    most: str
    """The value at which that share is largest."""
    least: str
    """The value at which it is smallest."""
    shares: dict[str, dict[Verdict, float]]
    """The share of each verdict: value -> verdict -> share."""


class RegionData(JsonObject):
    """A part of the likely situations in which an option has another verdict than it has most often."""

    verdict: Verdict
    """The verdict there."""
    share: float
    """How much of all likely situations it is."""
    coverage: float
    """How much of the situations with that verdict it is."""
    bounds: dict[str, list[FactValue]]
    """What bounds it: fact -> values."""
    rules: list[str]
    """The rules that decide there."""
    gone: list[str]
    """The rules that decide elsewhere and not there."""


class LeaningData(JsonObject):
    """What becomes of one option across the likely situations."""

    title: str
    """What it is called."""
    verdict: Verdict
    """What is advised on it by what is known."""
    held: Verdict
    """The verdict that it has most often."""
    shares: dict[Verdict, float]
    """In which share of the likely situations it has each: verdict -> share."""
    errors: dict[Verdict, float]
    """The standard errors of these, 0 where they are exact."""
    movers: list[MoverData]
    """The facts that move the verdict, the strongest first."""
    regions: list[RegionData]
    """Where it has another verdict."""
    regions_proved: bool
    """Whether the verdict of a region is proved for all of it; otherwise it was seen in all samples there."""
    uncovered: float
    """How much of the situations with another verdict is in none of these regions."""
    staying: dict[str, float]
    """In which share the verdict stays without a source: source -> share."""


class SurvivalErrorsData(JsonObject):
    """The standard errors of some shares, 0 where they are exact."""

    every: float
    """That of `every`."""
    spoken: float
    """That of `spoken`."""
    silenced: float
    """That of `silenced`."""
    turned: float
    """That of `turned`."""


class SurvivalData(JsonObject):
    """How much of the advice is left without a source."""

    every: float
    """The share of all verdicts that stay."""
    spoken: float
    """The share that stays of those that are not `silent`."""
    silenced: float
    """The share of those that become `silent`."""
    turned: float
    """The share of those that become another one."""
    errors: SurvivalErrorsData
    """The standard errors of these."""
    lost: list[str]
    """The options on which only this source speaks."""


class RobustnessData(AboutSituation):
    """How often each verdict holds across likely situations: `plenipo robust`, `plenipo.robust`."""

    likely: dict[str, dict[str, float]]
    """How likely each value was taken to be: fact -> value -> share."""
    worlds: int
    """How many likely situations there are."""
    exact: bool
    """Whether all of them were weighed; otherwise they were sampled."""
    samples: SampleData | None
    """How they were sampled; null where all were weighed."""
    excluded: float
    """The share of what was called likely that constraints rule out."""
    options: dict[str, LeaningData]
    """What becomes of every option: option -> shares."""
    divided: list[str]
    """The options that have more than one verdict."""
    movers: dict[str, dict[str, float]]
    """The facts that move most: fact -> option -> swing."""
    survival: dict[str, SurvivalData]
    """How much of the advice is left without each source: source -> shares."""
    rules: dict[str, ReasonData]
    """The rules that are named here: rule -> its reason."""
    propositions: dict[str, CitedPropositionData]
    """What these rules cite: proposition -> what it says."""
