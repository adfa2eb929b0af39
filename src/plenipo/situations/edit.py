"""
Editing a fact file: answers, a title, a time or a base written into its text, with everything else in it kept.

Lines may be laid out anew, but comments, order and line ends stay. What was written is read back before it counts: a
text that would then say anything else than was meant is refused, not damaged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from plenipo.errors import SituationError
from plenipo.rulebook.fault_list import Faults
from plenipo.rulebook.loose_names import meant
from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook, Situation
from plenipo.rulebook.yaml_node import Node
from plenipo.rulebook.yaml_reader import parse
from plenipo.situations.fact_file import FactFile, read_fact_file
from plenipo.situations.read import complete
from plenipo.situations.write import fact_file, own

#: What a new file says of itself.
COMMENT = "Answers given to `plenipo ask`, which goes on where this file ends; `plenipo advise` advises on it."
_DECLINED = re.compile(r"""["']?unknown["']?[ \t]+# asked: not known\b""")


class UnwritableError(Exception):
    """The text is such that answers cannot be written into it without risk to the rest."""


@dataclass(frozen=True)
class FactFileText:
    """The text of a fact file; `name` is what messages call it, and `file` is where it is, or will be."""

    rulebook: Rulebook
    text: str
    name: str = "answers"
    file: Path | None = None

    @cached_property
    def situation(self) -> Situation:
        """
        The situation that the text describes.

        Raises:
            SituationError: something is wrong with it.
        """
        return complete(self.rulebook, self.said, Faults(), self.file)

    @cached_property
    def said(self) -> FactFile:
        """What the text itself says, without what it takes over; raises as `situation` does."""
        faults = Faults()
        said = read_fact_file(self.rulebook, self._root, self.name, faults)
        if faults.fatal:
            raise SituationError(tuple(faults))
        return said

    @cached_property
    def _root(self) -> Node:
        faults = Faults()
        root = parse(self.text, self.name, faults)
        if root is None or faults.fatal:
            raise SituationError(tuple(faults))
        return root

    @property
    def declined(self) -> tuple[str, ...]:
        """The facts that were answered with "not known", as against those not asked yet."""
        lines = self.text.split("\n")
        unknown = {id: place for id, place in self.said.places.items() if id not in self.said.situation.facts}
        return tuple(id for id, at in unknown.items() if _DECLINED.match(lines[at.line - 1], at.column - 1))

    def with_answers(self, answers: Mapping[str, str]) -> FactFileText:
        """
        Return the text in which the facts have these values, `unknown` among them.

        Raises:
            UnwritableError: that cannot be done without harm to the rest.
        """
        try:
            own = self.said.situation
            held = {**own.facts, **dict.fromkeys(self.declined, UNKNOWN)}
        except SituationError as fault:
            raise UnwritableError from fault
        new = {id: answers[id] for id in self.rulebook.facts if id in answers and held.get(id) != answers[id]}
        if not new:
            return self
        facts = {id: value for id, value in {**own.facts, **answers}.items() if value != UNKNOWN}
        likely = {id: weights for id, weights in own.likely.items() if id not in facts}
        text = self._without_weights(own.likely.keys() - likely)
        from plenipo.situations.edit_tree import put_answers  # noqa: PLC0415 - ruamel.yaml is for edits alone

        wanted = replace(own, facts=facts, likely=likely)
        return self._edited(wanted, lambda lines: put_answers(lines, self.rulebook, new), text)

    def with_heads(self, heads: Mapping[str, str]) -> FactFileText:
        """
        Return the text with another `title`, `as_of` or `based_on`, or several of them.

        Raises:
            UnwritableError: that cannot be done without harm to the rest.
        """
        from plenipo.situations.edit_tree import put_heads  # noqa: PLC0415 - see `with_answers`

        fields: dict[str, Any] = dict(heads)
        return self._edited(replace(self.said.situation, **fields), lambda lines: put_heads(lines, heads))

    def without_verdicts(self) -> FactFileText:
        """Return a text that expects no verdicts and has none of other readers."""
        from plenipo.situations.edit_tree import without  # noqa: PLC0415 - see `with_answers`

        own = self.said.situation
        if not (own.expect or own.readers):
            return self
        wanted = replace(own, expect={}, readers={})
        try:
            return self._edited(wanted, lambda lines: without(lines, ("expect", "readers")))
        except UnwritableError:
            return replace(self, text=fresh(self.rulebook, wanted))

    def _without_weights(self, facts: Collection[str]) -> str:
        """Return the text in which what was likely of some facts is a comment."""
        lines = self.text.split("\n")
        for id in facts:
            likely = self._root.entries["likely"]
            name = next(key for key in likely.keys if meant(self.rulebook, key, Fact) == (id,))
            start, weights = likely.keys[name], likely.entries[name]
            end = max([weights.place.line, *(below.place.line for below in weights.entries.values())])
            for number in range(start.line - 1, end):
                line = lines[number]
                lines[number] = f"{line[: start.column - 1]}# {line[start.column - 1 :]}".rstrip()
        return "\n".join(lines)

    def _edited(self, wanted: Situation, edit: Callable[[str], str], text: str | None = None) -> FactFileText:
        """Return the text after an edit, once it is found to say what is wanted."""
        text = self.text if text is None else text
        newline = "\r\n" if "\r\n" in text else "\n"
        try:
            after = replace(self, text=edit(text.replace("\r\n", "\n")).replace("\n", newline))
            if after.said.situation == wanted and after.situation:
                return after
        except (SituationError, ValueError) as fault:
            raise UnwritableError from fault
        raise UnwritableError


def blank(title: str, as_of: str, based_on: str = "") -> str:
    """Return the text of a fact file that says nothing of any fact yet."""
    head = fact_file(Situation(title=title, as_of=as_of, based_on=based_on), COMMENT).removesuffix("facts: {}\n")
    return f"{head}\nfacts:\n"


def fresh(rulebook: Rulebook, situation: Situation, declined: tuple[str, ...] = ()) -> str:
    """Return a new text with everything that a situation says itself, in our own layout."""
    empty = FactFileText(rulebook, fact_file(replace(situation, facts={}), COMMENT))
    return empty.with_answers({**own(situation, situation.facts), **dict.fromkeys(declined, UNKNOWN)}).text
