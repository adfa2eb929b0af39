"""What documents on a situation have in common: the situation, the rulebook, reasons, and what an option waits for."""

from typing import NotRequired

from plenipo.report.shapes.shape import FactValue, Head, JsonObject
from plenipo.rulebook.model import Basis, Strength


class RulebookData(JsonObject):
    """The rulebook that was used."""

    digest: str
    """A fingerprint of its content: two rulebooks with the same one advise the same."""
    rules: int
    """How many rules it has."""
    options: int
    """How many options it has."""


class ReadingAsData(JsonObject):
    """A word that was taken for a name of the rulebook without being it, letter by letter."""

    given: str
    """The word."""
    taken: FactValue
    """The id, or the value, for which it was taken."""
    fact: NotRequired[str]
    """The fact whose value that is; left out for a name."""


class SituationData(JsonObject):
    """A situation: what is known of it, and what is not."""

    name: str
    """The name or file by which it was asked for."""
    file: NotRequired[str]
    """The fact file that it was read from; left out where it is not from a file of yours."""
    title: str
    """What it is called."""
    as_of: str
    """The date, month or year that it describes, or empty."""
    facts: dict[str, FactValue]
    """What is known: fact -> value, facts that constraints leave no choice of included."""
    unknown: list[str]
    """The facts that are not known."""
    likely: dict[str, dict[str, float]]
    """How likely each value of an unknown fact is said to be: fact -> value -> weight."""
    considering: list[str]
    """The options that are under discussion."""
    notes: dict[str, str]
    """Why facts are held to be so: fact -> note."""
    taken_over: NotRequired[dict[str, str]]
    """The facts that were taken over from another situation: fact -> its name; left out where there are none."""
    read_as: NotRequired[list[ReadingAsData]]
    """How words were read that are no names, letter by letter; left out where there are none."""


class AboutSituation(Head):
    """What every document on a situation begins with."""

    remark: str
    """A word on how it was asked for, such as that one source speaks alone; mostly empty."""
    rulebook: RulebookData
    """The rulebook that was used."""
    situation: SituationData
    """The situation."""


class ReasonData(JsonObject):
    """Why a rule says what it says, and on what it rests."""

    because: str
    """The reason, in one sentence."""
    cite: list[str]
    """The propositions that it rests on."""
    basis: Basis
    """Whether the sources say so themselves, or it is a reading of them."""
    strength: Strength
    """How firmly they put it."""


class RuleReasonData(ReasonData):
    """A rule with its reason."""

    rule: str
    """The rule."""


class NeedData(JsonObject):
    """What one fact would have to be."""

    values: list[FactValue]
    """The values that would do."""
    now: FactValue
    """What it is now, or `unknown`."""


class ReleaseData(JsonObject):
    """One way in which an option would be deferred no longer."""

    facts: dict[str, NeedData]
    """What each fact would have to be, all of them together: fact -> need."""


class OutcomeData(JsonObject):
    """How a step ends."""

    option: str
    """The option that was done."""
    outcome: str
    """Which of several ends it is, in a few words; empty where there is only one."""
    by: str | None
    """The party who chooses it; null where nobody does."""


class ReleasedByData(OutcomeData):
    """The step that made a fact so, for which another step had to wait."""

    fact: str
    """The fact."""
    value: FactValue
    """The value that it then has."""
    any_answer: bool
    """Whether the step that waited comes up after any other answer as well."""
