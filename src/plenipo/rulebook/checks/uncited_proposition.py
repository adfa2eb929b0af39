"""A proposition is neither cited nor marked as background, or is both."""

from collections.abc import Iterator

from plenipo.errors import Severity, quoted
from plenipo.rulebook.declarations import Declarations
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Fact, Finding, Option, Proposition, Rule

SEVERITY = Severity.REMARK


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such proposition, if all that could cite it was understood."""
    if not declared.complete(Rule, Fact, Option, Finding):
        return
    citations = {citation.proposition: citation for citation in declared.citations()}
    for proposition, written in declared.meant(Proposition):
        id, citation = proposition.id, citations.get(proposition.id)
        if citation is None and not proposition.background:
            help = ("cite it, or say under `background` why nothing rests on it",)
            yield Fault(f"nothing cites the proposition {quoted(id)}", written.place, help=help)
        elif citation is not None and proposition.background:
            also = ((citation.place, f"{citation.by} cites it"),)
            yield Fault(f"{quoted(id)} is marked as background, and yet cited", written.place, also)
