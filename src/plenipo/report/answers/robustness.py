"""Robustness: how firm each verdict is over all that is likely, what moves it, and where it changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from plenipo.inquiry.robustness import Leaning, Mover, Region, Robustness, Survival
from plenipo.report import words
from plenipo.report.answers.robustness_data import csv, data
from plenipo.report.document import Document, Line, Section, Showing, Span, Text, strong
from plenipo.report.percentages import percent, points
from plenipo.report.words import counted, facts, labels, listed
from plenipo.rulebook.model import Rule
from plenipo.rulebook.verdict import Verdict

__all__ = ["csv", "data", "document"]

#: As many facts that move verdicts are shown unless in full.
MOVING = 8
#: How long a bar is that stands for every likely situation.
BAR = 20
MOVES = "What moves them, the strongest first"


def document(found: Robustness, showing: Showing) -> Document:
    """Return robustness in words: a bar a verdict; in full every mover, every region and every verdict that is firm."""
    full = showing.full
    divided = _divided(found) if full else _bars(found)
    return Document(
        words.title(found.advice.situation),
        (f"{_header(found, showing.remark)} · {_situations(found)}",),
        standing=Line(_comes_to(found)),
        sections=(
            Section(f"Verdicts that are not the same in {_every(found)}", tuple(divided), str(len(found.divided))),
            _moving(found) if full else _moving_short(found),
            _survival(found, full=full),
            *(_firm(found) if full else ()),
        ),
        rest=tuple(_rest(found, full=full)),
    )


def _comes_to(found: Robustness) -> Text:
    """Return how many verdicts hold whatever is likely, and which is the least firm, in a sentence."""
    firm, all_verdicts = len(found.options) - len(found.divided), len(found.options)
    if not found.divided:
        many = "The one verdict holds" if all_verdicts == 1 else f"All {all_verdicts} verdicts hold"
        return f"{many} in {_every(found)}."
    least = found.divided[0]
    title = found.advice.rulebook.options[least.option].title
    hold = "holds" if firm == 1 or all_verdicts == 1 else "hold"
    holds = f"{firm} of {counted(all_verdicts, 'verdict')} {hold} in {_every(found)}"
    return (f"{holds}; the least firm is ", strong(title), f": {_share(least.held, least, found)}.")


def _header(found: Robustness, remark: str) -> str:
    """Return the header of the advice, but for what it says of likely facts: here they are not taken as unknown."""
    advice = found.advice
    return words.header(replace(advice, situation=replace(advice.situation, likely={})), remark)


def _situations(found: Robustness) -> str:
    """Return how many likely situations there are, and how they were looked at, in a clause."""
    facts_vary = counted(len(found.likelihood.weights), "fact varies", "facts vary")
    many = f"{facts_vary}: {counted(found.likelihood.situations, 'likely situation')}"
    return f"{many}, all weighed" if found.exact else f"{many}, {found.drawn:,} sampled with seed {found.seed}"


def _bars(found: Robustness) -> Iterator[Line]:
    """Yield two lines for each verdict: a bar of how often it holds, what else it is."""
    rulebook = found.advice.rulebook
    for leaning in found.divided:
        yield Line(strong(rulebook.options[leaning.option].title), aside=leaning.option, verdict=leaning.held)
        often = round(BAR * leaning.shares[leaning.held])
        shares = f"{_share(leaning.held, leaning, found)}, else {_others(leaning, found)}"
        yield Line((Span("#" * often + "." * (BAR - often), leaning.held), f" {shares}"), 1)


def _divided(found: Robustness) -> Iterator[Line]:
    rulebook = found.advice.rulebook
    for leaning in found.divided:
        title = f"{_share(leaning.held, leaning, found)}  {rulebook.options[leaning.option].title}"
        yield Line(strong(title), aside=leaning.option, verdict=leaning.held)
        yield Line(_else(leaning, found), 1)
        yield from _movers(leaning, found)
        yield from _regions(leaning, found)


def _share(verdict: Verdict, leaning: Leaning, found: Robustness) -> str:
    share = leaning.shares[verdict]
    return f"{verdict} {percent(share, found.error(share))}"


def _others(leaning: Leaning, found: Robustness) -> str:
    """Return the other verdicts with how often they occur, the most frequent first."""
    others = sorted(leaning.shares, key=lambda verdict: -leaning.shares[verdict])
    return listed(_share(verdict, leaning, found) for verdict in others if verdict is not leaning.held)


def _else(leaning: Leaning, found: Robustness) -> str:
    now = found.advice.options[leaning.option].verdict
    unknown = "" if now is leaning.held else f"; with these facts unknown, {now}"
    return f"else {_others(leaning, found)}{unknown}"


def _movers(leaning: Leaning, found: Robustness) -> Iterator[Line]:
    rulebook = found.advice.rulebook
    for place, mover in enumerate(mover for mover in leaning.movers if mover.sure):
        fact = rulebook.facts[mover.fact]
        label = "then on" if place else "depends most on"
        yield Line(f"{fact.name}: {_between(leaning, mover, found)}", 1, label, mover.fact)


def _between(leaning: Leaning, mover: Mover, found: Robustness) -> str:
    fact = found.advice.rulebook.facts[mover.fact]
    ends = (
        f"{percent(mover.shares[value].get(leaning.held, Fraction(0)))} at “{labels(fact, [value])}”"
        for value in (mover.most, mover.least)
    )
    swing = "" if found.exact else f", {points(mover.swing, mover.error)} apart"
    return f"{leaning.held} in {', '.join(ends)}{swing}"


def _regions(leaning: Leaning, found: Robustness) -> Iterator[Line]:
    for region in leaning.regions:
        seen = " of what was sampled" if leaning.sampled else ""
        part = "all" if region.coverage == 1 else percent(region.coverage)
        share = f"{percent(region.share)}{seen}, {part} of it"
        yield Line(_bounds(region, found), 1, f"{region.verdict} ({share}) where")
        yield from (_rule(rule, "for", found) for rule in region.rules)
        yield from (_rule(rule, "without", found) for rule in region.gone)
    if leaning.uncovered:
        yield Line(f"in no region: {percent(leaning.uncovered)}, where the verdict changes as well", 1)


def _bounds(region: Region, found: Robustness) -> str:
    known = found.advice.rulebook.facts
    return "; ".join(f"{known[id].name}: {labels(known[id], chosen)}" for id, chosen in region.bounds.items())


def _rule(rule: Rule, label: str, found: Robustness) -> Line:
    return Line(rule.because, 2, label, rule.id, words.rule_sources(rule, found.advice.rulebook))


def _moving_short(found: Robustness) -> Section:
    """Return a line for each of the facts that matter most: how many verdicts depend on it, and how much."""
    lines: list[Line] = []
    for id, moved in list(found.movers.items())[:MOVING]:
        (_, strongest), *_ = moved
        most = f"{counted(len(moved), 'verdict')}, by up to {points(strongest.swing, strongest.error)}"
        lines.append(Line(f"{found.advice.rulebook.facts[id].name}: {most}"))
    if left := len(found.movers) - len(lines):
        lines.append(Line(f"{counted(left, 'other fact')}; --full shows {'it' if left == 1 else 'them'}"))
    return Section(MOVES, tuple(lines), str(len(found.movers)))


def _moving(found: Robustness) -> Section:
    rulebook = found.advice.rulebook
    lines: list[Line] = []
    for id, moved in found.movers.items():
        fact, likely = rulebook.facts[id], found.likelihood.weights[id]
        total = sum(likely.values())
        shares = listed(
            f"{labels(fact, [value])} {percent(Fraction(weight, total))}" for value, weight in likely.items()
        )
        lines.append(Line(strong(fact.ask), aside=id))
        lines.append(Line(shares, 1, "likely:"))
        most = "; ".join(
            f"{rulebook.options[option].title} ({points(mover.swing, mover.error)})" for option, mover in moved
        )
        lines.append(Line(most, 1, f"moves {counted(len(moved), 'verdict')}:"))
    return Section(MOVES, tuple(lines), str(len(found.movers)))


def _survival(found: Robustness, *, full: bool) -> Section:
    rulebook = found.advice.rulebook
    lines: list[Line] = []
    for source, survival in found.survival.items():
        if not full:
            spoken = percent(survival.spoken, survival.errors.get("spoken", 0.0))
            lines.append(Line(f"without {source}: {spoken} of the verdicts that say something stay"))
            continue
        label = f"without {source} ({rulebook.sources[source].called}):"
        lines.append(Line(_staying(survival), label=label))
        lost = "; ".join(rulebook.options[id].title for id in survival.lost)
        if lost:
            lines.append(Line(lost, 1, "never the same:"))
    return Section("How much of the advice stays without one of the sources", tuple(lines))


def _staying(survival: Survival) -> str:
    """Return what becomes of the verdicts without a source, in a sentence."""
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
    return "every likely situation" if found.exact else "every situation sampled"


def _rest(found: Robustness, *, full: bool) -> Iterator[str]:
    firm = Counter(each.held for each in found.options.values() if len(each.shares) == 1)
    if firm and not full:
        said = listed(f"{firm[verdict]} {verdict}" for verdict in Verdict if firm[verdict])
        yield f"The same in {_every(found)}: {said}. --full names them."
    idle = [id for id in found.likelihood.weights if id not in found.movers]
    if idle:
        surely = "" if found.exact else " by more than two standard errors"
        yield f"No verdict moves{surely} with: {facts(found.advice.rulebook, idle)}."
    if found.excluded:
        yield f"Constraints rule out {percent(found.excluded)} of these situations; shares are of the others."
    if not found.exact:
        yield "Shares are estimates, ± their standard error; --exact weighs every situation."
