"""
Robustness: what becomes of advice over everything that is likely.

`likely_facts` says which facts vary and how likely each value is. `likely_situations` holds the situations that this
makes likely, all of them as decision diagrams or a random sample; rules run on both alike. `measure` counts them by
verdict (`shares`), with and without each source (`without_essay`), and finds where a verdict flips (`regions`).
`answer` is what comes out.
"""

from plenipo.inquiry.robustness.answer import Leaning, Mover, Robustness
from plenipo.inquiry.robustness.measure import robustness
from plenipo.inquiry.robustness.regions import Region
from plenipo.inquiry.robustness.without_essay import Survival

__all__ = ["Leaning", "Mover", "Region", "Robustness", "Survival", "robustness"]
