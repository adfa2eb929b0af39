"""What can be asked of one rulebook over the whole space: every situation, complete or not, that it allows."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from plenipo.engines.answers.program import AnswerSetProgram, Seen, Term
from plenipo.engines.answers.reify import quoted_string, reified
from plenipo.rulebook.model import Basis, Rulebook

#: What `space.lp` shows when it is asked for.
SHOWN_KINDS = ("fires", "acts", "verdict", "found", "apart", "clash", "differ", "situation")
#: The ids that several terms of one name are about.
Terms = Collection[tuple[str, ...]]


@dataclass(frozen=True)
class Example:
    """A situation: its known facts, and the verdict on each option."""

    facts: Mapping[str, str]
    verdicts: Mapping[str, str]


class SpaceEngine:
    """
    Answers questions about every situation a rulebook allows; each encoding is grounded when first needed.

    `rivals`, `opposed` and `twins` are what is to be compared: the arguments of the terms that `space.lp` explains.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        *,
        rivals: Terms = (),
        opposed: Terms = (),
        twins: Terms = (),
    ) -> None:
        self._rulebook = rulebook
        self._compared = {"rival": rivals, "opposed": opposed, "twin": twins}

    def seen(self, kind: str) -> Seen:
        """
        Return everything of one kind that occurs in some situation, as ids: what `space.lp` shows of that kind.

        `fires` and `acts` give rules, `verdict` options with verdicts, `found` findings, `apart` pairs of rivals of
        which the first acts and the other does not, `clash` what is opposed and acts at once, `differ` the twins whose
        verdicts differ.
        """
        return _arguments(*self._space.some(_asking(kind)))

    def mattering(self) -> Seen:
        """Return the rules without which some situation would have another answer."""
        return _arguments(*AnswerSetProgram("removal.lp", self._answers).some([]))

    def distinguished(self) -> Seen:
        """Return the facts with two of their values, unknown included, between which some answer changes."""
        return _arguments(*AnswerSetProgram("exchange.lp", self._answers).some([]))

    def example(self, goals: Iterable[tuple[Term, bool]]) -> Example | None:
        """
        Return a situation with as few known facts as possible that meets all the goals, or None where there is none.

        Raises:
            TimeoutError: none was found in time, and there may be one.
        """
        shown = self._space.smallest([*_asking("situation"), *goals])
        if shown is None:
            return None
        facts = {str(id): str(value) for name, id, value in shown if name == "is"}
        verdicts = {str(id): str(verdict) for name, id, verdict in shown if name == "verdict"}
        return Example({id: facts[id] for id in self._rulebook.facts if id in facts}, verdicts)

    def examples(self, kind: str, wanted: Terms) -> Mapping[tuple[str, ...], Example | None]:
        """
        Return for each of some ids of one kind (`acts` or `differ`) the smallest example, or None where there is none.

        What was not decided in time is left out.
        """
        seen, whole = self.seen(kind)
        found: dict[tuple[str, ...], Example | None] = {}
        for ids in wanted:
            if ids in seen:
                goal: Term = ("acts", 0, *ids) if kind == "acts" else (kind, *ids)
                with suppress(TimeoutError):
                    found[ids] = self.example([(goal, True)])
            elif whole:
                found[ids] = None
        return found

    @cached_property
    def _space(self) -> AnswerSetProgram:
        facts = (
            f"{name}({','.join(map(quoted_string, ids))})." for name, terms in self._compared.items() for ids in terms
        )
        return AnswerSetProgram("space.lp", reified(self._rulebook) + "\n".join(facts))

    @cached_property
    def _answers(self) -> str:
        """The rulebook, the grounds of its rules, and what makes two answers different."""
        encoding = Path(__file__).with_name("answer.lp").read_text(encoding="utf-8")
        return reified(self._rulebook) + "\n".join(_grounds(self._rulebook)) + "\n" + encoding


def _asking(kind: str) -> list[tuple[Term, bool]]:
    return [(("asked", each), each == kind) for each in SHOWN_KINDS]


def _grounds(rulebook: Rulebook) -> Iterator[str]:
    """Yield what each rule rests on; what is stated gives all that a reading of it would give, and more."""
    for rule in rulebook.rules.values():
        for basis in Basis:
            if basis is Basis.INFERRED or rule.basis is Basis.STATED:
                for id in rule.cite:
                    yield f"grounds({quoted_string(rule.id)},{quoted_string(f'{id} {basis}')})."


def _arguments(terms: Iterable[Term], whole: bool) -> Seen:
    return frozenset(term[1:] for term in terms), whole
