"""The rulebook itself: what it holds, whether it is sound, and how two of them differ."""

from typing import Literal

from plenipo.report.shapes.shape import FactValue, Head, JsonObject
from plenipo.rulebook.essays import WhereFound
from plenipo.rulebook.model import Strength
from plenipo.rulebook.verdict import Verdict


class AlsoPlaceData(JsonObject):
    """Another place that belongs to a finding."""

    place: str
    """Where it is: file, line and column."""
    why: str
    """What it has to do with it."""


class CheckFindingData(JsonObject):
    """What a check found."""

    check: str
    """The check."""
    severity: str
    """`error`, or `remark` for what stops nothing."""
    message: str
    """What is wrong, in one sentence."""
    file: str
    """The file."""
    line: int
    """The line, counted from 1; 0 for the whole file."""
    column: int
    """The column, counted from 1; 0 for the whole line."""
    also: list[AlsoPlaceData]
    """Other places that belong to it."""
    help: list[str]
    """What to do about it, a sentence each."""


class AcceptedFindingData(CheckFindingData):
    """What a check found, and the rulebook accepts."""

    because: str
    """Why it is accepted."""


class WitnessData(JsonObject):
    """A situation that shows what was found."""

    name: str
    """Its name."""
    title: str
    """What it shows."""
    facts: dict[str, FactValue]
    """Its facts: fact -> value."""
    expect: dict[str, Verdict]
    """What is advised there: option -> verdict."""


class SourceCoverageData(JsonObject):
    """How much of a source the rulebook takes up."""

    propositions: int
    """How many propositions the source has."""
    cited: int
    """How many of them are cited."""
    background: list[str]
    """Those that are background, and need not be."""
    left_over: list[str]
    """Those that are neither."""


class CheckData(Head):
    """Whether the rulebook is sound: `plenipo check`, `plenipo.check`."""

    passed: bool
    """Whether nothing was found, and everything was decided in time."""
    rules: int
    """How many rules there are."""
    findings: list[CheckFindingData]
    """What was found."""
    accepted: list[AcceptedFindingData]
    """What was found and is accepted."""
    undecided: list[str]
    """The checks that were not decided in time."""
    witnesses: list[WitnessData]
    """Situations that show what was found, where they were asked for."""
    files: list[str]
    """The fact files that were written."""
    coverage: dict[str, SourceCoverageData]
    """How much of each source is taken up: source -> counts."""
    undecided_because: dict[str, str]
    """Why each of them was not decided: check -> reason."""


class RulesVerdictData(JsonObject):
    """A verdict and the rules behind it."""

    verdict: Verdict
    """The verdict."""
    rules: list[str]
    """The rules that decide it."""


class DivergenceData(JsonObject):
    """An option on which two rulebooks can differ."""

    before: RulesVerdictData
    """What the first one advises."""
    after: RulesVerdictData
    """What the second one advises."""
    facts: dict[str, FactValue]
    """A situation in which they differ: fact -> value."""
    foreign: list[str]
    """The facts of it that only one of the two knows."""


class RefusalData(JsonObject):
    """A constraint by which one rulebook refuses what the other allows."""

    id: str
    """The constraint."""
    refused_by: Literal["first", "second"]
    """Which of the two refuses."""
    facts: dict[str, FactValue]
    """A situation that it refuses: fact -> value."""
    foreign: list[str]
    """The facts of it that only one of the two knows."""


class RulebookDifferenceData(Head):
    """Where two rulebooks can give different advice: `plenipo diff`, `plenipo.diff`."""

    same: bool
    """Whether they never do, and everything was decided in time."""
    options: dict[str, DivergenceData]
    """The options on which they can differ: option -> how."""
    undecided: list[str]
    """The options that were not decided in time."""
    constraints: list[RefusalData]
    """The constraints by which one refuses what the other allows."""
    undecided_constraints: list[str]
    """The constraints that were not decided in time."""
    gone: list[str]
    """The options that only the first one has."""
    new: list[str]
    """The options that only the second one has."""
    files: list[str]
    """The fact files that were written."""


class MentionData(JsonObject):
    """Something that has to do with an entry."""

    id: str
    """Its name."""
    kind: str
    """What it is."""
    says: str
    """Its own sentence."""
    note: str
    """How it has to do with it, or empty."""


class CatalogueEntryData(JsonObject):
    """What stands in the rulebook under a name."""

    id: str
    """The name."""
    kind: str
    """What it is."""
    says: str
    """Its sentence."""
    particulars: dict[str, list[str]]
    """What else it says: label -> lines."""
    touched_by: dict[str, list[MentionData]]
    """What has to do with it: heading -> mentions."""


class CatalogueData(Head):
    """What a name means: `plenipo show ID`, `plenipo.show`."""

    entry: CatalogueEntryData
    """What stands under the name."""


class OverviewData(Head):
    """The rulebook at a glance: `plenipo show`, `plenipo.overview`."""

    counts: dict[str, int]
    """How much of everything there is: kind -> number."""
    tracks: dict[str, int]
    """How many rules each subject has: track -> number."""
    sources: dict[str, str]
    """The sources: id -> title."""
    situations: dict[str, str]
    """The situations that come with it: name -> title."""


class PropositionData(JsonObject):
    """What a source says in one paragraph, in our words."""

    paragraph: int
    """The paragraph, counted from 1."""
    kind: str
    """Whether it is a claim, a recommendation, and so on."""
    strength: Strength
    """How firmly the author puts it."""
    says: str
    """What it says."""
    hedge: str
    """The words with which the author hedges it, or empty."""
    background: str
    """Why nothing needs to cite it, where nothing does; else empty."""


class SourceData(JsonObject):
    """A source behind the rulebook."""

    title: str
    """Its title."""
    author: str
    """Who wrote it."""
    outlet: str
    """Where it appeared."""
    date: str
    """When it appeared, or empty."""
    file: str
    """The name of the file that it was read from."""
    paragraphs: int
    """How many paragraphs it has."""
    propositions: dict[str, PropositionData]
    """What it says: proposition -> what."""


class SourcesData(Head):
    """The sources behind the rulebook: `plenipo sources`, `plenipo.sources`."""

    sources: dict[str, SourceData]
    """The sources: id -> what it says."""


class ParagraphData(JsonObject):
    """A paragraph of a source, held against a text."""

    standing: WhereFound
    """Where it is in the text."""
    propositions: list[str]
    """The propositions that cite it."""


class TextData(JsonObject):
    """What a text turned out to be."""

    source: str | None
    """The source that it is; null where it is none."""
    confirmed: bool
    """Whether every citation of the source points where it says."""
    paragraphs: dict[str, ParagraphData]
    """Where each paragraph is: number -> place."""


class VerificationData(Head):
    """Whether the citations are right: `plenipo sources verify`, `plenipo.verify_sources`."""

    texts: dict[str, TextData]
    """What each text turned out to be: file -> source."""
