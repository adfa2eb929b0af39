"""A proposition names a paragraph that its source does not have."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Source


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such proposition."""
    for source, written in declared.meant(Source):
        count = len(source.paragraphs)
        for id, said in source.propositions.items():
            if said.paragraph > count:
                place = written.node.find("propositions", id, "paragraph").place
                message = f"{quoted(id)} is in paragraph {said.paragraph}, and the source has {count}"
                yield Fault(message, place, help=("`paragraphs` has a fingerprint of each",))
