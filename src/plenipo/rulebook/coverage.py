"""
Citation coverage: of each source, what cites which proposition, and which propositions nothing rests on.

A proposition is cited when a rule, a finding, an option, an order between options or a fact rests on it. One that
nothing cites should say why, and is then background.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from plenipo.rulebook.model import Proposition, Rulebook


@dataclass(frozen=True)
class Citer:
    """What cites a proposition: the kind of thing (`rule`, `finding`, `option`, `order`, `constraint` or `fact`) and its id."""

    kind: str
    id: str


@dataclass(frozen=True)
class Cited:
    """A proposition and all that cites it."""

    proposition: Proposition
    by: tuple[Citer, ...]


@dataclass(frozen=True)
class SourceCoverage:
    """A source's propositions in three parts, each in the order of the source: every one is in exactly one of them."""

    source: str
    cited: tuple[Cited, ...]
    background: tuple[Proposition, ...]
    uncited: tuple[Proposition, ...]

    @property
    def total(self) -> int:
        """How many propositions the source has."""
        return len(self.cited) + len(self.background) + len(self.uncited)


def coverage(rulebook: Rulebook) -> tuple[SourceCoverage, ...]:
    """Return the citation coverage of every source of a rulebook."""
    citers: dict[str, dict[Citer, None]] = {}
    for proposition, citer in _citations(rulebook):
        citers.setdefault(proposition, {})[citer] = None
    return tuple(_of_source(id, source.propositions, citers) for id, source in rulebook.sources.items())


def _of_source(
    source: str, propositions: Mapping[str, Proposition], citers: Mapping[str, Mapping[Citer, None]]
) -> SourceCoverage:
    cited = tuple(Cited(said, tuple(citers[id])) for id, said in propositions.items() if id in citers)
    others = [said for id, said in propositions.items() if id not in citers]
    background = tuple(said for said in others if said.background)
    return SourceCoverage(source, cited, background, tuple(said for said in others if not said.background))


def _citations(rulebook: Rulebook) -> Iterator[tuple[str, Citer]]:
    for rule in rulebook.rules.values():
        yield from ((id, Citer("rule", rule.id)) for id in rule.cite)
    for finding in rulebook.findings.values():
        yield from ((id, Citer("finding", finding.id)) for id in finding.cite)
    for option in rulebook.options.values():
        yield from ((id, Citer("option", option.id)) for id in option.cite)
        for words, links in (("after", option.after), ("with", option.beside)):
            for other, link in links.items():
                yield from ((id, Citer("order", f"{option.id} {words} {other}")) for id in link.cite)
    for constraint in rulebook.constraints:
        yield from ((id, Citer("constraint", constraint.id)) for id in constraint.cite)
    for fact in rulebook.facts.values():
        yield from ((id, Citer("fact", fact.id)) for id in fact.cite)
