"""
Words that several kinds of answer share: numbers, lists, citations, situations, facts with their values.

All of it is plain text; each format adds its own marks and cleans what came from files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from plenipo.advice.conclude import Advice
from plenipo.rulebook.model import UNKNOWN, Basis, Fact, Rule, Rulebook, Situation, Strength


def counted(number: int, one: str, many: str = "") -> str:
    """
    Return how many there are of something.

    >>> counted(1, "verdict"), counted(3, "way"), counted(2, "is", "are"), counted(12_000, "row")
    ('1 verdict', '3 ways', '2 are', '12,000 rows')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Iterable[str], last: str = "and") -> str:
    """
    Return words as a list in a sentence.

    >>> listed(["one"]), listed(["one", "two", "three"], "or")
    ('one', 'one, two or three')
    """
    *before, final = words
    return f"{', '.join(before)} {last} {final}" if before else final


def labels(fact: Fact, values: Iterable[str]) -> str:
    """Return the answers that values mean, any of which would do."""
    return " / ".join("not known" if value == UNKNOWN else fact.values.get(value, value) for value in values)


def facts(rulebook: Rulebook, ids: Iterable[str]) -> str:
    """Return facts by the names that reports call them by."""
    return listed(rulebook.facts[id].name for id in ids)


def citation(cite: Iterable[str], basis: Basis | None = None, strength: Strength | None = None) -> str:
    """
    Return where a statement comes from, whether an essay states it, and how strongly it is put.

    >>> citation(["A42", "B71"], Basis.STATED, Strength.SHOULD)
    '[A42, B71 · stated · should]'
    """
    parts = [", ".join(cite), basis.value if basis else "", strength.value if strength else ""]
    said = " · ".join(part for part in parts if part)
    return f"[{said}]" if said else ""


def rule_citation(rule: Rule) -> str:
    """Return the citation of a rule."""
    return citation(rule.cite, rule.basis, rule.strength)


def place(rule: Rule) -> str:
    """Return where a rule is written, as its file's name and line."""
    if rule.location is None:
        return rule.track
    name = "/".join(rule.location.file.replace("\\", "/").split("/")[-2:])
    return f"{name}:{rule.location.line}" if rule.location.line else name


def title(situation: Situation) -> str:
    """Return what a situation is called."""
    return situation.title or situation.name or "A situation without a name"


def header(advice: Advice, remark: str = "") -> str:
    """Return when a situation is set, how much of it is known, and whatever remark belongs to the answer."""
    situation = advice.situation
    as_of = f"as of {situation.as_of}" if situation.as_of else ""
    return " · ".join(part for part in (as_of, how_much_is_known(advice.rulebook, situation), remark) if part)


def known(rulebook: Rulebook, situation: Situation) -> tuple[str, ...]:
    """Return the facts that are known in the situation, in the order of the rulebook."""
    return tuple(id for id in rulebook.facts if situation.facts.get(id, UNKNOWN) != UNKNOWN)


def taken_over(situation: Situation) -> str:
    """Return how many facts were taken over from which situations, in a clause, or nothing."""
    counts = Counter(situation.taken_over.values())
    return "".join(f", {number} taken over from {origin}" for origin, number in counts.items())


def how_much_is_known(rulebook: Rulebook, situation: Situation) -> str:
    """Return how many of the facts are known in the situation, in a clause."""
    number, all_facts = len(known(rulebook, situation)), len(rulebook.facts)
    likely = f" ({len(situation.likely)} more only likely, taken as unknown)" if situation.likely else ""
    likely += taken_over(situation)
    if not number:
        return f"none of {all_facts} facts known{likely}, so this is only the advice that needs none"
    return f"{number} of {all_facts} facts known{likely}"
