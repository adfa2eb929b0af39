"""The sentences for the conditions of rules, and the signs before them, which say the same."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from plenipo.advice.conclude import Advice
from plenipo.advice.explain import ConditionNode, FactNode, FindingNode, explain
from plenipo.advice.trace import trace
from plenipo.report.condition_words import exception_lines, fact_line, finding_line
from plenipo.rulebook.model import FALSE, TRUE, UNKNOWN, Fact, Finding, Rulebook
from plenipo.rulebook.verdict import Verdict
from tests.answers import advise, shown
from tests.made_up.harbour import FINDINGS, OPTIONS

Book = Callable[..., Rulebook]
SKY = Fact(
    "sky", "weather", "What is the sky like?", {"clear": "clear", "dark": "as dark as night", "red": "red, at dusk"}
)
SAFE = Finding("safe", "It is safe.")


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (FactNode(SKY, "clear", ("clear",)), "What is the sky like? Clear."),
        (FactNode(SKY, "clear", ("clear",), taken_over="dusk"), "What is the sky like? Clear (taken over from dusk)."),
        (
            FactNode(SKY, "clear", ("dark", "red")),
            'What is the sky like? Clear. It would have to be "as dark as night" or "red, at dusk".',
        ),
        (FactNode(SKY, UNKNOWN, ("dark",)), 'What is the sky like? Not known. It would have to be "as dark as night".'),
        (
            FactNode(SKY, "clear", ("red", UNKNOWN)),
            'What is the sky like? Clear. It would have to be "red, at dusk" or not known.',
        ),
        (FindingNode(SAFE, TRUE, (TRUE,), ()), "It is safe."),
        (FindingNode(SAFE, FALSE, (TRUE,), ()), "It is safe. That is not so, as far as is known."),
        (FindingNode(SAFE, FALSE, (FALSE,), ()), "Not so, as far as is known: It is safe."),
        (FindingNode(SAFE, TRUE, (FALSE,), ()), "It would have to be otherwise, but it is so: It is safe."),
        (
            FactNode(SKY, UNKNOWN, ("clear", UNKNOWN)),
            (
                'What is the sky like? Not known. Until it is known, it does not count as "as dark as night" or '
                '"red, at dusk".'
            ),
        ),
        (FactNode(SKY, UNKNOWN, (UNKNOWN,)), "What is the sky like? Not known. That is what is asked for here."),
        (
            FactNode(SKY, UNKNOWN, ("clear", "dark", "red", UNKNOWN)),
            "What is the sky like? Not known. Any answer would do here.",
        ),
    ],
)
def test_a_condition_is_put_in_sentences(node: FactNode | FindingNode, said: str) -> None:
    assert (fact_line(node) if isinstance(node, FactNode) else finding_line(node)) == said


EXCEPTIONS_ALONE = """\
- {id: usually-safe, unless: {wind: storm}, then: {find: safe}, because: It mostly is.}
- {id: sail-if-safe, when: {safe: true, sky: [clear, unknown]}, then: {recommend: sail}, because: Go.}
- {id: stay-if-rough, when: {rough: true}, then: {avoid: sail}, because: Stay.}
- {id: very-rough, when: {wind: storm}, then: {find: rough}, because: It blows.}
- {id: paint-always, then: {consider: paint}, because: Paint helps.}
- {id: no-paint-at-night, when: {sky: dark}, then: {avoid: paint}, because: Too dark., overrides: paint-always}
- {id: mend-when-quiet, when: {rough: false}, then: {consider: mend}, because: Quiet.}
"""


def told_of(advice: Advice, option: str, format: str) -> str:
    flat = shown(explain(advice, option, Verdict.AVOID), format)
    return " ".join(re.sub(r"<[^>]+>", " ", flat).replace("\xa0", " ").split())


@pytest.mark.parametrize("format", ["text", "md", "html"])
def test_a_sign_and_the_words_beside_it_agree(book: Book, format: str) -> None:
    rulebook = book(EXCEPTIONS_ALONE, options=OPTIONS, findings=FINDINGS)
    advice = advise(rulebook, {})
    sail = told_of(advice, "sail", format)
    assert "Applies unless there is an exception." in sail
    assert "in every situation" not in sail
    asked = [fact.ask for fact in (rulebook.facts["wind"], rulebook.facts["sky"])]
    for ask in asked:
        assert re.search(rf"\? +(not known: )?{re.escape(ask)} Not known\. Until it is known", sail)
        assert not re.search(rf"[✓✗] +(\w[\w ]*: )?{re.escape(ask)} Not known", sail)
    assert re.search(r"✗ +(does not hold: )?The sea is rough. That is not so, as far as is known\.", sail)
    assert not re.search(r"✗ +(does not hold: )?Not so", sail)
    assert "Applies unless there is an exception." in told_of(advice, "paint", format), "another rule can override it"
    assert re.search(r"✓ +(holds: )?Not so, as far as is known: The sea is rough", told_of(advice, "mend", format))
    stormy = told_of(advise(rulebook, {"wind": "storm"}), "mend", format)
    assert "✗ Not so" not in stormy
    again = shown(explain(advise(rulebook, {"wind": "storm"}), "mend", Verdict.CONSIDER), format)
    assert "It would have to be otherwise, but it is so: The sea is rough." in " ".join(again.split())


def test_a_trace_says_of_a_rule_with_exceptions_alone_when_it_applies(book: Book) -> None:
    rulebook = book(EXCEPTIONS_ALONE, options=OPTIONS, findings=FINDINGS)
    traced = shown(trace(advise(rulebook, {})))
    assert traced.count("Applies unless there is an exception.") == 2
    assert "Applies in every situation." not in traced
    assert "Until it is known, it does not count as" in " ".join(traced.split())


def test_an_exception_that_does_not_hold_is_put_in_sentences() -> None:
    dark, unknown = FactNode(SKY, "clear", ("dark",)), FactNode(SKY, UNKNOWN, ("dark", "red"))
    safe, unsafe = FindingNode(SAFE, FALSE, (TRUE,), ()), FindingNode(SAFE, TRUE, (FALSE,), ())
    red = FactNode(SKY, "red", ("red",))

    def told(*terms: FactNode | FindingNode, any_of: tuple[ConditionNode, ...] = ()) -> list[str]:
        return [said for _, said in exception_lines(ConditionNode(False, terms, any_of))]

    would = 'What is the sky like? Clear. If it were "as dark as night", there would be an exception.'
    assert told(dark) == told(dark, red) == [would]
    assert told(unknown) == [
        (
            "What is the sky like? Not known. Until it is known, there is no exception. "
            'If it were "as dark as night" or "red, at dusk", there would be an exception.'
        )
    ]
    so = "Not so, as far as is known: It is safe. If it were so, there would be an exception."
    assert told(safe) == [so]
    assert told(unsafe) == ["It is safe. If it were not so, there would be an exception."]
    # where one of several is not enough, none of them is said to be
    assert told(dark, safe) == [would.replace("would", "could"), so.replace("would", "could")]
    each, both = ConditionNode(False, (dark,)), ConditionNode(False, (unknown, unsafe))
    assert told(any_of=(each, both))[0] == would
    assert all("there could be" in said for said in told(any_of=(each, both))[1:])
    assert all("there could be" in said for said in told(safe, any_of=(each,)))
