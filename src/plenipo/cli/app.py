"""The Typer app: every command under its name, with its examples. Only the command that is called is imported."""

import os
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from plenipo.cli.exit_codes import PIPE_CLOSED
from plenipo.cli.loose_readings import show_readings
from plenipo.cli.main import ERRORS
from plenipo.cli.pager import paged
from plenipo.cli.shells import scripts_mended, whole_words
from plenipo.did_you_mean import Suggestion, did_you_mean
from plenipo.errors import UsageError
from plenipo.report.next_commands import rulebook_of, with_rulebook
from plenipo.rulebook.loose_names import exact_names
from plenipo.version import VERSION

PURPOSE = """\
Decision support{subject}.

Describe a situation in a fact file, and plenipo says what the {sources} behind its rulebook advise: what to do now,
what not yet, what to avoid, and for each of these which rules say so, because of which facts, citing which paragraph.
"""
#: What the purpose is with the rulebook that comes with plenipo, and with another.
BUNDLED = {"subject": " on North Korea policy", "sources": "two essays"}
FOREIGN = {"subject": " by rules", "sources": "sources"}

EXAMPLES = """\
\b
Examples:
  plenipo advise late-summer-2020      advice on a bundled situation
  plenipo ask                          describe your own, question by question
  plenipo template > mine.yaml         the same, as a file to fill in
  plenipo advise mine.yaml             advice on it
  plenipo explain mine.yaml four_party_talks
                                       why, down to facts and citations
  plenipo show                         what the rulebook holds
"""

HELP = {"help_option_names": ["-h", "--help"]}

#: The commands in the order of the help, each in a module of its name, and what the help says of it.
COMMANDS = {
    "ask": "Answer questions and get advice.",
    "advise": "What to do now, what not yet, what to avoid, and why.",
    "roadmap": "What comes up once the next steps succeed, or fail.",
    "report": "Everything on one page: a file to look at, print and share.",
    "explain": "Why an option has its verdict, and why not another.",
    "trace": "Every rule that fired, and why the others did not.",
    "graph": "The reasoning as a picture: facts, findings, options.",
    "outlook": "What to find out, and which verdicts could still change.",
    "change": "Which facts would have to change for another verdict.",
    "compare": "How the advice on two situations differs, and why.",
    "batch": "Advise on many situations at once, from files to files.",
    "sweep": "The advice on every combination of some facts.",
    "robust": "How often each verdict holds across likely situations.",
    "serve": "A page for the browser: questions beside the brief.",
    "show": "What a name means, or the rulebook at a glance.",
    "template": "A fact file to fill in.",
    "test": "Whether situations get the advice they expect.",
    "check": "Check the rulebook for errors and contradictions.",
    "diff": "Where two rulebooks can give different advice.",
    "sources": "The sources behind the rulebook; verify its citations.",
    "schema": "JSON Schemas for editors.",
    "help": "How to use a command.",
}
#: Commands that talk with a terminal, report as they go, or print a file.
UNPAGED = frozenset({"ask", "batch", "serve", "schema", "template"})
#: They may come anywhere, also behind a command.
NO_PAGER = "--no-pager"
EXACT = "--exact"
#: It has an `--exact` of its own, which says how to weigh, and takes names exactly as well.
WEIGHS_EXACTLY = "robust"


class Commands(TyperGroup):
    """The commands; for a word that is not one of them, the error suggests the nearest."""

    def resolve_command(self, ctx, args):  # type: ignore[no-untyped-def]
        """
        Return the command that the first argument names.

        Raises:
            UsageError: there is none.
        """
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            near = did_you_mean(name, self.commands)
            raise UsageError(
                f"there is no command `{name}`", help=(*near, f"`{ctx.command_path} --help` lists the commands")
            )
        return super().resolve_command(ctx, args)

    def invoke(self, ctx):  # type: ignore[no-untyped-def]
        """Run the command; a closed pipe has one exit code, where Typer and Rich would each use another."""
        try:
            return super().invoke(ctx)
        except (BrokenPipeError, SystemExit) as ended:
            if isinstance(ended, BrokenPipeError) or isinstance(ended.__context__, BrokenPipeError):
                raise typer.Exit(PIPE_CLOSED) from None
            raise


