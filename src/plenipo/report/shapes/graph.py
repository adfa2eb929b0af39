"""The graph of the reasoning."""

from typing import Annotated, Literal, NotRequired

from typing_extensions import TypedDict

from plenipo.advice.reasoning_graph import NodeKind
from plenipo.report.shapes.shape import FactValue, Head, JsonObject, Meaning
from plenipo.report.shapes.situation import RulebookData, SituationData
from plenipo.rulebook.model import Verb
from plenipo.rulebook.verdict import Verdict

#: What part something has in an advice.
PartName = Literal["none", "at_work", "decides"]


class NodeNameData(JsonObject):
    """A node by its kind and its id."""

    kind: NodeKind
    """What it is."""
    id: str
    """Its id."""


class NodeData(NodeNameData):
    """A node, with what is so of it in the situation, where there is one."""

    part: NotRequired[PartName]
    """The part that it has there; left out without a situation."""
    value: NotRequired[FactValue | None]
    """The value of a fact, null where it is not known; left out for other nodes."""
    holds: NotRequired[bool]
    """Whether a finding is found; left out for other nodes."""
    verdict: NotRequired[Verdict]
    """What is advised on an option; left out for other nodes."""


class DrawingData(JsonObject):
    """How a rule leads from one end of an edge to the other."""

    rule: str
    """The rule."""
    verb: Verb
    """What it draws there."""
    holds_back: bool
    """Whether it keeps that from being drawn."""


_Start = TypedDict("_Start", {"from": Annotated[NodeNameData, Meaning("Where it begins.")]})


class EdgeData(_Start, JsonObject):
    """Two nodes of which the first matters for the second."""

    to: NodeNameData
    """Where it ends."""
    part: PartName
    """The part that it has in the situation; `none` without one."""
    rules: list[DrawingData]
    """The rules by which it does."""


class GraphData(Head):
    """The reasoning as a graph: `plenipo graph`, `plenipo.graph`; without a situation that of the rulebook."""

    remark: NotRequired[str]
    """A word on how it was asked for, mostly empty; left out without a situation."""
    rulebook: NotRequired[RulebookData]
    """The rulebook that was used; left out without a situation."""
    situation: NotRequired[SituationData]
    """The situation; left out without one."""
    option: str | None
    """The one option that it is about; null where it is about all."""
    unfolded: bool
    """Whether every rule is a node."""
    nodes: list[NodeData]
    """The facts, findings and options, and the rules where it is unfolded."""
    edges: list[EdgeData]
    """What matters for what."""
