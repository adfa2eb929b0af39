"""A finding is never found, or never read."""

from collections.abc import Iterator

from plenipo.errors import Severity
from plenipo.rulebook.draft import RULE, Draft, Fault, drawn, tests
from plenipo.rulebook.faults import quoted
from plenipo.rulebook.model import Verb

SEVERITY = Severity.REMARK


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such finding, if all rules could be understood."""
    if not draft.complete("rules"):
        return
    found = {id for rule in draft.of(RULE) for id, _ in drawn(rule, Verb.FIND)}
    read = {test.name for test in tests(draft.conditions())}
    for finding in draft.findings:
        id = finding.item.id
        if id not in found:
            yield Fault(f"no rule finds {quoted(id)}, so it never holds", finding.place)
        if id not in read and not finding.item.opens_answer:
            yield Fault(f"no rule asks for the finding {quoted(id)}, so it decides nothing", finding.place)
