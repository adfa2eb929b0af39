"""A proposition stands in a paragraph that its source does not have."""

from collections.abc import Iterator

from plenipo.errors import quoted
from plenipo.rulebook.draft import Draft, Fault


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such proposition."""
    for source in draft.sources:
        count = len(source.item.paragraphs)
        for id, said in source.item.propositions.items():
            if said.paragraph > count:
                place = source.node.find("propositions", id, "paragraph").place
                message = f"{quoted(id)} stands in paragraph {said.paragraph}, and the source has {count}"
                yield Fault(message, place, help=("`paragraphs` has a fingerprint of each",))
