"""Small rulebooks, made from a seed, whose options bring facts about that bring up other options."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from plenipo.rulebook.model import Constraint, Fact, Finding, Link, Option, Outcome, Party, Rulebook
from tests.made_up.short import condition, rule

FACTS = [f"f{n}" for n in range(7)]
VALUES = ("a", "b", "c")
OPTIONS = [f"o{n}" for n in range(20)]
FINDINGS = ["s0", "s1", "s2"]
VERBS = ("recommend", "consider", "recommend", "consider", "recommend", "defer", "avoid", "done", "caution")


def journey(seed: int) -> Rulebook:
    """Return a rulebook with findings, exceptions, constraints and two parties; a seed always gives the same one."""
    random = Random(seed)
    finding = [
        rule(f"find-{id}-{n}", f"find {id}", when=_facts(random, random.randint(1, 2)))
        for id in FINDINGS
        for n in range(2)
    ]
    drawing = [
        rule(
            f"draw-{n}",
            f"{random.choice(VERBS)} {random.choice(OPTIONS)}",
            when={**_facts(random, random.randint(0, 2)), **_finding(random)},
            unless=_facts(random, 1) if random.random() < 0.3 else None,
        )
        for n in range(50)
    ]
    drawing = [
        replace(each, overrides=(random.choice(drawing[n + 1 :]).id,)) if random.random() < 0.1 else each
        for n, each in enumerate(drawing[:-1])
    ] + drawing[-1:]
    return Rulebook(
        {id: Fact(id, "facts", "What?", {value: value for value in VALUES}) for id in FACTS},
        {id: _option(id, random) for id in OPTIONS},
        {id: Finding(id, "It holds.") for id in FINDINGS},
        {each.id: each for each in (*finding, *drawing)},
        constraints=tuple(Constraint(f"never-{n}", condition(_facts(random, 2)), "") for n in range(2)),
        parties={"us": Party("us", "We", own=True), "them": Party("them", "They")},
    )


def _option(id: str, random: Random) -> Option:
    outcomes = random.choice((0, 1, 1, 2, 3))
    by = "them" if outcomes > 1 else None
    return Option(
        id,
        "options",
        f"Option {id}",
        part_of=random.choice([other for other in OPTIONS if other < id] or [None]) if random.random() < 0.2 else None,
        after={random.choice(OPTIONS): Link()} if random.random() < 0.3 else {},
        arises_when=condition(_facts(random, 1)) if random.random() < 0.5 else None,
        by=random.choice(((), ("us",), ("us", "them"))),
        brings=tuple(
            Outcome(_facts(random, random.randint(1, 3)), f"They answer {n}" if by else "", by) for n in range(outcomes)
        ),
    )


def _facts(random: Random, many: int) -> dict[str, str]:
    return {id: random.choice(VALUES) for id in random.sample(FACTS, many)}


def _finding(random: Random) -> dict[str, str]:
    return {random.choice(FINDINGS): random.choice(("true", "true", "false"))} if random.random() < 0.4 else {}
