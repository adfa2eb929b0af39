"""
The entry point of the command line.

It answers `--help` and `--version` itself, at once, leaves the rest to the Typer app, and turns every fault into a
message on stderr and an exit code. Users see a traceback only with PLENIPO_DEBUG set.
"""

import gc
import os
import sys
from collections.abc import Sequence

from plenipo.cli.exit_codes import INTERRUPTED, PIPE_CLOSED
from plenipo.cli.stopping import Stopping
from plenipo.cli.streams import STANDARD_OUTPUT, give_up_output, mend_streams

#: How messages are said; the option may come anywhere, also behind a command.
ERRORS = "--errors"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command line, by default the process's own, and return the exit code."""
    if argv is not None:
        try:
            return _answered(list(argv))
        except KeyboardInterrupt as interruption:
            return _reported(interruption)
        finally:
            if messages := sys.modules.get("plenipo.cli.messages"):
                messages.Messages.as_json = False
    # A process that answers and ends need not look for garbage meanwhile: 0.24 s become 0.22 (decision 2).
    gc.set_threshold(100_000)
    mend_streams()
    stopping = Stopping()
    try:
        stopping.listen()
        stopping.watch()
        code = _answered(sys.argv[1:])
        stopping.close()
    except KeyboardInterrupt:
        stopping.stopped()
    # where something under way has taken it for ^C, or for no fault, the signal says what it was
    return stopping.stopped() if stopping.number and code in {0, INTERRUPTED} else code


def _answered(arguments: list[str]) -> int:
    """Answer one command line, report whatever goes wrong, and return the exit code."""
    try:
        try:
            if any(word.startswith(ERRORS) for word in arguments):
                from plenipo.cli.messages import said_how

                arguments = said_how(arguments)
            if "_PLENIPO_COMPLETE" not in os.environ and (answer := _at_once(arguments)):
                sys.stdout.write(answer)
                return 0
            if hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(errors="backslashreplace")
            from plenipo.cli.app import run

            return run(arguments)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        give_up_output()
        return PIPE_CLOSED
    except Exception as fault:  # nothing else may reach the user; `report` says what it is
        if getattr(fault, "filename", None) == STANDARD_OUTPUT:
            give_up_output()
        # while a shell completes a line, a message would stand in the middle of it
        completing = os.environ.get("_PLENIPO_COMPLETE", "").startswith("complete_")
        return 0 if completing and "PLENIPO_DEBUG" not in os.environ else _reported(fault)


def _reported(fault: BaseException) -> int:
    from plenipo.cli.failures import report

    return report(fault)


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
