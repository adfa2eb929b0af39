"""In one situation some rule speaks for an option and another against it, and neither overrides the other."""

from collections.abc import Iterator

from plenipo.audit.remark import Claim, Remark, acting
from plenipo.audit.space import Space
from plenipo.errors import quoted


def check(space: Space) -> Iterator[Remark]:
    """Yield every such option, with each such pair of rules."""
    rules = space.rulebook.rules
    for option in space.rulebook.options.values():
        pairs = sorted((one, other) for on, one, other in space.clashes if on == option.id)
        if pairs:
            says = {
                one: next(drawn.verb for drawn in rules[one].then if drawn.on == option.id and drawn.verb != "caution")
                for one, _ in pairs
            }
            yield Remark(
                option.id,
                f"rules contend over {quoted(option.id)}: where both speak, the one against it goes first",
                option.location,
                also=tuple(
                    (place, f"{quoted(one)} says {quoted(says[one])} where {quoted(other)} says `avoid`")
                    for one, other in pairs
                    if (place := rules[one].location)
                ),
                help=("let one of them override the other, or say in `unless` when it does not hold",),
                claims=tuple(
                    Claim(f"{one} and {other} contend over {option.id}", (acting(one), acting(other)), (option.id,))
                    for one, other in pairs
                ),
            )
