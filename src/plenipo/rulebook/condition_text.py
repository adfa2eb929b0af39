"""Conditions in the words of a rulebook file."""

from plenipo.rulebook.model import Atom, Condition


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
