"""Robustness as JSON, and as the rows of a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plenipo.inquiry.robustness import Leaning, Region, Robustness, Survival
from plenipo.report.csv_table import row
from plenipo.report.document import Showing
from plenipo.report.json import advice_head, plain, reason
from plenipo.report.percentages import numbers
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.many_cases import LeaningData, RegionData, RobustnessData, SurvivalData


def data(found: Robustness, showing: Showing) -> RobustnessData:
    """Return what becomes of every option, what moves it, where it flips, and what stays without each source."""
    rules = {
        rule for each in found.options.values() for region in each.regions for rule in (*region.rules, *region.gone)
    }
    propositions = found.advice.rulebook.propositions
    cited = sorted({id for rule in rules for id in rule.cite if id in propositions})
    return {
        **advice_head("robustness", found.advice, showing.remark),
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
        "rules": {rule.id: reason(rule) for rule in sorted(rules, key=lambda rule: rule.id)},
        "propositions": {
            id: {"source": said.source, "paragraph": said.paragraph, "says": said.says}
            for id, said in ((id, propositions[id]) for id in cited)
        },
    }


def csv(found: Robustness) -> Iterator[str]:
    """Yield a line for each option: its shares and what moves it most, with standard errors, and what stays."""
    sources = list(found.survival)
    shares = [name for verdict in Verdict for name in (verdict.value, f"{verdict.value}_error")]
    mover_columns = ("moved_by", "swing", "swing_error")
    yield row(["option", "now", "held", *shares, *mover_columns, *(f"stays_without_{id}" for id in sources)])
    for id, leaning in found.options.items():
        held = [leaning.shares.get(verdict) for verdict in Verdict]
        measured = [number for share in held for number in (float(share or 0), found.error(share) if share else 0.0)]
        mover = leaning.movers[0] if leaning.movers else None
        moved: list[str | float] = [mover.fact, float(mover.swing), mover.error] if mover else ["", 0.0, 0.0]
        stays = [float(leaning.staying[source]) for source in sources]
        yield row([id, found.advice.options[id].verdict.value, leaning.held.value, *measured, *moved, *stays])


def _survival(stays: Survival) -> SurvivalData:
    return {
        "every": float(stays.every),
        "spoken": float(stays.spoken),
        "silenced": float(stays.silenced),
        "turned": float(stays.turned),
        "errors": {
            "every": stays.errors.get("every", 0.0),
            "spoken": stays.errors.get("spoken", 0.0),
            "silenced": stays.errors.get("silenced", 0.0),
            "turned": stays.errors.get("turned", 0.0),
        },
        "lost": list(stays.lost),
    }


def _leaning(leaning: Leaning, found: Robustness) -> LeaningData:
    return {
        "title": found.advice.rulebook.options[leaning.option].title,
        "verdict": found.advice.options[leaning.option].verdict,
        "held": leaning.held,
        "shares": numbers(leaning.shares),
        "errors": {verdict: found.error(share) for verdict, share in leaning.shares.items()},
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


def _region(region: Region) -> RegionData:
    return {
        "verdict": region.verdict,
        "share": float(region.share),
        "coverage": float(region.coverage),
        "bounds": {fact: [*map(plain, values)] for fact, values in region.bounds.items()},
        "rules": [rule.id for rule in region.rules],
        "gone": [rule.id for rule in region.gone],
    }
