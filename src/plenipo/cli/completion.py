"""
Shell completion: the ids, values and names that can finish a word, each with its sentence.

The shell calls this at every key stroke and shows no messages, so that nothing is offered for a rulebook with faults.
"""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import typer

from plenipo.errors import PlenipoError
from plenipo.rulebook.files import FILE_ENDINGS
from plenipo.rulebook.model import UNKNOWN, Rulebook

#: A word that may be offered, with what it means.
Offer = tuple[str, str]


def files(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the situations that come with the rulebook, and fact files and folders whose paths begin like the word."""
    return [*_beginning(incomplete, _situations(ctx).items()), *_paths(incomplete)]


def paths(incomplete: str) -> list[Offer]:
    """Offer files and folders of any kind whose paths begin like the word."""
    return _paths(incomplete, every=True)


def options(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of options, after a comma those that are not yet in the list."""
    book = _rulebook(ctx)
    return _listed(incomplete, [(id, option.title) for id, option in book.options.items()] if book else [])


def commands(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the commands of plenipo."""
    from plenipo.cli.app import COMMANDS

    return _beginning(incomplete, [] if ctx.params.get("names") else COMMANDS.items())


def kinds(ctx: typer.Context, incomplete: str) -> list[str]:
    """Offer the kinds of files, or after `--output` the kinds of JSON that comes out."""
    from plenipo.report.output_schemas import OUTPUTS
    from plenipo.situations.json_schema import KINDS

    return [kind for kind in (OUTPUTS if ctx.params.get("output") else KINDS) if kind.startswith(incomplete)]


def names(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer every name that `plenipo show` knows."""
    from plenipo.rulebook import catalogue

    book = _rulebook(ctx)
    named = catalogue.catalogue_names(book) if book else {}
    return _beginning(incomplete, {**_situations(ctx), **named}.items())


def changes(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of facts, and after the equals sign the values of the fact."""
    book = _rulebook(ctx)
    id, equals, _ = incomplete.partition("=")
    if book is None or (equals and id not in book.facts):
        return []
    begun = [fact for fact in book.facts.values() if fact.id.startswith(incomplete)]
    if not equals and len(begun) != 1:
        return [(f"{fact.id}=", _one_line(fact.ask)) for fact in begun]
    # a shell puts a space behind the only offer, so that the only fact is offered with its values
    fact = book.facts[id] if equals else begun[0]
    labels = (*fact.values.values(), "not known")
    values = zip((*fact.spelled, UNKNOWN), labels, strict=True)
    return _beginning(incomplete, [(f"{fact.id}={value}", label) for value, label in values])


def sources(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of the sources."""
    book = _rulebook(ctx)
    return _beginning(incomplete, [(id, source.called) for id, source in book.sources.items()] if book else [])


def facts(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of facts."""
    book = _rulebook(ctx)
    return _listed(incomplete, [(fact.id, fact.ask) for fact in book.facts.values()] if book else [])


def rules(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of rules, after a comma those that are not yet in the list."""
    book = _rulebook(ctx)
    return _listed(incomplete, [(id, rule.because) for id, rule in book.rules.items()] if book else [])


def verdicts(incomplete: str) -> list[str]:
    """Offer the verdicts."""
    from plenipo.rulebook.verdict import Verdict

    return [verdict for verdict in Verdict if verdict.startswith(incomplete)]


def _rulebook(ctx: typer.Context) -> Rulebook | None:
    import plenipo

    try:
        return plenipo.load_rulebook(ctx.params.get("rulebook"))
    except PlenipoError:
        return None


def _situations(ctx: typer.Context) -> Mapping[str, str]:
    """Return the names of the situations that come with the rulebook, with the titles of those that can be read."""
    import plenipo
    from plenipo.rulebook import locations

    book = _rulebook(ctx)
    if book is None:
        return {}
    found = dict.fromkeys(locations.situations(book.folder), "")
    for name in found:
        with suppress(PlenipoError):
            found[name] = plenipo.load_situation(name, rulebook=book).title
    return found


def _listed(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    """Return the offers for the last word of a list with commas, each with what is before it."""
    before, comma, start = incomplete.rpartition(",")
    left = [offer for offer in offers if offer[0] not in before.split(",")]
    return [(f"{before}{comma}{word}", help) for word, help in _beginning(start, left)]


def _beginning(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    return [(word, _one_line(help)) for word, help in offers if word.startswith(incomplete)]


def _one_line(help: str) -> str:
    return " ".join(help.split())


def _paths(incomplete: str, *, every: bool = False) -> list[Offer]:
    head, slash, start = incomplete.rpartition("/")
    folder = Path(head + slash or ".").expanduser()
    try:
        found = sorted(path for path in folder.iterdir() if path.name.startswith(start))
    except OSError:
        return []
    shown = [(path, f"{head}{slash}{path.name}") for path in found if start or not path.name.startswith(".")]
    folders = [(f"{word}/", "a folder") for path, word in shown if path.is_dir()]
    files = [
        (word, "a file") for path, word in shown if path.is_file() and (every or path.suffix.lower() in FILE_ENDINGS)
    ]
    # a shell puts a space behind the only offer, so that the only folder is offered with what is in it
    within = _paths(folders[0][0], every=every) if len(folders) == 1 and not files else []
    return within or [*folders, *files]
