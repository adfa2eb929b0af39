"""Rules: what they may draw, what they rest on, and when they fire; the constraints between facts; accepted remarks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from plenipo.errors import Location
from plenipo.rulebook.conditions import ALWAYS, Atom, Condition


class Verb(StrEnum):
    """What a rule may draw: a finding, a verdict on an option, or a caution attached to one."""

    FIND = "find"
    RECOMMEND = "recommend"
    CONSIDER = "consider"
    DEFER = "defer"
    AVOID = "avoid"
    DONE = "done"
    CAUTION = "caution"


class Basis(StrEnum):
    """Whether the source says it, or it is our reading of it."""

    STATED = "stated"
    INFERRED = "inferred"


class Strength(StrEnum):
    """The author's own hedge, strongest first."""

    MUST = "must"
    SHOULD = "should"
    PLAIN = "plain"
    COULD = "could"
    MIGHT = "might"


@dataclass(frozen=True)
class Conclusion:
    """What a rule draws: a verb, on a finding (`find`) or an option (all others)."""

    verb: Verb
    on: str


@dataclass(frozen=True)
class Rule:
    """
    When `when` holds and `unless` does not, the rule fires; unless overridden, it draws `then`.

    `because` is its reason in one sentence; `cite` the propositions it rests on. A rule that cites several sources is
    given by each of them alone, unless it rests on them `jointly`. `track` is the file it is in.
    """

    id: str
    track: str
    then: tuple[Conclusion, ...]
    because: str
    cite: tuple[str, ...]
    basis: Basis
    strength: Strength
    when: Condition = ALWAYS
    unless: Condition | None = None
    overrides: tuple[str, ...] = ()
    jointly: bool = False
    location: Location | None = None

    def fires(self, state: Mapping[str, str]) -> bool:
        """Return whether the conditions hold in a state that settles every finding they name."""
        return self.when.holds(state) and not (self.unless is not None and self.unless.holds(state))

    def every_atom(self) -> Iterator[Atom]:
        """Yield every atom of `when` and `unless`."""
        yield from self.when.every_atom()
        if self.unless is not None:
            yield from self.unless.every_atom()


@dataclass(frozen=True)
class Constraint:
    """Facts that exclude one another: a situation in which `never` holds is impossible. It speaks of facts alone."""

    id: str
    never: Condition
    because: str = ""
    cite: tuple[str, ...] = ()
    location: Location | None = None


@dataclass(frozen=True)
class Acceptance:
    """A remark of the check `check` on `subject` that the author has seen and keeps, and why."""

    check: str
    subject: str
    because: str
    location: Location | None = None
