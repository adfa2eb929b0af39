"""A proposition is neither cited nor marked as background, or is both."""

from collections.abc import Iterator

from plenipo.errors import Severity, quoted
from plenipo.rulebook.draft import Draft, Fault

SEVERITY = Severity.REMARK


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such proposition, if all that could cite it was understood."""
    if not draft.complete("rules", "facts", "options", "findings"):
        return
    citations = {citation.proposition: citation for citation in draft.citations()}
    for proposition in draft.propositions:
        id, citation = proposition.item.id, citations.get(proposition.item.id)
        if citation is None and not proposition.item.background:
            help = ("cite it, or say under `background` why nothing rests on it",)
            yield Fault(f"nothing cites the proposition {quoted(id)}", proposition.place, help=help)
        elif citation is not None and proposition.item.background:
            also = ((citation.place, f"{citation.kind} {quoted(citation.by)} cites it"),)
            yield Fault(f"{quoted(id)} is marked as background, and yet cited", proposition.place, also)
