"""
The one way in: a fact file, a mapping or a situation, and what is set beside it, become one situation that is allowed.

Whatever the facts come from, they are put together here, and the constraints of the rulebook are applied once, to all
of them together.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from plenipo.errors import Location, SituationError, printable, shown
from plenipo.rulebook.as_of import is_time, no_time, what_to_write
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.files import STDIN, STDIN_NAME, take_in, take_in_stdin
from plenipo.rulebook.model import UNKNOWN, LooseReading, Rulebook, Situation
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.based_on import completed
from plenipo.situations.constraints import refuse_impossible
from plenipo.situations.fact_file import FactFile, VocabularyReader, read_fact_file
from plenipo.situations.file_kinds import refuse_many

Part = TypeVar("Part")

#: What messages call facts that come from no file.
GIVEN = "given facts"
#: Fact -> value; yes and no may be True and False, and None, like `unknown`, says that the fact is not known.
GivenFacts = Mapping[str, str | bool | None]


@dataclass(frozen=True)
class Changes:
    """
    What is set beside a situation, read against the vocabulary: it counts whatever the situation says.

    `facts` have a value or are `unknown`; `considering` are options under discussion besides those of the situation;
    `based_on` names the situation from which facts are taken over, in the place of the one that a file names. `places`
    (fact -> place) and `base` are where messages say that the facts and the name were given; `read_as` are the words
    among all these that were taken for a name without being it.
    """

    facts: Mapping[str, str] = field(default_factory=dict)
    considering: tuple[str, ...] = ()
    based_on: str = ""
    places: Mapping[str, Location] = field(default_factory=dict)
    base: Location | None = None
    read_as: tuple[LooseReading, ...] = ()


UNCHANGED = Changes()


def read_changes(
    rulebook: Rulebook,
    facts: GivenFacts | None = None,
    considering: Iterable[str] = (),
    based_on: str = "",
    *,
    words: str = "",
) -> Changes:
    """
    Return what is set beside a situation; `words` is the form in which messages name it, as in `--{} {}`.

    Raises:
        SituationError: a fact, value or option does not exist; the error holds every fault.
    """
    faults = Faults()
    reader = VocabularyReader(rulebook, faults)

    def place(option: str, given: str) -> Location:
        return Location(printable(words.format(option, given)) if words else GIVEN)

    at = {fact: place("set", f"{fact}={value}") for fact, value in (facts or {}).items()}
    nodes = {fact: Node(_word(value), at[fact]) for fact, value in (facts or {}).items()}
    values, places = reader.facts(Node(nodes, Location(GIVEN), at))
    options = (reader.option(word, place("considering", word)) for word in dict.fromkeys(considering))
    known = tuple(dict.fromkeys(id for id in options if id is not None))
    _refuse(faults)
    return Changes(values, known, based_on, places, place("based-on", based_on), tuple(reader.readings))


def load_situation(rulebook: Rulebook, where: str | Path, changes: Changes = UNCHANGED) -> Situation:
    """
    Return the situation in a file, or on standard input for `-`, with the changes made to it.

    A fact that is absent, empty, null or `unknown` is unknown, and is not among the situation's facts.

    Raises:
        SituationError: something is wrong with it; the error holds every fault.
    """
    faults = Faults()
    standard_input = str(where) == STDIN
    name = STDIN_NAME if standard_input else shown(Path(where))
    if not standard_input:
        refuse_many(Path(where))
    data = take_in_stdin(faults) if standard_input else take_in(Path(where), faults)
    if data is None:
        raise SituationError(tuple(faults))
    read = read_situation(rulebook, data, name, Path(where), changes)
    return replace(read, file="" if standard_input else name)


def read_situation(
    rulebook: Rulebook,
    text: str | bytes,
    name: str = "situation",
    file: Path | None = None,
    changes: Changes = UNCHANGED,
) -> Situation:
    """
    Return the situation that a text describes, with the changes made to it; `name` is what messages call the text.

    Beside `file`, where there is one, may be what the text is `based_on`.

    Raises:
        SituationError: something is wrong with it; the error holds every fault.
    """
    faults = Faults()
    root = parse(text, name, faults)
    if root is None:
        raise SituationError(tuple(faults))
    return complete(rulebook, read_fact_file(rulebook, root, name, faults), faults, file, changes)


def complete(
    rulebook: Rulebook, said: FactFile, faults: Faults, file: Path | None = None, changes: Changes = UNCHANGED
) -> Situation:
    """
    Return what a fact file says with what it takes over and the changes made to it, whole and possible.

    Raises:
        SituationError: it is not, or there are faults already; the error holds every fault.
    """
    if changes.based_on:
        said = replace(said, situation=replace(said.situation, based_on=changes.based_on), base=changes.base)
        file = Path(STDIN)
    said = completed(rulebook, said, file, faults)
    read, new = said.situation, changes.facts
    taken_over = {id: name for id, name in read.taken_over.items() if id not in new}
    situation = replace(
        read,
        facts={**_without(new, read.facts), **{id: value for id, value in new.items() if value != UNKNOWN}},
        considering=tuple(dict.fromkeys((*changes.considering, *read.considering))),
        notes={id: note for id, note in read.notes.items() if id in taken_over or id not in read.taken_over},
        likely=_without(new, read.likely),
        taken_over=taken_over,
        read_as=tuple(dict.fromkeys((*read.read_as, *changes.read_as))),
    )
    refuse_impossible(rulebook, situation.facts, faults, {**said.places, **changes.places}, read.name or GIVEN)
    _refuse(faults)
    return situation


def situation_from(rulebook: Rulebook, facts: GivenFacts, changes: Changes = UNCHANGED, name: str = GIVEN) -> Situation:
    """
    Return the situation in which the given facts have the given values, with the changes made to it.

    Raises:
        SituationError: a fact, value or option does not exist; the error holds every fault.
    """
    place = Location(name)
    nodes = {fact: Node(_word(value), place) for fact, value in facts.items()}
    given = Node({"facts": Node(nodes, place, dict.fromkeys(nodes, place))}, place, {"facts": place})
    faults = Faults()
    return complete(rulebook, read_fact_file(rulebook, given, name, faults), faults, None, changes)


def with_changes(rulebook: Rulebook, situation: Situation, changes: Changes) -> Situation:
    """
    Return a situation with the changes made to it.

    Raises:
        SituationError: by the constraints of the rulebook there can be no such situation, or its `as_of` is no time.
    """
    place, faults = Location(situation.name or GIVEN), Faults()
    if not is_time(situation.as_of):
        faults.add("wrong-value", no_time(situation.as_of), place, help=what_to_write(situation.as_of))
    return complete(rulebook, FactFile(situation, dict.fromkeys(situation.facts, place)), faults, None, changes)


def _without(names: Iterable[str], part: Mapping[str, Part]) -> dict[str, Part]:
    return {id: value for id, value in part.items() if id not in names}


def _refuse(faults: Faults) -> None:
    if faults.fatal:
        raise SituationError(tuple(faults))


def _word(value: str | bool | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
