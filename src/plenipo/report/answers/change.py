"""A change: what would have to be different for a verdict, or what keeps an option from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from plenipo.inquiry.change import Change, Obstacle, Way
from plenipo.report import words
from plenipo.report.document import Document, Line, Section, Showing, Span
from plenipo.report.json import advice_head, plain, plain_facts
from plenipo.report.words import counted, facts, labels
from plenipo.rulebook.model import UNKNOWN, Rule, Rulebook
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.inquiries import ChangeData, ObstacleData, WayData


#: As many ways through facts beyond reach are shown unless in full.
BEYOND_SHOWN = 3
#: What somebody would do who wanted a verdict.
AIMS = {
    Verdict.DONE: "make it count as done",
    Verdict.AVOID: "make the sources advise against it",
    Verdict.DEFER: "make the sources put it off",
    Verdict.RECOMMEND: "make the sources recommend it",
    Verdict.CONSIDER: "make it worth considering",
    Verdict.SILENT: "make the sources silent on it",
}


def document(change: Change, showing: Showing) -> Document:
    """Return a change in words."""
    advice, verdict = change.advice, change.verdict
    return Document(
        change.option.title,
        (f"{words.title(advice.situation)} · {words.header(advice, showing.remark)}",),
        change.option.id,
        Line((Span(verdict.value, verdict), f" {_comes_to(change)}"), verdict=verdict),
        tuple(_sections(change, full=showing.full)),
        tuple(_rest(change)),
    )


def data(change: Change, showing: Showing) -> ChangeData:
    """Return the smallest ways to a verdict, or what keeps an option from it."""
    return {
        **advice_head("change", change.advice, showing.remark),
        "option": change.option.id,
        "verdict": change.verdict,
        "wanted": change.wanted,
        "held": change.held,
        "ways": [_way_data(way, change) for way in change.ways],
        "more_ways": change.more,
        "always": list(change.always),
        "fixed": list(change.fixed),
        "obstacles": [_obstacle_data(found) for found in change.obstacles],
        "standing": [rule.id for rule in change.standing],
        "beyond": [_way_data(way, change) for way in change.beyond],
        "more_beyond": change.more_beyond,
        "undecided": change.undecided,
        "unexplained": change.unexplained,
    }


def _comes_to(change: Change) -> str:
    """Return the answer in a sentence that goes on after the verdict held now."""
    if change.held:
        return "already; nothing has to change."
    aim = AIMS[change.wanted]
    if change.undecided:
        return f"now. It was not settled in time what would {aim}. Add `--seconds 60` to search longer."
    if not change.ways:
        return f"now. Nothing that may change or be learned would {aim}."
    size = len(change.ways[0].facts)
    number = f"more than {counted(len(change.ways), 'way')}" if change.more else counted(len(change.ways), "way")
    if len(change.ways) == 1:
        return f"now. To {aim}, {counted(size, 'fact')} would have to change."
    return f"now. There are {number} to {aim}, each with {counted(size, 'fact')} that would have to change."


def _sections(change: Change, *, full: bool) -> Iterator[Section]:
    rulebook = change.advice.rulebook
    found = (*_ways(change.ways, change), *([Line("And more; no more were looked for.")] if change.more else []))
    yield Section(f"What would {AIMS[change.wanted]}", found, verdict=change.wanted)
    yield Section("What stands in the way", tuple(_obstacles(change)), verdict=Verdict.AVOID)
    beyond = tuple(_ways(change.beyond if full else change.beyond[:BEYOND_SHOWN], change))
    if len(change.beyond) > BEYOND_SHOWN and not full:
        beyond += (Line(f"{len(change.beyond) - BEYOND_SHOWN} more. Add --full to see them."),)
    if change.more_beyond:
        beyond += (Line("And more; no more were looked for."),)
    yield Section("If facts that are beyond reach changed", beyond)
    if len(change.ways) > 1 and change.always:
        yield Section("In every way", tuple(Line(rulebook.facts[id].ask, aside=id) for id in change.always))


def _ways(ways: Iterable[Way], change: Change) -> Iterator[Line]:
    for number, way in enumerate(ways):
        if number:
            yield Line("", label="or")
        if way.free:
            yield from _needs(way, {fact: way.values[fact] for fact in way.facts}, change)
            continue
        for place, choice in enumerate(way.choices):
            if place:
                yield Line("", 1, label="or")
            yield from _needs(way, {fact: (value,) for fact, value in choice.items()}, change)
        if way.more:
            yield Line("other values of the same facts", 1, label="or")


def _needs(way: Way, wanted: dict[str, tuple[str, ...]], change: Change) -> Iterator[Line]:
    for id, chosen in wanted.items():
        fact = change.advice.rulebook.facts[id]
        now = change.advice.situation.facts.get(id, UNKNOWN)
        label = "learn " if id in way.learned else "change"
        was = "" if id in way.learned else f" (now: {labels(fact, [now])})"
        beyond_reach = ". It cannot be brought about, only learned." if id in way.learned and not fact.movable else ""
        yield Line(f"{fact.name}: {labels(fact, chosen)}{was}{beyond_reach}", 1, label, id)


def _obstacles(change: Change) -> Iterator[Line]:
    if change.ways or change.held or change.undecided:
        return
    if change.unexplained:
        yield Line("That was not settled in time. Add `--seconds 60` to search longer.")
        return
    rulebook = change.advice.rulebook
    if change.wanted is Verdict.SILENT:
        yield Line("Whatever changes, one of these rules applies:")
        yield from (_rule(rule, rulebook, 1) for rule in change.standing)
    elif not change.obstacles:
        yield Line(words.never_said(change.wanted, rulebook))
    for obstacle in change.obstacles:
        yield _rule(obstacle.rule, rulebook, 0, f"says {change.wanted}:")
        yield from _why(obstacle, rulebook)


def _why(obstacle: Obstacle, rulebook: Rulebook) -> Iterator[Line]:
    if obstacle.can_act:
        yield Line("It can apply, but whenever it does, a rule applies that comes first:", 1)
        yield from (_rule(rule, rulebook, 2) for rule in obstacle.outranked_by)
    elif obstacle.fixed:
        yield Line(f"It cannot apply while these stay as they are: {facts(rulebook, obstacle.fixed)}.", 1)
    else:
        yield Line("Nothing that may change or be learned makes it apply.", 1)


def _rule(rule: Rule, rulebook: Rulebook, depth: int, label: str = "") -> Line:
    return Line(rule.because, depth, label, rule.id, words.rule_sources(rule, rulebook))


def _rest(change: Change) -> Iterator[str]:
    rulebook = change.advice.rulebook
    if change.beyond:
        now = change.advice.situation.facts
        needed = {id for way in change.beyond for id in way.facts if id in change.fixed and id in now}
        if needed:
            named = ",".join(id for id in rulebook.facts if id in needed)
            yield f"Add `--may-change {named}` to let {'it' if len(needed) == 1 else 'them'} change."
    if any(way.learned for way in change.ways):
        yield "To learn a fact is to find out that it is so; to change one is to bring it about."


def _way_data(way: Way, change: Change) -> WayData:
    now = change.advice.situation.facts
    return {
        "facts": {
            id: {
                "values": [*map(plain, way.values[id])],
                "now": plain(now.get(id, UNKNOWN)),
                "learned": id in way.learned,
            }
            for id in way.facts
        },
        "free": way.free,
        "choices": [plain_facts(choice) for choice in way.choices],
        "more_choices": way.more,
    }


def _obstacle_data(found: Obstacle) -> ObstacleData:
    return {
        "rule": found.rule.id,
        "can_act": found.can_act,
        "outranked_by": [rule.id for rule in found.outranked_by],
        "fixed": list(found.fixed),
    }
