"""The vocabulary: facts, options and findings, the parties who know or act, and the subjects that group them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from plenipo.errors import Location
from plenipo.rulebook.conditions import BLANKS, FALSE, SPELLINGS, TRUE, UNKNOWN, Condition
from plenipo.rulebook.rules import Basis


@dataclass(frozen=True)
class Fact:
    """
    A question about the world with a finite list of answers (value -> label); `movable` if one can act on it.
    Time itself brings the values of a `calendar` fact, one after another as they are listed.

    `says` has the clause that says that it has a value (value -> clause), where one was written.
    An `orienting` fact places a situation, and is asked first; `known_to` are the parties who know the answer, by id.
    """

    id: str
    group: str
    ask: str
    values: Mapping[str, str]
    help: str = ""
    why: str = ""
    movable: bool = True
    calendar: bool = False
    cite: tuple[str, ...] = ()
    location: Location | None = None
    title: str = ""
    orienting: bool = False
    known_to: tuple[str, ...] = ()
    says: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What reports call the fact: its title, or its id where it has none."""
        return self.title or self.id

    @property
    def boolean(self) -> bool:
        """Whether this is a yes/no fact."""
        return set(self.values) == {TRUE, FALSE}

    @property
    def spelled(self) -> tuple[str, ...]:
        """Its values as an author writes them: yes and no, where they are true and false."""
        return tuple({TRUE: "yes", FALSE: "no"}[value] if self.boolean else value for value in self.values)

    def read(self, text: str) -> str | None:
        """
        Return the value that `text` means, `unknown`, or None when it is not a value of this fact.

        >>> willing = Fact("willing", "timing", "Willing?", {"true": "yes", "false": "no"})
        >>> willing.read("yes"), willing.read(""), willing.read("maybe")
        ('true', 'unknown', None)
        """
        if text in self.values:
            return text
        word = text.strip().casefold()
        if word in BLANKS:
            return UNKNOWN
        word = SPELLINGS.get(word, word) if self.boolean else word
        return word if word in self.values else None


@dataclass(frozen=True)
class Link:
    """
    Why one option comes after another, or goes with it: the propositions cited, and whether they say so.

    A `soft` order is a preference, and holds nothing up. In an `exchange` the option is given in return for the other,
    and is named beside it.
    """

    cite: tuple[str, ...] = ()
    basis: Basis = Basis.INFERRED
    because: str = ""
    soft: bool = False
    exchange: bool = False


@dataclass(frozen=True)
class Outcome:
    """
    What becomes so once an option is done: fact -> value.

    Where a step can end in several ways, `title` says in a few words which one this is, and `by` who chooses it.
    """

    facts: Mapping[str, str]
    title: str = ""
    by: str | None = None


@dataclass(frozen=True)
class Option:
    """
    A step that somebody could take.

    `part_of` names the option it is an element of, `after` those that must come first, `beside` those that go together
    with it (`with` in the file, which Python keeps for itself).

    `arises_when` says what puts it on the desk, `headline` the sources whose headline it is, `by` the parties who act,
    and `brings` what becomes so once it is done: one outcome, or several of which a party chooses. They order answers
    and never change a verdict. `cited_for` has the propositions that say so, by the key as it is written in the file;
    what is not there is our reading.
    """

    id: str
    group: str
    title: str
    help: str = ""
    part_of: str | None = None
    after: Mapping[str, Link] = field(default_factory=dict)
    beside: Mapping[str, Link] = field(default_factory=dict)
    cite: tuple[str, ...] = ()
    location: Location | None = None
    arises_when: Condition | None = None
    headline: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    brings: tuple[Outcome, ...] = ()
    cited_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """
    A named intermediate conclusion; `says` is its sentence. It holds when some rule finds it, and not otherwise.

    One that `opens_answer` says how the sources read a situation, and is fit to be the first sentence of an answer.
    """

    id: str
    says: str
    help: str = ""
    cite: tuple[str, ...] = ()
    location: Location | None = None
    opens_answer: bool = False


@dataclass(frozen=True)
class Party:
    """Somebody who acts, chooses or knows: a government, a body; `own` for the reader's side."""

    id: str
    title: str
    own: bool = False
    location: Location | None = None


@dataclass(frozen=True)
class Subject:
    """What to call a group of facts and options; `id` is the group's."""

    id: str
    title: str
    location: Location | None = None
