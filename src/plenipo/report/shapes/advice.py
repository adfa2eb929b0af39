"""Advice: every verdict with the rules behind it, the brief, the plan, the findings and the trace."""

from typing import Annotated

from typing_extensions import TypedDict

from plenipo.report.shapes.brief import BriefData
from plenipo.report.shapes.shape import FactValue, JsonObject, Meaning
from plenipo.report.shapes.situation import AboutSituation, ReleaseData, RuleReasonData
from plenipo.rulebook.model import Basis, Strength, Verb
from plenipo.rulebook.verdict import Verdict


class ProspectData(JsonObject):
    """What may become of one verdict once more is known."""

    settled: bool
    """Whether it holds whatever the unknown facts turn out to be."""
    possible: list[Verdict]
    """The verdicts that are possible."""
    turns_on: list[str]
    """The unknown facts that can change it alone."""
    undecided: bool
    """Whether the time was over before it was settled."""


class OptionVerdictData(JsonObject):
    """The verdict on an option, and the rules behind it."""

    verdict: Verdict
    """What is advised on it; `silent` where the sources give no advice."""
    title: str
    """What it is called."""
    because: str | None
    """The strongest reason, in one sentence; null where no rule decides."""
    basis: Basis | None
    """Whether the sources say so themselves, or it is a reading of them."""
    strength: Strength | None
    """How firmly they put it."""
    cite: list[str]
    """The propositions that the strongest reason rests on."""
    rules: list[str]
    """The rules that decide the verdict, the strongest first."""
    reasons: list[RuleReasonData]
    """The same rules with their reasons."""
    outranked: list[str]
    """Rules that fired and speak for a verdict that another one outranks."""
    overridden: list[str]
    """Rules whose conditions are met and which another rule overrides."""
    cautions: list[str]
    """Rules that say what to mind."""


class OptionData(OptionVerdictData):
    """The verdict on an option with what may become of it."""

    outlook: ProspectData
    """What may become of the verdict."""


class TieData(JsonObject):
    """Another option that comes before this one, or goes with it."""

    option: str
    """The other option."""
    because: str
    """Why, in one sentence, or empty."""
    cite: list[str]
    """The propositions that this rests on."""
    basis: Basis
    """Whether the sources say so themselves, or it is a reading of them."""
    soft: bool
    """Whether the order is better kept, without holding anything up."""


_Beside = TypedDict("_Beside", {"with": Annotated[list[TieData], Meaning("What goes together with it.")]})


class EntryData(_Beside, JsonObject):
    """An option in a plan."""

    option: str
    """The option."""
    verdict: Verdict
    """What is advised on it."""
    after: list[TieData]
    """What comes before it."""
    waits_for: list[ReleaseData]
    """The ways in which it would be deferred no longer; empty where it is not deferred."""
    waits_for_more: bool
    """Whether it waits for something that no fact describes, or for more than is listed."""
    parts: list["EntryData"]
    """Its parts, each an entry like this one."""
    waits_undecided: bool
    """Whether the time was over before all the ways in `waits_for` were found."""


class PlanData(JsonObject):
    """The advice in the order in which somebody would act on it."""

    considering: list[EntryData]
    """The options under discussion, whatever is advised on them."""
    first: list[EntryData]
    """What to do first, for others wait for it."""
    now: list[EntryData]
    """What to do now, in parallel."""
    then: list[EntryData]
    """What to do once something else is done."""
    consider: list[EntryData]
    """What to consider."""
    hold: list[EntryData]
    """What is not yet to be done."""
    avoid: list[EntryData]
    """What to avoid."""
    done: list[EntryData]
    """What is done."""
    silent: list[str]
    """The options on which the sources give no advice here."""


class MetData(JsonObject):
    """A condition of a rule that is met."""

    name: str
    """The fact or finding."""
    values: list[FactValue]
    """The values that meet it."""


class ConclusionData(JsonObject):
    """What a rule says."""

    verb: Verb
    """What it says of it."""
    on: str
    """The option, or the finding for `find`."""


class FiringData(JsonObject):
    """A rule that fired."""

    rule: str
    """The rule."""
    met: list[MetData]
    """What met it."""
    drew: list[ConclusionData]
    """What it drew."""
    overridden_by: list[str]
    """The rules that override it."""


class CautionData(RuleReasonData):
    """What to mind about an option."""

    option: str
    """The option."""


class AdviceData(AboutSituation):
    """The advice on a situation: `plenipo advise`, and `plenipo.advise`, `brief` and `plan`."""

    brief: BriefData
    """What to hear first."""
    options: dict[str, OptionData]
    """The verdict on every option: option -> what is said of it."""
    plan: PlanData
    """The advice in the order in which somebody would act on it."""
    findings: dict[str, str]
    """What was found about the situation: finding -> a sentence."""
    trace: list[FiringData]
    """The rules that fired, in the order in which they did."""
    cautions: list[CautionData]
    """What to mind, option by option."""
