"""The report on one situation or several."""

from plenipo.report.shapes.advice import AdviceData
from plenipo.report.shapes.inquiries import StageData, WayData
from plenipo.report.shapes.many_cases import ContrastData
from plenipo.report.shapes.shape import Head, JsonObject
from plenipo.rulebook.verdict import Verdict


class ReportRulebookData(JsonObject):
    """The rulebook that was used."""

    digest: str
    """A fingerprint of its content: two rulebooks with the same one advise the same."""


class AccountData(JsonObject):
    """What a report says of one situation."""

    advice: AdviceData
    """What is advised on it."""
    roadmap: StageData
    """What comes up once the next steps have succeeded."""
    changes: dict[str, dict[Verdict, list[WayData]]]
    """What would give options another verdict: option -> verdict -> the smallest ways to it."""


class ReportData(Head):
    """The report on one situation, or on several side by side: `plenipo report`, `plenipo.report`."""

    version: str
    """The version of plenipo that wrote it."""
    rulebook: ReportRulebookData
    """The rulebook that was used."""
    situations: list[AccountData]
    """What it says of each situation."""
    over_time: list[ContrastData]
    """How each situation differs from the one before it."""
