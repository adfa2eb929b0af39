"""
The command `plenipo`, which is also `python -m plenipo`.

Until `main` listens for signals itself, that is while it is imported, there is nothing to tidy up: ^C ends it at once.
"""

# what `signal` is made of: to import that takes a while, in which ^C would be a traceback
import _signal  # type: ignore[import-not-found]
import os
import sys


def _end(*_: object) -> None:
    os.write(2, b"interrupted\n")
    os._exit(130)


if _signal.getsignal(_signal.SIGINT) is not _signal.SIG_IGN:
    _signal.signal(_signal.SIGINT, _end)

from plenipo.cli.main import main  # noqa: E402 - see above

if __name__ == "__main__":
    sys.exit(main())
