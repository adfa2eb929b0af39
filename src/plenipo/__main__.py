"""`python -m plenipo` is the command `plenipo`."""

import sys

from plenipo.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
