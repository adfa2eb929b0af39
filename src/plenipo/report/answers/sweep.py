"""A sweep: what leads in which cases, what else differs, and how often each verdict that varies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from rich.cells import cell_len

from plenipo.counsel.sweep import MOST_IN_FULL, Alike, Sweep
from plenipo.report import words
from plenipo.report.answers.differing import (
    how_many_differ,
    letters,
    other_lines,
    titles,
    turned_lines,
)
from plenipo.report.answers.sweep_data import csv, data, jsonl
from plenipo.report.document import GLUE, Document, Line, Section, Showing, Span, anchor, strong
from plenipo.report.words import counted, facts, labels, listed
from plenipo.rulebook.model import Option
from plenipo.rulebook.verdict import Verdict

__all__ = ["csv", "data", "document", "jsonl"]

#: As many groups of cases, and as many cases of one, are shown unless in full.
GROUPS, CASES = 6, 4
#: Columns of text that a table may take, and that its rows may be named in.
TABLE_WIDTH, ROW_WIDTH = 76, 32


def document(found: Sweep, showing: Showing) -> Document:
    """Return a sweep in words; in full it names every case."""
    advice = found.advice
    many = counted(len(found.facts), "case")
    header = f"{words.header(advice, showing.remark)} · {many} over {facts(advice.rulebook, found.over)}"
    return Document(
        words.title(advice.situation),
        (header,),
        sections=(*_sections(found, full=showing.full), _varying(found)),
        rest=tuple(_rest(found)),
        appendix=tuple(_grids(found)) if len(found.over) == 2 and found.in_full else (),
    )


def _grids(found: Sweep) -> Iterator[Section]:
    """Yield a table for each option whose verdict varies over two facts, for what has room for them all."""
    book = found.advice.rulebook
    for id in found.varying:
        cases = (tuple(case[fact] for fact in found.over) for case in found.facts)
        yield _grid(found, book.options[id], dict(zip(cases, found.verdicts[id], strict=True)))


def _grid(found: Sweep, option: Option, verdicts: Mapping[tuple[str, ...], Verdict]) -> Section:
    """Return the verdicts on one option over two facts as a table, the verdict of every case in a cell."""
    known = found.advice.rulebook.facts
    down, across = found.over
    rows = {value: labels(known[down], [value]) for value in found.over[down]}
    lines = []
    for value, label in rows.items():
        said = [verdicts.get((value, other)) for other in found.over[across]]
        words = [Span(verdict.value, verdict) if verdict else "-" for verdict in said]
        lines.append(Line(label, cells=(label, *words)))
    named = f"{known[down].name} (down), {known[across].name} (across)"
    columns = (named, *(labels(known[across], [other]) for other in found.over[across]))
    return Section(option.title, tuple(lines), columns=columns, anchor=anchor("option", option.id))


def _varying(found: Sweep) -> Section:
    rulebook = found.advice.rulebook
    lines = []
    for option in found.varying:
        counts = found.counts[option]
        often = sorted(counts, key=lambda verdict: -counts[verdict])
        said = listed(f"{verdict} in {counts[verdict]:,}" for verdict in often)
        title = strong(rulebook.options[option].title)
        lines.append(Line((title, f": {said}"), aside=option, verdict=often[0]))
    return Section("Verdicts that vary", tuple(lines), str(len(found.varying)))


@dataclass(frozen=True)
class _Part:
    """Cases that are shown together: what leads in all of them under a letter, the groups that they make up."""

    letter: str
    groups: tuple[Alike, ...]

    @property
    def lead(self) -> tuple[str, ...]:
        return self.groups[0].advised.choice.lead

    @property
    def cases(self) -> list[int]:
        return sorted(case for group in self.groups for case in group.cases)


def _parts(found: Sweep, *, alike: bool) -> list[_Part]:
    """Return the cases by what leads and by verdicts, or else by all that is advised; those of one lead together."""
    leads = list(dict.fromkeys(group.advised.choice.lead for group in found.alike))
    together: dict[object, list[Alike]] = {}
    for group in found.alike:
        said = group.advised
        together.setdefault(id(group) if alike else (said.choice.lead, *said.verdicts.values()), []).append(group)
    parts = [_Part(letters(leads.index(groups[0].advised.choice.lead)), tuple(groups)) for groups in together.values()]
    return sorted(parts, key=lambda part: (len(part.letter), part.letter, -len(part.cases)))


def _sections(found: Sweep, *, full: bool) -> Iterator[Section]:
    """Yield what leads in which cases: a table of two facts and what its letters mean, or else the cases in a list."""
    if len(found.alike) == 1:
        lead = _lead(found.alike[0].advised.choice.lead, found)
        yield Section(lead=f"The same is advised in every case. What leads: {lead}.")
        return
    table = _table(found) if len(found.over) == 2 and found.in_full else None
    if table is not None:
        yield table
        yield _leads(found)
    if table is None or full:
        yield _list(found, full=full)


def _leads(found: Sweep) -> Section:
    """Return what leads under each letter."""
    letter = {part.lead: part.letter for part in _parts(found, alike=False)}
    return Section(lines=tuple(Line(_lead(lead, found), label=f"{key}:") for lead, key in letter.items()), inset=1)


def _lead(lead: tuple[str, ...], found: Sweep) -> str:
    return titles(lead, found.advice.rulebook) or "nothing"


def _list(found: Sweep, *, full: bool) -> Section:
    """Return the cases, those with the same verdicts and the same lead together, or in full with the same advice."""
    parts = _parts(found, alike=full or len(found.over) == 1)
    shown = parts if full else parts[:GROUPS]
    lines: list[Line] = []
    led = set[str]()
    for part in shown:
        lines += _part(part, found, full=full, led=part.letter in led)
        led.add(part.letter)
    if more := len(parts) - len(shown):
        lines.append(Line(f"{counted(more, 'other group')}; --full shows {'it' if more == 1 else 'them'}"))
    lead = (
        "Groups with the same letter have the same steps in the lead."
        if found.in_full and len(led) < len(shown)
        else ""
    )
    return Section("Cases with the same advice", tuple(lines), counted(len(parts), "group"), lead=lead)


def _part(part: _Part, found: Sweep, *, full: bool, led: bool) -> Iterator[Line]:
    """Yield where a part of the cases lies, what leads there, and in what it differs from the most usual case."""
    usual, cases = found.alike[0], part.cases
    letter = f"{part.letter}  " if found.in_full else ""
    yield Line(strong(f"{letter}{len(cases):,} of {counted(len(found.facts), 'case')}"))
    ways = [_bound(case, found) for case in _joined([found.facts[case] for case in cases])]
    shown = ways if full else ways[:CASES]
    for place, line in enumerate(shown):
        yield Line(line, 1, "or" if place else "where")
    if more := len(ways) - len(shown):
        yield Line(counted(more, "other way", "other ways"), 1, "or")
    if found.in_full and not led:
        yield Line(_lead(part.lead, found), 1, "leads:")
    first, rulebook = part.groups[0], found.advice.rulebook
    yield from turned_lines(usual, first, rulebook)
    if len(part.groups) == 1:
        yield from other_lines(usual, first, rulebook)
    else:
        yield Line("reasons, cautions or waits differ among these; --full shows how", 1)


def _table(found: Sweep) -> Section | None:
    """Return the cases over two facts as a table, or None where it is too wide for a page."""
    down, across = sorted(found.over, key=lambda fact: -len(found.over[fact]))
    name = {fact: found.advice.rulebook.facts[fact].name for fact in found.over}
    cells = {(found.facts[case][down], found.facts[case][across]): cell for case, cell in _cells(found).items()}
    body = [[cells.get((value, other), "-") for other in found.over[across]] for value in found.over[down]]
    rows = ["down / across", *_named(found, down, ROW_WIDTH)]
    first = max(map(cell_len, rows))
    room = TABLE_WIDTH - first
    columns = _named(found, across, room // len(found.over[across]) - 2)
    widths = [max(map(cell_len, column)) for column in zip(columns, *body, strict=True)]
    if sum(widths) + 2 * len(widths) > room:
        return None
    lines = []
    for label, said in zip(rows, [columns, *body], strict=True):
        texts = [_padded(label, first), *(_padded(cell, width) for cell, width in zip(said, widths, strict=True))]
        lines.append(Line((GLUE * 2).join(texts).rstrip(GLUE), cells=() if said is columns else (label, *said)))
    return Section(
        "What leads, and what else differs",
        tuple(lines),
        lead=f"Down: {name[down]}. Across: {name[across]}. A letter says what leads. The numbers say how many verdicts "
        "and how many reasons, cautions and waits are not as in the most usual case.",
        columns=("", *columns),
    )


def _cells(found: Sweep) -> Mapping[int, str]:
    """Return for each case the letter of what leads, and how many verdicts and how much else is not as usual."""
    cells: dict[int, str] = {}
    for part in _parts(found, alike=True):
        (group,) = part.groups
        verdicts, others = how_many_differ(found.alike[0], group)
        apart = f" {verdicts}+{others}" if verdicts or others else ""
        cells.update(dict.fromkeys(group.cases, f"{part.letter}{apart}"))
    return cells


def _padded(text: str, width: int) -> str:
    return text.replace(" ", GLUE) + GLUE * (width - cell_len(text))


def _named(found: Sweep, fact: str, width: int) -> list[str]:
    """Return the values of a fact by the answers that they mean, or by id where these take too much room."""
    said = [labels(found.advice.rulebook.facts[fact], [value]) for value in found.over[fact]]
    ids = [
        label if label == "not known" or cell_len(label) <= cell_len(value) else value
        for label, value in zip(said, found.over[fact], strict=True)
    ]
    return said if max(map(cell_len, said)) <= width else ids


def _joined(cases: Sequence[Mapping[str, str]]) -> list[Mapping[str, Sequence[str]]]:
    """Return cases with those that differ in one fact alone put together, fact after fact, in the better order."""
    facts = list(cases[0])
    return min((_merged(cases, order) for order in (facts, facts[::-1])), key=len)


def _merged(cases: Sequence[Mapping[str, str]], order: Sequence[str]) -> list[Mapping[str, Sequence[str]]]:
    parts: list[dict[str, tuple[str, ...]]] = [{fact: (value,) for fact, value in case.items()} for case in cases]
    for fact in order:
        alike: dict[tuple[tuple[str, ...], ...], dict[str, tuple[str, ...]]] = {}
        for part in parts:
            rest = tuple(values for other, values in part.items() if other != fact)
            kept = alike.setdefault(rest, {**part, fact: ()})
            kept[fact] += part[fact]
        parts = list(alike.values())
    return sorted(parts, key=lambda part: -prod(len(values) for values in part.values()))


def _bound(case: Mapping[str, Sequence[str]], found: Sweep) -> str:
    known = found.advice.rulebook.facts
    bound = [id for id, chosen in case.items() if len(chosen) < len(found.over[id])]
    return "; ".join(f"{known[id].name}: {labels(known[id], case[id])}" for id in bound) or "in every case"


def _rest(found: Sweep) -> Iterator[str]:
    yield from words.undecided(found.undecided)
    same = Counter(verdict for counts in found.counts.values() if len(counts) == 1 for verdict in counts)
    if same:
        said = listed(f"{same[verdict]} {verdict}" for verdict in Verdict if same[verdict])
        yield f"The same in every case: {said}."
    if not found.in_full:
        yield f"So many cases are looked at for verdicts alone; up to {MOST_IN_FULL:,} are looked at in full."
    if found.excluded:
        yield f"Left out, because constraints rule them out: {counted(found.excluded, 'combination')}."
