"""The conditions in a brief: a reason that rests on an unknown fact, and a later step that rests on an answer."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable

import pytest

import plenipo
from plenipo.counsel.brief import brief
from plenipo.rulebook.model import Rulebook, Situation
from tests.answers import advise, shown
from tests.made_up.harbour import OPTIONS

#: A harbour in which a step may be done already.
TOWN = """\
- {id: talk-on, when: {sky: clear}, then: {recommend: sail}, because: Talk helps.}
- {id: no-crew, when: {moon: false}, then: {defer: sail}, because: Nobody is there to talk.}
- {id: hire, when: {moon: false}, then: {recommend: crew}, because: Somebody has to talk.}
- {id: hired, when: {moon: true}, then: {done: crew}}
"""
#: Ways to write in a rulebook whether there is a crew, the values for yes and no, and how a brief begins the reason.
CONDITIONS = [
    (
        "ask: Is there a crew?, values: boolean",
        ("true", "false"),
        'If the answer to "Is there a crew?" is no (not known): Somebody',
    ),
    (
        "ask: Is there a crew?, values: boolean, says: {true: there is a crew, false: the ship has no crew}",
        ("true", "false"),
        "If the ship has no crew (not known): Somebody",
    ),
    (
        "ask: Who is hired?, values: {all: a crew, few: two men, none: nobody}",
        ("all", "[few, none]"),
        'If the answer to "Who is hired?" is two men or nobody (not known): Somebody',
    ),
    (
        "ask: Who is hired?, values: {all: a crew, few: two men, none: nobody}, says: {few: two men are hired}",
        ("all", "few"),
        "If two men are hired (not known): Somebody",
    ),
]


@pytest.mark.parametrize(("fact", "values", "condition"), CONDITIONS)
@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_a_reason_that_rests_on_an_unknown_fact_is_put_on_that_condition(
    book: Callable[..., Rulebook], fact: str, values: tuple[str, str], condition: str, format: str
) -> None:
    there, missing = values
    sky = "sky: {ask: What is the sky like?, values: {clear: clear, dark: dark}}"
    facts = f"facts:\n  sea:\n    {sky}\n    moon: {{{fact}}}\n"
    options = OPTIONS.replace("crew: {title: Hire a crew}", f"crew: {{title: Hire a crew, brings: {{moon: {there}}}}}")
    rules = TOWN.replace("moon: false", f"moon: {missing}").replace("{moon: true}", f"{{moon: {there}}}")
    if missing == "few":
        rules = rules.replace(
            "then: {done: crew}", "then: {done: crew}}\n- {id: none, when: {moon: none}, then: {done: crew}"
        )
    rulebook = book(rules, facts=facts, options=options)
    answer = brief(advise(rulebook, Situation({"sky": "clear"}, considering=("crew", "sail"))))
    (due,) = (each for each in answer.lead if each.if_not_done)
    assert due.reason is not None
    page = " ".join(html.unescape(re.sub(r"<[^>]*>|[*\\\\]", "", shown(answer, format))).split())
    assert condition in page
    assert page.count(due.reason.because) == page.count(f"(not known): {due.reason.because}") >= 1
    told = json.loads(shown(answer, "json"))["brief"]["lead"]
    assert [each["reason_if"].keys() for each in told] == [{"moon"} if each["if_not_done"] else set() for each in told]


#: An offer that may be taken up or refused, and what comes after it.
OFFER = """\
- {id: offer, unless: {wind: [calm, strong]}, then: {recommend: sail}}
- {id: hire-after, when: {WHEN}, then: {recommend: crew}}
"""


@pytest.mark.parametrize(
    ("when", "light", "condition"),
    [
        ("wind: [calm, strong]", "", "Once 1 is done: Hire a crew"),
        ("wind: calm", "", "If they say yes: Hire a crew"),
        ("moon: true", ", moon: true", "Once the moon is up: Hire a crew"),
        ("moon: true, wind: calm", ", moon: true", "If they say yes: Hire a crew"),
    ],
)
def test_a_step_depends_on_an_answer_only_where_another_would_not_do(
    book: Callable[..., Rulebook], when: str, light: str, condition: str
) -> None:
    facts = """
    facts:
      sea:
        wind: {ask: How is the wind?, values: {calm: calm, strong: strong, none: none}}
        moon: {ask: Is the moon up?, values: boolean, says: {true: the moon is up}}
    """
    options = f"""
    options:
      sea:
        sail:
          title: Make an offer
          brings:
            - {{outcome: they say yes, facts: {{wind: calm{light}}}}}
            - {{outcome: they say no, facts: {{wind: strong{light}}}}}
        crew: {{title: Hire a crew}}
    """
    rulebook = book(OFFER.replace("WHEN", when), facts=facts, options=options, findings="findings: {}")
    advice = advise(rulebook, {})
    assert condition in " ".join(shown(brief(advice)).split())
    step = shown(plenipo.roadmap(advice.situation, rulebook=rulebook))
    clause = condition.partition(":")[0].lower()
    assert f"recommended {'if so' if clause.startswith('if') else clause}" in " ".join(step.split())
