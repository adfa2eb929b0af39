"""In words, how one case differs from another in what leads, verdicts, reasons, cautions and what is waited for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from plenipo.counsel.advised import Advised, Differences, differences, wanted
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


def renamed(heading: str, before: Sequence[str], after: Sequence[str], rulebook: Rulebook) -> list[tuple[str, str]]:
    """Return what a brief names anew under a heading and what no longer, each label with the options by title."""
    new = [id for id in after if id not in before]
    gone = [id for id in before if id not in after]
    return [(f"{label} {heading}:", titles(ids, rulebook)) for label, ids in (("New", new), ("No longer", gone)) if ids]


def titles(ids: Iterable[str], rulebook: Rulebook) -> str:
    """Return options by title, in one line."""
    return "; ".join(rulebook.options[id].title for id in ids)


def how_much(found: Differences, waits: Collection[str], *, named: bool) -> str:
    """Return how many verdicts, reasons, cautions, findings and waits change, in a sentence."""
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
    return "No verdict changes; what comes first does." if named else "Nothing changes."


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


def shifted_lines(before: Advised, after: Advised, rulebook: Rulebook, depth: int = 0) -> Iterator[Line]:
    """Yield what a brief says anew, and no longer, is not yet to be done or is to beware of."""
    was, now = before.choice, after.choice
    for heading, old, new in (("under Not yet", was.not_yet, now.not_yet), ("under Beware", was.beware, now.beware)):
        for label, named in renamed(heading, old, new, rulebook):
            yield Line(named, depth, f"{label[:1].lower()}{label[1:]}" if depth else label)


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
