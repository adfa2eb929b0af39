"""
The command `plenipo`, which is also `python -m plenipo`.

Until `main` listens for signals itself, that is while it is imported, there is nothing to tidy up: ^C ends it at once.
"""

import os
import signal
import sys


def _end(*_: object) -> None:
    os.write(2, b"interrupted\n")
    os._exit(130)


if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
    signal.signal(signal.SIGINT, _end)

from plenipo.cli.main import main  # noqa: E402 - see above

if __name__ == "__main__":
    sys.exit(main())
