"""
`based_on`: the facts that a fact file leaves out, taken over from another situation.

The other situation is a file beside the one that names it, or one that comes with the rulebook, and may itself be based
on another. A fact that is written as `unknown` is not left out, and stays unknown.
"""

import contextlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar

from plenipo.errors import Location, quoted, shown
from plenipo.rulebook import locations
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import FILE_ENDINGS, take_in
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.fact_file import FactFile, read_fact_file

Part = TypeVar("Part")


class _Link(NamedTuple):
    """A file on the way, and where it says what it is based on."""

    path: str
    place: Location


def completed(
    rulebook: Rulebook, said: FactFile, file: Path | None, faults: Faults, below: Sequence[_Link] = ()
) -> FactFile:
    """
    Return what a fact file says together with what it takes over; a name that leads nowhere goes to `faults`.

    What it is based on may be beside `file`, which is the file itself. Without one, only the situations that come with
    the rulebook are found.
    """
    if said.base is None:
        return said
    name = said.situation.based_on
    found = _find(name, file, rulebook.folder)
    if found is None:
        known = [*locations.situations(rulebook.folder), *(_beside(file) if file else ())]
        help = ("name a situation that comes with the rulebook" + (", or a fact file beside this one" if file else ""),)
        message = f"there is no situation {quoted(name)} to take facts over from"
        faults.add("unknown-situation", message, said.base, near=(name, known), help=help)
        return said
    links = (*below, _Link(os.path.realpath(file) if file else "", said.base))
    target = os.path.realpath(found)
    paths = [link.path for link in links]
    if target in paths:
        _refuse(links[paths.index(target) :], faults)
        return said
    called = shown(found)
    data = take_in(found, faults, name=called)
    root = None if data is None else parse(data, called, faults)
    if root is None:
        return said
    return _taken_over(said, completed(rulebook, read_fact_file(rulebook, root, called, faults), found, faults, links))


def _taken_over(said: FactFile, base: FactFile) -> FactFile:
    """Return what one file says, and what another one says of the facts that it leaves out."""
    own, other = said.situation, base.situation
    left_out = [id for id in (*other.facts, *other.likely) if id not in said.places and id not in own.likely]

    def taken(part: Mapping[str, Part]) -> dict[str, Part]:
        return {id: value for id, value in part.items() if id in left_out}

    situation = replace(
        own,
        facts={**taken(other.facts), **own.facts},
        likely={**taken(other.likely), **own.likely},
        notes={**taken(other.notes), **own.notes},
        taken_over={id: other.taken_over.get(id, own.based_on) for id in left_out},
    )
    return replace(said, situation=situation, places={**base.places, **said.places})


def _find(name: str, file: Path | None, folder: Path | None) -> Path | None:
    """Return the file of the situation that a name means: one beside `file`, else one of the rulebook in a folder."""
    beside = [file.parent / f"{name}{ending}" for ending in ("", *FILE_ENDINGS)] if file else []
    with contextlib.suppress(OSError, ValueError):
        known = locations.situations(folder)
        beside_it = next((path for path in beside if path.is_file()), None)
        return beside_it or known.get(name) or known.get(locations.meant_situation(name, known))
    return None


def _beside(file: Path) -> list[str]:
    try:
        return [
            path.stem
            for path in file.parent.iterdir()
            if path.suffix.lower() in FILE_ENDINGS and path.name != file.name
        ]
    except (OSError, ValueError):
        return []


def _refuse(circle: Sequence[_Link], faults: Faults) -> None:
    names = [link.place.file for link in circle]
    way = "".join(f", which is based on {quoted(name)}" for name in [*names[2:], names[0]]) if len(names) > 1 else ""
    message = f"{quoted(names[0])} is based on {quoted(names[1]) if way else 'itself'}{way}"
    also = [(link.place, f"what {quoted(link.place.file)} is based on") for link in circle[1:]]
    faults.add("circle", message, circle[0].place, also=also, help=("take one `based_on` out",))
