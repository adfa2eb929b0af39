"""No situation gives an option a verdict."""

from collections.abc import Iterator

from plenipo.audit.remark import Remark
from plenipo.audit.space import Space
from plenipo.errors import quoted


def check(space: Space) -> Iterator[Remark]:
    """Yield every such option."""
    speaking = {option for option, verdict in space.verdicts if verdict != "silent"}
    for option in space.rulebook.options.values():
        if option.id not in speaking:
            yield Remark(option.id, f"no situation has a verdict on {quoted(option.id)}", option.location)
