"""
The sheet: the text of a fact file that answers are written into, with everything else in it left as it stands.

A fact that the file has gets its new value in place; one that it lacks is put under its question, where the rulebook
has it. What is written is read back before it counts, so that a text in which that cannot be done is refused, not
damaged.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import yaml

from plenipo.errors import SituationError
from plenipo.rulebook.model import BLANKS, UNKNOWN, Rulebook, Situation
from plenipo.rulebook.yaml_reader import LOADER
from plenipo.situations.read import read_situation
from plenipo.situations.template import fact_lines

#: What tells "not known" from a question that was not asked yet.
DECLINED = "  # asked: not known"
_PLAIN = re.compile(r"[A-Za-z_][\w-]*")
_MARKED = re.compile(rf"[ \t]*{re.escape(DECLINED.strip())}\b")


class UnwritableError(Exception):
    """The text is such that answers cannot be written into it without risk to the rest."""


@dataclass(frozen=True)
class Sheet:
    """The text of a fact file and how it is to be read."""

    rulebook: Rulebook
    text: str

    def situation(self, name: str) -> Situation:
        """
        Return the situation that the text describes.

        Raises:
            SituationError: something is wrong with it.
        """
        return read_situation(self.rulebook, self.text, name)

    @property
    def declined(self) -> tuple[str, ...]:
        """The facts that were answered with "not known", as against those not asked yet."""
        places = _Places(self.text)
        return tuple(
            id
            for id, value in places.values.items()
            if id in self.rulebook.facts and value.value == UNKNOWN and _MARKED.match(self.text, value.end_mark.index)
        )

    def with_answers(self, answers: Mapping[str, str]) -> Sheet:
        """
        Return the sheet in which the facts have these values, `unknown` among them.

        Raises:
            UnwritableError: that cannot be done and leave all else as it is.
        """
        sheet = self
        try:
            before = self.situation("sheet")
            held = {**before.facts, **dict.fromkeys(self.declined, UNKNOWN)}
            for id in (id for id in self.rulebook.facts if id in answers and held.get(id) != answers[id]):
                sheet = Sheet(self.rulebook, sheet._with(id, answers[id]))
                if answers[id] != UNKNOWN and id in before.likely:
                    sheet = Sheet(self.rulebook, _without_weights(sheet.text, id))
            after = sheet.situation("sheet")
        except (SituationError, yaml.YAMLError) as fault:
            raise UnwritableError from fault
        wanted = {id: value for id, value in {**before.facts, **answers}.items() if value != UNKNOWN}
        likely = {id: weights for id, weights in before.likely.items() if id not in wanted}
        if after != replace(before, facts=wanted, likely=likely):
            raise UnwritableError
        return sheet

    def _with(self, id: str, value: str) -> str:
        places = _Places(self.text)
        written = _written(value, quoted=places.quoting)
        mark = DECLINED if value == UNKNOWN and not places.flow else ""
        if id not in places.values:
            return self._inserted(places, id, written, mark)
        node = places.values[id]
        start = node.start_mark.index
        end = start + len(self.text[start : node.end_mark.index].rstrip())
        rest = _MARKED.sub("", self.text[end:], count=1) if _MARKED.match(self.text, end) else self.text[end:]
        apart = "" if self.text[:start].endswith((" ", "\n", "\t")) else " "
        return f"{self.text[:start]}{apart}{written}{mark}{rest}"

    def _inserted(self, places: _Places, id: str, written: str, mark: str) -> str:
        if places.flow:
            at = places.end
            comma = "" if not places.values else ", "
            return f"{self.text[:at].rstrip()}{comma}{_written(id, quoted=places.quoting)}: {written}{self.text[at:]}"
        order = list(self.rulebook.facts)
        before = [other for other in order[: order.index(id)] if other in places.values]
        at = places.line_after(before[-1] if before else None)
        fact = self.rulebook.facts[id]
        lines = [*fact_lines(fact), f"{id}: {written}{mark}"]
        entry = "".join(f"{' ' * places.indent}{line}{places.newline}" for line in lines)
        gap = "" if at and self.text[:at].endswith("\n") else places.newline
        roomy = places.newline if self.text[at:].strip() and not self.text[at:].startswith(("\n", "\r\n")) else ""
        return f"{self.text[:at]}{gap}{places.newline}{entry}{roomy}{self.text[at:]}"


def blank(title: str, as_of: str) -> str:
    """Return the text of a fact file in which nothing is told yet."""
    return (
        "# Answers given to `plenipo ask`, which goes on where this file ends; `plenipo advise` advises on it.\n"
        f"title: {json.dumps(title, ensure_ascii=False)}\n"
        f"as_of: {json.dumps(as_of, ensure_ascii=False)}\n"
        "\nfacts:\n"
    )


def fresh(rulebook: Rulebook, situation: Situation) -> Sheet:
    """Return a new sheet with everything that a situation says, in our own layout."""
    weights = {id: {value: _weight(part) for value, part in parts.items()} for id, parts in situation.likely.items()}
    parts = {
        "likely": weights,
        "considering": list(situation.considering),
        "notes": dict(situation.notes),
        "expect": {id: str(verdict) for id, verdict in situation.expect.items()},
    }
    text = blank(situation.title, situation.as_of)
    kept = {key: part for key, part in parts.items() if part}
    if kept:
        text += "\n" + yaml.safe_dump(kept, allow_unicode=True, sort_keys=False, width=100)
    return Sheet(rulebook, text).with_answers(situation.facts)


def without_expected(sheet: Sheet) -> Sheet:
    """Return a sheet that expects no verdicts, with everything else as it stands where that can be done."""
    situation = sheet.situation("sheet")
    if not situation.expect:
        return sheet
    wanted = replace(situation, expect={})
    root: Any = yaml.compose(sheet.text, Loader=LOADER)
    key, value = next(pair for pair in root.value if pair[0].value == "expect")
    start, end = key.start_mark.index, value.end_mark.index
    rest = sheet.text[end:] if value.end_mark.column == 0 else sheet.text[end:].partition("\n")[2]
    cut = Sheet(sheet.rulebook, sheet.text[:start] + rest if rest else f"{sheet.text[:start].rstrip()}\n")
    with contextlib.suppress(SituationError):
        if not root.flow_style and cut.situation("sheet") == wanted:
            return cut
    return fresh(sheet.rulebook, wanted)


def _weight(weight: Fraction) -> str:
    return str(weight) if weight.denominator < 10**9 else f"{float(weight):.12f}"


def _without_weights(text: str, id: str) -> str:
    """Return a text in which what was likely of a fact, now that it is known, is a comment."""
    root: Any = yaml.compose(text, Loader=LOADER)
    likely = next(value for key, value in root.value if key.value == "likely")
    key, weights = next(pair for pair in likely.value if pair[0].value == id)
    if likely.flow_style:
        raise UnwritableError
    start = key.start_mark.index - key.start_mark.column
    end = key.start_mark.index + len(text[key.start_mark.index : weights.end_mark.index].rstrip())
    column = key.start_mark.column
    lines = text[start:end].split("\n")
    return text[:start] + "\n".join(f"{line[:column]}# {line[column:]}" for line in lines) + text[end:]


class _Places:
    """Where the facts stand in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.newline = "\r\n" if "\r\n" in text else "\n"
        root: yaml.Node | None = yaml.compose(text, Loader=LOADER)
        entries = root.value if isinstance(root, yaml.MappingNode) else []
        pair = next((pair for pair in entries if pair[0].value == "facts"), None)
        if pair is None:
            raise UnwritableError
        self._key, self._facts = pair
        mapping = isinstance(self._facts, yaml.MappingNode)
        self.values = {key.value: value for key, value in self._facts.value} if mapping else {}
        self.flow = bool(mapping and self._facts.flow_style)
        self.quoting = self.flow and self.text.lstrip()[:1] == "{"
        self.indent = self._facts.value[0][0].start_mark.column if self.values else 2
        self.end = self._facts.end_mark.index - 1

    def line_after(self, id: str | None) -> int:
        """Return where the line begins that comes after a fact, or after the key `facts`."""
        mark = self._key.end_mark if id is None else self.values[id].end_mark
        if mark.column == 0 and id is not None and mark.line > self.values[id].start_mark.line:
            return int(mark.index)
        found = self.text.find("\n", mark.index)
        return len(self.text) if found < 0 else found + 1


def _written(word: str, *, quoted: bool) -> str:
    plain = _PLAIN.fullmatch(word) and (word == UNKNOWN or word.casefold() not in BLANKS)
    return word if plain and not quoted else json.dumps(word, ensure_ascii=False)
