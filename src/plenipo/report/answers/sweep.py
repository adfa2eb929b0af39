"""A sweep: how often each verdict that varies, and which cases get the same advice."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import prod

from plenipo.inquiry.sweep import Sweep
from plenipo.report import words
from plenipo.report.csv_table import row
from plenipo.report.document import Document, Line, Section, Showing, strong
from plenipo.report.json import SCHEMA_VERSION, Data, advice_head, plain, plain_facts
from plenipo.report.words import counted, facts, labels, listed
from plenipo.rulebook.verdict import Verdict

#: As many groups of cases, and as many cases of one, are shown unless in full.
GROUPS, CASES = 6, 4


def document(found: Sweep, showing: Showing) -> Document:
    """Return a sweep in words; in full it names every case."""
    advice = found.advice
    many = counted(len(found.facts), "case")
    header = f"{words.header(advice, showing.remark)} · {many} over {facts(advice.rulebook, found.over)}"
    return Document(
        words.title(advice.situation),
        (header,),
        sections=(_varying(found), _groups(found, full=showing.full)),
        rest=tuple(_rest(found)),
    )


def data(found: Sweep, showing: Showing) -> Data:
    """Return every case with its verdicts, and how often each option has each verdict."""
    return {
        **advice_head("sweep", found.advice, showing.remark),
        "over": {fact: [*map(plain, values)] for fact, values in found.over.items()},
        "excluded": found.excluded,
        "options": {
            option: {
                "title": found.advice.rulebook.options[option].title,
                "varies": len(counts) > 1,
                "cases": {verdict.value: count for verdict, count in counts.items()},
            }
            for option, counts in found.counts.items()
        },
        "cases": [
            {
                "facts": plain_facts(case.facts),
                "verdicts": {option: said.value for option, said in case.verdicts.items()},
            }
            for case in found.cases()
        ],
    }


def csv(found: Sweep) -> Iterator[str]:
    """Yield a line for each case: a column for each fact that was swept, then one for each option."""
    yield row(["case", *found.over, *found.counts])
    for number, case in enumerate(found.cases(), 1):
        yield row([number, *case.facts.values(), *(said.value for said in case.verdicts.values())])


def jsonl(found: Sweep) -> Iterator[str]:
    """Yield a document of one line for each case: the facts that were swept, and the verdict on every option."""
    for number, case in enumerate(found.cases(), 1):
        verdicts = {option: said.value for option, said in case.verdicts.items()}
        case_data = {
            "schema_version": SCHEMA_VERSION,
            "case": number,
            "facts": plain_facts(case.facts),
            "verdicts": verdicts,
        }
        yield json.dumps(case_data) + "\n"


def _varying(found: Sweep) -> Section:
    rulebook = found.advice.rulebook
    lines = []
    for option in found.varying:
        counts = found.counts[option]
        most = max(counts, key=lambda verdict: counts[verdict])
        lines.append(Line(strong(rulebook.options[option].title), aside=option, verdict=most))
        often = sorted(counts, key=lambda verdict: -counts[verdict])
        lines.append(Line(listed(f"{verdict} in {counts[verdict]:,}" for verdict in often), 1))
    return Section("Verdicts that vary", tuple(lines), str(len(found.varying)))


def _groups(found: Sweep, *, full: bool) -> Section:
    """Return the cases, those with the same advice together, the largest group first."""
    if not found.varying:
        return Section()
    groups: dict[tuple[Verdict, ...], list[Mapping[str, str]]] = {}
    for number, case in enumerate(found.facts):
        groups.setdefault(tuple(found.verdicts[option][number] for option in found.varying), []).append(case)
    ordered = sorted(groups.items(), key=lambda group: -len(group[1]))
    shown = ordered if full else ordered[:GROUPS]
    lines = [line for verdicts, cases in shown for line in _group(verdicts, cases, found, full=full)]
    if more := len(ordered) - len(shown):
        lines.append(Line(f"{counted(more, 'smaller group')} more; --full shows {'it' if more == 1 else 'them'}"))
    return Section("Cases with the same advice", tuple(lines), counted(len(ordered), "group"))


def _group(
    verdicts: Sequence[Verdict], cases: Sequence[Mapping[str, str]], found: Sweep, *, full: bool
) -> Iterator[Line]:
    rulebook = found.advice.rulebook
    yield Line(strong(f"{len(cases):,} of {counted(len(found.facts), 'case')}"))
    ways = [_bound(case, found) for case in _joined(cases)]
    shown = ways if full else ways[:CASES]
    for place, line in enumerate(shown):
        yield Line(line, 1, "or" if place else "where")
    if more := len(ways) - len(shown):
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


def _bound(case: Mapping[str, Sequence[str]], found: Sweep) -> str:
    known = found.advice.rulebook.facts
    bound = [id for id, chosen in case.items() if len(chosen) < len(found.over[id])]
    return "; ".join(f"{known[id].name}: {labels(known[id], case[id])}" for id in bound)


def _rest(found: Sweep) -> Iterator[str]:
    same = Counter(verdict for counts in found.counts.values() if len(counts) == 1 for verdict in counts)
    if same:
        said = listed(f"{same[verdict]} {verdict}" for verdict in Verdict if same[verdict])
        yield f"The same in every case: {said}."
    if found.excluded:
        yield f"Left out, because constraints rule them out: {counted(found.excluded, 'combination')}."
