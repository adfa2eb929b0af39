"""
Advice by source: what each source advises alone, what they advise together, and whether they agree.

Which engine gives the advice is the caller's choice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Literal

from plenipo.advice.conclude import Advice
from plenipo.rulebook.model import Option, Rulebook, Situation
from plenipo.rulebook.verdict import Verdict

#: What gives advice on a situation.
Advise = Callable[[Rulebook, Situation], Advice]


class Agreement(StrEnum):
    """Whether the sources agree on an option."""

    DIFFER = "differ"
    AGREE = "agree"
    ONE_SPEAKS = "one-speaks"
    TOGETHER = "only-together"
    SILENT = "silent"


@dataclass(frozen=True)
class OptionBySource:
    """An option, the verdict of each source `alone` (source -> verdict), that of all `together`, and how they agree."""

    option: Option
    alone: Mapping[str, Verdict]
    together: Verdict
    agreement: Agreement


@dataclass(frozen=True)
class BySource:
    """The answers of each source alone (source -> advice) and of all together, compared option by option, by id."""

    kind: ClassVar[Literal["by-source"]] = "by-source"

    alone: Mapping[str, Advice]
    together: Advice
    options: tuple[OptionBySource, ...]


def by_source(rulebook: Rulebook, situation: Situation, advise: Advise) -> BySource:
    """
    Return what each source of the rulebook advises alone beside what they advise together.

    A source alone has the rules it gives without the help of another (`Rulebook.given_by`); `advise` is called once for
    each of them and once for the whole rulebook.
    """
    together = advise(rulebook, situation)
    alone = {source: advise(rulebook.given_by(source), situation) for source in sorted(rulebook.sources)}
    return BySource(alone, together, tuple(_compare(id, alone, together) for id in sorted(rulebook.options)))


def _compare(id: str, alone: Mapping[str, Advice], together: Advice) -> OptionBySource:
    verdicts = {source: advice.options[id].verdict for source, advice in alone.items()}
    both = together.options[id].verdict
    return OptionBySource(together.rulebook.options[id], verdicts, both, agreement(verdicts.values(), both))


def agreement(alone: Iterable[Verdict], together: Verdict) -> Agreement:
    """
    Return whether verdicts that were given alone agree.

    >>> agreement([Verdict.RECOMMEND, Verdict.SILENT], Verdict.RECOMMEND).value
    'one-speaks'
    >>> agreement([Verdict.SILENT, Verdict.SILENT], Verdict.DEFER).value
    'only-together'
    """
    spoken = [verdict for verdict in alone if verdict is not Verdict.SILENT]
    if not spoken:
        return Agreement.SILENT if together is Verdict.SILENT else Agreement.TOGETHER
    if len(spoken) == 1:
        return Agreement.ONE_SPEAKS
    return Agreement.AGREE if len(set(spoken)) == 1 else Agreement.DIFFER
