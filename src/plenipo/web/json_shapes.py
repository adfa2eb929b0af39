"""What the JSON API is asked, and the shape of what it answers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from plenipo.report.shapes.situation import ReadingAsData
from plenipo.rulebook.verdict import Verdict

Id = Annotated[str, StringConstraints(max_length=200)]
Ids = Annotated[list[Id], Field(max_length=200)]
#: A verdict by its word.
Word = Annotated[Verdict, Field(strict=False)]


class Given(BaseModel):
    """A situation: facts by id, and what else a fact file may say."""

    model_config = ConfigDict(extra="forbid", strict=True)

    facts: dict[Id, str | bool | None] = Field(default={}, max_length=1000, examples=[{"us_china_friction": "high"}])
    title: str = ""
    as_of: str = ""
    considering: Ids = []
    notes: dict[Id, str] = Field(default={}, max_length=1000)
    likely: dict[Id, dict[Id, float]] = Field(default={}, max_length=1000)


class Inquiry(BaseModel):
    """A question on one situation; `source` asks for what one source advises alone."""

    model_config = ConfigDict(extra="forbid", strict=True)

    situation: Given = Given()
    source: Id | None = None


class ExplainInquiry(Inquiry):
    """Why an option has its verdict and, with `why_not`, why it has not another."""

    option: Id
    why_not: Word | None = None


class ChangeInquiry(Inquiry):
    """What it would take for an option to have a verdict."""

    option: Id
    verdict: Word
    may_change: Ids = []
    hold: Ids = []


class CompareInquiry(BaseModel):
    """Two situations to compare."""

    model_config = ConfigDict(extra="forbid", strict=True)

    before: Given
    after: Given


class SweepInquiry(Inquiry):
    """The facts to sweep over."""

    over: Annotated[list[Id], Field(min_length=1, max_length=6)]
    unknown: bool = False
    about: Ids = []


class RoadmapInquiry(Inquiry):
    """How far to look ahead, and what is supposed."""

    depth: int = Field(default=4, ge=1, le=8)
    suppose: dict[Id, str | bool | None] = Field(default={}, max_length=200)


class GraphInquiry(Inquiry):
    """What matters for one option alone, or for all."""

    option: Id | None = None
    unfolded: bool = False


class TraceInquiry(Inquiry):
    """The rules and options to which a trace is narrowed."""

    rules: Ids = []
    options: Ids = []
    findings: bool = False
    not_fired: bool = False


class QuestionInquiry(Inquiry):
    """A questionnaire under way: `declined` are facts that were answered with "not known"."""

    declined: Ids = []
    about: Ids = []


class Answer(BaseModel):
    """
    An answer: the document that the command line writes with `--format json`, of which `kind` says what it is.

    `read_as` comes besides, and holds the words of the request that were taken for a name without being it, letter by
    letter: what the command line says on stderr.
    """

    model_config = ConfigDict(extra="allow")

    schema_version: int
    kind: str
    read_as: list[ReadingAsData] = []


class RequestFault(BaseModel):
    """What is wrong: the check that found it, the place, what was found, and what helps."""

    check: str
    place: str
    message: str
    help: list[str]


class RequestFaults(BaseModel):
    """Every fault of a request."""

    errors: list[RequestFault]
