"""Words of other rule languages, and what to write for them in the files of a rulebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: Keys of a rulebook's files, each with the words that other notations have for it.
_WORDS = {
    "when": "if given where condition conditions antecedent premise premises lhs",
    "then": "conclusion conclusions action actions consequent rhs do find recommend consider defer avoid done caution",
    "unless": "not except exception exceptions but_not",
    "overrides": "priority salience default defeats beats precedence rank superior",
    "because": "reason why rationale explanation comment description",
    "cite": "cites source sources ref refs reference references citation citations",
    "strength": "weight confidence certainty probability",
    "id": "name rule",
    "find": "conclude infer derive assert deduce fact finding",
    "consider": "permit permitted allow may option",
    "recommend": "oblige obligation require required must should advise do",
    "avoid": "forbid prohibit prohibited forbidden must_not reject deny",
    "defer": "wait postpone delay later",
    "caution": "warn warning beware",
    "ask": "question prompt text",
    "values": "type options choices enum answers domain",
    "title": "name label text",
    "says": "text statement title meaning name label",
    "after": "requires needs depends_on prerequisites before",
    "never": "not exclude excludes forbid when if",
    "any": "or either any_of one_of",
}
_KEYS: Mapping[str, tuple[str, ...]] = {
    word: tuple(key for key, words in _WORDS.items() if word in words.split())
    for words in _WORDS.values()
    for word in words.split()
}
#: What to do for words that may stand among conditions elsewhere, and mean something else than a name.
_AMONG_CONDITIONS = {
    "not": "what must not be so stands under `unless`, beside `when`; of a fact, list the other values",
    "and": "what stands together in a mapping must all hold: leave it out",
    "all": "what stands together in a mapping must all hold: leave it out",
    "all_of": "what stands together in a mapping must all hold: leave it out",
}


def key_for(word: str, keys: Iterable[str]) -> str | None:
    """
    Return the one of the keys that a word stands for in other notations, or None.

    >>> key_for("permit", ["find", "consider"]), key_for("if", ["when", "then"]), key_for("wehn", ["when"])
    ('consider', 'when', None)
    """
    known = set(keys)
    return next((key for key in _KEYS.get(_folded(word), ()) if key in known), None)


def among_conditions(word: str) -> tuple[str, ...]:
    """Return the help for a word that is no name, where it stands among conditions as in other notations."""
    folded = _folded(word)
    if key_for(folded, ["any"]):
        return ("`any` holds a list of conditions, one of which must hold",)
    return (_AMONG_CONDITIONS[folded],) if folded in _AMONG_CONDITIONS else ()


def _folded(word: str) -> str:
    return word.casefold().replace("-", "_").replace(" ", "_")
