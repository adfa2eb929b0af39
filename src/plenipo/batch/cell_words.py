"""What words in the cells of tables mean beyond those of fact files: what programs and people write for what is so."""

from __future__ import annotations

from plenipo.rulebook.loose_names import ValueNames
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Fact

#: Words that mean unknown, unless the fact has such a value.
NOT_KNOWN = frozenset({"n/a", "n.a.", "na", "<na>", "#n/a", "nan", "none", "-", "\u2013", "\u2014", "?", ".", "\\n"})
#: Words for the values of a yes-or-no fact; numbers with a point are what a column of numbers with gaps becomes.
YES_AND_NO = {"y": TRUE, "1": TRUE, "1.0": TRUE, "n": FALSE, "0": FALSE, "0.0": FALSE}
#: What Python writes for nothing, and what looks like the value `none`.
PYTHONS_NONE = "None"


def read_cell(fact: Fact, text: str) -> str | None:
    """
    Return the value that a cell means, `unknown`, or None when it is not a value of this fact, or could be two things.

    >>> willing = Fact("willing", "timing", "Willing?", {"true": "yes", "false": "no"})
    >>> read_cell(willing, "Y"), read_cell(willing, "N/A"), read_cell(willing, "maybe")
    ('true', 'unknown', None)
    """
    found = meanings(fact, ValueNames(fact), text)
    return found[0] if len(found) == 1 else None


def meanings(fact: Fact, names: ValueNames, text: str) -> tuple[str, ...]:
    """Return the values that a cell can mean, `unknown` among them; `names` are those of the fact's values."""
    if is_two_things(fact, text):
        return (PYTHONS_NONE.casefold(), UNKNOWN)
    found = names.meant(text)
    if fact.read(text) is not None:
        return found
    word = text.strip().casefold()
    other = YES_AND_NO.get(word) if fact.boolean else None
    other = UNKNOWN if other is None and word in NOT_KNOWN else other
    return found if other is None else tuple(dict.fromkeys((*found, other)))


def is_two_things(fact: Fact, text: str) -> bool:
    """Return whether a cell is Python's `None` and the fact has a value `none`."""
    return text.strip() == PYTHONS_NONE and PYTHONS_NONE.casefold() in fact.values
