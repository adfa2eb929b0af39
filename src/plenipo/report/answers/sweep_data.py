"""A sweep as JSON, and as the rows of a table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from plenipo.counsel.sweep import Alike, Sweep
from plenipo.report.answers.differing import advised_data, releases
from plenipo.report.csv_table import row
from plenipo.report.document import Showing
from plenipo.report.json import SCHEMA_VERSION, advice_head, plain, plain_facts

if TYPE_CHECKING:
    from plenipo.report.shapes.many_cases import CaseVerdictsData, SweepData, SweepLineData


def data(found: Sweep, showing: Showing) -> SweepData:
    """Return every case with its verdicts, and how often each option has each verdict."""
    return {
        **advice_head("sweep", found.advice, showing.remark),
        "over": {fact: [*map(plain, values)] for fact, values in found.over.items()},
        "excluded": found.excluded,
        "undecided": list(found.undecided),
        "options": {
            option: {
                "title": found.advice.rulebook.options[option].title,
                "varies": len(counts) > 1,
                "cases": dict(counts),
            }
            for option, counts in found.counts.items()
        },
        "cases": [{"facts": plain_facts(known), **case} for known, case in _cases(found)],
    }


def csv(found: Sweep) -> Iterator[str]:
    """Yield a line for each case: a column for each fact that was swept, then one for each option."""
    yield row(["case", *found.over, *found.counts])
    for number, case in enumerate(found.cases(), 1):
        yield row([number, *case.facts.values(), *(said.value for said in case.verdicts.values())])


def jsonl(found: Sweep) -> Iterator[str]:
    """Yield a document of one line for each case, with all that the JSON says of it."""
    for number, (known, case) in enumerate(_cases(found), 1):
        line: SweepLineData = {
            "schema_version": SCHEMA_VERSION,
            "case": number,
            "facts": plain_facts(known),
            **case,
        }
        yield json.dumps(line) + "\n"


def _cases(found: Sweep) -> Iterator[tuple[Mapping[str, str], CaseVerdictsData]]:
    """Yield the facts of each case, and what is advised there; of very many cases the verdicts alone."""
    groups: dict[int, CaseVerdictsData] = {}
    for alike in found.alike:
        groups.update(dict.fromkeys(alike.cases, _case(alike, in_full=found.in_full)))
    for number, known in enumerate(found.facts):
        yield known, groups[number]


def _case(alike: Alike, *, in_full: bool) -> CaseVerdictsData:
    said = alike.advised
    verdicts: CaseVerdictsData = {"verdicts": dict(said.verdicts)}
    if not in_full:
        return verdicts
    return {
        **verdicts,
        **advised_data(said),
        "reasons": {option: list(rules) for option, rules in said.decided_by.items() if rules},
        "cautions": {option: list(rules) for option, rules in said.cautions.items()},
        "waits_for": {option: releases(waits) for option, waits in alike.waits.items()},
    }
