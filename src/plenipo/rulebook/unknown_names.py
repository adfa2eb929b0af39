"""
Names that a rulebook does not know as what they were given for: what to say of them.

A name may belong to something else, be in the place of another argument, or be misspelt. This knows the rulebook and
what comes with it, and opens no file.
"""

from collections.abc import Iterable
from pathlib import PurePath

from plenipo.did_you_mean import did_you_mean
from plenipo.errors import UnknownNameError, quoted
from plenipo.rulebook import locations
from plenipo.rulebook.files import FILE_ENDINGS
from plenipo.rulebook.model import Fact, Option, Rule, Rulebook, a_kind, kind_name
from plenipo.rulebook.verdict import Verdict


def no_option(rulebook: Rulebook, word: str) -> UnknownNameError:
    """Return the fault of a word that is not the id of an option, saying what it is or which option is meant."""
    return _no(Option, rulebook, word, rulebook.options)


def no_fact(rulebook: Rulebook, word: str, *, more: Iterable[str] = ()) -> UnknownNameError:
    """Return the fault of a word that is not the id of a fact; `more` are words that are allowed instead of one."""
    return _no(Fact, rulebook, word, (*rulebook.facts, *more))


def no_rule(rulebook: Rulebook, word: str) -> UnknownNameError:
    """Return the fault of a word that is not the id of a rule."""
    return _no(Rule, rulebook, word, rulebook.rules)


def no_verdict(word: str) -> UnknownNameError:
    """Return the fault of a word that is not a verdict."""
    known = ", ".join(f"`{verdict}`" for verdict in Verdict)
    help = (*did_you_mean(word, Verdict), f"the verdicts are {known}")
    return UnknownNameError(f"no verdict is called {quoted(word)}", help=help)


def out_of_place(rulebook: Rulebook, word: str) -> tuple[str, ...]:
    """Return the help on a word that was given for a situation, and names something in the rulebook."""
    thing = rulebook.things.get(word)
    return (f"it is {a_kind(type(thing))}, and FILE comes first",) if thing else ()


def _no(kind: type, rulebook: Rulebook, word: str, known: Iterable[str]) -> UnknownNameError:
    name = kind_name(kind)
    help = _instead(rulebook, word) or did_you_mean(word, known) or (f"`plenipo show {name}s` lists them",)
    return UnknownNameError(f"no {name} is called {quoted(word)}", help=help)


def _instead(rulebook: Rulebook, word: str) -> tuple[str, ...]:
    """Return the help on a word that means something else."""
    if thing := rulebook.things.get(word):
        return (f"it is {a_kind(type(thing))}; `plenipo show {word}` shows what touches it",)
    if PurePath(word).suffix.lower() in FILE_ENDINGS:
        return ("it looks like a file, and FILE comes first",)
    if word in locations.situations(rulebook.folder):
        return ("it is a situation, and FILE comes first",)
    return ()
