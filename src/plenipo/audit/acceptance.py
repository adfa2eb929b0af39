"""Acceptance: which remarks the author of a rulebook keeps, and which acceptances no remark answers to."""

from collections.abc import Iterator
from dataclasses import dataclass

from plenipo.audit.checks import CheckResult, space_checks
from plenipo.audit.remark import NOWHERE, Remark
from plenipo.errors import Diagnostic, Severity, did_you_mean, quoted
from plenipo.rulebook.model import Acceptance, Rulebook

STALE = "stale-acceptance"


@dataclass(frozen=True)
class SortedRemarks:
    """The remarks that remain, each with the id of its check; those that are accepted; the acceptances of no remark."""

    remaining: tuple[tuple[str, Remark], ...]
    kept: tuple[tuple[Acceptance, Remark], ...]
    stale: tuple[Diagnostic, ...]


def apply_acceptances(rulebook: Rulebook, found: CheckResult) -> SortedRemarks:
    """Sort what was found by what is accepted; checks that were not decided in time count for neither."""
    accepted = {(each.check, each.subject): each for each in rulebook.accepted}
    kept = [(accepted[check, said.subject], said) for check, said in found.remarks if (check, said.subject) in accepted]
    remaining = [(check, said) for check, said in found.remarks if (check, said.subject) not in accepted]
    used = {id(acceptance) for acceptance, _ in kept}
    idle = [each for each in rulebook.accepted if id(each) not in used and each.check not in found.undecided]
    return SortedRemarks(tuple(remaining), tuple(kept), tuple(_stale(idle)))


def _stale(idle: list[Acceptance]) -> Iterator[Diagnostic]:
    known = space_checks()
    for each in idle:
        if each.check in known:
            message = f"{quoted(each.check)} has nothing to say of {quoted(each.subject)}"
            help: tuple[str, ...] = ("take it out of the list",)
        else:
            message = f"no remark of {quoted(each.check)} can be accepted"
            help = (*did_you_mean(each.check, known), "the page of a check says whether its remarks can be accepted")
        yield Diagnostic(STALE, message, each.location or NOWHERE, (), help, Severity.REMARK)
