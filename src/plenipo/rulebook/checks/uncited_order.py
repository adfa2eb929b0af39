"""An option stands after another one, or with it, and no proposition is cited for that."""

from collections.abc import Iterator

from plenipo.errors import Severity, quoted
from plenipo.rulebook.draft import Draft, Fault, texts

SEVERITY = Severity.REMARK


def check(draft: Draft) -> Iterator[Fault]:
    """Yield every such order."""
    for option, key, other, link in draft.links():
        if not any(texts(link.entries.get("cite"))):
            message = f"that {quoted(option.id)} stands `{key}` {quoted(other)} rests on no citation"
            yield Fault(message, option.node.key(key, other))
