"""Who cites what: every citation of a proposition that a rulebook holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from plenipo.rulebook.model import Constraint, Fact, Finding, Option, Rule, Rulebook


@dataclass(frozen=True)
class Citation:
    """
    A thing of the rulebook that rests on a proposition.

    With `order` it is not the option itself that does, but its place in an order: `after wait`, `with wait`. With `key`
    it is what the option says under that key: `brings`.
    """

    proposition: str
    by: Rule | Finding | Option | Fact | Constraint
    order: str = ""
    key: str = ""


def every_citation(rulebook: Rulebook) -> Iterator[Citation]:
    """Yield every citation: of rules, findings, options, facts and constraints, then those within options."""
    book = rulebook
    for table in (book.rules, book.findings, book.options, book.facts):
        for thing in table.values():
            yield from (Citation(id, thing) for id in thing.cite)
    for constraint in book.constraints:
        yield from (Citation(id, constraint) for id in constraint.cite)
    for option in book.options.values():
        for how, links in (("after", option.after), ("with", option.beside)):
            for other, link in links.items():
                yield from (Citation(id, option, f"{how} {other}") for id in link.cite)
        for key, cited in option.cited_for.items():
            yield from (Citation(id, option, key=key) for id in cited)
