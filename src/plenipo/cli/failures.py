"""Anything that goes wrong becomes a message on stderr and an exit code; Typer's messages are reworded as our own."""

import os
import re
import shlex
import traceback
from pathlib import PurePath
from typing import Any

from plenipo.cli.exit_codes import INTERRUPTED
from plenipo.cli.messages import Messages, say, write
from plenipo.cli.streams import STANDARD_OUTPUT
from plenipo.did_you_mean import did_you_mean
from plenipo.errors import EngineError, PlenipoError, UsageError

#: What Typer calls by the names of Python's types.
_NUMBERS = {"int": "whole number", "integer": "whole number", "float": "number"}

#: What people call a file to write.
_OUT = ("-o", "--out", "--output", "--file", "--save")
#: Endings of files that hold any text, or a fact file.
_PLAIN = ("", ".txt", ".yaml", ".yml")
_A_PDF = "`plenipo report` writes a PDF, with `-o advice.pdf`"

#: What Typer says of words that a command has no use for.
_SURPLUS = re.compile(r"got unexpected extra arguments?(?:\(s\))? \((.*)\)")

#: What to do about a fault of plenipo itself.
WHERE = "this is a fault of plenipo; PLENIPO_DEBUG=1 shows where it happened"


def report(fault: BaseException) -> int:
    """Say on stderr what went wrong, and return the exit code."""
    known = _known(fault)
    if Messages.as_json:
        from plenipo.report.faults import INTERRUPTED as INTERRUPTION
        from plenipo.report.faults import fault_data, note_data

        if isinstance(fault, KeyboardInterrupt):
            write([note_data("interrupted", INTERRUPTION, exit_code=INTERRUPTED)])
            return INTERRUPTED
        write(fault_data(known))
    elif isinstance(fault, KeyboardInterrupt):
        return INTERRUPTED
    elif known is not fault and isinstance(known, EngineError) and os.environ.get("PLENIPO_DEBUG"):
        traceback.print_exception(fault)
    elif isinstance(known, EngineError):
        say(f"plenipo: internal error: {known}\n  help: {WHERE}")
    else:
        say(str(known))
    return known.exit_code


def _known(fault: BaseException) -> PlenipoError:
    """Return what went wrong as a fault of ours: what the system or Typer refused is a wrong command line."""
    if isinstance(fault, PlenipoError) and not isinstance(fault, EngineError):
        return fault
    if isinstance(fault, OSError) and not os.environ.get("PLENIPO_DEBUG"):
        reason = (fault.strerror or "the system refused").casefold()
        if fault.filename == STANDARD_OUTPUT:
            return UsageError(f"{STANDARD_OUTPUT} cannot be written: {reason}")
        return UsageError(f"`{fault.filename}`: {reason}" if fault.filename else reason)
    # Typer refused the command line; which library holds its exceptions depends on its version.
    if hasattr(fault, "format_message"):
        return _in_house_words(fault)
    return EngineError(" ".join(f"{type(fault).__name__}: {fault}".split()))


def _in_house_words(fault: BaseException) -> UsageError:
    """Return Typer's complaint as one of ours: lower case, words in backticks, the nearest name suggested."""
    refused: Any = fault
    context = getattr(refused, "ctx", None)
    help: tuple[str, ...] = ()
    if name := getattr(refused, "option_name", None):
        message = f"there is no option `{name}`"
        help = _written(context, name) or did_you_mean(name, _options(context))
        if "requires" in refused.message:
            message, help = f"option `{name}` needs a value", ()
    else:
        message = _softened(refused.format_message())
        chosen = re.search("`([^`]*)` is not one of", message)
        choices = getattr(getattr(getattr(refused, "param", None), "type", None), "choices", ())
        help = did_you_mean(chosen[1], map(str, choices)) if chosen else ()
        if chosen and chosen[1].lower() == "pdf":
            help = (_A_PDF,)
    if context is not None and (surplus := _SURPLUS.match(message)):
        message, help = f"`{context.command_path}` cannot take `{surplus[1]}` as well", _too_much(surplus[1])
    if context is not None:
        missing = getattr(getattr(refused, "param", None), "name", "") if message.startswith("missing ") else ""
        if missing in ("file", "files"):
            help = _a_situation(context)
        elif missing:
            help = _an_example(context)
        help = (*help, f"`{context.command_path} --help` shows how it is used")
    return UsageError(message, help=help, argument=_argument(refused))


