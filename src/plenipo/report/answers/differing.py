"""In words, how one case differs from another in what leads, verdicts, reasons, cautions and what is waited for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from plenipo.counsel.advised import Advised, Differences, differences, wanted
from plenipo.counsel.choice import Choice
from plenipo.counsel.shift import Shift, shifts
from plenipo.counsel.sweep import Alike
from plenipo.inquiry.waiting import Waiting
from plenipo.report.document import Line
from plenipo.report.json import release_data
from plenipo.report.words import counted, listed
from plenipo.rulebook.model import Rulebook
from plenipo.rulebook.verdict import Verdict

if TYPE_CHECKING:
    from plenipo.report.shapes.brief import ChoiceData
    from plenipo.report.shapes.situation import ReleaseData


#: What the parts of a brief are called where they change.
HEADINGS = {"lead": "first", "not_yet": "under Not yet", "beware": "under Beware"}
#: What is said of a step that is only no longer among the first.
STILL = "Still advised, no longer among the first"


def shifted(
    shift: Shift, was: Mapping[str, Verdict], now: Mapping[str, Verdict], rulebook: Rulebook
) -> list[tuple[str, str]]:
    """Return what comes into a part of a brief and goes out of it: labels, each with options by title."""
    heading = HEADINGS[shift.part]
    gone = "; ".join(
        f"{rulebook.options[id].title}{'' if was[id] is now[id] else f' (now {now[id]})'}" for id in shift.gone
    )
    said = (
        (f"New {heading}:", titles(shift.new, rulebook)),
        (f"No longer {heading}:", gone),
        (f"{STILL}:", titles(shift.still, rulebook)),
    )
    return [(label, named) for label, named in said if named]


def only_named(before: Choice, after: Choice) -> str:
    """Return where a brief names others, more, fewer, or the same in another order: a clause without its doer."""
    parts = [(heading, getattr(before, part), getattr(after, part)) for part, heading in HEADINGS.items()]
    if others := [f"{_others(old, new)} {heading}" for heading, old, new in parts if {*old} != {*new}]:
        return f"names {listed(others)}"
    if turned := [heading for heading, old, new in parts if old != new]:
        return f"names the same in another order {listed(turned)}"
    return ""


def _others(old: Collection[str], new: Collection[str]) -> str:
    return "more" if {*old} < {*new} else "fewer" if {*new} < {*old} else "others"


def titles(ids: Iterable[str], rulebook: Rulebook) -> str:
    """Return options by title, in one line."""
    return "; ".join(rulebook.options[id].title for id in ids)


def how_much(found: Differences, waits: Collection[str], before: Choice, after: Choice) -> str:
    """Return how many verdicts, reasons, cautions, findings and waits change, or else what a brief names otherwise."""
    kinds = (
        (found.reasons, "reason"),
        (found.cautions, "caution"),
        (found.findings, "finding"),
        (waits, "wait"),
    )
    others = [counted(len(changed), one) for changed, one in kinds if changed]
    if found.verdicts:
        said = [counted(len(found.verdicts), "verdict"), *others]
        return f"{listed(said)} {'change' if len(said) > 1 or len(found.verdicts) > 1 else 'changes'}."
    if others:
        does = "does" if len(others) == 1 and others[0].startswith("1 ") else "do"
        return f"No verdict changes; {listed(others)} {does}."
    if before.lead != after.lead:
        return "No verdict changes; what comes first does."
    named = only_named(before, after)
    return f"No verdict changes; the brief only {named}." if named else "Nothing changes."


def advised_data(said: Advised) -> ChoiceData:
    """Return what a brief names in a case, by id."""
    choice = said.choice
    return {"lead": list(choice.lead), "not_yet": list(choice.not_yet), "beware": list(choice.beware)}


def releases(waits: Waiting) -> list[ReleaseData]:
    """Return the smallest sets of facts for which an option waits."""
    return [*map(release_data, waits.releases)]


def turned_lines(usual: Alike, one: Alike, rulebook: Rulebook) -> Iterator[Line]:
    """Yield the verdicts in which cases differ from the most usual ones: options by title, verdict by verdict."""
    turned = differences(usual.advised, one.advised).verdicts
    for verdict in Verdict:
        given = [id for id in turned if one.advised.verdicts[id] is verdict]
        if given:
            yield Line(titles(given, rulebook), 1, f"{verdict}:", verdict=verdict)


def other_lines(usual: Alike, one: Alike, rulebook: Rulebook) -> Iterator[Line]:
    """Yield in what else cases differ from the most usual ones: options by title, kind by kind."""
    found = differences(usual.advised, one.advised)
    for label, changed in (
        ("other reasons:", found.reasons),
        ("other cautions:", dict.fromkeys(id for id, _ in found.cautions)),
        ("waits for something else:", _waiting_differently(usual, one)),
    ):
        if changed:
            yield Line(titles(changed, rulebook), 1, label)
    yield from shifted_lines(usual.advised, one.advised, rulebook, depth=1)
    before, after = usual.advised.choice, one.advised.choice
    if not any(how_many_differ(usual, one)) and before.lead == after.lead and (named := only_named(before, after)):
        yield Line(f"the same is advised; the brief only {named}", 1)


def shifted_lines(before: Advised, after: Advised, rulebook: Rulebook, depth: int = 0) -> Iterator[Line]:
    """Yield what is anew, and no longer, not yet to be done or to beware of."""
    was, now = before.verdicts, after.verdicts
    for shift in shifts(before.choice, after.choice, was, now):
        for label, named in shifted(shift, was, now, rulebook) if shift.part != "lead" else ():
            yield Line(named, depth, f"{label[:1].lower()}{label[1:]}" if depth else label)


def lead_shifted(before: Advised, after: Advised, rulebook: Rulebook) -> list[tuple[str, str]]:
    """Return what leads anew and what leads no longer: labels, each with options by title."""
    was, now = before.verdicts, after.verdicts
    leading = (each for each in shifts(before.choice, after.choice, was, now) if each.part == "lead")
    return [said for shift in leading for said in shifted(shift, was, now, rulebook)]


def how_many_differ(usual: Alike, one: Alike) -> tuple[int, int]:
    """Return how many verdicts, and how many reasons, cautions and waits, are not as in the most usual cases."""
    found = differences(usual.advised, one.advised)
    return len(found.verdicts), len(found.reasons) + len(found.cautions) + len(_waiting_differently(usual, one))


def _waiting_differently(usual: Alike, one: Alike) -> list[str]:
    return [id for id, each in one.waits.items() if id in usual.waits and wanted(each) != wanted(usual.waits[id])]


def letters(place: int) -> str:
    """
    Return the letters of a place, as the columns of a spreadsheet are called.

    >>> letters(0), letters(25), letters(26), letters(52)
    ('A', 'Z', 'AA', 'BA')
    """
    before, last = divmod(place, 26)
    return (letters(before - 1) if before else "") + chr(ord("A") + last)
