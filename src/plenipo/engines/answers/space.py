"""What can be asked of one rulebook over the whole space: every situation, complete or not, that it allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plenipo.engines.answers.program import Term
from plenipo.engines.answers.reify import quoted, reified
from plenipo.engines.answers.time_limit import PatientProgram, Seen
from plenipo.rulebook.model import Basis, Rulebook

#: What `space.lp` shows when it is asked for.
ASKED = ("fires", "acts", "verdict", "found", "apart", "clash", "differ", "situation")
#: As many seconds as one question may take.
PATIENCE = 60.0


@dataclass(frozen=True)
class Pairs:
    """
    What is to be compared: rules with `rivals`, rules `opposed` on an option, options with their `twins`.

    Each is written as the arguments of the term of that name in `space.lp`.
    """

    rivals: tuple[tuple[str, str], ...] = ()
    opposed: tuple[tuple[str, str, str], ...] = ()
    twins: tuple[tuple[str, str], ...] = ()

    def facts(self) -> Iterator[str]:
        """Yield each of them as a fact of a logic program."""
        for name, tuples in (("rival", self.rivals), ("opposed", self.opposed), ("twin", self.twins)):
            for each in tuples:
                yield f"{name}({','.join(quoted(id) for id in each)})."


@dataclass(frozen=True)
class Example:
    """A situation: the facts that are told, and the verdict on each option."""

    facts: Mapping[str, str]
    verdicts: Mapping[str, str]


class SpaceEngine:
    """Answers questions about every situation a rulebook allows; each encoding is grounded when first needed."""

    def __init__(self, rulebook: Rulebook, pairs: Pairs, seconds: float = PATIENCE) -> None:
        self._rulebook = rulebook
        self._pairs = pairs
        self._seconds = seconds

    def seen(self, kind: str) -> Seen:
        """
        Return whatever of one kind occurs in some situation, as ids: what `space.lp` shows of that kind.

        `fires` and `acts` give rules, `verdict` options with verdicts, `found` findings, `apart` pairs of rivals of
        which the first acts and the other does not, `clash` what is opposed and acts at once, `differ` the twins whose
        verdicts differ.
        """
        return _arguments(self._space.seen([(("asked", each), each == kind) for each in ASKED], self._seconds))

    def mattering(self) -> Seen:
        """Return the rules without which some situation would have another answer."""
        return _arguments(self._removal.seen([], self._seconds))

    def telling(self) -> Seen:
        """Return the facts with two of their values, unknown included, that some answer tells apart."""
        return _arguments(self._exchange.seen([], self._seconds))

    def example(self, goals: Iterable[tuple[Term, bool]]) -> Example | None:
        """
        Return a situation that tells as few facts as possible and has all that the goals say, or None.

        Raises:
            TimeoutError: none was found in time, and there may be one.
        """
        asked = [(("asked", each), each == "situation") for each in ASKED]
        shown = self._space.smallest([*asked, *goals], self._seconds)
        if shown is None:
            return None
        facts = {str(id): str(value) for name, id, value in shown if name == "is"}
        verdicts = {str(id): str(verdict) for name, id, verdict in shown if name == "verdict"}
        return Example({id: facts[id] for id in self._rulebook.facts if id in facts}, verdicts)

    @cached_property
    def _space(self) -> PatientProgram:
        return PatientProgram("space.lp", reified(self._rulebook) + "\n".join(self._pairs.facts()))

    @cached_property
    def _removal(self) -> PatientProgram:
        return PatientProgram("removal.lp", self._answers)

    @cached_property
    def _exchange(self) -> PatientProgram:
        return PatientProgram("exchange.lp", self._answers)

    @cached_property
    def _answers(self) -> str:
        """The rulebook, the grounds of its rules, and what tells answers apart."""
        encoding = Path(__file__).with_name("answer.lp").read_text(encoding="utf-8")
        return reified(self._rulebook) + "\n".join(_grounds(self._rulebook)) + "\n" + encoding


def _grounds(rulebook: Rulebook) -> Iterator[str]:
    """Yield what each rule rests on; what is stated gives all that a reading of it would give, and more."""
    for rule in rulebook.rules.values():
        for basis in Basis:
            if basis is Basis.INFERRED or rule.basis is Basis.STATED:
                yield from (f"grounds({quoted(rule.id)},{quoted(f'{id} {basis}')})." for id in rule.cite)


def _arguments(seen: Seen) -> Seen:
    return Seen(frozenset(term[1:] for term in seen.terms), seen.whole)
