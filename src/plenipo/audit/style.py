"""
The style of what a rulebook says, as far as a program can judge it: `plenipo check --style`.

Each kind of remark has its page, docs/checks/long-reason.md, and a rulebook that draws it, tests/style/long-reason/.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from plenipo.audit.remark import NOWHERE
from plenipo.errors import Diagnostic, Location, Severity, quoted
from plenipo.rulebook.model import Fact, Option, Party, Rulebook, Subject

#: The most words of a reason, the most characters of a question or an explanation, the most sentences of either.
WORDS, CHARACTERS, SENTENCES = 25, 145, 2

#: What each check of style finds.
STYLE_CHECKS = {
    "long-reason": f"A reason has more than {WORDS} words or more than two sentences.",
    "long-text": f"A question, `help` or `why` has more than {CHARACTERS} characters or more than two sentences.",
    "repeated-text": "Two reasons, two questions, two titles or two findings say the same.",
    "title-period": "A title ends in a period.",
    "yes-no-label": "A value is labelled yes or no although its fact has other values than yes and no.",
}


class Wording(NamedTuple):
    """A text of a rulebook: what it is of what (`the reason of`, an id), and where that is."""

    what: str
    of: str
    says: str
    location: Location | None


def examine_style(rulebook: Rulebook) -> tuple[Diagnostic, ...]:
    """Return what can be said against the style of a rulebook, in no particular order."""
    return (*_too_long(rulebook), *_repeated(rulebook), *_titles(rulebook), *_labels(rulebook))


def _too_long(rulebook: Rulebook) -> Iterator[Diagnostic]:
    for text in _reasons(rulebook):
        if excess := _excess(text.says, len(text.says.split()), WORDS, "words"):
            yield _remark("long-reason", text, excess, "say what the rule says in one short sentence")
    for text in _explanations(rulebook):
        if excess := _excess(text.says, len(text.says), CHARACTERS, "characters"):
            yield _remark("long-text", text, excess, "it has to be read at a glance: keep only what helps to answer")


def _excess(says: str, size: int, most: int, unit: str) -> str:
    """Return in what a text is too long, or nothing."""
    sentences = len(re.split(r"[.?!][\"')]?\s+(?=[\"'(]?[A-Z])", says.strip()))
    if size > most:
        return f"has {size} {unit}, more than {most}"
    return f"has {sentences} sentences, more than {SENTENCES}" if sentences > SENTENCES else ""


def _repeated(rulebook: Rulebook) -> Iterator[Diagnostic]:
    findings = (Wording("the sentence of", each.id, each.says, each.location) for each in rulebook.findings.values())
    kinds = (_reasons(rulebook), _questions(rulebook), _every_title(rulebook), findings)
    for texts in kinds:
        first: dict[str, Wording] = {}
        for text in (text for text in texts if text.says):
            earlier = first.setdefault(" ".join(text.says.casefold().split()), text)
            if earlier is not text:
                also = ((earlier.location or NOWHERE, f"{earlier.what} {quoted(earlier.of)}"),)
                message = f"says the same as {earlier.what} {quoted(earlier.of)}"
                yield _remark("repeated-text", text, message, "say what is particular to each of the two", also)


def _titles(rulebook: Rulebook) -> Iterator[Diagnostic]:
    for text in _every_title(rulebook):
        if text.says.rstrip().endswith("."):
            yield _remark("title-period", text, "ends in a period", "leave the period out")


def _labels(rulebook: Rulebook) -> Iterator[Diagnostic]:
    for fact in rulebook.facts.values():
        if fact.boolean:
            continue
        for value, label in fact.values.items():
            if re.split(r"[^\w\s]", label.casefold())[0].strip() in {"yes", "no"}:
                text = Wording("the label of", value, label, fact.location)
                help = f"say what is the case, so that `{fact.name}: {label}` makes sense"
                yield _remark(
                    "yes-no-label", text, f"is {quoted(label)}, but {quoted(fact.id)} is not a yes/no fact", help
                )


def _remark(
    check: str, text: Wording, message: str, help: str, also: tuple[tuple[Location, str], ...] = ()
) -> Diagnostic:
    said = f"{text.what} {quoted(text.of)} {message}"
    return Diagnostic(check, said, text.location or NOWHERE, also, (help,), Severity.REMARK)


def _reasons(rulebook: Rulebook) -> Iterator[Wording]:
    for rule in rulebook.rules.values():
        yield Wording("the reason of", rule.id, rule.because, rule.location)
    for option in rulebook.options.values():
        for key, links in (("after", option.after), ("with", option.beside)):
            for other, link in links.items():
                yield Wording("the reason of", f"{option.id} {key} {other}", link.because, option.location)
    for constraint in rulebook.constraints:
        yield Wording("the reason of", constraint.id, constraint.because, constraint.location)


def _questions(rulebook: Rulebook) -> Iterator[Wording]:
    for fact in rulebook.facts.values():
        yield Wording("the question of", fact.id, fact.ask, fact.location)


def _explanations(rulebook: Rulebook) -> Iterator[Wording]:
    yield from _questions(rulebook)
    for fact in rulebook.facts.values():
        yield Wording("the `help` of", fact.id, fact.help, fact.location)
        yield Wording("the `why` of", fact.id, fact.why, fact.location)
    for option in rulebook.options.values():
        yield Wording("the `help` of", option.id, option.help, option.location)
    for finding in rulebook.findings.values():
        yield Wording("the `help` of", finding.id, finding.help, finding.location)


def _every_title(rulebook: Rulebook) -> Iterator[Wording]:
    for thing in rulebook.things.values():
        if isinstance(thing, Fact | Option | Party | Subject) and thing.title:
            yield Wording("the title of", thing.id, thing.title, thing.location)
