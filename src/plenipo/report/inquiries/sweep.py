"""A sweep in words: how often each verdict that varies, and which cases get the same advice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import prod

from plenipo.inquiry.sweep import Sweep
from plenipo.report import words
from plenipo.report.inquiries.phrases import counted, facts, listed, values
from plenipo.report.inquiries.told import Line, Part, Told
from plenipo.rulebook.verdict import Verdict

#: As many groups of cases, and as many cases of one, as are told without `--full`.
GROUPS, CASES = 6, 4


def told(found: Sweep, *, full: bool = False, remark: str = "") -> Told:
    """Return a sweep as it is told; `full` names every case."""
    advice = found.advice
    many = counted(len(found.facts), "case")
    header = f"{words.header(advice, remark)} · {many} over {facts(advice.rulebook, found.over)}"
    return Told(
        words.title(advice.situation),
        header,
        parts=tuple(part for part in (_varying(found), _groups(found, full=full)) if part.lines),
        rest=tuple(_rest(found)),
    )


def _varying(found: Sweep) -> Part:
    rulebook = found.advice.rulebook
    lines = []
    for option in found.varying:
        counts = found.counts[option]
        most = max(counts, key=lambda verdict: counts[verdict])
        lines.append(Line(rulebook.options[option].title, aside=option, strong=True, verdict=most))
        often = sorted(counts, key=lambda verdict: -counts[verdict])
        lines.append(Line(listed(f"{verdict} in {counts[verdict]:,}" for verdict in often), 1))
    return Part("Verdicts that vary", tuple(lines), str(len(found.varying)))


def _groups(found: Sweep, *, full: bool) -> Part:
    """Return the cases, those with the same advice together, the largest group first."""
    if not found.varying:
        return Part("", ())
    groups: dict[tuple[Verdict, ...], list[Mapping[str, str]]] = {}
    for number, case in enumerate(found.facts):
        groups.setdefault(tuple(found.verdicts[option][number] for option in found.varying), []).append(case)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    shown = ordered if full else ordered[:GROUPS]
    lines = [line for verdicts, cases in shown for line in _group(verdicts, cases, found, full=full)]
    if more := len(ordered) - len(shown):
        lines.append(Line(f"{counted(more, 'smaller group')} more; --full tells {'it' if more == 1 else 'them'}"))
    return Part("Cases with the same advice", tuple(lines), counted(len(ordered), "group"))


def _group(
    verdicts: Sequence[Verdict], cases: Sequence[Mapping[str, str]], found: Sweep, *, full: bool
) -> Iterator[Line]:
    rulebook = found.advice.rulebook
    yield Line(f"{len(cases):,} of {counted(len(found.facts), 'case')}", strong=True)
    told = [_told(case, found) for case in _joined(cases)]
    shown = told if full else told[:CASES]
    for place, line in enumerate(shown):
        yield Line(line, 1, "or" if place else "where")
    if more := len(told) - len(shown):
        yield Line(counted(more, "other way", "other ways"), 1, "or")
    for verdict in Verdict:
        given = [option for option, said in zip(found.varying, verdicts, strict=True) if said is verdict]
        if given:
            yield Line("; ".join(rulebook.options[option].title for option in given), 1, f"{verdict}:", verdict=verdict)


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


def _told(case: Mapping[str, Sequence[str]], found: Sweep) -> str:
    known = found.advice.rulebook.facts
    bound = [id for id, chosen in case.items() if len(chosen) < len(found.over[id])]
    return "; ".join(f"{known[id].name}: {values(known[id], case[id])}" for id in bound)


def _rest(found: Sweep) -> Iterator[str]:
    same = Counter(verdict for counts in found.counts.values() if len(counts) == 1 for verdict in counts)
    if same:
        told = listed(f"{same[verdict]} {verdict}" for verdict in Verdict if same[verdict])
        yield f"The same in every case: {told}."
    if found.excluded:
        yield f"Left out, because constraints rule them out: {counted(found.excluded, 'combination')}."
