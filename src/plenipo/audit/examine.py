"""
The examination of a rulebook: what its checks say against it, and how much of the sources it takes up.

The checks are those of its files, and those over every situation it allows. What these say is dropped where the author
has accepted it, and a situation can show it.

A proposition is taken up when a rule, a finding, an option or a fact cites it, or when it is marked as background with
the reason why nothing does.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plenipo.audit.remark import NOWHERE, Remark
from plenipo.audit.space import Space
from plenipo.audit.space_checks import run_space_checks, space_checks
from plenipo.audit.style import examine_style
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import Diagnostic, RulebookError, Severity, quoted
from plenipo.rulebook.citations import every_citation
from plenipo.rulebook.load import examine_rulebook
from plenipo.rulebook.model import Acceptance, Rulebook, Situation, Source
from plenipo.search_time import SECONDS_OVER_ALL, search_time

#: The check that finds acceptances to which no remark answers.
STALE = "stale-acceptance"


@dataclass(frozen=True)
class CitationCoverage:
    """The propositions of one source, by id: those that are cited, those that are background, and the rest."""

    source: Source
    cited: tuple[str, ...]
    background: tuple[str, ...]
    left_over: tuple[str, ...]


@dataclass(frozen=True)
class Examination:
    """
    What was found: the diagnostics, remarks included, and the coverage of each source.

    `accepted` are the remarks that the author keeps, `undecided` the checks that were not decided, with the reason,
    `witnesses` the situations that show remarks, accepted ones included.
    """

    rulebook: Rulebook
    diagnostics: tuple[Diagnostic, ...]
    coverage: tuple[CitationCoverage, ...]
    accepted: tuple[tuple[Acceptance, Diagnostic], ...] = ()
    undecided: Mapping[str, str] = field(default_factory=dict)
    witnesses: tuple[Situation, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every check was decided, and nothing was found."""
        return not self.diagnostics and not self.undecided


def examine(
    folder: Path | None = None, *, seconds: float = SECONDS_OVER_ALL, witnesses: bool = False, style: bool = False
) -> Examination:
    """
    Run every check on the rulebook in a folder, or on the bundled one.

    All questions over every situation together may take so many seconds. With `witnesses`, situations are sought that
    show what is found; with `style`, its sentences are examined, too.

    Raises:
        RulebookError: the rulebook cannot be loaded; the error holds everything that was found, remarks included.
    """
    rulebook, found = examine_rulebook(folder)
    if rulebook is None:
        raise RulebookError(found)
    space = Space(rulebook)
    with search_time(seconds):
        result = run_space_checks(space)
        shown = tuple(_witnesses(space, result.remarks)) if witnesses else ()
    accepted = {(each.check, each.subject): each for each in rulebook.accepted}
    remarks: list[Diagnostic] = []
    kept: list[tuple[Acceptance, Diagnostic]] = []
    for check, remark in result.remarks:
        if acceptance := accepted.get((check, remark.subject)):
            kept.append((acceptance, remark.diagnostic(check)))
        else:
            remarks.append(remark.diagnostic(check))
    remarks += examine_style(rulebook) if style else ()
    used = {id(acceptance) for acceptance, _ in kept}
    idle = [each for each in rulebook.accepted if id(each) not in used and each.check not in result.undecided]
    return Examination(
        rulebook,
        tuple(
            sorted(
                (*found, *remarks, *map(_stale, idle)), key=lambda fault: (fault.check, fault.message, fault.location)
            )
        ),
        citation_coverage(rulebook),
        tuple(kept),
        result.undecided,
        shown,
    )


def _stale(idle: Acceptance) -> Diagnostic:
    """Return what can be said against an acceptance that no remark answers to."""
    known = space_checks()
    if idle.check in known:
        message = f"{quoted(idle.check)} has nothing to say of {quoted(idle.subject)}"
        help: tuple[str, ...] = ("take it out of the list",)
    else:
        message = f"no remark of {quoted(idle.check)} can be accepted"
        help = (*did_you_mean(idle.check, known), "the page of a check says whether its remarks can be accepted")
    return Diagnostic(STALE, message, idle.location or NOWHERE, (), help, Severity.REMARK)


def _witnesses(space: Space, remarks: tuple[tuple[str, Remark], ...]) -> Iterator[Situation]:
    """Yield a situation for every claim that can be shown in time, named for its check and subject."""
    for check, remark in remarks:
        for number, claim in enumerate(remark.claims, 1):
            name = f"{check}.{remark.subject.replace('=', '-')}" + (f".{number}" if len(remark.claims) > 1 else "")
            with contextlib.suppress(TimeoutError):
                if situation := space.witness(claim, name):
                    yield situation


def citation_coverage(rulebook: Rulebook) -> tuple[CitationCoverage, ...]:
    """Return how much of each source the rulebook takes up."""
    all_cited = {citation.proposition for citation in every_citation(rulebook)}
    found = []
    for source in rulebook.sources.values():
        cited = tuple(id for id in source.propositions if id in all_cited)
        background = tuple(id for id, said in source.propositions.items() if id not in cited and said.background)
        left_over = tuple(id for id in source.propositions if id not in (*cited, *background))
        found.append(CitationCoverage(source, cited, background, left_over))
    return tuple(found)
