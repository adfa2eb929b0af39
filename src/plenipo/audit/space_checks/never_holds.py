"""A finding that some rule finds, or a verdict that some rule draws, holds in no situation."""

from collections.abc import Iterator

from plenipo.audit.remark import Claim, Remark, acting
from plenipo.audit.space import Space
from plenipo.errors import quoted, quoted_list
from plenipo.rulebook.model import Conclusion, Rule, Verb


def check(space: Space) -> Iterator[Remark]:
    """Yield every such finding, and every such verdict on an option that is not silent everywhere."""
    speaking = {option for option, verdict in space.verdicts if verdict != "silent"}
    for drawn, rules in _drawn(space).items():
        if drawn.verb is Verb.FIND and drawn.on not in space.findings:
            finding = space.rulebook.findings[drawn.on]
            yield Remark(drawn.on, f"the finding {quoted(drawn.on)} can never hold", finding.location)
        elif (
            drawn.verb is not Verb.FIND and drawn.on in speaking and (drawn.on, drawn.verb.value) not in space.verdicts
        ):
            yield _verdict(space, drawn, rules)


def _verdict(space: Space, drawn: Conclusion, rules: list[Rule]) -> Remark:
    act = [rule for rule in rules if rule.id in space.acting]
    claims = tuple(
        Claim(f"{rule.id} draws {drawn.verb} on {drawn.on}, which gives way", (acting(rule.id),), (drawn.on,))
        for rule in act
    )
    why = "another verdict always goes before it" if act else "no rule that draws it can act"
    return Remark(
        f"{drawn.on}={drawn.verb}",
        f"the verdict on {quoted(drawn.on)} can never be {quoted(drawn.verb)}, "
        f"which {quoted_list((rule.id for rule in rules), last='and')} {'draws' if len(rules) == 1 else 'draw'}",
        rules[0].location,
        help=(why,),
        claims=claims,
    )


def _drawn(space: Space) -> dict[Conclusion, list[Rule]]:
    found: dict[Conclusion, list[Rule]] = {}
    for _, rule in sorted(space.rulebook.rules.items()):
        for drawn in rule.then:
            if drawn.verb is not Verb.CAUTION:
                found.setdefault(drawn, []).append(rule)
    return found
