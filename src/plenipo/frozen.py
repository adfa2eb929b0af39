"""
Frozen dataclasses that are quick to define.

For each class the standard library writes, compiles and runs the source of six methods. A process that defines forty
classes before it can answer feels that, so here only `__init__` is made so, and all classes share the others. What
comes out is a dataclass like any other; type checkers see the standard library's own.
"""

from __future__ import annotations

import dataclasses
from operator import attrgetter
from reprlib import recursive_repr
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

__all__ = ["dataclass"]

Made = TypeVar("Made")
#: Under this name a class keeps what gives the values of an instance by which it is compared.
VALUES = "__frozen_values__"


def _set_once(self: Any, name: str, value: object) -> None:
    """Give a field its value, which it keeps: a frozen instance is set only while it is made."""
    if name in self.__dict__ or name not in self.__dataclass_fields__:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")
    self.__dict__[name] = value


def _keep(_: Any, name: str) -> NoReturn:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return bool(self.__frozen_values__(self) == self.__frozen_values__(other))


def _hash(self: Any) -> int:
    return hash(self.__frozen_values__(self))


def _nothing(_: Any) -> tuple[()]:
    return ()


@recursive_repr()
def _shown(self: Any) -> str:
    values = ", ".join(f"{each.name}={getattr(self, each.name)!r}" for each in dataclasses.fields(self) if each.repr)
    return f"{type(self).__qualname__}({values})"


def _made(cls: type[Made], *, eq: bool, repr: bool) -> type[Made]:
    own = vars(cls)
    shared: dict[str, object] = {"__setattr__": _set_once, "__delattr__": _keep}
    if eq:
        shared |= {"__eq__": _equal, "__hash__": _hash}
    if repr:
        shared["__repr__"] = _shown
    for name, method in shared.items():
        if name not in own:
            setattr(cls, name, method)
    made = dataclasses.dataclass(cls, eq=False, repr=False)
    compared = [each.name for each in dataclasses.fields(made) if each.compare]  # type: ignore[arg-type]
    setattr(made, VALUES, attrgetter(*compared) if compared else staticmethod(_nothing))
    return made


if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(*, frozen, eq=True, repr=True):
        """
        Return a decorator that does what `dataclasses.dataclass` does with these arguments.

        Raises:
            TypeError: the class is not to be frozen.
        """
        if not frozen:
            raise TypeError("only frozen dataclasses are made here")
        return lambda cls: _made(cls, eq=eq, repr=repr)
