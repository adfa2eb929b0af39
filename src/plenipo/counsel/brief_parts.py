"""What a brief is made of: its reasons, readings and entries."""

from __future__ import annotations

from dataclasses import dataclass

from plenipo.counsel.find_out import Effect
from plenipo.inquiry.waiting import Need, Release
from plenipo.rulebook.model import Basis, Fact, Finding, Option, Party, Proposition, Rule
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Reason:
    """
    Why the sources say so, by one rule.

    `because` is a sentence, `cite` what it rests on, `basis` whether the sources say it themselves, and `facts` the
    known facts by which the rule was met.
    """

    because: str
    cite: tuple[Proposition, ...]
    basis: Basis
    facts: tuple[Fact, ...]
    rule: Rule


@dataclass(frozen=True)
class Reading:
    """A finding that rests on known facts of this situation, with the propositions it cites."""

    finding: Finding
    cite: tuple[Proposition, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Named:
    """
    An option that a brief names.

    `reason` is the one that rests on most facts of this situation; a silent option has none unless it is advised
    `if_not_done`, for nobody knows whether it is. Then the reason holds only if unknown facts turn out as `reason_if`
    says. `cautions` are those that rest on this situation. `beside` are advised options that go together with it and
    that no other part names, `in_return` those that are given in return for it, `parts` those that are held with it. A
    deferred option waits for one of the releases in `until`; where it is `undecided`, what it waits for was not found
    in time.
    """

    option: Option
    verdict: Verdict
    reason: Reason | None
    if_not_done: bool = False
    reason_if: tuple[Need, ...] = ()
    cautions: tuple[Reason, ...] = ()
    beside: tuple[Option, ...] = ()
    in_return: tuple[Option, ...] = ()
    parts: tuple[Option, ...] = ()
    until: tuple[Release, ...] = ()
    undecided: bool = False


@dataclass(frozen=True)
class ToFindOut:
    """
    An unknown fact worth finding out, the parties who know it, and whether one of them is the reader's own.

    `telling` is the value that would change most of what leads, is not yet to be done or is warned of, with what the
    brief would name then.
    """

    fact: Fact
    known_to: tuple[Party, ...]
    own: bool
    telling: Effect


@dataclass(frozen=True)
class Standing:
    """
    What is advised in any case, and not named in another part of the brief.

    `keep` are headlines of the sources, three at most, that are advised when nothing is known and still advised here;
    `avoid` is how many other options are advised against.
    """

    keep: tuple[Option, ...]
    avoid: int
