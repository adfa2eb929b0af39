"""Shares in words: as percentages that a reader can compare, with their standard error where they have one."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from plenipo.report.document import GLUE
from plenipo.rulebook.verdict import Verdict


def percent(share: Fraction, error: float = 0.0) -> str:
    """
    Return a share as a percentage; what is not quite nothing or not quite all never looks as if it were.

    >>> [percent(Fraction(share)).replace(GLUE, " ") for share in ("1/4", "2/3", "1/5000", "4999/5000", "1")]
    ['25 %', '66.7 %', 'under 0.1 %', 'over 99.9 %', '100 %']
    >>> percent(Fraction("2/3"), 0.0021).replace(GLUE, " ")
    '66.7 ± 0.2 %'
    """
    number = f"{float(100 * share):.1f}".removesuffix(".0")
    if share and number == "0":
        number = f"under{GLUE}0.1"
    elif share < 1 and number == "100":
        number = f"over{GLUE}99.9"
    elif error:
        number += f"{GLUE}±{GLUE}{max(100 * error, 0.1):.1f}"
    return f"{number}{GLUE}%"


def points(swing: Fraction, error: float = 0.0) -> str:
    """
    Return how far a share changes, in points of a percentage.

    >>> points(Fraction(1, 2)), points(Fraction(1, 3)), points(Fraction(1, 100))
    ('50 points', '33.3 points', '1 point')
    >>> points(Fraction(1, 3), 0.0021).replace(GLUE, " ")
    '33.3 ± 0.2 points'
    """
    number = f"{float(100 * swing):.1f}".removesuffix(".0")
    one = number == "1" and not error
    if error:
        number += f"{GLUE}±{GLUE}{max(100 * error, 0.1):.1f}"
    return f"{number} {'point' if one else 'points'}"


def numbers(shares: Mapping[Verdict, Fraction]) -> dict[Verdict, float]:
    """Return shares as plain numbers."""
    return {verdict: float(share) for verdict, share in shares.items()}
