"""How long plenipo takes, and how much memory: `python -m benchmarks` prints the table; each module runs alone, too."""
