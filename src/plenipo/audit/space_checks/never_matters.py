"""Without a rule every answer would be the same."""

from collections.abc import Iterator

from plenipo.audit.remark import Claim, Remark, acting, firing
from plenipo.audit.space import Space
from plenipo.audit.space_checks.subsumed_rule import subsumed
from plenipo.errors import quoted
from plenipo.rulebook.model import Verb

GIVES_WAY = "all that it draws gives way to other rules, or rests on nothing that others do not rest on as well"


def check(space: Space) -> Iterator[Remark]:
    """Yield every such rule that can fire and is not subsumed by another one; those have a remark of another check."""
    covered = subsumed(space)
    for _, rule in sorted(space.rulebook.rules.items()):
        if rule.id in space.firing and rule.id not in space.mattering and rule.id not in covered:
            message = f"the rule {quoted(rule.id)} changes no answer"
            goal, why = firing(rule.id), "it is overridden whenever it fires"
            if rule.id in space.acting:
                goal, why = acting(rule.id), GIVES_WAY
            options = tuple(drawn.on for drawn in rule.then if drawn.verb is not Verb.FIND)
            claims = (Claim(f"{rule.id} fires and changes nothing", (goal,), options),) if options else ()
            yield Remark(rule.id, message, rule.location, help=(why,), claims=claims)
