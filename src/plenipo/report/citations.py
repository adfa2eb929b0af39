"""The propositions an answer cites, and the paragraphs they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from plenipo.rulebook.model import Proposition, Rulebook

#: The reader's own copy of the essays: (source id, number of the paragraph) -> its text.
Texts = Mapping[tuple[str, int], str]


def citations(rulebook: Rulebook, rules: Iterable[str]) -> tuple[Proposition, ...]:
    """Return the propositions that rules cite, by source and number; names that are no rule's are passed over."""
    told = (rulebook.rules[id] for id in rules if id in rulebook.rules)
    cited = sorted({id for rule in told for id in rule.cite if id in rulebook.propositions})
    return tuple(rulebook.propositions[id] for id in cited)
