"""
The space of a rulebook: every situation it allows, in which each fact has one of its values or is unknown.

A question is answered for all of them at once, exactly, or not at all when it takes too long.
"""

from functools import cached_property

from plenipo.audit.remark import Claim
from plenipo.engines.answers.program import Seen
from plenipo.engines.answers.space import SpaceEngine
from plenipo.errors import quoted
from plenipo.rulebook.model import Basis, Conclusion, Fact, Rule, Rulebook, Situation, Verb
from plenipo.rulebook.verdict import ENCOURAGING

#: The most values of a fact that are compared two by two: that is 20,000 pairs, and seconds.
MOST_VALUES = 200


class TooManyValuesError(Exception):
    """A fact has more values than are compared two by two."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(
            f"the fact {quoted(fact.id)} has {len(fact.values):,} values, and at most {MOST_VALUES} are compared"
        )


class Space:
    """
    Every situation that one rulebook allows, questioned as a whole; no question is asked twice.

    Raises:
        TimeoutError: from every question, when time is up.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self._engine = SpaceEngine(rulebook, rivals=rivals(rulebook), opposed=opposed(rulebook))

    @cached_property
    def firing(self) -> frozenset[str]:
        """The rules whose conditions hold somewhere."""
        return frozenset(rule for (rule,) in _all(self._engine.seen("fires")))

    @cached_property
    def acting(self) -> frozenset[str]:
        """The rules that somewhere fire and are not overridden."""
        return frozenset(rule for (rule,) in _all(self._engine.seen("acts")))

    @cached_property
    def verdicts(self) -> frozenset[tuple[str, ...]]:
        """The options with the verdicts that they have somewhere."""
        return _all(self._engine.seen("verdict"))

    @cached_property
    def findings(self) -> frozenset[str]:
        """The findings that hold somewhere."""
        return frozenset(finding for (finding,) in _all(self._engine.seen("found")))

    @cached_property
    def covered(self) -> frozenset[tuple[str, ...]]:
        """The pairs of rivals of which the second acts wherever the first does."""
        return frozenset(rivals(self.rulebook)) - _all(self._engine.seen("apart"))

    @cached_property
    def clashes(self) -> frozenset[tuple[str, ...]]:
        """Option, rule that speaks for it and rule that speaks against it, where both act somewhere at once."""
        return _all(self._engine.seen("clash"))

    @cached_property
    def mattering(self) -> frozenset[str]:
        """The rules without which some answer would be different."""
        return frozenset(rule for (rule,) in _all(self._engine.mattering()))

    @cached_property
    def distinguished(self) -> frozenset[tuple[str, ...]]:
        """
        Each fact with two of its values (in both orders, unknown included) between which some answer changes.

        Raises:
            TooManyValuesError: a fact has too many to look at any two of them.
        """
        for fact in self.rulebook.facts.values():
            if len(fact.values) > MOST_VALUES:
                raise TooManyValuesError(fact)
        found = _all(self._engine.distinguished())
        return found | {(fact, other, one) for fact, one, other in found}

    def witness(self, claim: Claim, name: str = "") -> Situation | None:
        """Return a situation that shows a claim, with as few known facts as possible; None where there is none."""
        example = self._engine.example(claim.goals)
        if example is None:
            return None
        options = claim.options or tuple(self.rulebook.options)
        expect = {option: example.verdicts[option] for option in options}
        return Situation(example.facts, name, claim.title, expect=expect)


def rivals(rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    """Return each rule with every other one that draws and overrides all that it does, at least as firmly."""
    drawing: dict[Conclusion, list[Rule]] = {}
    for rule in rulebook.rules.values():
        for drawn in rule.then:
            drawing.setdefault(drawn, []).append(rule)
    return tuple(
        (rule.id, other.id)
        for rule in rulebook.rules.values()
        for other in drawing[rule.then[0]]
        if other is not rule
        and not any(drawn.verb is Verb.CAUTION for drawn in rule.then)
        and set(rule.then) <= set(other.then)
        and set(rule.overrides) <= set(other.overrides)
        and set(rule.cite) <= set(other.cite)
        and other.basis in (rule.basis, Basis.STATED)
    )


def opposed(rulebook: Rulebook) -> tuple[tuple[str, str, str], ...]:
    """Return each option with a rule that recommends or considers it and one that advises against it."""
    speaking: dict[str, tuple[list[str], list[str]]] = {}
    for rule in rulebook.rules.values():
        for drawn in rule.then:
            if drawn.verb.value in ENCOURAGING:
                speaking.setdefault(drawn.on, ([], []))[0].append(rule.id)
            elif drawn.verb is Verb.AVOID:
                speaking.setdefault(drawn.on, ([], []))[1].append(rule.id)
    return tuple(
        (option, one, other)
        for option, (advising, warning) in speaking.items()
        for one in dict.fromkeys(advising)
        for other in dict.fromkeys(warning)
        if one != other
    )


def _all(seen: Seen) -> frozenset[tuple[str, ...]]:
    terms, whole = seen
    if not whole:
        raise TimeoutError
    return frozenset(tuple(str(part) for part in term) for term in terms)
