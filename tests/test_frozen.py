"""Frozen dataclasses: whatever can be done with them comes out as with the standard library's."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from dataclasses import field
from functools import cached_property
from typing import Any

import pytest

from plenipo import frozen


def classes(dataclass: Callable[..., Any]) -> tuple[Any, Any, Any, Any]:
    """Return a point, something with all that fields can have, a class with methods of its own, one without fields."""

    @dataclass(frozen=True)
    class Point:
        x: int
        y: int = 0

        @cached_property
        def sum(self) -> int:
            return self.x + self.y

    @dataclass(frozen=True)
    class Full:
        one: str
        note: str = field(default="", compare=False)
        secret: str = field(default="s", repr=False)
        many: list[object] = field(default_factory=list)

    @dataclass(frozen=True, eq=False, repr=False)
    class Own:
        word: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Own)

        def __hash__(self) -> int:
            return 7

        def __repr__(self) -> str:
            return "own"

    @dataclass(frozen=True)
    class Nothing:
        pass

    return Point, Full, Own, Nothing


OURS, THEIRS = classes(frozen.dataclass), classes(dataclasses.dataclass)


@frozen.dataclass(frozen=True)
class Kept:
    """A class that a pickle can find."""

    word: str
    many: tuple[int, ...] = ()


def told(point: Any, full: Any, own: Any, nothing: Any) -> list[object]:
    """Return what the classes do, as far as it can be compared."""
    ring = full("a")
    ring.many.append(ring)
    return [
        point(1, 2) == point(1, 2),
        point(1, 2) == point(2, 1),
        point(1) == (1, 0),
        len({point(1), point(1, 0), point(2)}),
        repr(point(1, y=3)).rpartition(".")[2],
        point(1, 2).sum,
        dataclasses.replace(point(1, 2), y=5).sum,
        dataclasses.asdict(point(1, 2)),
        [each.name for each in dataclasses.fields(full)],
        full("a", note="x") == full("a", note="y"),
        full("a", many=[1]) == full("a"),
        repr(full("a", many=[1])).rpartition(".")[2],
        repr(ring).count("..."),
        own("a") == own("b"),
        hash(own("a")),
        repr(own("a")),
        nothing() == nothing(),
        repr(nothing()).rpartition(".")[2],
        point.__match_args__,
    ]


def test_they_do_what_the_standard_librarys_do() -> None:
    assert told(*OURS) == told(*THEIRS)


@pytest.mark.parametrize("kinds", [OURS, THEIRS], ids=["ours", "theirs"])
def test_they_cannot_be_changed(kinds: tuple[Any, ...]) -> None:
    point = kinds[0](1, 2)
    for name in ("x", "z"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(point, name, 9)
    with pytest.raises(dataclasses.FrozenInstanceError):
        del point.x
    assert (point.x, hasattr(point, "z")) == (1, False)
    with pytest.raises(TypeError):
        hash(kinds[1]("a"))


def test_they_can_be_kept_and_copied() -> None:
    kept = Kept("a", (1, 2))
    for copied in (pickle.loads(pickle.dumps(kept)), copy.copy(kept), copy.deepcopy(kept)):
        assert (copied, hash(copied), copied is kept) == (kept, hash(kept), False)


def test_what_is_not_frozen_is_refused() -> None:
    make: Callable[..., Any] = frozen.dataclass
    with pytest.raises(TypeError):
        make(frozen=False)
