"""A finding is never found, or never read."""

from collections.abc import Iterator

from plenipo.errors import Severity, quoted
from plenipo.rulebook.declarations import Declarations, atoms, drawn
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Finding, Rule, Verb

SEVERITY = Severity.REMARK


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such finding, if all rules could be understood."""
    if not declared.complete(Rule):
        return
    found = {id for rule in declared.of(Rule) for id, _ in drawn(rule, Verb.FIND)}
    read = {test.name for test in atoms(declared.conditions())}
    for finding, written in declared.meant(Finding):
        if finding.id not in found:
            yield Fault(f"no rule finds {quoted(finding.id)}, so it never holds", written.place)
        if finding.id not in read and not finding.opens_answer:
            yield Fault(f"no rule asks for the {written}, so it decides nothing", written.place)
