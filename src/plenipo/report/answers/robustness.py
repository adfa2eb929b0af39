"""Robustness: how firm each verdict is over all that is likely, what moves it, and where it flips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import islice

from plenipo.inquiry.robustness import Leaning, Mover, Region, Robustness, Survival
from plenipo.report import words
from plenipo.report.answers.robustness_data import csv, data
from plenipo.report.document import Document, Line, Section, Showing, strong
from plenipo.report.percentages import percent, points
from plenipo.report.words import counted, facts, labels, listed
from plenipo.rulebook.model import Rule
from plenipo.rulebook.verdict import Verdict

__all__ = ["csv", "data", "document"]

#: As many facts and regions of one verdict, and as many rules of one region, are shown unless in full.
MOVERS, REGIONS, RULES = 1, 2, 2
#: As many facts that move verdicts, and as many verdicts that one of them moves, are shown unless in full.
MOVING, MOVED = 8, 3


def document(found: Robustness, showing: Showing) -> Document:
    """Return robustness in words; in full it names every mover, every region and every verdict that is firm."""
    full = showing.full
    sections = (_divided(found, full=full), _moving(found, full=full), _survival(found, full=full))
    return Document(
        words.title(found.advice.situation),
        (f"{_header(found, showing.remark)} · {_worlds(found)}",),
        sections=(*sections, *(_firm(found) if full else ())),
        rest=tuple(_rest(found, full=full)),
    )


def _header(found: Robustness, remark: str) -> str:
    """Return the header of the advice, but for what it says of likely facts: here they are not taken as unknown."""
    advice = found.advice
    return words.header(replace(advice, situation=replace(advice.situation, likely={})), remark)


def _worlds(found: Robustness) -> str:
    """Return how many likely worlds there are, and how they were looked at, in a clause."""
    many = (
        f"{counted(len(found.likelihood.weights), 'fact varies', 'facts vary')}: {found.likelihood.situations:,} worlds"
    )
    return f"{many}, all weighed" if found.exact else f"{many}, {found.drawn:,} drawn with seed {found.seed}"


def _divided(found: Robustness, *, full: bool) -> Section:
    rulebook = found.advice.rulebook
    lines: list[Line] = []
    for leaning in found.divided:
        share = percent(leaning.shares[leaning.held], found.error(leaning.shares[leaning.held]))
        title = f"{leaning.held} {share}  {rulebook.options[leaning.option].title}"
        lines.append(Line(strong(title), aside=leaning.option, verdict=leaning.held))
        lines.append(Line(_else(leaning, found), 1))
        lines += _movers(leaning, found, full=full)
        lines += _regions(leaning, found, full=full)
    return Section(f"Verdicts that are not the same in {_every(found)}", tuple(lines), str(len(found.divided)))


def _else(leaning: Leaning, found: Robustness) -> str:
    others = sorted(
        (verdict for verdict in leaning.shares if verdict is not leaning.held),
        key=lambda verdict: -leaning.shares[verdict],
    )
    shares = leaning.shares
    said = listed(f"{verdict} {percent(shares[verdict], found.error(shares[verdict]))}" for verdict in others)
    now = found.advice.options[leaning.option].verdict
    unknown = "" if now is leaning.held else f"; with these facts unknown, {now}"
    return f"else {said}{unknown}"


def _movers(leaning: Leaning, found: Robustness, *, full: bool) -> Iterator[Line]:
    rulebook = found.advice.rulebook
    sure = [mover for mover in leaning.movers if mover.sure]
    shown = sure if full else sure[:MOVERS]
    for place, mover in enumerate(shown):
        fact = rulebook.facts[mover.fact]
        label = "then by" if place else "moved most by"
        yield Line(f"{fact.name}: {_between(leaning, mover, found)}", 1, label, mover.fact)


def _between(leaning: Leaning, mover: Mover, found: Robustness) -> str:
    fact = found.advice.rulebook.facts[mover.fact]
    ends = (
        f"{percent(mover.shares[value].get(leaning.held, Fraction(0)))} at “{labels(fact, [value])}”"
        for value in (mover.most, mover.least)
    )
    swing = "" if found.exact else f", {points(mover.swing, mover.error)} apart"
    return f"{leaning.held} in {', '.join(ends)}{swing}"


def _regions(leaning: Leaning, found: Robustness, *, full: bool) -> Iterator[Line]:
    shown = leaning.regions if full else leaning.regions[:REGIONS]
    for region in shown:
        seen = " of what was drawn" if leaning.sampled else ""
        part = "all" if region.coverage == 1 else percent(region.coverage)
        share = f"{percent(region.share)}{seen}, {part} of it"
        yield Line(_bounds(region, found), 1, f"{region.verdict} ({share}) where")
        shown_rules = region.rules if full else region.rules[:RULES]
        yield from (_rule(rule, "for", found) for rule in shown_rules)
        if full or not region.rules:
            yield from (_rule(rule, "without", found) for rule in (region.gone if full else region.gone[:RULES]))
    if leaning.uncovered:
        yield Line(f"in no region: {percent(leaning.uncovered)}, where it flips as well", 1)
    if more := len(leaning.regions) - len(shown):
        yield Line(f"{counted(more, 'smaller region')} more; --full shows {'it' if more == 1 else 'them'}", 1)


def _bounds(region: Region, found: Robustness) -> str:
    known = found.advice.rulebook.facts
    return "; ".join(f"{known[id].name}: {labels(known[id], chosen)}" for id, chosen in region.bounds.items())


def _rule(rule: Rule, label: str, found: Robustness) -> Line:
    return Line(rule.because, 2, label, rule.id, words.rule_sources(rule, found.advice.rulebook))


def _moving(found: Robustness, *, full: bool) -> Section:
    rulebook = found.advice.rulebook
    lines: list[Line] = []
    shown = list(found.movers.items())[: None if full else MOVING]
    for id, moved in shown:
        fact, likely = rulebook.facts[id], found.likelihood.weights[id]
        total = sum(likely.values())
        shares = listed(
            f"{labels(fact, [value])} {percent(Fraction(weight, total))}" for value, weight in likely.items()
        )
        lines.append(Line(strong(fact.ask), aside=id))
        lines.append(Line(shares, 1, "likely:"))
        named = list(islice(moved, len(moved) if full else MOVED))
        most = "; ".join(
            f"{rulebook.options[option].title} ({points(mover.swing, mover.error)})" for option, mover in named
        )
        more = f"; {counted(len(moved) - len(named), 'other')}" if len(moved) > len(named) else ""
        lines.append(Line(f"{most}{more}", 1, f"moves {counted(len(moved), 'verdict')}:"))
    if left := len(found.movers) - len(shown):
        lines.append(Line(f"{counted(left, 'other fact')}; --full shows {'it' if left == 1 else 'them'}"))
    return Section("What moves them, the strongest first", tuple(lines), str(len(found.movers)))


def _survival(found: Robustness, *, full: bool) -> Section:
    rulebook = found.advice.rulebook
    lines: list[Line] = []
    for source, survival in found.survival.items():
        label = f"without essay {source} ({rulebook.sources[source].called}):"
        lines.append(Line(_staying(survival), label=label))
        lost = "; ".join(rulebook.options[id].title for id in survival.lost)
        if full and lost:
            lines.append(Line(lost, 1, "never the same:"))
        elif lost:
            lines.append(Line(f"{counted(len(survival.lost), 'verdict is', 'verdicts are')} never the same", 1))
    return Section("How much of the advice stays without one of the essays", tuple(lines))


def _staying(survival: Survival) -> str:
    """Return what becomes of the verdicts without an essay, in a sentence."""
    shares = {"spoken": survival.spoken, "silenced": survival.silenced, "turned": survival.turned}
    spoken, silenced, turned = (percent(share, survival.errors.get(name, 0.0)) for name, share in shares.items())
    every = percent(survival.every, survival.errors.get("every", 0.0))
    return (
        f"{spoken} of the verdicts that say something stay, {silenced} fall silent and {turned} become another one; "
        f"of all verdicts, silence included, {every} stay"
    )


def _firm(found: Robustness) -> Iterator[Section]:
    rulebook = found.advice.rulebook
    for verdict in Verdict:
        same = [id for id, each in found.options.items() if list(each.shares) == [verdict]]
        lines = tuple(Line(rulebook.options[id].title, aside=id, verdict=verdict) for id in same)
        yield Section(f"The same in {_every(found)}: {verdict}", lines, str(len(lines)), verdict)


def _every(found: Robustness) -> str:
    return "every likely world" if found.exact else "every world drawn"


def _rest(found: Robustness, *, full: bool) -> Iterator[str]:
    firm = Counter(each.held for each in found.options.values() if len(each.shares) == 1)
    if firm and not full:
        said = listed(f"{firm[verdict]} {verdict}" for verdict in Verdict if firm[verdict])
        yield f"The same in {_every(found)}: {said}. --full names them."
    idle = [id for id in found.likelihood.weights if id not in found.movers]
    if idle:
        surely = "" if found.exact else " by more than two standard errors"
        yield f"Likely, and moving no verdict{surely}: {facts(found.advice.rulebook, idle)}."
    if found.excluded:
        yield f"Constraints rule out {percent(found.excluded)} of these worlds; shares are of the others."
    if not found.exact:
        yield "Shares are estimates, ± their standard error; --exact weighs every world."
