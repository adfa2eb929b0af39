"""Something cites a proposition that no source has, or cites one for what is not there."""

from collections.abc import Iterator
from itertools import chain

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations, texts
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Option, Proposition, Source


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such citation, and every headline of a source that is not there."""
    yield from _idle(declared)
    if not declared.complete(Source):
        return
    known = frozenset(declared.ids(Proposition))
    for citation in declared.citations():
        if citation.proposition not in known:
            message = f"no source has a proposition {quoted(citation.proposition)}"
            yield Fault(message, citation.place, near=(citation.proposition, declared.ids(Proposition)))
    headlines = (texts(option.node.entries.get("headline")) for option in declared.of(Option))
    yield from declared.unknown(Source, chain.from_iterable(headlines))


def _idle(declared: Declarations) -> Iterator[Fault]:
    """Yield every key that an option cites something for and does not have."""
    for option, written in declared.meant(Option):
        for key in option.cited_for:
            if key not in written.node.entries:
                yield Fault(f"{written} has no {quoted(key)} to cite anything for", written.node.key("cited_for", key))
