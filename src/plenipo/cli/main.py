"""
The entry point of the command line.

It answers `--help` and `--version` itself, at once, leaves the rest to the Typer app, and turns every fault into a
message on stderr and an exit code. Users see a traceback only with PLENIPO_DEBUG set.
"""

import gc
import os
import sys
from collections.abc import Sequence

from plenipo.cli.exit_codes import PIPE_CLOSED

#: How messages are said; the option may come anywhere, also behind a command.
ERRORS = "--errors"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, by default the process's own, and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(arguments, alone=argv is None)
    finally:
        if messages := sys.modules.get("plenipo.cli.messages"):
            messages.Messages.as_json = False


def _run(arguments: list[str], *, alone: bool) -> int:
    """Run one command line and return the exit code; `alone` in this process, which ends with it."""
    if alone:
        # A process that answers and ends need not look for garbage meanwhile: 0.24 s become 0.22 (decision 2).
        gc.set_threshold(100_000)
    try:
        if any(word.startswith(ERRORS) for word in arguments):
            from plenipo.cli.messages import said_how

            arguments = said_how(arguments)
        if "_PLENIPO_COMPLETE" not in os.environ and (answer := _at_once(arguments)):
            sys.stdout.write(answer)
            code = 0
        else:
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(errors="backslashreplace")
            from plenipo.cli.app import run

            code = run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # What is still written to the pipe is thrown away, the interpreter's last flush included.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except (Exception, KeyboardInterrupt) as fault:  # nothing else may reach the user; `report` says what it is
        from plenipo.cli.failures import report

        return report(fault)
    return code


def _at_once(arguments: list[str]) -> str:
    """Return the answer that needs neither the app nor a rulebook, or nothing."""
    if arguments in ([], ["--help"], ["-h"], ["help"]) and "PLENIPO_RULEBOOK" not in os.environ:
        with open(os.path.join(os.path.dirname(__file__), "help.txt"), encoding="utf-8") as file:  # noqa: PTH118, PTH120, PTH123 (pathlib costs 5 ms)
            return file.read()
    if arguments == ["--version"]:
        from plenipo.version import VERSION

        return f"plenipo {VERSION}\n"
    return ""


if __name__ == "__main__":
    sys.exit(main())
