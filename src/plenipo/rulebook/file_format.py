"""
The file format: what an author may write, before anybody asks what the names mean.

The JSON Schemas are made from these models, so that an editor accepts what the loader accepts; what is `marked` is
filled there with the ids that a rulebook has. The fields are those of the classes of the model, as far as they can be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints, Tag, create_model

from plenipo.rulebook.as_of import PATTERN
from plenipo.rulebook.field_types import (
    ONE,
    SEVERAL,
    Answers,
    Brought,
    Cited,
    FindingIds,
    Ids,
    Links,
    NothingIsEmpty,
    OneOrSeveral,
    OptionIds,
    PartyIds,
    Said,
    SourceIds,
    Text,
    YesNo,
    marked,
)
from plenipo.rulebook.model import Basis, Strength


class Shape(BaseModel):
    """A mapping with known keys and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class FactShape(Shape):
    """A fact: a question about the world with a finite list of answers."""

    ask: Text = Field(description="The question, as one would put it to somebody.")
    title: str = Field("", description="What reports call the fact, in a few words; the id where there is none.")
    values: Answers = Field(
        description="`boolean`, or each value with the label that reports show for it.", min_length=1
    )
    says: Said = Field({}, description="Value -> the clause that says so, as after `until`.")
    help: str = Field("", description="What a newcomer needs to know to answer.")
    why: str = Field("", description="Why the question matters.")
    movable: YesNo = Field(True, description="Whether anybody can act on it; an election calendar, for one, is not.")
    calendar: YesNo = Field(False, description="Whether time itself brings its values, one after another as listed.")
    orienting: YesNo = Field(False, description="Whether it places a situation, and so is asked first.")
    known_to: PartyIds = Field((), description="The parties who know the answer.")
    cite: Cited = Field((), description="The propositions that bring it up.")


class LinkShape(Shape):
    """Why one option comes after another, or goes with it."""

    cite: Cited = Field((), description="The propositions it rests on.")
    basis: Basis = Field(Basis.INFERRED, description="Whether they say so, or it is our reading.")
    because: str = Field("", description="The reason, in one sentence.")
    soft: YesNo = Field(False, description="Whether the order is better kept, without holding anything up.")
    exchange: YesNo = Field(False, description="Under `with`: whether this option is given in return for that one.")


LinksByOption = Annotated[dict[str, Annotated[LinkShape, NothingIsEmpty]], Links, NothingIsEmpty, marked(keys="link")]


class ConditionShape(BaseModel):
    """All of these: each fact or finding has the value, or one of the values; one of the mappings of `any` holds."""

    model_config = ConfigDict(frozen=True, extra="allow", json_schema_extra={"x-keys": "test"})
    __pydantic_extra__: dict[str, Ids]

    any_of: tuple[ConditionShape, ...] | None = Field(None, alias="any", description="One of these must hold.")


When = Annotated[ConditionShape, NothingIsEmpty]


class OutcomeShape(Shape):
    """One of several ways in which a step can end."""

    outcome: Text = Field(description="Which one it is, in a few words that can follow `if`.")
    by: Annotated[Text, marked(names="party")] | None = Field(None, description="The party who chooses it.")
    facts: Brought = Field(description="Fact -> the value that it then has.")


#: The list comes first: where a key is not known, messages name the keys of the first form.
Outcomes = Annotated[Annotated[tuple[OutcomeShape, ...], Tag(SEVERAL)] | Annotated[Brought, Tag(ONE)], OneOrSeveral]


class CitedForShape(Shape):
    """What some keys of an option rest on; a key that is not here is our reading."""

    arises_when: Cited = Field((), description="The propositions that say when it arises.")
    headline: Cited = Field((), description="The propositions that make it a headline.")
    by: Cited = Field((), description="The propositions that say who acts.")
    brings: Cited = Field((), description="The propositions that say what it brings.")


