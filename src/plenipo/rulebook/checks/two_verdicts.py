"""A rule draws two verdicts on one option."""

from collections.abc import Iterator

from plenipo.errors import Location, quoted
from plenipo.rulebook.declarations import Declarations, Declared, drawn
from plenipo.rulebook.fault_list import Fault
from plenipo.rulebook.model import Rule, Verb


def check(declared: Declarations) -> Iterator[Fault]:
    """Yield every verdict that comes on top of another one."""
    for rule in declared.of(Rule):
        first: dict[str, tuple[Verb, Location]] = {}
        for verb, option, place in _verdicts(rule):
            before, earlier = first.setdefault(option, (verb, place))
            if before is not verb:
                help = ("of the two only one can count: make two rules, or choose",)
                message = f"{rule} draws two verdicts on {quoted(option)}: `{before}` and `{verb}`"
                yield Fault(message, place, ((earlier, f"`{before}` is here"),), help)


def _verdicts(rule: Declared[Rule]) -> Iterator[tuple[Verb, str, Location]]:
    for verb in Verb:
        if verb not in (Verb.FIND, Verb.CAUTION):
            yield from ((verb, option, place) for option, place in drawn(rule, verb))
