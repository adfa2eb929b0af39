"""
The rulebook's own suite: situations that say what advice they expect, compared with the advice they get.

What a fact file expects (`expect:`) is read in `situations/fact_file.py`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from plenipo.advice.conclude import Advice, OptionAdvice
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict


@dataclass(frozen=True)
class Unexpected:
    """An option on which the advice is not as expected; `got` carries the rules behind what it is."""

    option: str
    expected: Verdict
    got: OptionAdvice


@dataclass(frozen=True)
class SuiteCase:
    """
    One situation's advice with its differences, in the order in which the situation states its expectations.

    `readers` are the options on which a second reader of the sources judges otherwise than the advice; this fails none.
    """

    advice: Advice
    differences: tuple[Unexpected, ...]
    readers: tuple[Unexpected, ...] = ()

    @property
    def expectations(self) -> int:
        """How many options the situation expects a verdict on."""
        return len(self.advice.situation.expect)


@dataclass(frozen=True)
class SuiteResult:
    """Every case in the order given, and the rules that fire in none of them, by id."""

    cases: tuple[SuiteCase, ...]
    never_fired: tuple[str, ...]
    rules: int

    @property
    def passed(self) -> bool:
        """Whether something is expected, and every expectation of every situation holds."""
        return self.expectations > 0 and not any(case.differences for case in self.cases)

    @property
    def expectations(self) -> int:
        """How much all situations together expect."""
        return sum(case.expectations for case in self.cases)


def hold_to_expectations(rulebook: Rulebook, advices: Iterable[Advice]) -> SuiteResult:
    """Return how the advice on each situation compares with what it expects, and which rules no situation fires."""
    cases = tuple(_case(advice) for advice in advices)
    fired = {firing.rule.id for case in cases for firing in case.advice.trace}
    return SuiteResult(cases, tuple(sorted(set(rulebook.rules) - fired)), len(rulebook.rules))


def _case(advice: Advice) -> SuiteCase:
    situation = advice.situation
    return SuiteCase(advice, _differing(advice, situation.expect), _differing(advice, situation.readers))


def _differing(advice: Advice, verdicts: Mapping[str, str]) -> tuple[Unexpected, ...]:
    """Return the options on which the advice is not the verdict given for them."""
    wanted = {option: Verdict(verdict) for option, verdict in verdicts.items()}
    found = ((option, verdict, advice.options[option]) for option, verdict in wanted.items())
    return tuple(Unexpected(*each) for each in found if each[2].verdict is not each[1])