class OptionShape(Shape):
    """An option: a step that somebody could take."""

    title: Text = Field(description="What it is to take the step, as an instruction.")
    help: str = Field("", description="What a newcomer needs to know about it.")
    part_of: Annotated[Text, marked(names="option")] | None = Field(None, description="The option it is an element of.")
    after: LinksByOption = Field({}, description="The options that must come first.")
    beside: LinksByOption = Field({}, alias="with", description="The options that go together with it.")
    cite: Cited = Field((), description="The propositions that bring it up.")
    arises_when: When | None = Field(None, description="What puts it on the desk; it never changes a verdict.")
    headline: SourceIds = Field((), description="The sources whose headline it is.")
    by: PartyIds = Field((), description="The parties who act.")
    brings: Outcomes = Field(
        (), description="What becomes so once it is done: fact -> value, or a list of possible outcomes."
    )
    cited_for: CitedForShape | None = Field(None, description="Key of this entry -> the propositions that say so.")


class FindingShape(Shape):
    """A finding: a named intermediate conclusion."""

    says: Text = Field(description="The sentence that holds when some rule finds it.")
    help: str = Field("", description="What a newcomer needs to know about it.")
    cite: Cited = Field((), description="The propositions that say so.")
    opens_answer: YesNo = Field(False, description="Whether its sentence is fit to open an answer.")


class PartyShape(Shape):
    """A party: somebody who acts, chooses or knows."""

    title: Text = Field(description="What to call it.")
    own: YesNo = Field(False, description="Whether it is on the reader's side.")


class SubjectShape(Shape):
    """A subject: what to call a group of facts and options."""

    title: Text = Field(description="What to call the group.")


class ThenShape(Shape):
    """What a rule draws when it fires: findings, and verdicts on options."""

    find: FindingIds = Field((), description="The statement holds.")
    recommend: OptionIds = Field((), description="Do it: the source says must or should, or it is a main proposal.")
    consider: OptionIds = Field((), description="Worth doing: might, could, perhaps.")
    defer: OptionIds = Field((), description="Not now; sensible when something changes.")
    avoid: OptionIds = Field((), description="Advised against.")
    done: OptionIds = Field((), description="Nothing left to advise: it is done, or moot.")
    caution: OptionIds = Field((), description="A condition or a risk to mind; never changes a verdict.")


class RuleShape(Shape):
    """A rule: when its conditions hold, it draws its conclusions, for a reason and with a citation."""

    id: Text = Field(description="The name of the rule, unique in the rulebook.")
    when: When = Field({}, validate_default=True, description="All of this must hold; nothing here always holds.")
    unless: When | None = Field(None, description="When this holds the rule does not fire.")
    then: ThenShape = Field(description="What it draws.")
    because: Text = Field(description="The reason, in one sentence.")
    cite: Cited = Field((), description="The propositions it rests on, at least one.")
    basis: Basis = Field(description="Whether the source says it, or it is our reading.")
    strength: Strength = Field(description="The author's own hedge.")
    overrides: Ids = Field((), description="The rules that draw nothing when this one fires.")
    jointly: YesNo = Field(False, description="Whether it takes all the sources cited together to give it.")


class ConstraintShape(Shape):
    """A constraint: facts that exclude one another by what they mean."""

    never: ConditionShape = Field(description="What can never be so, in facts alone.")
    because: Text = Field(description="Why it cannot, in one sentence.")
    cite: Cited = Field((), description="The propositions that say so, if any do.")


class AcceptanceShape(Shape):
    """Remarks of one check that the author has seen and keeps."""

    check: Text = Field(description="The check that makes the remark, as in the brackets there.")
    of: Ids = Field(description="What the remark is about: the ids of rules, options, facts or findings.", min_length=1)
    because: Text = Field(description="Why the remark is accepted, in one sentence.")


