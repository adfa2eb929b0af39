"""The tests of batch run command lines on the rulebook about boats, as the tests of the command line do."""

from tests.cli.conftest import bad, boats, good, run

__all__ = ["bad", "boats", "good", "run"]
