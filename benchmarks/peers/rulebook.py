"""The rulebook as the encodings need it: in levels, each of which reads only what earlier ones drew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from plenipo.rulebook.model import Rule, Rulebook, Verb
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Plain:
    """A rulebook with its rules numbered: rule `ids[n]` is called `rn` by every peer, since ids may be anything."""

    book: Rulebook

    @cached_property
    def ids(self) -> Sequence[str]:
        """The rules in dependency order."""
        return [id for stratum in self.book.strata for id in stratum]

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What peers call a rule."""
        return {id: f"r{number}" for number, id in enumerate(self.ids)}

    @cached_property
    def findings(self) -> Mapping[str, str]:
        """What peers call a finding."""
        return {id: f"g{number}" for number, id in enumerate(self.book.findings)}

    @cached_property
    def finders(self) -> Mapping[str, Sequence[str]]:
        """For each finding the rules that find it."""
        return {
            finding: [rule.id for rule in self.book.rules.values() if finding in finds(rule)]
            for finding in self.book.findings
        }

    def acts(self, id: str) -> str:
        """Return what peers call it that a rule fires and is not overridden."""
        return f"a{self.names[id][1:]}" if id in self.book.overriders else self.names[id]

    def drawers(self, option: str) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each verdict that is drawn on an option, first the one that outranks the others, with its rules."""
        for verdict in Verdict:
            drawn = [
                rule.id
                for rule in self.book.rules.values()
                if any(each.verb.value == verdict.value and each.on == option for each in rule.then)
            ]
            if drawn:
                yield verdict.value, drawn

    @cached_property
    def ranked(self) -> Sequence[Sequence[tuple[str, Sequence[str]]]]:
        """The drawers of every option."""
        return [list(self.drawers(option)) for option in self.book.options]

    def levels(self) -> Iterator[tuple[Sequence[Rule], Sequence[str]]]:
        """Yield the rules of each stratum, with the findings that are settled after it."""
        settled: set[str] = set()
        waiting = dict(self.finders)
        for stratum in self.book.strata:
            settled.update(stratum)
            now = [finding for finding, rules in waiting.items() if settled.issuperset(rules)]
            for finding in now:
                del waiting[finding]
            yield [self.book.rules[id] for id in stratum], now


def finds(rule: Rule) -> Sequence[str]:
    """Return the findings that a rule finds."""
    return [each.on for each in rule.then if each.verb is Verb.FIND]


def draws(rule: Rule) -> Sequence[tuple[str, str]]:
    """Return what a rule draws on options, as option and verdict."""
    verdicts = {verdict.value for verdict in Verdict}
    return [(each.on, each.verb.value) for each in rule.then if each.verb.value in verdicts]
