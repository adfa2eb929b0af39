"""Everything of one kind that a rulebook holds, under the kind's name in the plural."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from plenipo.rulebook.catalogue.entry import Entry, Mention, mention
from plenipo.rulebook.model import Fact, Option, Proposition, Rule, Rulebook, Thing

#: How to get at everything of a kind.
LISTS: dict[str, Callable[[Rulebook], Iterable[Thing]]] = {
    "facts": lambda book: book.facts.values(),
    "options": lambda book: book.options.values(),
    "findings": lambda book: book.findings.values(),
    "rules": lambda book: book.rules.values(),
    "constraints": lambda book: book.constraints,
    "propositions": lambda book: book.propositions.values(),
    "sources": lambda book: book.sources.values(),
    "parties": lambda book: book.parties.values(),
    "subjects": lambda book: book.subjects.values(),
}


def list_of(rulebook: Rulebook, kind: str) -> Entry | None:
    """Return the entry that lists everything of a kind, group by group, or None for another word."""
    if kind not in LISTS:
        return None
    things = tuple(LISTS[kind](rulebook))
    grouped: dict[str, list[Mention]] = {}
    for thing in things:
        grouped.setdefault(_group(rulebook, thing) or kind, []).append(mention(thing))
    return Entry("list", kind, f"{len(things)} {kind}", {}, {name: tuple(under) for name, under in grouped.items()})


def _group(rulebook: Rulebook, thing: Thing) -> str:
    match thing:
        case Fact() | Option():
            return rulebook.subject(thing.group)
        case Rule():
            return thing.track
        case Proposition():
            return f"source {thing.source}"
        case _:
            return ""
