"""
The template: a fact file to fill in, with every question as a comment and every fact still unknown.

It reads back as a situation in which nothing is known.
"""

import textwrap
from collections.abc import Iterator
from itertools import groupby

from plenipo.rulebook.model import UNKNOWN, Fact, Rulebook
from plenipo.rulebook.verdict import Verdict

_WIDTH = 116
_VERDICTS = ", ".join(verdict.value for verdict in Verdict)
OPTIONAL_PARTS = f"""\
# What is likely where it is not known (fact: weights by value, or equal); `plenipo robust` reads it.
likely: {{}}

# The options under discussion, which the advice puts first.
considering: []

# Why a fact has its value (fact: a sentence).
notes: {{}}

# What advice is expected (option: one of {_VERDICTS}); `plenipo test` compares.
expect: {{}}

# What a second reader of the sources judges (option: one of {_VERDICTS}).
readers: {{}}"""


def template(rulebook: Rulebook, *, full: bool = False) -> str:
    """
    Return a fact file to fill in, fact by fact in the order of the rulebook.

    Above each fact are its question and its values; `full` adds its help, why it matters, and the optional parts of a
    fact file.
    """
    lines = [
        "# A situation: write a value instead of `unknown` where you know it, and leave the other lines unchanged.",
        "title: A situation to fill in",
        'as_of: ""  # a date (2020-08-31), a month (2020-08) or a year (2020)',
        *_comment(
            "based_on: NAME takes over from the situation NAME every fact whose line is left out below; a fact"
            " that is written as unknown stays unknown."
        ),
        "# based_on: NAME",
        "",
        "facts:",
    ]
    for group, facts in groupby(rulebook.facts.values(), key=lambda fact: fact.group):
        lines += ["", f"  # ---- {_one_line(rulebook.subject(group)).replace('_', ' ')}"]
        for fact in facts:
            lines += ["", *(f"  {line}" for line in fact_lines(fact, full=full)), f"  {fact.id}: {UNKNOWN}"]
    if full:
        lines += ["", OPTIONAL_PARTS]
    return "\n".join(lines) + "\n"


def fact_lines(fact: Fact, *, full: bool = False) -> Iterator[str]:
    """Yield the comments above a fact in a fact file: its question, and what its values mean."""
    yield from _comment(fact.ask)
    if full:
        yield from _comment(fact.help)
        yield from _comment(f"Why it matters: {fact.why}" if fact.why else "")
    for value, label in fact.values.items():
        yield from _comment(label if fact.boolean else f"{value}: {label}", indent="    ")


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
