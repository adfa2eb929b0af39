"""Remarks: what the checks over the whole space find, and what a situation is sought to show."""

from dataclasses import dataclass

from plenipo.errors import Diagnostic, Location, Severity

#: An atom of the answer-set program, and whether it holds in a situation; `acting` and `firing` make these.
Claimed = tuple[tuple[str | int, ...], bool]
#: The place of what is in no file.
NOWHERE = Location("rulebook")


@dataclass(frozen=True)
class Claim:
    """That there is a situation with all of `goals`; `title` says what it shows, on `options` (all, if none)."""

    title: str
    goals: tuple[Claimed, ...]
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Remark:
    """What a check says of `subject`, an id, and what a situation could show of it."""

    subject: str
    message: str
    location: Location | None
    also: tuple[tuple[Location, str], ...] = ()
    help: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()

    def diagnostic(self, check: str) -> Diagnostic:
        """Return the remark as it is reported."""
        place = self.location or NOWHERE
        return Diagnostic(check, self.message, place, self.also, self.help, Severity.REMARK)


def acting(rule: str) -> Claimed:
    """Return the goal that a rule fires and is not overridden."""
    return ("acts", 0, rule), True


def firing(rule: str) -> Claimed:
    """Return the goal that the conditions of a rule hold."""
    return ("fires", 0, rule), True


#: The goal that nothing is recommended or considered.
DISCOURAGED: Claimed = (("encouraged",), False)
