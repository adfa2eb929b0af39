"""Anything that goes wrong becomes a message on stderr and an exit code; Typer's messages are reworded as our own."""

import os
import re
import shlex
import sys
import traceback
from typing import Any

from plenipo.cli.exit_codes import INTERNAL
from plenipo.cli.streams import STANDARD_OUTPUT
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import EngineError, PlenipoError, UsageError

#: What Typer calls by the names of Python's types.
_NUMBERS = {"int": "whole number", "integer": "whole number", "float": "number"}


def report(fault: Exception) -> int:
    """Print a message about a fault on stderr, and return the exit code."""
    if isinstance(fault, PlenipoError) and not isinstance(fault, EngineError):
        print(_readable(str(fault)), file=sys.stderr)
        return fault.exit_code
    if isinstance(fault, OSError) and not os.environ.get("PLENIPO_DEBUG"):
        reason = (fault.strerror or "the system refused").casefold()
        if fault.filename == STANDARD_OUTPUT:
            return report(UsageError(f"{STANDARD_OUTPUT} cannot be written: {reason}"))
        return report(UsageError(f"`{fault.filename}`: {reason}" if fault.filename else reason))
    # Typer refused the command line; which library holds its exceptions depends on its version.
    if hasattr(fault, "format_message"):
        return report(_in_house_words(fault))
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


def _in_house_words(fault: Exception) -> UsageError:
    """Return Typer's complaint as one of ours: lower case, words in backticks, the nearest name suggested."""
    refused: Any = fault
    context = getattr(refused, "ctx", None)
    help: tuple[str, ...] = ()
    if name := getattr(refused, "option_name", None):
        message = f"there is no option `{name}`"
        help = did_you_mean(name, _options(context))
        if "requires" in refused.message:
            message, help = f"option `{name}` needs a value", ()
    else:
        message = _softened(refused.format_message())
    if getattr(getattr(refused, "param", None), "name", "") in ("file", "files") and context is not None:
        help = _a_situation(context)
    if context is not None:
        help = (*help, f"`{context.command_path} --help` shows how it is used")
    return UsageError(message, help=help)


def _a_situation(context: Any) -> tuple[str, ...]:
    """Return what to type where no situation is named: one that comes with plenipo, or facts from nothing."""
    given, parameters = context.params, context.command.params
    if all(parameter.name != "set" for parameter in parameters):
        return ()
    others = [each.human_readable_name for each in parameters if each.param_type_name == "argument" and each.required]
    words = [
        *others[1:],
        *(word for name in ("set", "considering") for each in given.get(name) or () for word in (f"--{name}", each)),
    ]
    if given.get("rulebook"):
        words += ["--rulebook", str(given["rulebook"])]
    named, nothing = (
        shlex.join([*context.command_path.split(" "), file, *words]) for file in ("late-summer-2020", "-")
    )
    helps = [] if given.get("rulebook") else [f"name a situation: `{named}`"]
    if given.get("set"):
        return (*helps, f"start from nothing: `echo 'facts: {{}}' | {nothing}`")
    return (*helps, "describe a situation of your own: `plenipo template > mine.yaml`")


def _options(context: Any) -> list[str]:
    if context is None:
        return []
    return [
        name for parameter in context.command.get_params(context) for name in parameter.opts if name.startswith("-")
    ]


def _softened(message: str) -> str:
    """
    Return a message of Typer's with its opening in lower case, its quotes as backticks and no full stop.

    >>> _softened("Invalid value for '--format': 'jsn' is not one of 'text', 'json'.")
    'invalid value for `--format`: `jsn` is not one of `text`, `json`'
    >>> _softened("Invalid value for '--samples': '1e6' is not a valid int range.")
    'invalid value for `--samples`: `1e6` is not a whole number'
    >>> _softened("Invalid value for '--samples': -3 is not in the range 1<=x<=1000000000.")
    'invalid value for `--samples`: `-3` is not between 1 and 1,000,000,000'
    """
    message = re.sub(r"is not a valid (\w+).*", lambda found: f"is not a {_NUMBERS.get(found[1], found[1])}", message)
    message = re.sub(r"(\S+) is not in the range (\S+?)<=x<=(\d+)", _between, message)
    message = re.sub(r"(\S+) is not in the range x>=(\d+)", r"'\1' is less than \2", message)
    quoted = re.sub(r"'([^']*)'", r"`\1`", message.rstrip("."))
    return quoted[:1].lower() + quoted[1:]


def _between(found: re.Match[str]) -> str:
    value, least, most = found.groups()
    return f"'{value}' is not between {least} and {int(most):,}"
