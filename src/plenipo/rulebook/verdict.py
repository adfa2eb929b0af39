"""The verdicts, in the order in which one outweighs another: the only place that knows it."""

from enum import StrEnum


class Verdict(StrEnum):
    """What the sources advise on an option; the first that some rule draws, in this order, holds."""

    DONE = "done"
    AVOID = "avoid"
    DEFER = "defer"
    RECOMMEND = "recommend"
    CONSIDER = "consider"
    SILENT = "silent"


#: The verdicts by which somebody may set about an option.
ENCOURAGING = frozenset({Verdict.RECOMMEND, Verdict.CONSIDER})
