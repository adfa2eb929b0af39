"""
The template: a fact file to fill in, with every question as a comment and every fact still unknown.

It reads back as a situation in which nothing is known.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook
from plenipo.rulebook.verdict import Verdict

_WIDTH = 116


def template(rulebook: Rulebook, *, full: bool = False) -> str:
    """
    Return a fact file to fill in, fact by fact in the order of the rulebook.

    Above each fact are its question and its values; `full` adds its help, why it matters, and the optional parts of a
    fact file.
    """
    lines = [
        "# A situation: write a value instead of `unknown` where you know it, and leave the other lines unchanged.",
        "title: A situation to fill in",
        'as_of: ""',
        *_comment(
            "based_on: NAME takes over from the situation NAME every fact whose line is left out below; a fact"
            " that is written as unknown stays unknown."
        ),
        "# based_on: NAME",
        "",
        "facts:",
    ]
    for group, facts in groupby(rulebook.facts.values(), key=lambda fact: fact.group):
        lines += ["", f"  # ---- {_one_line(group).replace('_', ' ')}"]
        for fact in facts:
            lines += ["", *(f"  {line}" for line in fact_lines(fact, full=full)), f"  {fact.id}: {UNKNOWN}"]
    if full:
        lines += ["", *_optional_parts()]
    return "\n".join(lines) + "\n"


def fact_lines(fact: Fact, *, full: bool = False) -> Iterator[str]:
    """Yield the comments above a fact in a fact file: its question, and what its values mean."""
    yield from _comment(fact.ask)
    if full:
        yield from _comment(fact.help)
        yield from _comment(f"Why it matters: {fact.why}" if fact.why else "")
    for value, label in fact.values.items():
        yield from _comment(_value(fact, value, label), indent="    ")


def _value(fact: Fact, value: str, label: str) -> str:
    return label if fact.boolean else f"{value}: {label}"


def _comment(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(
        _one_line(text),
        _WIDTH,
        initial_indent=f"# {indent}",
        subsequent_indent=f"# {indent}",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _one_line(text: str) -> str:
    """Return the text without anything that could end a comment: a line of a YAML file, whatever the rulebook holds."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _optional_parts() -> Iterator[str]:
    verdicts = ", ".join(verdict.value for verdict in Verdict)
    yield "# What is likely where it is not known (fact: weights by value, or equal); `plenipo robust` reads it."
    yield "likely: {}"
    yield ""
    yield "# The options under discussion, which the advice puts first."
    yield "considering: []"
    yield ""
    yield "# Why a fact has its value (fact: a sentence)."
    yield "notes: {}"
    yield ""
    yield f"# What advice is expected (option: one of {verdicts}); `plenipo test` compares."
    yield "expect: {}"
    yield ""
    yield f"# What a second reader of the essays judges (option: one of {verdicts})."
    yield "readers: {}"
