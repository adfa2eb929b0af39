"""Inquiries into one situation: its outlook, what would change a verdict, the roadmap, and the questionnaire."""

from plenipo.report.shapes.advice import ProspectData
from plenipo.report.shapes.brief import ToFindOutData
from plenipo.report.shapes.shape import FactValue, Head, JsonObject
from plenipo.report.shapes.situation import AboutSituation, OutcomeData, ReleasedByData, RuleReasonData
from plenipo.rulebook.verdict import Verdict


class OpenOptionData(JsonObject):
    """What may become of the verdict on an option."""

    verdict: Verdict
    """What is advised on it now."""
    title: str
    """What it is called."""
    outlook: ProspectData
    """What may become of that."""


class QuestionableFactData(ToFindOutData):
    """An unknown fact that is worth finding out, with the verdicts that it can change."""

    options: list[str]
    """The options whose verdict it can change alone."""


class OutlookData(AboutSituation):
    """What to find out, and which verdicts could still change: `plenipo outlook`, `plenipo.outlook`."""

    open: list[str]
    """The options whose verdict could still change."""
    could_change: list[str]
    """Those of them on which something else could be advised."""
    maybe_done: list[str]
    """Those of them that may only turn out to be done."""
    find_out: list[QuestionableFactData]
    """What to find out, the most telling first."""
    options: dict[str, OpenOptionData]
    """What may become of every verdict: option -> outlook."""
    turns_on: dict[str, list[str]]
    """The verdicts that an unknown fact can change alone: fact -> options."""
    undecided: list[str]
    """The options that were not settled in the time there was."""


class ChangedFactData(JsonObject):
    """What a fact would have to be."""

    values: list[FactValue]
    """The values that occur in ways to the verdict."""
    now: FactValue
    """What it is now, or `unknown`."""
    learned: bool
    """Whether it would only have to be learned, for it is not known now."""


class WayData(JsonObject):
    """A way to a verdict: a smallest set of facts."""

    facts: dict[str, ChangedFactData]
    """What each would have to be: fact -> values."""
    free: bool
    """Whether the values can be chosen fact by fact: every combination works."""
    choices: list[dict[str, FactValue]]
    """Combinations that work: fact -> new value."""
    more_choices: bool
    """Whether there are others."""


class ObstacleData(JsonObject):
    """A rule that would give the verdict, and what keeps it from that."""

    rule: str
    """The rule."""
    can_act: bool
    """Whether it can fire by what may change."""
    outranked_by: list[str]
    """The rules that outrank it."""
    fixed: list[str]
    """The facts that would have to change and cannot."""


class ChangeData(AboutSituation):
    """Which facts would have to change for another verdict: `plenipo change`, `plenipo.change`."""

    option: str
    """The option."""
    verdict: Verdict
    """What is advised on it now."""
    wanted: Verdict
    """The verdict that it should have."""
    held: bool
    """Whether it has that already."""
    ways: list[WayData]
    """The smallest ways to it."""
    more_ways: bool
    """Whether there are others as small."""
    always: list[str]
    """The facts that are in every way."""
    fixed: list[str]
    """The facts that stay as they are."""
    obstacles: list[ObstacleData]
    """What keeps rules from giving the verdict, where there is no way."""
    standing: list[str]
    """The rules that stand in the way whatever changes."""
    beyond: list[WayData]
    """The ways that would open if facts changed which nobody can change."""
    more_beyond: bool
    """Whether there are others of these."""
    undecided: bool
    """Whether the time was over before all ways were found."""
    unexplained: bool
    """Whether the time was over before it was found what stands in the way."""


class RoadmapStepData(JsonObject):
    """A step of a stage."""

    option: str
    """The option."""
    title: str
    """What it is called."""
    verdict: Verdict
    """What is advised on it there."""
    by: list[str]
    """The parties who act."""
    already: bool
    """Whether it was advised before, too."""
    reason: RuleReasonData | None
    """The first reason for it; null where no rule speaks of it."""
    released_by: list[ReleasedByData]
    """The steps for which it had to wait."""


class BranchData(JsonObject):
    """What may come of the steps of a stage."""

    agreed: bool
    """Whether the steps end as was hoped."""
    endings: list[OutcomeData]
    """How the steps end."""
    facts: dict[str, FactValue]
    """What becomes so by that: fact -> value."""
    stage: "StageData | None"
    """What comes up then, a stage like this one; null where nothing new does, or it is too far ahead."""


class StageData(JsonObject):
    """A stage: the steps that can be taken at once."""

    supposed: dict[str, FactValue]
    """What is supposed to be so: fact -> value."""
    steps: list[RoadmapStepData]
    """What to do."""
    branches: list[BranchData]
    """What may come of it."""


class RoadmapData(AboutSituation):
    """What comes up once the next steps succeed, or fail: `plenipo roadmap`, `plenipo.roadmap`."""

    depth: int
    """How many stages were looked at, at most."""
    cut: bool
    """Whether branches were left out because there are too many."""
    goes_on: bool
    """Whether more would come after the last stage."""
    roadmap: StageData
    """The first stage, and in it those that follow."""


class QuestionData(JsonObject):
    """A question of a questionnaire."""

    fact: str
    """The fact that is asked for."""
    ask: str
    """The question."""
    values: dict[str, str]
    """The answers that it may have: value -> what it means."""
    bears_on: list[str]
    """The options whose verdict it can change."""


class QuestionnaireData(Head):
    """A questionnaire under way: `plenipo.interview`."""

    question: QuestionData | None
    """What is asked next; null where nothing is."""
    answers: dict[str, FactValue]
    """What was answered so far: fact -> value."""
    open: list[str]
    """The options whose verdict could still change."""
    questions: list[str]
    """The facts that could still change one of them."""
    moving: list[str]
    """The facts that could still change the brief."""
    excluded_by: list[str]
    """The constraints by which the answers exclude one another; mostly none."""
    undecided: list[str]
    """The options that were not settled in the time there was."""
