"""
The outlook: which verdicts stand whatever the unknown facts turn out to be, and on what the others turn.

A completion gives every unknown fact a value, within the constraints. All of them are looked at, however many there
are: as a truth table where the facts that can matter to an option are few, else by the answer-set engine.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.engines.bitset.truth_table import Table, fits
from plenipo.inquiry.scope import known, reach
from plenipo.inquiry.waiting import Release, Waiting, waiting
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Prospect:
    """
    What may become of the verdict on one option.

    `possible` are the verdicts that completions give; `turns_on` are the pivotal facts: some completion differs from
    another in that fact alone, and gives another verdict.
    """

    option: str
    verdict: Verdict
    possible: tuple[Verdict, ...]
    turns_on: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether every completion gives the verdict held now."""
        return all(verdict is self.verdict for verdict in self.possible)

    @property
    def becoming(self) -> tuple[Verdict, ...]:
        """The verdicts it may become."""
        return tuple(verdict for verdict in self.possible if verdict is not self.verdict)


@dataclass(frozen=True)
class Outlook:
    """What may become of each verdict, by option in the order of the rulebook."""

    kind: ClassVar[Literal["outlook"]] = "outlook"

    advice: Advice
    options: Mapping[str, Prospect]

    @cached_property
    def open(self) -> tuple[Prospect, ...]:
        """The options whose verdict is not settled."""
        return tuple(prospect for prospect in self.options.values() if not prospect.settled)

    @cached_property
    def waits(self) -> Mapping[str, tuple[Release, ...]]:
        """What each deferred option waits for: option -> smallest sets of facts that would do."""
        return {id: found.releases for id, found in self._waiting.items()}

    @cached_property
    def waits_for_more(self) -> frozenset[str]:
        """The deferred options that wait for so many sets of facts that not all of them are told."""
        return frozenset(id for id, found in self._waiting.items() if found.more)

    @cached_property
    def _waiting(self) -> Mapping[str, Waiting]:
        deferred = [id for id, said in self.advice.options.items() if said.verdict is Verdict.DEFER]
        return {id: waiting(id, self.advice) for id in deferred}

    @cached_property
    def turns_on(self) -> Mapping[str, tuple[str, ...]]:
        """The facts on which open verdicts turn, those on which most do first: fact -> options."""
        found: dict[str, list[str]] = {}
        for prospect in self.open:
            for fact in prospect.turns_on:
                found.setdefault(fact, []).append(prospect.option)
        return {fact: tuple(found[fact]) for fact in sorted(found, key=lambda fact: (-len(found[fact]), fact))}


def outlook(advice: Advice) -> Outlook:
    """Return the outlook of every verdict of some advice: exact, over all completions of its situation."""
    return Outlook(advice, _Prospector(advice).prospects())


class _Prospector:
    def __init__(self, advice: Advice) -> None:
        self.advice = advice
        self.rulebook = advice.rulebook
        self.facts = known(advice.situation.facts, self.rulebook)
        self.unknown = frozenset(self.rulebook.facts) - self.facts.keys()
        self.reach = reach(self.rulebook)

    def prospects(self) -> Mapping[str, Prospect]:
        found: dict[str, Prospect] = {}
        large: list[str] = []
        for option, said in self.advice.options.items():
            facts = self.reach.linked(self.reach.facts(option), self.unknown)
            domains = {fact: tuple(self.rulebook.facts[fact].values) for fact in facts}
            if not facts:
                found[option] = Prospect(option, said.verdict, (said.verdict,))
            elif fits(domains):
                found[option] = self._tabled(option, domains)
            else:
                large.append(option)
        found |= self._solved(large)
        return {option: found[option] for option in self.advice.options}

    def _tabled(self, option: str, domains: Mapping[str, tuple[str, ...]]) -> Prospect:
        table = Table(self.rulebook, domains, self.facts)
        table.run(self.reach.rules(option))
        verdicts = table.verdicts(option)
        turning = tuple(fact for fact in domains if len(verdicts) > 1 and table.turns(verdicts, fact))
        return Prospect(option, self.advice.options[option].verdict, tuple(verdicts), turning)

    def _solved(self, options: list[str]) -> Mapping[str, Prospect]:
        if not options:
            return {}
        from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without

        engine = answer_engine(self.rulebook)
        possible = engine.possible(self.facts, options)
        divided = [option for option in options if len(possible[option]) > 1]
        turning = self._pivotal({option: self.unknown.intersection(self.reach.facts(option)) for option in divided})
        return {
            option: Prospect(
                option,
                self.advice.options[option].verdict,
                tuple(verdict for verdict in Verdict if verdict.value in possible[option]),
                tuple(fact for fact in self.rulebook.facts if fact in turning.get(option, ())),
            )
            for option in options
        }

    def _pivotal(self, candidates: Mapping[str, frozenset[str]]) -> Mapping[str, AbstractSet[str]]:
        """Return on which of its candidates each option turns: what has no witness is searched for."""
        from plenipo.engines.answers import answer_engine  # noqa: PLC0415 - small questions do without
        from plenipo.inquiry.samples import witnessed  # noqa: PLC0415 - advice on the bundled rulebook never needs it

        seen = witnessed(self.reach, self.facts, candidates)
        left = {option: facts - seen[option] for option, facts in candidates.items() if facts - seen[option]}
        searched = answer_engine(self.rulebook).pivotal(self.facts, left) if left else {}
        return {option: seen[option] | searched.get(option, frozenset()) for option in candidates}
