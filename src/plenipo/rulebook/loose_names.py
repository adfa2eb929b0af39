"""
Names as people type them: a word is taken for the one name that it can mean.

Case, spaces, hyphens, underscores and quotes make no difference, nor does it matter whether the id, the title or the
label of a value is given. What is written in full always counts before what is only alike, and spelling is never
guessed. Each word that is read so is told, as a warning (`LooselyRead`) or to whoever asked to hear of it. Rulebook
files are not read by this.
"""

import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache

from plenipo.errors import UsageError, quoted, quoted_list
from plenipo.rulebook.conditions import BLANKS, SPELLINGS, UNKNOWN
from plenipo.rulebook.model import (
    Constraint,
    Fact,
    Finding,
    LooseReading,
    Option,
    Party,
    Proposition,
    Rule,
    Rulebook,
    Source,
    Subject,
    Thing,
    kind_name,
)

#: What makes no difference: every space and dash, the underscore, and quotes and accents used as quotes.
_LEFT_OUT_KINDS = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd", "Pi", "Pf"})
_LEFT_OUT = frozenset("_\"'`\u00b4\u02b9\u02ba\u02bb\u02bc\u2032\u2033\u201a\u201e\u2212")
THINGS = (Fact, Option, Finding, Party, Subject, Rule, Constraint, Proposition, Source)
#: Id -> the other forms in which it is printed.
Forms = Mapping[str, Iterable[str]]
#: What means that a fact is not known, without what makes no difference: the word, and what reports say.
_UNKNOWN = frozenset({UNKNOWN, "notknown"})
_NO, _NONE = "no", "none"
#: How the label of a value begins that "no" can mean as well.
_NOES = frozenset({_NO, _NONE, "not", "nothing", "nobody", "neither", "never"})

_exact: ContextVar[bool] = ContextVar("exact", default=False)


class LooselyRead(UserWarning):
    """A word was taken for a name that it is not, letter by letter; the text says for which."""


@contextmanager
def exact_names(wanted: bool = True) -> Iterator[None]:
    """Take every name only as it is written in the rulebook, for the time being."""
    token = _exact.set(wanted)
    try:
        yield
    finally:
        _exact.reset(token)


def _warn(reading: LooseReading) -> None:
    warnings.warn(str(reading), LooselyRead, stacklevel=3)


# of a thread or task alone, as warnings are not: what one request is told another must not hear
_hear: ContextVar[Callable[[LooseReading], object]] = ContextVar("hear", default=_warn)


@contextmanager
def heard_by(hear: Callable[[LooseReading], object]) -> Iterator[None]:
    """Tell `hear` of words that are read loosely, in place of a warning: for the time being, and here alone."""
    token = _hear.set(hear)
    try:
        yield
    finally:
        _hear.reset(token)


def tell(readings: Iterable[LooseReading]) -> None:
    """Tell of each of some readings."""
    for reading in readings:
        _hear.get()(reading)


def loose_key(word: str) -> str:
    """
    Return what is left of a word without what makes no difference.

    >>> {loose_key(word) for word in ("US\u2013China\u00a0Friction", "us_china_friction", "\uff35s 'China' friction")}
    {'uschinafriction'}
    """
    plain = "".join(each for each in word if each not in _LEFT_OUT)
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", plain).casefold())
    return "".join(
        each for each in folded if each not in _LEFT_OUT and unicodedata.category(each) not in _LEFT_OUT_KINDS
    )


