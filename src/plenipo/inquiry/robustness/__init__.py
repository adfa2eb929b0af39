"""
Robustness: what becomes of advice over all that is likely.

    likelihood --lots--> worlds as columns --tally--> weights --findings--> shares, movers, survival
                                           └-regions--> where a verdict flips, by which rules

`likelihood` says which facts vary and how likely each value is. A `lot` is worlds laid out as columns, and
weighs any part of them: all worlds of a truth table, or worlds drawn at random. Everything else treats both alike.
"""

from plenipo.inquiry.robustness.findings import Leaning, Mover, Robustness, Survival, robustness
from plenipo.inquiry.robustness.regions import Region

__all__ = ["Leaning", "Mover", "Region", "Robustness", "Survival", "robustness"]
