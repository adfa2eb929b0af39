"""
The column engine: a rulebook as a dataframe program, run on as many situations as there are rows.

    Rulebook --program--> steps of Narwhals expressions --engine--> verdicts and fired rules beside every case key

`program` compiles; the steps know no library, so that Polars, DuckDB and every other library of Narwhals run the same
ones. `engine` runs them on a frame. `fired_masks` says how the rules that fired are written as integers.
"""

from plenipo.engines.columns.engine import ColumnEngine
from plenipo.engines.columns.fired_masks import Masks

__all__ = ["ColumnEngine", "Masks"]
