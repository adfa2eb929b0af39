"""Another rule draws the same, at least as firmly, wherever this one acts."""

from collections.abc import Iterator

from plenipo.audit.remark import Claim, Remark, acting
from plenipo.audit.space import Space
from plenipo.errors import quoted
from plenipo.rulebook.model import Verb


def check(space: Space) -> Iterator[Remark]:
    """Yield every such rule; of rules that cover one another the first by id stays."""
    rules = space.rulebook.rules
    for id, by in subsumed(space).items():
        rule, other = rules[id], rules[by]
        options = tuple(drawn.on for drawn in rule.then if drawn.verb is not Verb.FIND)
        yield Remark(
            id,
            f"the rule {quoted(id)} says nothing that {quoted(by)} does not say whenever it does",
            rule.location,
            also=((other.location, f"{quoted(by)} is here"),) if other.location else (),
            claims=(Claim(f"{id} and {by} both act", (acting(id), acting(by)), options),) if options else (),
        )


def subsumed(space: Space) -> dict[str, str]:
    """Return each rule that another one subsumes, with that one."""
    found: dict[str, str] = {}
    for id, by in sorted(space.covered):
        mutual = (by, id) in space.covered
        if id in space.acting and not (mutual and id < by):
            found.setdefault(id, by)
    return found
