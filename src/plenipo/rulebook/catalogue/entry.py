"""
What the catalogue says of one name, in plain data, with the words for it: sentences, mentions, conditions.

It lays nothing out and looks nothing up.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from plenipo.rulebook import model


@dataclass(frozen=True)
class Mention:
    """Something that touches an entry: what it is, its own sentence, and a note on how it does."""

    kind: str
    id: str
    says: str
    note: str = ""


@dataclass(frozen=True)
class Entry:
    """
    One name of the rulebook: its sentence, its particulars (label -> lines), and what touches it (heading -> mentions).

    A particular or a heading without anything under it is left out.
    """

    kind: str
    id: str
    says: str
    particulars: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    touched_by: Mapping[str, tuple[Mention, ...]] = field(default_factory=dict)


def sentence(thing: model.Thing) -> str:
    """Return the one sentence by which a thing is known: a question, a reason, a statement or a title."""
    match thing:
        case model.Fact():
            return thing.ask
        case model.Rule() | model.Constraint():
            return thing.because or thing.id
        case model.Finding() | model.Proposition():
            return thing.says
        case model.Option() | model.Party() | model.Subject():
            return thing.title or thing.id
        case model.Source():
            return thing.called


def mention(thing: model.Thing, note: str = "") -> Mention:
    """Return a thing as it is named under another one's heading."""
    return Mention(model.kind_name(type(thing)), thing.id, sentence(thing), note)


def in_words(condition: model.Condition, findings: Iterable[str] = ()) -> str:
    """
    Return a condition as a sentence's tail, in the ids of the rulebook.

    >>> atoms = (model.Atom("friction", ("low", "moderate")), model.Atom("narrow", ("true",)))
    >>> in_words(model.Condition(atoms), {"narrow"})
    'friction is low or moderate, and narrow holds'
    >>> in_words(model.Condition())
    'always'
    """
    known = frozenset(findings)
    parts = [atom_in_words(atom, known) for atom in condition.atoms]
    if condition.any_of:
        parts.append("either " + " or ".join(f"({in_words(branch, known)})" for branch in condition.any_of))
    return ", and ".join(parts) or "always"


def rule_in_words(rule: model.Rule, findings: Iterable[str] = ()) -> str:
    """Return when a rule fires, as a sentence's tail: what must hold, and what must not."""
    when = in_words(rule.when, findings)
    if rule.unless is None:
        return when
    unless = f"unless {in_words(rule.unless, findings)}"
    return unless if rule.when == model.Condition() else f"{when}, {unless}"


def atom_in_words(atom: model.Atom, findings: frozenset[str]) -> str:
    """Return one comparison in words; a finding holds or does not, a fact is one of some values."""
    if atom.name in findings:
        return f"{atom.name} {'does not hold' if atom.values == (model.FALSE,) else 'holds'}"
    return f"{atom.name} is {' or '.join(atom.values)}"
