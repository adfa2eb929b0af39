"""
Robustness: what becomes of advice over all that is likely.

    likelihood --lots--> sets of worlds --tally--> weights --findings--> shares, movers, survival
                                        └-regions--> where a verdict flips, by which rules

`likelihood` says which facts vary and how likely each value is. A `lot` is worlds on which rulebooks are run, and
weighs any set of them: all likely worlds as decision diagrams, or worlds drawn at random. `weighing` has one or the
other tallied; everything else treats both alike.
"""

from plenipo.inquiry.robustness.answer import Leaning, Mover, Robustness
from plenipo.inquiry.robustness.regions import Region
from plenipo.inquiry.robustness.weigh_worlds import robustness
from plenipo.inquiry.robustness.without_essay import Survival

__all__ = ["Leaning", "Mover", "Region", "Robustness", "Survival", "robustness"]