class PropositionShape(Shape):
    """One thing a source says, in our words."""

    paragraph: Annotated[int, Field(ge=1)] = Field(description="The paragraph that says so, counted from 1.")
    kind: Text = Field(description="What kind of statement it is: premise, warning, recommendation and so on.")
    strength: Strength = Field(description="The author's own hedge.")
    says: Text = Field(description="What it says, in our words.")
    hedge: str = Field("", description="How the author puts it.")
    background: str = Field("", description="Why nothing cites it, where nothing does.")


class SourceShape(Shape):
    """A source: where it appeared, the fingerprints of its paragraphs, its propositions."""

    id: Text = Field(description="The letter or word by which it is called.")
    title: str = Field("", description="Its title, where it is known.")
    author: Text = Field(description="Who wrote it.")
    outlet: str = Field("", description="Where it appeared.")
    date: str = Field("", description="When, where it is known.")
    file: Text = Field(description="The name of the file that holds its text.")
    paragraphs: tuple[Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")], ...] = Field(
        description="SHA-256 of each paragraph's text, in order; `plenipo sources fingerprint FILE` prints them."
    )
    propositions: dict[str, PropositionShape] = Field(description="What it says, by id.")


class RulesFile(RootModel[tuple[RuleShape, ...]]):
    """A track: a list of rules."""


class AcceptedFile(RootModel[tuple[AcceptanceShape, ...]]):
    """A list of accepted remarks."""


class SituationFile(Shape):
    """A fact file: a situation, what is under discussion in it, and what advice is expected."""

    title: str = Field("", description="What to call the situation.")
    as_of: str = Field(
        "",
        description="The time it describes: a date (2020-08-31), a month (2020-08), a year (2020), or empty.",
        json_schema_extra={"type": ["string", "integer"], "pattern": PATTERN},
    )
    based_on: str = Field("", description="The situation from which a fact is taken over that is left out here.")
    facts: Annotated[dict[str, str], marked(keys="fact")] = Field(description="Fact -> value; the others are unknown.")
    likely: Annotated[dict[str, str], marked(keys="weights")] = Field(
        {}, description="Fact -> value -> how likely it is, where the fact is not known; `equal` for all the same."
    )
    considering: OptionIds = Field((), description="The options under discussion; the advice speaks of them first.")
    notes: Annotated[dict[str, str], marked(keys="note")] = Field({}, description="Fact -> why it is held to be so.")
    expect: Annotated[dict[str, str], marked(keys="verdict")] = Field({}, description="Option -> verdict: a test.")
    readers: Annotated[dict[str, str], marked(keys="verdict")] = Field(
        {}, description="Option -> verdict: what a second reader of the sources judged."
    )


#: The files of the vocabulary: the shape of an entry, what the file is, and what is under its one key.
VOCABULARY_FILES: Mapping[str, tuple[type[Shape], str, str]] = {
    "facts": (FactShape, "The facts, in groups.", "Group -> fact -> what it asks."),
    "options": (OptionShape, "The options, in groups.", "Group -> option -> what it is."),
    "findings": (FindingShape, "The findings.", "Finding -> what it says."),
    "parties": (PartyShape, "The parties.", "Party -> what to call it."),
    "subjects": (SubjectShape, "The subjects.", "Group of facts and options -> what to call it."),
    "constraints": (ConstraintShape, "Facts that exclude one another.", "Constraint -> what can never be so."),
}
#: Those of them that hold their entries in groups.
GROUPED = frozenset({"facts", "options"})


def vocabulary_file(kind: str) -> type[BaseModel]:
    """Return the shape of a whole file of the vocabulary."""
    shape, about, holds = VOCABULARY_FILES[kind]
    entries: Any = dict[str, dict[str, shape]] if kind in GROUPED else dict[str, shape]  # type: ignore[valid-type]
    fields: dict[str, Any] = {kind: (entries, Field(description=holds))}
    made: type[BaseModel] = create_model(kind, __base__=Shape, __doc__=about, **fields)
    return made
