"""The brief: what to hear first."""

from typing import Annotated

from typing_extensions import TypedDict

from plenipo.report.shapes.shape import FactValue, JsonObject, Meaning
from plenipo.report.shapes.situation import NeedData, ReleaseData, ReleasedByData, RuleReasonData
from plenipo.rulebook.verdict import Verdict

_Beside = TypedDict(
    "_Beside",
    {"with": Annotated[list[str], Meaning("Advised options that go together with it and that no other part names.")]},
)


class ReadingData(JsonObject):
    """A finding that rests on known facts of this situation."""

    finding: str
    """The finding."""
    says: str
    """What is found, in a sentence."""
    cite: list[str]
    """The propositions that it rests on."""
    facts: list[str]
    """The known facts that it rests on."""


class FittingReasonData(RuleReasonData):
    """A reason with the known facts by which its rule was met."""

    facts: list[str]
    """The known facts by which the rule was met."""


class NamedData(_Beside, JsonObject):
    """An option that a brief names."""

    option: str
    """The option."""
    title: str
    """What it is called."""
    verdict: Verdict
    """What is advised on it."""
    if_not_done: bool
    """Whether it is advised only if it is not done already, which nobody knows."""
    reason: FittingReasonData | None
    """The reason that rests on most facts of this situation; null where no rule speaks of it."""
    reason_if: dict[str, NeedData]
    """Unknown facts and the values they need for the reason to hold; empty where it holds as it is: fact -> need."""
    cautions: list[FittingReasonData]
    """What to mind, for reasons that rest on this situation."""
    in_return: list[str]
    """Options that are given in return for it."""
    parts: list[str]
    """Parts of it that are held back with it."""
    until: list[ReleaseData]
    """The ways in which it would be deferred no longer; empty where it is not deferred."""
    undecided: bool
    """Whether the time was over before all the ways in `until` were found."""


class StepData(JsonObject):
    """A step that comes up once others have succeeded."""

    option: str
    """The option."""
    title: str
    """What it is called."""
    verdict: Verdict
    """What is then advised on it."""
    already: bool
    """Whether it was advised before, too."""
    reason: RuleReasonData | None
    """The first reason for it; null where no rule speaks of it."""
    released_by: list[ReleasedByData]
    """The steps for which it had to wait."""


class WhyData(JsonObject):
    """Why a fact matters."""

    because: str
    """The reason, in one sentence."""
    cite: list[str]
    """The propositions that it rests on."""


class ChoiceData(JsonObject):
    """The options that a brief names, by id."""

    lead: list[str]
    """What leads."""
    not_yet: list[str]
    """What is not yet to be done."""
    beware: list[str]
    """What to beware of."""


class TellingData(ChoiceData):
    """The answer that would change most of a brief, and what the brief would then name."""

    value: FactValue
    """That answer."""


class ToFindOutData(JsonObject):
    """An unknown fact that is worth finding out."""

    fact: str
    """The fact."""
    ask: str
    """The question."""
    known_to: list[str]
    """The parties who know it."""
    own: bool
    """Whether one of these is the reader's own side."""
    reason: WhyData
    """Why it matters."""
    telling: TellingData
    """The answer that would change most."""


class StandingData(JsonObject):
    """What is advised in any case, and not named in another part of the brief."""

    keep: list[str]
    """Options that are advised whatever is known."""
    avoid: int
    """How many other options are advised against."""


class BriefData(JsonObject):
    """The brief: what the text on one screen is made from, although that may have no room for all of it."""

    reading: list[ReadingData]
    """What is found about the situation."""
    lead: list[NamedData]
    """What to do first."""
    considering: list[NamedData]
    """The options under discussion, as many as a brief names."""
    considering_more: int
    """How many more are under discussion."""
    then: list[StepData]
    """What comes up once the first steps have succeeded."""
    not_yet: list[NamedData]
    """What is not yet to be done."""
    beware: list[NamedData]
    """What to beware of."""
    find_out: list[ToFindOutData]
    """What to find out, the most telling first."""
    standing: StandingData
    """What is advised in any case."""
    maybe_done: list[str]
    """Options that may be done already; nobody knows."""
    undecided: list[str]
    """The options that were not settled in the time there was."""
