"""
Names that a rulebook does not know as what they were given for: what to say of them.

A name may be that of something else, stand where another argument belongs, or be misspelt. This knows the rulebook and
what comes with it, and looks into no file.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from plenipo.errors import UsageError, did_you_mean
from plenipo.rulebook import locations
from plenipo.rulebook.faults import quoted
from plenipo.rulebook.files import ENDINGS
from plenipo.rulebook.model import Rulebook


def no_option(rulebook: Rulebook, word: str) -> UsageError:
    """Return the fault of a word that is no option's id, saying what it is instead or which option is meant."""
    near = did_you_mean(word, rulebook.options) or ("`plenipo show options` lists them",)
    return UsageError(f"no option is called {quoted(word)}", help=_instead(rulebook, word, but="option") or near)


def no_fact(rulebook: Rulebook, word: str, *, more: Iterable[str] = ()) -> UsageError:
    """Return the fault of a word that is no fact's id; `more` are words that may stand in a fact's place."""
    near = did_you_mean(word, (*rulebook.facts, *more)) or ("`plenipo show facts` lists them",)
    return UsageError(f"no fact is called {quoted(word)}", help=_instead(rulebook, word, but="fact") or near)


def no_rule(rulebook: Rulebook, word: str) -> UsageError:
    """Return the fault of a word that is not the id of a rule."""
    near = did_you_mean(word, rulebook.rules) or ("`plenipo show rules` lists them",)
    return UsageError(f"no rule is called {quoted(word)}", help=_instead(rulebook, word, but="rule") or near)


def kind_of(rulebook: Rulebook, word: str) -> str:
    """Return what in a rulebook bears a name, in one word, or nothing when nothing does."""
    tables = {
        "fact": rulebook.facts,
        "option": rulebook.options,
        "finding": rulebook.findings,
        "party": rulebook.parties,
        "subject": rulebook.subjects,
        "rule": rulebook.rules,
        "constraint": {each.id for each in rulebook.constraints},
        "proposition": rulebook.propositions,
        "source": rulebook.sources,
    }
    return next((kind for kind, names in tables.items() if word in names), "")


def out_of_place(rulebook: Rulebook, word: str) -> tuple[str, ...]:
    """Return the help on a word that was given for a situation, and names something in the rulebook."""
    kind = kind_of(rulebook, word)
    return (f"it is {_a(kind)}, and FILE comes first",) if kind else ()


def _a(kind: str) -> str:
    return f"{'an' if kind == 'option' else 'a'} {kind}"


def _instead(rulebook: Rulebook, word: str, *, but: str) -> tuple[str, ...]:
    """Return the help on a word that means something, though not what it was given for."""
    if (kind := kind_of(rulebook, word)) and kind != but:
        return (f"it is {_a(kind)}; `plenipo show {word}` tells what touches it",)
    if PurePath(word).suffix in ENDINGS:
        return ("it looks like a file, and FILE comes first",)
    if word in locations.situations():
        return ("it is a situation, and FILE comes first",)
    return ()
