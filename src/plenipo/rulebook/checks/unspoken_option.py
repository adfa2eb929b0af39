"""No rule can ever give an option a verdict."""

from collections.abc import Iterator

from plenipo.errors import Severity
from plenipo.rulebook.draft import Draft, Fault
from plenipo.rulebook.faults import quoted
from plenipo.rulebook.model import Verb

SEVERITY = Severity.REMARK


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such option, if all rules could be understood."""
    if not draft.complete("rules"):
        return
    silent = (Verb.FIND, Verb.CAUTION)
    spoken = {drawn.on for rule in draft.rules for drawn in rule.item.then if drawn.verb not in silent}
    for option in draft.options:
        if option.item.id not in spoken:
            yield Fault(f"no rule gives a verdict on {quoted(option.item.id)}", option.place)
