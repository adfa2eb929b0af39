"""
The production engine: a rulebook as production rules, run by experta.

`productions` turns nested conditions into flat ones, `experta_network` puts these in experta's terms, `experta_matcher`
wires them up, and `engine` builds the network when it is first needed, runs it, and throws it away when it breaks.
"""

from plenipo.engines.production.engine import ProductionEngine

__all__ = ["ProductionEngine"]
