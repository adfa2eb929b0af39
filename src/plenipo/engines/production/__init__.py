"""
The production engine: a rulebook as production rules, run by experta.

    Rulebook --flatten--> productions --network--> a network of experta's, wired by matcher --engine--> which rules fire

`flatten` turns nested conditions into flat ones, `network` says them in experta's terms, `matcher` wires them up, and
`engine` looks after the network: builds it when it is first needed, runs it, throws it away when it breaks.
"""

from plenipo.engines.production.engine import ProductionEngine

__all__ = ["ProductionEngine"]
