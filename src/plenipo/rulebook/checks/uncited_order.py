"""An option comes after another one, or goes with it, and no proposition is cited for that."""

from collections.abc import Iterator

from plenipo.errors import Severity, quoted
from plenipo.rulebook.declarations import Declarations, texts
from plenipo.rulebook.fault_list import Fault

SEVERITY = Severity.REMARK


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every such order."""
    for option, key, other, link in declared.links():
        if not any(texts(link.entries.get("cite"))):
            message = f"{quoted(option.id)} is `{key}` {quoted(other)}, and nothing is cited for that"
            yield Fault(message, option.node.key(key, other))
