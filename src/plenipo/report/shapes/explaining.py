"""Explanations of one verdict, the trace of all rules, and the sources side by side."""

from typing import NotRequired

from plenipo.advice.by_source import Agreement
from plenipo.report.shapes.advice import ConclusionData, OptionVerdictData
from plenipo.report.shapes.shape import FactValue, JsonObject
from plenipo.report.shapes.situation import AboutSituation, ReasonData, RuleReasonData
from plenipo.rulebook.verdict import Verdict


class ComparisonData(JsonObject):
    """A fact or a finding held against what a rule wants."""

    fact: NotRequired[str]
    """The fact; left out where it is a finding."""
    finding: NotRequired[str]
    """The finding; left out where it is a fact."""
    value: FactValue
    """What it is, or `unknown`."""
    wanted: list[FactValue]
    """The values that would meet the rule."""


class TermData(ComparisonData):
    """A part of a condition."""

    holds: bool
    """Whether it is met."""


class ConditionData(JsonObject):
    """A condition of a rule: it holds if all of `all` are met, and one of `any` where there are any."""

    holds: bool
    """Whether it is met."""
    all: list[TermData]
    """The parts that must all be met."""
    any: list["ConditionData"]
    """Alternatives of which one must hold, each a condition like this one."""


class ExplainedRuleData(RuleReasonData):
    """A rule with whether, and by what, it is met."""

    place: str | None
    """The file and line in which it is written; null where that is not known."""
    fired: bool
    """Whether it fired."""
    when: ConditionData
    """What must hold."""
    unless: ConditionData | None
    """What must not hold; null where there is no exception."""
    overridden_by: list[str]
    """The rules that override it."""


class AlternativeData(JsonObject):
    """The rules that could have given another verdict."""

    verdict: Verdict
    """That verdict."""
    rules: list[str]
    """The rules."""


class ExplainedFindingData(JsonObject):
    """A finding, and how it came about."""

    says: str
    """What is found, in a sentence."""
    holds: bool
    """Whether it is found."""
    found_by: list[str]
    """The rules that find it."""
    finders: list[str]
    """All rules that can find it."""


class ExplainedFactData(JsonObject):
    """A fact that matters for a verdict."""

    ask: str
    """The question."""
    value: FactValue
    """What it is, or `unknown`."""
    label: str
    """The same in words."""
    note: str
    """Why it is held to be so, or empty."""
    taken_over: NotRequired[str]
    """The situation that it was taken over from; left out where it was not."""


class CitedPropositionData(JsonObject):
    """What a source says in one paragraph, in our words."""

    source: str
    """The source."""
    paragraph: int
    """The paragraph, counted from 1."""
    says: str
    """What it says there."""


class HedgedPropositionData(CitedPropositionData):
    """What a source says in one paragraph, with how it hedges it."""

    hedge: str
    """The words with which the author hedges it, or empty."""
    text: NotRequired[str]
    """The paragraph itself, from your own copy of the source; left out without one."""


class ExplanationData(AboutSituation):
    """The whole justification of one verdict: `plenipo explain`, `plenipo.explain`."""

    option: str
    """The option."""
    options: dict[str, OptionVerdictData]
    """The verdict on this one option, as in advice."""
    verdict: Verdict
    """What is advised on it."""
    deciding: list[str]
    """The rules that decide."""
    outranked: list[str]
    """Rules that fired and speak for a verdict that another one outranks."""
    overridden: list[str]
    """Rules whose conditions are met and which another rule overrides."""
    cautions: list[str]
    """Rules that say what to mind."""
    why_not: Verdict | None
    """The other verdict that was asked about; null where none was."""
    alternatives: list[AlternativeData]
    """The rules that could have given other verdicts."""
    rules: dict[str, ExplainedRuleData]
    """Every rule that is named here: rule -> what it says."""
    findings: dict[str, ExplainedFindingData]
    """Every finding that matters: finding -> how it came about."""
    facts: dict[str, ExplainedFactData]
    """Every fact that matters: fact -> what it is."""
    propositions: dict[str, HedgedPropositionData]
    """Every proposition that is cited: proposition -> what it says."""


class TracedComparisonData(ComparisonData):
    """A fact or a finding held against what a rule wants, with where it comes from."""

    note: NotRequired[str]
    """Why a fact is held to be so, or empty; left out for findings."""
    taken_over: NotRequired[str]
    """The situation that a fact was taken over from; left out where it was not."""
    found_by: NotRequired[list[str]]
    """The rules that find a finding; left out for facts."""


class TracedRuleData(ReasonData):
    """A rule of a trace."""

    rule: str
    """The rule."""
    track: str
    """The subject that it belongs to: the name of its file."""
    place: str
    """The file and line in which it is written."""


class DrawnData(ConclusionData):
    """What a rule drew, and what became of it."""

    outranked_by: list[str]
    """The rules whose verdict counts instead."""


class FiredRuleData(TracedRuleData):
    """A rule that fired."""

    number: int
    """Its number: higher than that of every rule that it waits for."""
    met: list[TracedComparisonData]
    """What met it."""
    drew: list[DrawnData]
    """What it drew."""
    overridden_by: list[str]
    """The rules that override it."""


class UnfiredRuleData(TracedRuleData):
    """A rule that did not fire."""

    lacks: TracedComparisonData | None
    """The first thing that it lacks; null where an exception kept it from firing."""
    alternatives: bool
    """Whether other things would have done as well."""
    exception: list[TracedComparisonData]
    """What holds that should not."""


class TraceData(AboutSituation):
    """Every rule that fired, and why the others did not: `plenipo trace`, `plenipo.trace`."""

    fired: list[FiredRuleData]
    """The rules that fired, by number."""
    not_fired: list[UnfiredRuleData]
    """The rules that did not."""


class OptionBySourceData(JsonObject):
    """What each source advises on an option."""

    verdict: Verdict
    """What they advise together."""
    title: str
    """What it is called."""
    alone: dict[str, Verdict]
    """What each advises alone: source -> verdict."""
    agreement: Agreement
    """Whether they agree."""


class BySourceData(AboutSituation):
    """The sources side by side: `plenipo advise --by-source`, `plenipo.by_source`."""

    sources: list[str]
    """The sources."""
    options: dict[str, OptionBySourceData]
    """What each advises: option -> verdicts."""
