"""Answers over many situations as plain data: sweeps and robustness, as documents and as rows of a table."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from plenipo.batch.output.csv_safety import guarded
from plenipo.inquiry.robustness import Leaning, Region, Robustness, Survival
from plenipo.inquiry.sweep import Sweep
from plenipo.report.inquiries.numbers import numbers
from plenipo.rulebook.model import Rule
from plenipo.rulebook.verdict import Verdict

Document = dict[str, Any]


def robustness(found: Robustness) -> Document:
    """Return what becomes of every option, what moves it, where it flips, and what stays without each essay."""
    rules = {
        rule for each in found.options.values() for region in each.regions for rule in (*region.rules, *region.gone)
    }
    propositions = found.advice.rulebook.propositions
    cited = sorted({id for rule in rules for id in rule.cite if id in propositions})
    return {
        "likely": {
            id: {value: weight / sum(weights.values()) for value, weight in weights.items()}
            for id, weights in found.likelihood.weights.items()
        },
        "worlds": found.likelihood.situations,
        "exact": found.exact,
        "samples": None if found.exact else {"drawn": found.drawn, "counted": found.counted, "seed": found.seed},
        "excluded": float(found.excluded),
        "options": {id: _leaning(leaning, found) for id, leaning in found.options.items()},
        "divided": [leaning.option for leaning in found.divided],
        "movers": {
            fact: {option: float(mover.swing) for option, mover in moved} for fact, moved in found.movers.items()
        },
        "survival": {source: _survival(stays) for source, stays in found.survival.items()},
        "rules": {rule.id: _rule(rule) for rule in sorted(rules, key=lambda rule: rule.id)},
        "propositions": {
            id: {"source": said.source, "paragraph": said.paragraph, "says": said.says}
            for id, said in ((id, propositions[id]) for id in cited)
        },
    }


def sweep(found: Sweep) -> Document:
    """Return every case with its verdicts, and how often each option has each verdict."""
    return {
        "over": {fact: list(values) for fact, values in found.over.items()},
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
            {"facts": dict(case.facts), "verdicts": {option: said.value for option, said in case.verdicts.items()}}
            for case in found.cases()
        ],
    }


def sweep_lines(found: Sweep) -> Iterator[str]:
    """Yield every case as a line of JSON: the facts that were swept, and the verdict on every option."""
    for number, case in enumerate(found.cases(), 1):
        verdicts = {option: said.value for option, said in case.verdicts.items()}
        yield json.dumps({"schema_version": 1, "case": number, "facts": dict(case.facts), "verdicts": verdicts}) + "\n"


def sweep_table(found: Sweep) -> Iterator[str]:
    """Yield a sweep as CSV, line by line: a column for each fact that was swept, then one for each option."""
    yield _row(["case", *found.over, *found.counts])
    for number, case in enumerate(found.cases(), 1):
        yield _row([number, *case.facts.values(), *(said.value for said in case.verdicts.values())])


def robustness_table(found: Robustness) -> Iterator[str]:
    """Yield a line of CSV for each option: its shares and what moves it most, with standard errors, and what stays."""
    sources = list(found.survival)
    shares = [name for verdict in Verdict for name in (verdict.value, f"{verdict.value}_error")]
    yield _row(
        [
            "option",
            "now",
            "held",
            *shares,
            "moved_by",
            "swing",
            "swing_error",
            *(f"stays_without_{id}" for id in sources),
        ]
    )
    for id, leaning in found.options.items():
        held = [leaning.shares.get(verdict) for verdict in Verdict]
        measured = [number for share in held for number in (float(share or 0), found.error(share) if share else 0.0)]
        mover = leaning.movers[0] if leaning.movers else None
        moved: list[str | float] = [mover.fact, float(mover.swing), mover.error] if mover else ["", 0.0, 0.0]
        stays = [float(leaning.staying[source]) for source in sources]
        yield _row([id, found.advice.options[id].verdict.value, leaning.held.value, *measured, *moved, *stays])


def _row(cells: Iterable[str | float]) -> str:
    """Return a line of CSV in which no cell can be taken for a formula."""
    line = StringIO()
    safe = [guarded(cell) if isinstance(cell, str) else cell for cell in cells]
    csv.writer(line, lineterminator="\n").writerow(safe)
    return line.getvalue()


def _survival(stays: Survival) -> Document:
    shares = {"every": stays.every, "spoken": stays.spoken, "silenced": stays.silenced, "turned": stays.turned}
    return {
        **{name: float(share) for name, share in shares.items()},
        "errors": {name: stays.errors.get(name, 0.0) for name in shares},
        "lost": list(stays.lost),
    }


def _leaning(leaning: Leaning, found: Robustness) -> Document:
    return {
        "title": found.advice.rulebook.options[leaning.option].title,
        "verdict": found.advice.options[leaning.option].verdict,
        "held": leaning.held,
        "shares": numbers(leaning.shares),
        "errors": {verdict.value: found.error(share) for verdict, share in leaning.shares.items()},
        "movers": [
            {
                "fact": mover.fact,
                "swing": float(mover.swing),
                "error": mover.error,
                "most": mover.most,
                "least": mover.least,
                "shares": {value: numbers(shares) for value, shares in mover.shares.items()},
            }
            for mover in leaning.movers
        ],
        "regions": [_region(region) for region in leaning.regions],
        "regions_proved": not leaning.sampled,
        "uncovered": float(leaning.uncovered),
        "staying": {source: float(share) for source, share in leaning.staying.items()},
    }


def _region(region: Region) -> Document:
    return {
        "verdict": region.verdict,
        "share": float(region.share),
        "coverage": float(region.coverage),
        "bounds": {fact: list(values) for fact, values in region.bounds.items()},
        "rules": [rule.id for rule in region.rules],
        "gone": [rule.id for rule in region.gone],
    }


def _rule(rule: Rule) -> Document:
    return {"because": rule.because, "cite": list(rule.cite), "basis": rule.basis, "strength": rule.strength}
