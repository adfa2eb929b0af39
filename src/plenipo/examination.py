"""
The examination of a rulebook: what its checks say against it, and how much of the essays it takes up.

A proposition is taken up when a rule, a finding, an option or a fact cites it, or when it is marked as background with
the reason why nothing does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plenipo.errors import Diagnostic, RulebookError
from plenipo.rulebook.model import Rulebook, Source


@dataclass(frozen=True)
class CitationCoverage:
    """The propositions of one source, by id: those that are cited, those that are background, and the rest."""

    source: Source
    cited: tuple[str, ...]
    background: tuple[str, ...]
    left_over: tuple[str, ...]


@dataclass(frozen=True)
class Examination:
    """What was found: the diagnostics, remarks included, and the coverage of each source."""

    rulebook: Rulebook
    diagnostics: tuple[Diagnostic, ...]
    coverage: tuple[CitationCoverage, ...]

    @property
    def passed(self) -> bool:
        """Whether nothing was found."""
        return not self.diagnostics


def examine(folder: Path | None = None) -> Examination:
    """
    Run every check on the rulebook in a folder, the bundled one without.

    Raises:
        RulebookError: the rulebook cannot be loaded; the error holds everything that was found, remarks included.
    """
    from plenipo.rulebook.checks import examine as run_checks  # noqa: PLC0415 - it brings pydantic

    rulebook, found = run_checks(folder)
    if rulebook is None:
        raise RulebookError(found)
    return Examination(rulebook, found, coverage(rulebook))


def coverage(rulebook: Rulebook) -> tuple[CitationCoverage, ...]:
    """Return how much of each source the rulebook takes up."""
    cited = frozenset(_citations(rulebook))
    return tuple(_covered(source, cited) for source in rulebook.sources.values())


def _covered(source: Source, cited: frozenset[str]) -> CitationCoverage:
    rest = [said for id, said in source.propositions.items() if id not in cited]
    return CitationCoverage(
        source,
        tuple(id for id in source.propositions if id in cited),
        tuple(said.id for said in rest if said.background),
        tuple(said.id for said in rest if not said.background),
    )


def _citations(rulebook: Rulebook) -> Iterator[str]:
    for table in (rulebook.rules, rulebook.findings, rulebook.options, rulebook.facts):
        for thing in table.values():
            yield from thing.cite
    for option in rulebook.options.values():
        for link in (*option.after.values(), *option.beside.values()):
            yield from link.cite
