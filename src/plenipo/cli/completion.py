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
    """Offer the situations that come with the rulebook, and the fact files and folders that begin like the word."""
    return [*_beginning(incomplete, _situations(ctx).items()), *_paths(incomplete)]


def options(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of options."""
    book = _rulebook(ctx)
    return _beginning(incomplete, [(id, option.title) for id, option in book.options.items()] if book else [])


def names(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer every name that `plenipo show` knows."""
    from plenipo.rulebook import catalogue

    book = _rulebook(ctx)
    offers = {**_situations(ctx), **catalogue.catalogue_names(book)} if book else {}
    return _beginning(incomplete, offers.items())


def changes(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of facts, and after the equals sign the values of the fact."""
    book = _rulebook(ctx)
    id, equals, _ = incomplete.partition("=")
    if book is None or (equals and id not in book.facts):
        return []
    if not equals:
        return _beginning(incomplete, [(f"{fact.id}=", fact.ask) for fact in book.facts.values()])
    values = {**book.facts[id].values, UNKNOWN: "not known"}
    return _beginning(incomplete, [(f"{id}={value}", label) for value, label in values.items()])


def sources(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of the essays."""
    book = _rulebook(ctx)
    return _beginning(incomplete, [(id, source.called) for id, source in book.sources.items()] if book else [])


def facts(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of facts, after a comma those that are not yet in the list."""
    book = _rulebook(ctx)
    before, comma, start = incomplete.rpartition(",")
    given = before.split(",")
    offers = [(fact.id, fact.ask) for fact in book.facts.values() if fact.id not in given] if book else []
    return [(f"{before}{comma}{id}", help) for id, help in _beginning(start, offers)]


def rules(ctx: typer.Context, incomplete: str) -> list[Offer]:
    """Offer the ids of rules."""
    book = _rulebook(ctx)
    return _beginning(incomplete, [(id, rule.because) for id, rule in book.rules.items()] if book else [])


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


def _beginning(incomplete: str, offers: Iterable[Offer]) -> list[Offer]:
    return [(word, " ".join(help.split())) for word, help in offers if word.startswith(incomplete)]


def _paths(incomplete: str) -> list[Offer]:
    head, slash, start = incomplete.rpartition("/")
    folder = Path(head + slash or ".").expanduser()
    try:
        found = sorted(path for path in folder.iterdir() if path.name.startswith(start))
    except OSError:
        return []
    shown = [(path, f"{head}{slash}{path.name}") for path in found if start or not path.name.startswith(".")]
    folders = [(f"{word}/", "a folder") for path, word in shown if path.is_dir()]
    return folders + [(word, "a fact file") for path, word in shown if path.suffix.lower() in FILE_ENDINGS]