class Names:
    """Some ids, each with the other forms in which it is printed; `short` has forms that count if no other does."""

    def __init__(self, forms: Forms, short: Forms | None = None) -> None:
        self._ids = frozenset(forms)
        self._full: dict[str, dict[str, None]] = {}
        self._loose: dict[str, dict[str, None]] = {}
        self._short: dict[str, dict[str, None]] = {}
        for id, others in forms.items():
            for form in (id, *others):
                self._full.setdefault(" ".join(form.split()), {})[id] = None
                self._loose.setdefault(loose_key(form), {})[id] = None
        for id, others in (short or {}).items():
            for form in others:
                self._short.setdefault(loose_key(form), {})[id] = None

    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Return what `loose_key` makes of each form, with the ids that it can mean."""
        return {key: tuple(ids) for key, ids in self._loose.items() if key}

    def meant(self, word: str) -> tuple[str, ...]:
        """Return the ids that a word can mean: the one that it is, else those printed so, else those like it."""
        if word in self._ids:
            return (word,)
        if _exact.get():
            return ()
        full, key = self._full.get(" ".join(word.split())), loose_key(word)
        loose = self._loose.get(key) or self._short.get(key) if key else None
        return tuple(full or loose or ())


def meant(rulebook: Rulebook, word: str, *kinds: type[Thing]) -> tuple[str, ...]:
    """Return the ids of some kinds of things that a word can mean; the id of another thing means nothing else."""
    found = names_of(rulebook, kinds).meant(word)
    return () if found != (word,) and word in rulebook.things else found


@lru_cache(maxsize=32)
def names_of(rulebook: Rulebook, kinds: tuple[type[Thing], ...]) -> Names:
    """Return the names of some kinds of things in a rulebook."""
    return Names(forms_of(rulebook, kinds), short_forms(rulebook) if Option in kinds else None)


def short_forms(rulebook: Rulebook) -> Forms:
    """Return the forms in which people name a step, without the verb that its title begins with."""
    return {id: _without_verb(option.title) for id, option in rulebook.options.items()}


def forms_of(rulebook: Rulebook, kinds: Iterable[type[Thing]] = THINGS) -> Forms:
    """Return the forms in which things of some kinds are printed."""
    tables: Mapping[type[Thing], Mapping[str, Thing]] = {
        Fact: rulebook.facts,
        Option: rulebook.options,
        Finding: rulebook.findings,
        Party: rulebook.parties,
        Subject: rulebook.subjects,
        Rule: rulebook.rules,
        Constraint: {constraint.id: constraint for constraint in rulebook.constraints},
        Proposition: rulebook.propositions,
        Source: rulebook.sources,
    }
    forms: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        for id, thing in tables[kind].items():
            forms[id] = (*forms.get(id, ()), *_forms(thing))
    return forms


def taken(rulebook: Rulebook, word: str, kind: type[Thing]) -> str:
    """
    Return the id that a word means, telling where it is not the id itself; a word that means nothing comes back as is.

    Raises:
        UsageError: it can mean several.
    """
    return only(word, meant(rulebook, word, kind), kind_name(kind))


def only(word: str, found: Sequence[str], kind: str) -> str:
    """Return the only name that a word can mean, or the word if there is none; it tells and raises as `taken` does."""
    if len(found) > 1:
        raise UsageError(several(word, found, kind), help=(WRITE_ID,))
    if found and found[0] != word:
        tell([LooseReading(word, found[0])])
    return found[0] if found else word


#: What to do about a word that can mean several names.
WRITE_ID = "write the one that you mean exactly so"


def several(word: str, found: Iterable[str], kind: str) -> str:
    """Return the message about a word that can mean several names."""
    return f"{quoted(word)} can mean more than one {kind}: {quoted_list(found)}"


class ValueNames:
    """The values of a fact by their ids, their labels and `unknown`."""

    def __init__(self, fact: Fact) -> None:
        self._fact = fact

    @cached_property
    def _names(self) -> Names:
        fact = self._fact
        return Names({value: (label, *_spellings(fact, value)) for value, label in fact.values.items()})

    def meant(self, text: str) -> tuple[str, ...]:
        """Return the values that a text can mean, `unknown` among them; none where it means nothing."""
        fact, word = self._fact, text.strip()
        read = fact.read(text)
        if word in fact.values or word in BLANKS or (fact.boolean and word in SPELLINGS):
            return () if read is None else (read,)
        if _exact.get():
            return (read,) if read is not None and self._is_written(word) else ()
        unknown = UNKNOWN if loose_key(text) in _UNKNOWN else None
        found = dict.fromkeys((read, unknown, *self._names.meant(text)))
        return tuple(value for value in found if value is not None) or self._none(word)

    def keys(self) -> Mapping[str, tuple[str, ...]]:
        """Return what `loose_key` makes of each form of a value, with the values that it can mean; none where exact."""
        return {} if _exact.get() else self._names.keys()

    def reading(self, text: str, value: str) -> LooseReading | None:
        """Return what to tell of a text that is read as a value: nothing where it is one of the ways to write it."""
        return None if self._is_written(text.strip()) else LooseReading(text.strip(), value, self._fact.id)

    def _is_written(self, word: str) -> bool:
        """Return whether a word is a value, or one of those for yes, no and unknown, which YAML knows in any case."""
        fact, folded = self._fact, word.casefold()
        yes_or_no = fact.boolean and (folded in fact.values or folded in SPELLINGS)
        return word in fact.values or folded in BLANKS or yes_or_no

    def _none(self, word: str) -> tuple[str, ...]:
        """Return the value `none` for a "no" that can mean nothing else."""
        if self._fact.boolean or word.casefold() != _NO or _NONE not in self._fact.values:
            return ()
        others = (form for value, label in self._fact.values.items() if value != _NONE for form in (value, label))
        return () if any(re.split(r"[\W_]+", form.casefold())[0] in _NOES for form in others) else (_NONE,)


def _spellings(fact: Fact, value: str) -> Iterator[str]:
    if fact.boolean:
        yield from (spelling for spelling, other in SPELLINGS.items() if other == value)


def _without_verb(title: str) -> tuple[str, ...]:
    """Return a title without its first word, if more than one is left."""
    rest = title.strip().partition(" ")[2]
    return (rest,) if " " in rest.strip() else ()


def _forms(thing: Thing) -> tuple[str, ...]:
    """Return in which forms a thing is printed, its id aside."""
    forms: tuple[str, ...] = ()
    match thing:
        case Fact():
            forms = (thing.title, thing.ask)
        case Option() | Party() | Subject():
            forms = (thing.title,)
        case Finding():
            forms = (thing.says, thing.says.rstrip("."))
        case Source():
            forms = (thing.title, thing.called)
    return tuple(filter(None, forms))
