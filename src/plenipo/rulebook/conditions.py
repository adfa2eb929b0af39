"""
Conditions: what is compared with what, when it holds, and how an author writes it.

A condition is read in a *state*, which maps the names of facts and findings to their values; a name that is absent is
unknown. It has two values and no third: a comparison with what is unknown is false unless it asks for that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

UNKNOWN = "unknown"
TRUE = "true"
FALSE = "false"
#: Spellings of yes and no that a yes/no fact and a finding take besides their own values.
SPELLINGS = {"yes": TRUE, "on": TRUE, "no": FALSE, "off": FALSE}
#: Spellings of "not known" that every fact takes.
BLANKS = frozenset({"", "~", "null", UNKNOWN})


@dataclass(frozen=True)
class Atom:
    """One comparison: the fact or finding `name` has one of `values`, which may include `unknown`."""

    name: str
    values: tuple[str, ...]

    def holds(self, state: Mapping[str, str]) -> bool:
        """Return whether the state gives the name one of the values; a name the state lacks is unknown."""
        return state.get(self.name, UNKNOWN) in self.values


@dataclass(frozen=True)
class Condition:
    """
    All of `atoms`, and one of `any_of` where there are any; an empty condition always holds.

    >>> calm = Condition((Atom("friction", ("low", "moderate")),))
    >>> calm.holds({"friction": "low"}), calm.holds({}), Condition().holds({})
    (True, False, True)
    """

    atoms: tuple[Atom, ...] = ()
    any_of: tuple[Condition, ...] = ()

    def holds(self, state: Mapping[str, str]) -> bool:
        """Return whether the condition holds in a state (name -> value), where an absent name is unknown."""
        return all(atom.holds(state) for atom in self.atoms) and (
            not self.any_of or any(branch.holds(state) for branch in self.any_of)
        )

    def every_atom(self) -> Iterator[Atom]:
        """Yield every atom, those inside alternatives included."""
        yield from self.atoms
        for branch in self.any_of:
            yield from branch.every_atom()

    def met(self, state: Mapping[str, str]) -> Iterator[Atom]:
        """Yield the atoms by which a condition that holds is met, those of every alternative that holds included."""
        yield from self.atoms
        for branch in self.any_of:
            if branch.holds(state):
                yield from branch.met(state)


#: The condition of standing advice.
ALWAYS = Condition()


def condition_text(condition: Condition) -> str:
    """
    Return a condition as an author writes it, on one line.

    >>> safe = Condition((Atom("safe", ("true",)),))
    >>> condition_text(Condition((Atom("sky", ("clear", "cloudy")),), (safe, Condition())))
    'sky: [clear, cloudy], any: [{safe: true}, {}]'
    """
    parts = [atom_text(atom) for atom in condition.atoms]
    if condition.any_of:
        parts.append(f"any: [{', '.join(f'{{{condition_text(branch)}}}' for branch in condition.any_of)}]")
    return ", ".join(parts)


def atom_text(atom: Atom) -> str:
    """Return a comparison as an author writes it."""
    return f"{atom.name}: {values_text(atom.values)}"


def values_text(values: tuple[str, ...]) -> str:
    """Return values as an author writes them: one, or several in brackets."""
    return values[0] if len(values) == 1 else f"[{', '.join(values)}]"
