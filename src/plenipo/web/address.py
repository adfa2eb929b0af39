"""
A situation in the address of the page, so that reload, Back and a bookmark bring it back and nothing has to be kept.

A fact is a parameter of its id, a yes or no as `yes` and `no`; `unknown` says that it was asked and is not known. What
else there is to say has a parameter that begins with an underscore, as no id does. Notes and likelihoods are too long
for an address: those of a situation that comes with the rulebook are found by its name, and those of a file that was
opened travel with the form, as the text of a fact file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import parse_qsl, urlencode

from plenipo.report.untrusted_text import clean
from plenipo.rulebook.loose_names import tell
from plenipo.rulebook.model import UNKNOWN, LooseReading, Rulebook, Situation
from plenipo.situations.read import read_situation
from plenipo.situations.write import fact_file

#: What an address may say beside facts.
TITLE, AS_OF, CONSIDERING, ABOUT = "_title", "_as_of", "_considering", "_ask"
LAST, WAS, GO_ON, CARRIED, FROM = "_last", "_was", "_further", "_carried", "_from"
#: What single views are asked beside: why not a verdict, what to compare with, and the text of another situation.
WHY_NOT, WITH, TEXT = "_why_not", "_with", "_text"
WORDS = frozenset({TITLE, AS_OF, CONSIDERING, ABOUT, LAST, WAS, GO_ON, CARRIED, FROM, WHY_NOT, WITH, TEXT})
#: The most parameters that are looked at, and the longest title.
MOST_PARAMETERS, LONGEST_TITLE = 500, 300


@dataclass(frozen=True)
class Asked:
    """
    What an address and its form ask for.

    `answers` are fact -> value, or `unknown` for what was asked and is not known. `ask` is a fact to ask about next,
    `was` the facts that were answered last with what they were before (empty: not answered). `further` goes on asking
    when the main advice is final. `origin` names the situation that it began with, and `carried` has the notes,
    likelihoods and the rest of that, or of a file that was opened. `dropped` are the words of the address that say
    nothing here, and `more` what single views are asked. `readings` are the words of this request that were taken for
    a name without being it; they are added as they are read.
    """

    rulebook: Rulebook
    answers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    as_of: str = ""
    considering: tuple[str, ...] = ()
    ask: str = ""
    was: Mapping[str, str] = field(default_factory=dict)
    further: bool = False
    origin: str = ""
    carried: Situation = field(default_factory=Situation)
    dropped: tuple[str, ...] = ()
    more: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[LooseReading, None] = field(default_factory=dict)

    @cached_property
    def known(self) -> Mapping[str, str]:
        """The facts that are known."""
        return {id: value for id, value in self.answers.items() if value != UNKNOWN}

    @cached_property
    def unknown(self) -> tuple[str, ...]:
        """The facts that were asked and are not known."""
        return tuple(id for id, value in self.answers.items() if value == UNKNOWN)

    @cached_property
    def situation(self) -> Situation:
        """The situation: what the address says, with what is carried for the facts as they are."""
        return replace(
            self.carried,
            facts=self.known,
            name="",
            title=self.title,
            as_of=self.as_of,
            considering=self.considering,
            notes={id: note for id, note in self.carried.notes.items() if self._as_carried(id)},
            likely={id: weights for id, weights in self.carried.likely.items() if id not in self.known},
            taken_over={},
            based_on="",
            file="",
        )

    def _as_carried(self, fact: str) -> bool:
        return fact not in self.carried.facts or self.carried.facts[fact] == self.answers.get(fact)

    @cached_property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What an address says of this situation, facts first and in one order always."""
        facts = [(id, self.spelled(id, self.answers[id])) for id in self.rulebook.facts if id in self.answers]
        own = {TITLE: self.title, AS_OF: self.as_of, CONSIDERING: ",".join(self.considering), FROM: self.origin}
        own |= {GO_ON: "1" if self.further else ""}
        return (*facts, *((name, value) for name, value in own.items() if value))

    @cached_property
    def _query(self) -> str:
        return urlencode(self.parameters)

    def address(self, path: str = "/", **more: str) -> str:
        """Return the address of this situation under a path, with `more` parameters."""
        query = "&".join(part for part in (self._query, urlencode({k: v for k, v in more.items() if v})) if part)
        return f"{path}?{query}" if query else path

    def own_address(self, path: str) -> str:
        """Return the address of this view of it, with what was answered last and what the view was asked."""
        last = {LAST: ",".join(self.was), WAS: ",".join(self._were)} if self.was else {}
        return self.address(path, **{ABOUT: self.ask}, **last, **self.more)

    @property
    def _were(self) -> Iterable[str]:
        return (self.spelled(id, value) if value else "" for id, value in self.was.items())

    def spelled(self, fact: str, value: str) -> str:
        """Return a value as a person writes it."""
        known = self.rulebook.facts[fact]
        return dict(zip(known.values, known.spelled, strict=True)).get(value, value)

    def answered(self, answers: Mapping[str, str]) -> Asked:
        """Return what is asked for once facts have a value, are `unknown`, or, for an empty value, were not asked."""
        kept = {id: value for id, value in {**self.answers, **answers}.items() if value}
        return replace(self, answers=kept, ask="", was={id: self.answers.get(id, "") for id in answers}, more={})

    @property
    def before(self) -> Mapping[str, str]:
        """The answers before the last."""
        return {id: value for id, value in {**self.answers, **self.was}.items() if value}

    @cached_property
    def carried_text(self) -> str:
        """What the form carries: the file that was opened, where it says anything that the address cannot."""
        carried = self.carried
        beyond = carried.notes or carried.likely or carried.expect or carried.readers
        return fact_file(carried) if beyond and not self.origin else ""


