"""
The rulebook as facts, in the words that `meaning.lp` explains: the encodings never change with the rulebook.

Rules are sorted, for of several answers that are as good clingo gives one that depends on their order.
"""

from collections.abc import Iterator

from plenipo.rulebook.model import Atom, Condition, Rule, Rulebook
from plenipo.situations.exclusions import exclusions


def reified(rulebook: Rulebook) -> str:
    """Return the rulebook as a logic program of facts."""
    return "\n".join(_Reification(rulebook).facts()) + "\n"


def quoted_string(text: str) -> str:
    r"""
    Return a text as a string of a logic program.

    >>> print(quoted_string('a "b" \\'))
    "a \"b\" \\"
    """
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


class _Reification:
    """Numbers the comparisons and conditions of a rulebook; equal ones have one number."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.rulebook = rulebook
        self.atoms: dict[Atom, int] = {}
        self.conditions: dict[Condition, int] = {}

    def facts(self) -> Iterator[str]:
        for fact in self.rulebook.facts.values():
            yield f"fact({quoted_string(fact.id)})."
            yield from (f"value({quoted_string(fact.id)},{quoted_string(value)})." for value in fact.values)
        yield from (f"finding({quoted_string(id)})." for id in sorted(self.rulebook.findings))
        yield from (f"option({quoted_string(id)})." for id in self.rulebook.options)
        for _, rule in sorted(self.rulebook.rules.items()):
            yield from self._rule(rule)
        yield from (f"never({self._number(each.never)})." for each in exclusions(self.rulebook))
        for condition, number in self.conditions.items():
            yield from self._condition(condition, number)
        for atom, number in self.atoms.items():
            yield f"atom({number},{quoted_string(atom.name)})."
            yield from (f"admits({number},{quoted_string(value)})." for value in atom.values)

    def _rule(self, rule: Rule) -> Iterator[str]:
        me = quoted_string(rule.id)
        yield f"rule({me}). when({me},{self._number(rule.when)})."
        if rule.unless is not None:
            yield f"unless({me},{self._number(rule.unless)})."
        yield from (f"draws({me},{quoted_string(drawn.verb.value)},{quoted_string(drawn.on)})." for drawn in rule.then)
        yield from (f"overrides({me},{quoted_string(other)})." for other in rule.overrides)

    def _condition(self, condition: Condition, number: int) -> Iterator[str]:
        yield f"condition({number})."
        for atom in condition.atoms:
            yield f"needs({number},{self.atoms.setdefault(atom, len(self.atoms))})."
        yield from (f"branch({number},{self.conditions[branch]})." for branch in condition.any_of)

    def _number(self, condition: Condition) -> int:
        """Return the number of a condition, having numbered those inside it as well."""
        for branch in condition.any_of:
            self._number(branch)
        return self.conditions.setdefault(condition, len(self.conditions))
