"""
A situation in the address of the page, so that reload, Back and a bookmark bring it back and nothing has to be kept.

A fact is a parameter of its id, a yes or no as `yes` and `no`; `unknown` says that it was asked and is not known. What
else there is to say has a parameter that begins with an underscore, as no id does. Notes and likelihoods are too long
for an address: they travel with the form, as the text of a fact file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qsl, urlencode

from plenipo.rulebook.model import UNKNOWN, Rulebook, Situation
from plenipo.situations.read import read_situation
from plenipo.situations.write import fact_file

#: What an address may say beside facts, and the most parameters that are looked at.
TITLE, AS_OF, CONSIDERING, ABOUT = "_title", "_as_of", "_considering", "_ask"
LAST, WAS, GO_ON, CARRIED = "_last", "_was", "_further", "_carried"
MOST_PARAMETERS = 500


@dataclass(frozen=True)
class Asked:
    """
    What an address and its form ask for.

    `answers` are fact -> value, or `unknown` for what was asked and is not known. `ask` is a fact to ask about next,
    `last` the one that was answered last and `was` what it was before (empty: not answered). `further` goes on asking
    when the main advice is final. `carried` has the notes, likelihoods and the rest of a file that was opened.
    `dropped` are the words of the address that say nothing here.
    """

    rulebook: Rulebook
    answers: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    as_of: str = ""
    considering: tuple[str, ...] = ()
    ask: str = ""
    last: str = ""
    was: str = ""
    further: bool = False
    carried: Situation = field(default_factory=Situation)
    dropped: tuple[str, ...] = ()

    @property
    def situation(self) -> Situation:
        """The situation: what the address says, with what the form carries for the facts as they are."""
        known = {id: value for id, value in self.answers.items() if value != UNKNOWN}
        return replace(
            self.carried,
            facts=known,
            title=self.title,
            as_of=self.as_of,
            considering=self.considering,
            notes={id: note for id, note in self.carried.notes.items() if self._as_carried(id)},
            likely={id: weights for id, weights in self.carried.likely.items() if id not in known},
            taken_over={},
            based_on="",
        )

    @property
    def carries(self) -> bool:
        """Whether there is anything that the address cannot say."""
        return bool(self.carried.notes or self.carried.likely or self.carried.expect or self.carried.readers)

    def _as_carried(self, fact: str) -> bool:
        return fact not in self.carried.facts or self.carried.facts[fact] == self.answers.get(fact)

    def address(self, path: str = "/", **more: str) -> str:
        """Return the address of this situation under a path, with `more` parameters; facts are in one order always."""
        values = {id: self.spelled(id, self.answers[id]) for id in self.rulebook.facts if id in self.answers}
        own = {TITLE: self.title, AS_OF: self.as_of, CONSIDERING: ",".join(self.considering)}
        own |= {GO_ON: "1" if self.further else ""}
        query = urlencode({name: value for name, value in {**values, **own, **more}.items() if value})
        return f"{path}?{query}" if query else path

    def spelled(self, fact: str, value: str) -> str:
        """Return a value as a person writes it."""
        known = self.rulebook.facts[fact]
        return dict(zip(known.values, known.spelled, strict=True)).get(value, value)

    def answered(self, fact: str, value: str) -> Asked:
        """Return what is asked for once a fact has a value, is `unknown`, or, for an empty value, was not asked."""
        others = {id: held for id, held in self.answers.items() if id != fact}
        answers = {**others, fact: value} if value else others
        return replace(self, answers=answers, ask="", last=fact, was=self.answers.get(fact, ""))

    def step(self, fact: str, value: str, path: str = "/") -> str:
        """Return the address to which an answer leads, which says what was answered last."""
        after = self.answered(fact, value)
        was = self.spelled(fact, after.was) if after.was else ""
        return after.address(path, **{LAST: fact, WAS: was})

    @property
    def carried_text(self) -> str:
        """What the form carries: the file that was opened, with its facts, notes and likelihoods."""
        return fact_file(self.carried) if self.carries else ""


def read_address(rulebook: Rulebook, query: str, form: str = "") -> Asked:
    """
    Return what an address and a form sent to it ask for; words that mean nothing here are dropped and told.

    A parameter that is there twice counts once, but for options under discussion; the address counts before the form.

    Raises:
        SituationError: what the form carries is no fact file.
    """
    said: dict[str, str] = {}
    dropped: list[str] = []
    discussed: list[str] = []
    for name, value in parameters(query) + parameters(form):
        said.setdefault(name, value)
        discussed += value.split(",") if name == CONSIDERING else []
    answers = {}
    for id in rulebook.facts:
        held = rulebook.facts[id].read(said[id]) if said.get(id, "").strip() else None
        if held is not None:
            answers[id] = held
    dropped += [
        f"{name}={said[name]}" if name in rulebook.facts else name
        for name in said
        if not name.startswith("_") and name not in answers
    ]
    considering = tuple(dict.fromkeys(id for id in discussed if id in rulebook.options))
    last = said.get(LAST, "") if said.get(LAST) in rulebook.facts else ""
    carried = said.get(CARRIED, "")
    return Asked(
        rulebook,
        answers,
        said.get(TITLE, ""),
        said.get(AS_OF, ""),
        considering,
        said.get(ABOUT, "") if said.get(ABOUT) in rulebook.facts else "",
        last,
        (rulebook.facts[last].read(said[WAS]) or "") if last and said.get(WAS, "").strip() else "",
        said.get(GO_ON) == "1",
        read_situation(rulebook, carried, "the opened file") if carried else Situation(),
        tuple(dropped),
    )


def parameters(text: str) -> list[tuple[str, str]]:
    """
    Return the names and values of an address or a form.

    Raises:
        ValueError: there are more than anybody could mean.
    """
    return parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_PARAMETERS)


def opened(rulebook: Rulebook, situation: Situation, asked_unknown: Iterable[str] = ()) -> Asked:
    """Return what asks for a situation that was opened, all of its own facts and those that it takes over."""
    answers = {**dict.fromkeys(asked_unknown, UNKNOWN), **situation.facts}
    kept = replace(situation, taken_over={}, based_on="", considering=(), title="", as_of="", name="", file="")
    return Asked(rulebook, answers, situation.title, situation.as_of, situation.considering, carried=kept)
