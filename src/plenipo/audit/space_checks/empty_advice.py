"""In some situation nothing at all is recommended or considered."""

from collections.abc import Iterator

from plenipo.audit.remark import DISCOURAGED, Claim, Remark
from plenipo.audit.space import Space


def check(space: Space) -> Iterator[Remark]:
    """Yield one remark if there is such a situation, with the one that has the fewest known facts."""
    claim = Claim("Nothing is recommended or considered", (DISCOURAGED,))
    situation = space.witness(claim)
    if situation is not None:
        facts = ", ".join(f"{fact}: {value}" for fact, value in situation.facts.items())
        help = (f"one of them is {{{facts}}}" if facts else "one of them is the situation of which nothing is known",)
        message = "there are situations in which nothing is recommended or considered"
        yield Remark("advice", message, None, help=help, claims=(claim,))