def help_on(context: Any, names: Sequence[str]) -> str:
    """
    Return the help on a command by its names from the top, of which there may be none.

    Raises:
        UsageError: there is no such command; the error suggests the nearest one.
    """
    for name in names:
        if not hasattr(context.command, "commands"):
            help = (f"`{context.command_path} --help` shows how it is used",)
            raise UsageError(f"`{context.command_path}` has no command `{name}`", help=help)
        _, command, _ = context.command.resolve_command(context, [name])
        context = type(context)(command, info_name=name, parent=context)
    return str(context.get_help())


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"plenipo {VERSION}")
        raise typer.Exit


def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    no_pager: Annotated[
        bool, typer.Option(NO_PAGER, help="Print what is longer than the screen without a pager, after any command.")
    ] = False,
    errors: Annotated[
        str,
        typer.Option(
            ERRORS, metavar="FORM", help="`json`: messages as JSON, a line each, after any command.", show_default=False
        ),
    ] = "text",
    exact: Annotated[
        bool,
        typer.Option(EXACT, help="Take names only exactly as the rulebook writes them, after any command."),
    ] = False,
) -> None:
    pass


def build(names: Iterable[str] = COMMANDS) -> typer.Typer:
    """Return the app with some of the commands, by default all."""
    app = typer.Typer(
        cls=Commands, rich_markup_mode=None, pretty_exceptions_enable=False, context_settings=HELP, epilog=EXAMPLES
    )
    purpose = FOREIGN if "PLENIPO_RULEBOOK" in os.environ else BUNDLED
    app.callback(help=PURPOSE.format(**purpose))(_root)
    for name in names:
        module = import_module(f"plenipo.cli.commands.{name}")
        if hasattr(module, "SUBCOMMANDS"):
            app.add_typer(_with_subcommands(module, COMMANDS[name]), name=name)
        else:
            app.command(name, short_help=COMMANDS[name], epilog=module.EXAMPLES)(module.command)
    return app


def run(arguments: Sequence[str]) -> int:
    """Run one command line and return its exit code; what goes wrong is raised."""
    words = [word for word in arguments if word not in {NO_PAGER, EXACT}] or ["--help"]
    named = words[0]
    exact = EXACT in arguments
    if exact and named == WEIGHS_EXACTLY and EXACT in arguments[arguments.index(named) :]:
        words.append(EXACT)
    app = build([named] if named in COMMANDS and named != "help" else COMMANDS)
    pager = NO_PAGER not in arguments and named in COMMANDS and named not in UNPAGED
    told = scripts_mended(arguments), whole_words(), show_readings(), exact_names(exact), rulebook_of(arguments)
    with ExitStack() as meanwhile:
        for each in (*told, paged(wanted=pager)):
            meanwhile.enter_context(each)
        try:
            ended = get_command(app).main(args=words, prog_name="plenipo", standalone_mode=False, obj=words)
        except UsageError as fault:
            fault.help = tuple(each if isinstance(each, Suggestion) else with_rulebook(each) for each in fault.help)
            raise
    return ended if isinstance(ended, int) else 0


def _with_subcommands(module: ModuleType, in_short: str) -> typer.Typer:
    """Return a command that does one thing by itself, and others by its subcommands."""
    group = typer.Typer(
        cls=Commands,
        rich_markup_mode=None,
        short_help=in_short,
        context_settings=HELP,
        invoke_without_command=True,
        epilog=module.EXAMPLES,
    )
    group.callback()(module.command)
    for name, (function, short_help, examples) in module.SUBCOMMANDS.items():
        group.command(name, short_help=short_help, epilog=examples)(function)
    return group
