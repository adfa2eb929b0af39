"""What all shapes are made from: objects of JSON, and the values of facts in it."""

from typing import Any

from typing_extensions import TypedDict

#: A value of a fact or finding; an answer yes or no is a boolean, and `unknown` says that it is not known.
FactValue = str | bool


class JsonObject(TypedDict):
    """An object of JSON that has these keys and no others."""


#: Read by pydantic, which makes the schemas; mypy knows no attributes of a TypedDict.
JsonObject.__pydantic_config__ = {"extra": "forbid"}  # type: ignore[attr-defined]


class Meaning:
    """What a key means, where its name is a word of Python and cannot be written with a sentence below it."""

    def __init__(self, sentence: str) -> None:
        self._sentence = sentence

    def __get_pydantic_json_schema__(self, core: Any, handler: Any) -> dict[str, Any]:
        """Return the schema of the key with its sentence."""
        return {**handler(core), "description": self._sentence}


class Head(JsonObject):
    """What every document begins with."""

    schema_version: int
    """The version of these shapes; keys are added within one, and never change their meaning."""
    kind: str
    """What this document is."""