def _written(context: Any, option: str) -> tuple[str, ...]:
    """Return what to type where somebody names a file to write, of a command that has no option for that."""
    words, options = [*(getattr(context, "obj", None) or ())], _options(context)
    place = next((place for place, word in enumerate(words) if word.partition("=")[0] == option), None)
    if option not in _OUT or "-o" in options or place is None:
        return ()
    _, equals, file = words[place].partition("=")
    file, rest = (file, words[place + 1 :]) if equals else ("".join(words[place + 1 : place + 2]), words[place + 2 :])
    if not file:
        return ()
    if context.command_path == "plenipo ask":
        return _asked(file, [*words[1:place], *rest])
    return _redirected(file, [*words[:place], *rest], options) if {"--format", "--table"} & {*options} else ()


def _redirected(file: str, words: list[str], options: list[str]) -> tuple[str, ...]:
    """Return how what a command prints gets into a file of this name."""
    from plenipo.report import FORMATS
    from plenipo.report.whole_file import ENDINGS

    ending = PurePath(file).suffix.lower()
    form = ENDINGS.get(ending, "")
    if ending == ".pdf":
        return (_A_PDF,)
    # a file that is there would be emptied; and what is written has to be what its name says
    if os.path.lexists(file) or "--table" in words:
        return ()
    if "--table" in options and ending in {".csv", ".tsv", ".xlsx"}:
        return (f"`{shlex.join(['plenipo', *words, '--table', file])}` writes a table",)
    if form not in FORMATS and ending not in _PLAIN:
        return ()
    if "--format" in options and form in FORMATS[1:] and "--format" not in words:
        words = [*words, "--format", form]
    return (f"`{shlex.join(['plenipo', *words])} > {shlex.quote(file)}` writes it to that file",)


def _asked(file: str, rest: list[str]) -> tuple[str, ...]:
    """Return the command with which `ask` keeps the answers in a file."""
    base = ["--based-on", *rest] if rest and not rest[0].startswith("-") else rest
    what = "goes on with the answers in it" if os.path.lexists(file) else "keeps the answers there"
    return (f"`{shlex.join(['plenipo', 'ask', file, *base])}` {what}",)


def _too_much(words: str) -> tuple[str, ...]:
    """Return what to type where there are more words than a command takes: quotes, or another command."""
    from plenipo.rulebook.locations import situations

    if set(words.split()) <= set(situations()):
        return ("`plenipo report` sets several situations side by side",)
    return ("a name of several words needs quotes",)


def _an_example(context: Any) -> tuple[str, ...]:
    """Return the first example of a command, unless it would not do with the rulebook in use."""
    first = re.search(r"^ +(plenipo \S+(?: \S+)*)", context.command.epilog or "", re.MULTILINE)
    other = context.params.get("rulebook") or "PLENIPO_RULEBOOK" in os.environ
    return (f"for example: `{first[1]}`",) if first and not other else ()


def _argument(refused: Any) -> str:
    """Return the option or argument that Typer's complaint is about, or nothing."""
    parameter = getattr(refused, "param", None)
    named = [*getattr(parameter, "opts", ()), getattr(parameter, "metavar", None) or ""]
    option = next((name for name in named if name.startswith("--")), "")
    is_option = getattr(parameter, "param_type_name", "") == "option"
    return getattr(refused, "option_name", None) or (option if is_option else named[-1])


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
