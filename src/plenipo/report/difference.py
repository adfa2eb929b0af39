"""The difference between two rulebooks as text, Markdown and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from plenipo.advice.conclude import OptionAdvice
from plenipo.audit.diff import Difference, Refusal
from plenipo.report.page import Page
from plenipo.report.safe import escape_markdown
from plenipo.rulebook.model import Situation

Document = dict[str, object]


def difference(found: Difference, page: Page, files: Sequence[Path] = ()) -> None:
    """
    Write each option that differs with the situation in which it does, then the words that came and went.

    The fact files that were written are named after that.
    """
    for each in found.divergences:
        page.paragraph((each.option, "bold"), f": {each.before.verdict}, and now {each.after.verdict}", hang=2)
        page.paragraph(f"where {_told(each.situation)}", indent=2, hang=2)
        page.paragraph(f"before by {_rules(each.before)}; now by {_rules(each.after)}", indent=2, hang=2)
        if each.foreign:
            page.paragraph(f"only one of the two can read {', '.join(each.foreign)}", indent=2, hang=2)
    for refusal in found.refusals:
        page.paragraph((refusal.constraint.id, "bold"), f": {_refused(refusal)}", hang=2)
        page.paragraph(f"where {_told(refusal.situation)}", indent=2, hang=2)
        if refusal.foreign:
            page.paragraph(f"only one of the two can read {', '.join(refusal.foreign)}", indent=2, hang=2)
    for line in _rest(found, files):
        page.paragraph(line, hang=2)
    page.paragraph((_summary(found), "bold green" if found.same else "bold red"))


def difference_markdown(found: Difference, files: Sequence[Path] = ()) -> str:
    """Return the same as Markdown."""
    lines = ["# What differs between two rulebooks", ""]
    if found.divergences:
        lines += ["| option | before | now | where |", "|---|---|---|---|"]
        lines += [
            f"| `{each.option}` | {each.before.verdict}, by {_rules(each.before)} | "
            f"{each.after.verdict}, by {_rules(each.after)} | {escape_markdown(_told(each.situation))} |"
            for each in found.divergences
        ]
        lines.append("")
    if found.refusals:
        lines += ["| constraint | what it refuses | where |", "|---|---|---|"]
        lines += [
            f"| `{each.constraint.id}` | {_refused(each)} | {escape_markdown(_told(each.situation))} |"
            for each in found.refusals
        ]
        lines.append("")
    lines += [f"- {escape_markdown(line)}" for line in _rest(found, files)]
    return "\n".join([*lines, "", f"**{_summary(found)}**"]) + "\n"


def difference_document(found: Difference, files: Sequence[Path] = ()) -> Document:
    """Return the same as plain data."""
    return {
        "schema_version": 1,
        "kind": "diff",
        "same": found.same,
        "options": {
            each.option: {
                "before": _document(each.before),
                "after": _document(each.after),
                "facts": dict(each.situation.facts),
                "foreign": list(each.foreign),
            }
            for each in found.divergences
        },
        "undecided": list(found.undecided),
        "constraints": [
            {
                "id": each.constraint.id,
                "refused_by": "second" if each.by_second else "first",
                "facts": dict(each.situation.facts),
                "foreign": list(each.foreign),
            }
            for each in found.refusals
        ],
        "undecided_constraints": list(found.unsettled),
        "gone": list(found.gone),
        "new": list(found.new),
        "files": [str(file) for file in files],
    }


def _document(said: OptionAdvice) -> Document:
    return {"verdict": said.verdict.value, "rules": [rule.id for rule in said.decided_by]}


def _refused(each: Refusal) -> str:
    one, other = ("second", "first") if each.by_second else ("first", "second")
    return f"the {one} refuses a situation that the {other} allows"


def _told(situation: Situation) -> str:
    told = ", ".join(f"{fact}: {value}" for fact, value in situation.facts.items())
    return told or "nothing is known"


def _rules(said: OptionAdvice) -> str:
    return ", ".join(rule.id for rule in said.decided_by) or "no rule"


def _rest(found: Difference, files: Sequence[Path]) -> Iterator[str]:
    yield from _named("not decided in time", found.undecided)
    yield from _named("constraints not decided in time", found.unsettled)
    yield from _named("only in the first", found.gone)
    yield from _named("only in the second", found.new)
    yield from _named("written", map(str, files))


def _named(what: str, words: Iterable[str]) -> Iterator[str]:
    if listed := ", ".join(words):
        yield f"{what}: {listed}"


def _summary(found: Difference) -> str:
    count = len(found.first.options)
    if found.divergences or found.undecided or found.first.options.keys() != found.second.options.keys():
        said = _counted(len(found.divergences), len(found.undecided), count)
    else:
        said = f"the same verdict on each of {count} options in every situation that both allow"
    if refusing := len(found.refusals):
        words = "constraint refuses" if refusing == 1 else "constraints refuse"
        said += f"; {refusing} {words} what the other rulebook allows"
    if found.unsettled:
        said += f"; {len(found.unsettled)} constraints not decided"
    return said


def _counted(differing: int, undecided: int, of: int) -> str:
    if undecided:
        return f"{differing} found to differ, {undecided} not decided"
    return f"{differing} of {of} options can differ"
