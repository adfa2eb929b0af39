"""What the tests of the bundled rulebook ask it: a verdict, the cautions, the rules behind them."""

from __future__ import annotations

from functools import cache

import plenipo
from plenipo.advice.conclude import Advice
from plenipo.rulebook.model import Rule, Rulebook, Verb

FOR = {"recommend", "consider"}


@cache
def _book() -> Rulebook:
    return plenipo.load_rulebook()


@cache
def _advice(facts: tuple[tuple[str, str], ...], source: str | None) -> Advice:
    return plenipo.advise(dict(facts), source=source, rulebook=_book())


def advice(source: str | None = None, **facts: str) -> Advice:
    """Return the advice on the facts given, all others unknown."""
    return _advice(tuple(sorted(facts.items())), source)


def verdict(option: str, **facts: str) -> str:
    """Return the verdict on an option."""
    return advice(**facts).options[option].verdict.value


def verdicts(*options: str, **facts: str) -> set[str]:
    """Return the verdicts that the options have among them."""
    return {verdict(option, **facts) for option in options}


def cautions(option: str, **facts: str) -> set[str]:
    """Return the ids of the rules that attach a caution to an option."""
    return {rule.id for rule in advice(**facts).options[option].cautions}


def rules_on(option: str, *verbs: str) -> list[Rule]:
    """Return the rules that can draw one of the verbs on an option."""
    wanted = {Verb(verb) for verb in verbs}
    rules = _book().rules.values()
    return [rule for rule in rules if any(drawn.on == option and drawn.verb in wanted for drawn in rule.then)]


def read_by(rule: Rule) -> set[str]:
    """Return every fact that a rule reads, directly or through the findings it reads."""
    book = _book()
    names = {atom.name for atom in rule.every_atom()}
    facts = names & set(book.facts)
    for other in book.rules.values():
        if any(drawn.verb is Verb.FIND and drawn.on in names for drawn in other.then):
            facts |= read_by(other)
    return facts
