"""Anything that goes wrong becomes a message on stderr and an exit code."""

import os
import sys
import traceback

from plenipo.cli.exit_codes import INTERNAL
from plenipo.errors import EngineError, PlenipoError, UsageError


def report(fault: Exception) -> int:
    """Print a message about a fault on stderr, and return the exit code."""
    if isinstance(fault, PlenipoError) and not isinstance(fault, EngineError):
        print(_readable(str(fault)), file=sys.stderr)
        return fault.exit_code
    if isinstance(fault, OSError) and not os.environ.get("PLENIPO_DEBUG"):
        reason = (fault.strerror or "the system refused").casefold()
        return report(UsageError(f"`{fault.filename}`: {reason}" if fault.filename else reason))
    # Typer refused the command line; which library holds its exceptions depends on its version.
    if hasattr(fault, "format_message"):
        from plenipo.cli.usage_errors import in_house_words

        return report(in_house_words(fault))
    if os.environ.get("PLENIPO_DEBUG"):
        traceback.print_exception(fault)
        return INTERNAL
    said = " ".join(f"{type(fault).__name__}: {fault}".split())
    print(_readable(f"plenipo: internal error: {said}"), file=sys.stderr)
    print("  help: this is a fault of plenipo; PLENIPO_DEBUG=1 shows where it happened", file=sys.stderr)
    return INTERNAL


def _readable(text: str) -> str:
    """Return a message with nothing in it that could command a terminal, line by line."""
    from plenipo.report.untrusted_text import clean

    return "\n".join(f"{line[: len(line) - len(line.lstrip())]}{clean(line)}" for line in text.split("\n"))