def read_address(
    rulebook: Rulebook, query: str, form: str = "", named: Callable[[str], Situation | None] = lambda _: None
) -> Asked:
    """
    Return what an address and a form sent to it ask for; words that mean nothing here are dropped and told.

    A parameter that is there twice counts once, but for options under discussion; the form counts before the address.
    `named` finds a situation that comes with the rulebook.

    Raises:
        SituationError: what the form carries is no fact file.
        ValueError: there are more parameters than anybody could mean.
    """
    said: dict[str, str] = {}
    discussed: list[str] = []
    for name, value in parameters(form) + parameters(query):
        said.setdefault(name, value)
        discussed += value.split(",") if name == CONSIDERING else []
    read = {id: rulebook.facts[id].read(said[id]) for id in rulebook.facts if said.get(id, "").strip()}
    answers = {id: value for id, value in read.items() if value is not None}
    origin = said.get(FROM, "")
    begun, carried = named(origin) if origin else None, said.get(CARRIED, "")
    return Asked(
        rulebook,
        answers,
        clean(said.get(TITLE, ""))[:LONGEST_TITLE],
        clean(said.get(AS_OF, ""))[:LONGEST_TITLE],
        tuple(dict.fromkeys(id for id in discussed if id in rulebook.options)),
        said.get(ABOUT, "") if said.get(ABOUT) in rulebook.facts else "",
        _was(rulebook, said),
        said.get(GO_ON) == "1",
        origin if begun else "",
        begun or (read_text(rulebook, carried, "the opened file") if carried else Situation()),
        tuple(_dropped(rulebook, said, answers, discussed)) + ((f"{FROM}={origin}",) if origin and not begun else ()),
        {name: said[name] for name in (WHY_NOT, WITH) if said.get(name)},
    )


def read_text(rulebook: Rulebook, text: str, name: str) -> Situation:
    """
    Return the situation in a text that came with a request, telling which of its words were read loosely.

    Raises:
        SituationError: something is wrong with it; the error holds every fault.
    """
    found = read_situation(rulebook, text, name)
    tell(found.read_as)
    return found


def _was(rulebook: Rulebook, said: Mapping[str, str]) -> Mapping[str, str]:
    """Return the facts that were answered last, with their values before, as far as they can be read."""
    last = said.get(LAST, "").split(",")
    were = (*said.get(WAS, "").split(","), *("" for _ in last))
    facts = {id: text for id, text in zip(last, were, strict=False) if id in rulebook.facts}
    return {id: (rulebook.facts[id].read(text) or "") if text.strip() else "" for id, text in facts.items()}


def _dropped(
    rulebook: Rulebook, said: Mapping[str, str], answers: Mapping[str, str], discussed: Iterable[str]
) -> Iterable[str]:
    """Yield the words that mean nothing here, as they were said; an empty value of a fact says nothing at all."""
    for name, value in said.items():
        if name in rulebook.facts:
            if value.strip() and name not in answers:
                yield f"{name}={value}"
        elif name not in WORDS:
            yield name
    yield from (f"{CONSIDERING}={id}" for id in dict.fromkeys(discussed) if id and id not in rulebook.options)
    yield from (f"{ABOUT}={said[ABOUT]}" for _ in said.get(ABOUT, "")[:1] if said[ABOUT] not in rulebook.facts)


def parameters(text: str) -> list[tuple[str, str]]:
    """
    Return the names and values of an address or a form.

    Raises:
        ValueError: there are more than anybody could mean.
    """
    return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)


def opened(rulebook: Rulebook, situation: Situation, origin: str = "") -> Asked:
    """
    Return what asks for a situation that was opened, all of its own facts and those that it takes over.

    `origin` is its name, where it comes with the rulebook: what holds for it as it was is not kept then.
    """
    kept = replace(situation, taken_over={}, based_on="", considering=(), title="", as_of="", name="", file="")
    return Asked(
        rulebook,
        dict(situation.facts),
        clean(situation.title)[:LONGEST_TITLE],
        clean(situation.as_of)[:LONGEST_TITLE],
        situation.considering,
        origin=origin,
        carried=replace(kept, expect={}, readers={}) if origin else kept,
    )
