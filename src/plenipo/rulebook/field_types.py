"""
Field types: what a single value in a file of a rulebook may be, and the ways in which it may be written.

Every value is text when it comes in. A single id is allowed wherever a list of ids is.
"""

from typing import Annotated, Any

from pydantic import BeforeValidator, Discriminator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from plenipo.rulebook.model import FALSE, SPELLINGS, TRUE

BOOLEAN = "boolean"
#: How the places of misfits call the two forms of `brings`.
ONE, SEVERAL = "[one outcome]", "[several outcomes]"
#: The labels of a yes/no fact.
YES_NO = {TRUE: "yes", FALSE: "no"}


def _yes_or_no(given: object) -> object:
    word = given.strip().casefold() if isinstance(given, str) else None
    word = SPELLINGS.get(word, word) if word else None
    if word not in YES_NO:
        raise PydanticCustomError("wrong_value", "yes or no")
    return word == TRUE


def _answers(given: object) -> object:
    if isinstance(given, str) and given:
        if given == BOOLEAN:
            return dict(YES_NO)
        raise PydanticCustomError("wrong_value", "`boolean`, or a mapping from each value to its label")
    return given


def _links(given: object) -> object:
    if isinstance(given, str) and given:
        return {given: {}}
    if isinstance(given, list) and all(isinstance(id, str) for id in given):
        return {id: {} for id in given}
    return given


def marked(**marks: str) -> Any:
    """Return a mark for the JSON Schema: which ids may stand here (`names`), or are the keys here (`keys`)."""
    return Field(json_schema_extra={f"x-{mark}": kind for mark, kind in marks.items()})


Text = Annotated[str, StringConstraints(min_length=1)]
OneOrMany = BeforeValidator(lambda given: (given,) if isinstance(given, str) and given else given)
NothingIsEmpty = BeforeValidator(lambda given: {} if given == "" else given)
FindingIds = Annotated[tuple[Annotated[Text, marked(names="finding")], ...], OneOrMany]
OptionIds = Annotated[tuple[Annotated[Text, marked(names="option")], ...], OneOrMany]
PartyIds = Annotated[tuple[Annotated[Text, marked(names="party")], ...], OneOrMany]
SourceIds = Annotated[tuple[Annotated[Text, marked(names="source")], ...], OneOrMany]
Cited = Annotated[tuple[Annotated[Text, marked(names="proposition")], ...], OneOrMany]
Ids = Annotated[tuple[Text, ...], OneOrMany]
YesNo = Annotated[bool, BeforeValidator(_yes_or_no)]
Answers = Annotated[dict[str, Text], BeforeValidator(_answers), marked(keys="value")]
Said = Annotated[dict[str, Text], marked(keys="value")]
Links = BeforeValidator(_links)
#: One thing that an option brings: fact -> value.
Brought = Annotated[dict[str, Text], marked(keys="brought"), Field(min_length=1)]
OneOrSeveral = Discriminator(lambda given: SEVERAL if isinstance(given, list | tuple) else ONE)
