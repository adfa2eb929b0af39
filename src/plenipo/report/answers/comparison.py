"""A comparison of two situations: what leads in place of what, and all else that is advised differently."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from plenipo.counsel.compare import Contrast, Turn
from plenipo.report import words
from plenipo.report.answers.differing import advised_data, how_much, lead_shifted, releases, shifted_lines, titles
from plenipo.report.document import Document, Line, Section, Showing, Sign, strong
from plenipo.report.json import advice_head, plain, reason
from plenipo.report.words import counted, facts, labels
from plenipo.rulebook.model import Rule

if TYPE_CHECKING:
    from plenipo.report.shapes.many_cases import ContrastData


#: As many explanations of one verdict, reasons of one option and ways out of one deferral are shown unless in full.
SHOWN = 2
#: As many verdicts with what explains them, and as many reasons, cautions and waits, are shown unless in full.
VERDICTS_SHOWN, OTHERS_SHOWN = 8, 5
#: As many facts that differ are shown unless in full.
FACTS_SHOWN = 4
MORE = "Add --full to see more."


def document(contrast: Contrast, showing: Showing) -> Document:
    """Return a comparison in words; in full it names every fact that differs, and every explanation."""
    rulebook, full = contrast.before.rulebook, showing.full
    old, new = contrast.there.choice, contrast.here.choice
    change = how_much(contrast.differences, contrast.waits, old, new)
    header = " · ".join(
        part for part in (counted(len(contrast.facts), "fact differs", "facts differ"), showing.remark, change) if part
    )
    shown = full or len(contrast.facts) <= FACTS_SHOWN
    return Document(
        _title(contrast),
        (header,),
        sections=(
            Section(
                lines=(
                    *_first(contrast),
                    *shifted_lines(contrast.there, contrast.here, rulebook),
                )
            ),
            Section("Facts that differ", tuple(_fact(id, contrast) for id in contrast.facts if shown)),
            Section(
                "How the situation is read",
                tuple(_findings(contrast, full=full)),
                str(len(contrast.differences.findings)),
            ),
            Section("Verdicts that change", tuple(_turns(contrast, full=full)), str(len(contrast.turns))),
            _section("Reasons that change", contrast.differences.reasons, _reasons, contrast, full=full),
            Section(
                "Cautions that change",
                tuple(_cautions(contrast, full=full)),
                str(len(contrast.differences.cautions)),
            ),
            _section("What is waited for", tuple(contrast.waits), _waits, contrast, full=full),
        ),
        rest=tuple(_rest(contrast)),
    )


def _title(contrast: Contrast) -> str:
    """Return what the two situations are called; one that is varied has its name once, with what is varied."""
    before, after = (words.title(advice.situation) for advice in (contrast.before, contrast.after))
    if before != after:
        return f"{before} → {after}"
    if len(contrast.facts) == 1:
        (id,) = contrast.facts
        return f"{before}, with {_change(id, contrast)}"
    return f"{before}, with {counted(len(contrast.facts), 'fact')} changed" if contrast.facts else before


def _first(contrast: Contrast) -> list[Line]:
    """Return what leads anew and what leads no longer, or else what leads in both."""
    rulebook = contrast.before.rulebook
    if changed := lead_shifted(contrast.there, contrast.here, rulebook):
        return [Line(strong(named) if label.startswith("New") else named, label=label) for label, named in changed]
    before, after = contrast.there.choice.lead, contrast.here.choice.lead
    how = "as before" if before == after else "in another order"
    return [Line(titles(after, rulebook) or "nothing", label=f"First, {how}:")]


def data(contrast: Contrast, showing: Showing) -> ContrastData:
    """Return all that differs: facts, what a brief names, verdicts with what explains them, reasons and the rest."""
    found, there, here = contrast.differences, contrast.there, contrast.here
    named, now_named = advised_data(there), advised_data(here)
    turned = {turn.option.id for turn in contrast.turns}
    rules = {rule for id in (*found.reasons, *turned) for rule in (*there.decided_by[id], *here.decided_by[id])} | {
        rule for _, rule in found.cautions
    }
    book = contrast.before.rulebook
    return {
        **advice_head("comparison", contrast.before, showing.remark),
        "facts": {
            id: {"before": plain(before), "after": plain(after)} for id, (before, after) in contrast.facts.items()
        },
        "undecided": list(contrast.undecided),
        "lead": {"before": named["lead"], "after": now_named["lead"]},
        "not_yet": {"before": named["not_yet"], "after": now_named["not_yet"]},
        "beware": {"before": named["beware"], "after": now_named["beware"]},
        "options": {
            turn.option.id: {
                "title": turn.option.title,
                "before": turn.before,
                "after": turn.after,
                "because": [list(part) for part in turn.because],
                "more": turn.more,
                "undecided": turn.undecided,
            }
            for turn in contrast.turns
        },
        "reasons": {
            id: {
                "verdict": here.verdicts[id],
                "before": list(there.decided_by[id]),
                "after": list(here.decided_by[id]),
            }
            for id in found.reasons
        },
        "cautions": [
            {"option": id, "rule": rule, "now": rule in here.cautions.get(id, ())} for id, rule in found.cautions
        ],
        "waits_for": {
            id: {"before": releases(before), "after": releases(after)} for id, (before, after) in contrast.waits.items()
        },
        "findings": [{"finding": id, "now": id in here.findings} for id in found.findings],
        "idle": list(contrast.idle),
        "rules": {rule: reason(book.rules[rule]) for rule in sorted(rules)},
    }


def _section(
    heading: str, options: Sequence[str], lines_of: Callable[..., Iterator[Line]], contrast: Contrast, *, full: bool
) -> Section:
    """Return what changes of some options, a few lines each; where there are many, the others by title alone."""
    shown = options if full else options[:OTHERS_SHOWN]
    lines = [line for id in shown for line in lines_of(id, contrast, full=full)]
    if others := options[len(shown) :]:
        lines.append(Line(f"{titles(others, contrast.before.rulebook)}. {MORE}", label="and"))
    return Section(heading, tuple(lines), str(len(options)))


def _turns(contrast: Contrast, *, full: bool) -> Iterator[Line]:
    """Yield the verdicts that differ with what explains them; where there are many, the others in a line each."""
    for number, turn in enumerate(contrast.turns):
        change = f"{turn.before} → {turn.after}"
        if full or number < VERDICTS_SHOWN:
            yield Line(strong(turn.option.title), aside=turn.option.id, verdict=turn.after)
            yield Line(change, 1)
            if len(contrast.facts) > 1:
                yield from _because(turn, contrast, full=full)
        else:
            yield Line((strong(turn.option.title), f": {change}"), aside=turn.option.id, verdict=turn.after)


def _because(turn: Turn, contrast: Contrast, *, full: bool) -> Iterator[Line]:
    shown = turn.because if full else turn.because[:SHOWN]
    for number, part in enumerate(shown):
        for place, id in enumerate(part):
            line = _fact(id, contrast)
            yield Line(line.text, 1, "and" if place else "or" if number else "because", id)
    if more := len(turn.because) - len(shown):
        yield Line(f"{counted(more, 'other part')} of the difference, as small", 1, "or")
    if turn.more:
        yield Line("And more, as small; no more were looked for", 1, "or")


def _fact(id: str, contrast: Contrast) -> Line:
    return Line(_change(id, contrast), aside=id)


def _change(id: str, contrast: Contrast) -> str:
    fact = contrast.before.rulebook.facts[id]
    before, after = contrast.facts[id]
    return f"{fact.name}: {labels(fact, [before])} → {labels(fact, [after])}"


def _reasons(id: str, contrast: Contrast, *, full: bool) -> Iterator[Line]:
    option = contrast.before.rulebook.options[id]
    before, after = contrast.before.options[id].decided_by, contrast.after.options[id].decided_by
    yield Line(strong(option.title), aside=id, verdict=contrast.here.verdicts[id])
    yield from _rules("now also:", contrast, [rule for rule in after if rule not in before], full=full)
    yield from _rules("no longer:", contrast, [rule for rule in before if rule not in after], full=full)


def _rules(label: str, contrast: Contrast, rules: Sequence[Rule], *, full: bool) -> Iterator[Line]:
    shown = rules if full else rules[:SHOWN]
    for rule in shown:
        yield Line(rule.because, 1, label, cite=words.rule_sources(rule, contrast.before.rulebook))
    if more := len(rules) - len(shown):
        yield Line(counted(more, "other reason"), 1, label)


def _cautions(contrast: Contrast, *, full: bool) -> Iterator[Line]:
    """Yield each caution that is new or falls away, with the options that it concerns."""
    book = contrast.before.rulebook
    concerned: dict[tuple[bool, str], list[str]] = {}
    for id, rule in contrast.differences.cautions:
        concerned.setdefault((rule not in contrast.here.cautions.get(id, ()), rule), []).append(id)
    shown = sorted(concerned)[: None if full else OTHERS_SHOWN]
    for gone, rule in shown:
        yield Line(book.rules[rule].because, cite=words.rule_sources(book.rules[rule], book), sign=Sign.CAUTION)
        yield Line(titles(concerned[gone, rule], book), 1, "no longer on" if gone else "now on")
    if more := len(concerned) - len(shown):
        yield Line(f"{counted(more, 'other caution')}. {MORE}")


def _waits(id: str, contrast: Contrast, *, full: bool) -> Iterator[Line]:
    option = contrast.before.rulebook.options[id]
    yield Line(strong(option.title), aside=id, verdict=contrast.here.verdicts[id])
    for label, waits in zip(("was waiting", "now waits"), contrast.waits[id], strict=True):
        shown = waits.releases if full else waits.releases[:SHOWN]
        said = [words.needs(release.needs, contrast.before.rulebook) for release in shown]
        if waits.more or len(shown) < len(waits.releases):
            said.append("something else happens")
        if waits.undecided:
            yield Line("what was not settled in time", 1, f"{label} for")
        elif said:
            yield Line("; or ".join(said), 1, f"{label} until")
        else:
            yield Line("something that no fact describes", 1, f"{label} for")


def _findings(contrast: Contrast, *, full: bool) -> Iterator[Line]:
    found = contrast.differences.findings
    shown = found if full else found[:OTHERS_SHOWN]
    for id in shown:
        label = "now:" if id in contrast.here.findings else "no longer:"
        yield Line(contrast.before.rulebook.findings[id].says, label=label, aside=id)
    if more := len(found) - len(shown):
        yield Line(f"{counted(more, 'other finding')}. {MORE}")


def _rest(contrast: Contrast) -> Iterator[str]:
    rulebook = contrast.before.rulebook
    yield from words.undecided(contrast.undecided)
    if not contrast.facts:
        yield "The two situations hold the same facts."
    for named, said in (
        (contrast.idle, "nothing changes because of"),
        (_without(contrast), "the verdicts change without"),
    ):
        if named:
            one = len(named) == 1
            also = "also differs" if one else "also differ"
            names = facts(rulebook, named)
            yield f"{names[:1].upper()}{names[1:]} {also}, but {said} {'it' if one else 'them'}."


def _without(contrast: Contrast) -> list[str]:
    """Return the facts that change something, but are not needed for any verdict that changes."""
    unneeded = {id for id in contrast.facts if contrast.turns and id not in contrast.explaining}
    return [id for id in contrast.facts if id in unneeded and id not in contrast.idle]
