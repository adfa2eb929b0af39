"""What came of an experiment: how often it was tried, what went wrong, and what it took at most."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

#: The most that anything may take, in seconds of the processor.
SECONDS, MEGABYTES = 20, 1000
#: How many failures of one experiment are shown.
_SHOWN = 10


@dataclass
class Outcome:
    """
    One experiment: `tried` counts its runs, and `failures` says what went wrong in which.

    `left_out` says why it could not be tried at all.
    """

    what: str
    tried: int = 0
    failures: list[str] = field(default_factory=list)
    seconds: float = 0
    megabytes: float = 0
    left_out: str = ""

    def expect(self, holds: bool, otherwise: str) -> None:
        """Note a failure unless something holds."""
        if not holds:
            self.failures.append(otherwise)

    def took(self, seconds: float, megabytes: float, what: str) -> None:
        """Note what a run took, which is a failure where it is too much."""
        self.seconds, self.megabytes = max(self.seconds, seconds), max(self.megabytes, megabytes)
        self.expect(seconds <= SECONDS, f"{what}: took {seconds:.1f} s")
        self.expect(megabytes <= MEGABYTES, f"{what}: took {megabytes:.0f} MB")

    def __str__(self) -> str:
        if self.left_out:
            return f"{self.what:<52} LEFT OUT: {self.left_out}"
        worst = f"{self.seconds:5.1f} s {self.megabytes:6.0f} MB" if self.megabytes else ""
        return f"{self.what:<52}{self.tried:>6} {len(self.failures):>9} {worst}"


def publish(outcomes: Iterable[Outcome]) -> int:
    """Print each outcome as soon as it is there, then every failure, and return the exit code."""
    print(f"{'':<52}{'tried':>6} {'failures':>9} at most", flush=True)
    failed = []
    for outcome in outcomes:
        print(outcome, flush=True)
        failed += [outcome] if outcome.failures else []
    for outcome in failed:
        print(f"\n{outcome.what}")
        for failure in outcome.failures[:_SHOWN]:
            print(f"  {failure}")
        if len(outcome.failures) > _SHOWN:
            print(f"  and {len(outcome.failures) - _SHOWN} more")
    return 1 if failed else 0
