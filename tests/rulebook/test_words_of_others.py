"""What somebody writes who comes from another notation, or forgets the quotation marks, is met with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from plenipo.errors import RulebookError
from plenipo.rulebook.load import load_rulebook
from tests.conftest import write_rulebook
from tests.made_up import single

REST = "because: So., cite: [P01], basis: stated, strength: plain"


def told(folder: Path, **files: str) -> str:
    """Return what is said of the rulebook with one of everything when some of its files hold something else."""
    changed = {f"rules/{name}.yaml": text for name, text in files.items()}
    with pytest.raises(RulebookError) as caught:
        load_rulebook(write_rulebook(folder, {**single.FILES, **changed}))
    return str(caught.value)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("if: {rain: yes}, then: {find: wet}", "when"),
        ("when: {rain: yes}, then: {conclude: wet}", "find"),
        ("then: {permit: stay}", "consider"),
        ("then: {Forbid: stay}", "avoid"),
        ("then: {must: stay}", "recommend"),
        ("recommend: stay", "then"),
        ("then: {find: wet}, default: yes", "overrides"),
        ("then: {find: wet}, priority: 3", "overrides"),
        ("then: {find: wet}, not: {rain: yes}", "unless"),
        ("then: {find: wet}, except: {rain: yes}", "unless"),
        ("then: {find: wet}, confidence: 0.4", "strength"),
    ],
)
def test_a_word_of_another_notation_points_at_the_key(written: str, meant: str, tmp_path: Path) -> None:
    said = told(tmp_path, days=f"- {{id: a, {written}, {REST}}}\n")
    assert f"did you mean `{meant}`?\n  help: `{meant}` is for: " in said


@pytest.mark.parametrize(("word", "meant"), [("question", "ask"), ("prompt", "ask"), ("choices", "values")])
def test_so_does_a_word_for_a_part_of_a_fact(word: str, meant: str, tmp_path: Path) -> None:
    said = told(tmp_path, facts=f"facts: {{weather: {{rain: {{{word}: Rain}}}}}}\n")
    assert f"fact `rain` has no key `{word}`\n  help: did you mean `{meant}`?" in said


@pytest.mark.parametrize(
    ("condition", "help"),
    [
        ("{not: wet}", "under `unless`"),
        ("{or: wet}", "`any` holds a list of conditions"),
        ("{rain: yes, and: wet}", "leave it out"),
    ],
)
def test_a_word_among_conditions_is_explained(condition: str, help: str, tmp_path: Path) -> None:
    assert help in told(tmp_path, days=f"- {{id: a, when: {condition}, then: {{find: wet}}, {REST}}}\n")


def test_a_typing_mistake_is_still_met_with_the_nearest_key(tmp_path: Path) -> None:
    said = told(tmp_path, days=f"- {{id: a, wehn: {{rain: yes}}, then: {{find: wet}}, {REST}}}\n")
    assert "did you mean `when`?\n  help: its keys are `id`" in said


@pytest.mark.parametrize(
    ("kind", "text", "entry"),
    [
        ("findings", "findings: {wet: {says: It is wet, and cold}}", 'says: "It is wet, and cold"'),
        ("findings", "findings: {wet: {says: wet, cold, grey, cite: [P01]}}", 'says: "wet, cold, grey"'),
        ("options", "options: {day: {stay: {title: Stay, at home}}}", 'title: "Stay, at home"'),
        ("facts", "facts: {w: {rain: {ask: Rain, or not?, values: boolean}}}", 'ask: "Rain, or not?"'),
        (
            "days",
            f"- {{id: a, then: {{find: wet}}, {REST.replace('So.', 'So, one hears.')}}}",
            'because: "So, one hears."',
        ),
    ],
)
def test_a_text_with_a_comma_in_braces_is_shown_with_quotation_marks(
    kind: str, text: str, entry: str, tmp_path: Path
) -> None:
    assert f"in braces a text with a comma needs quotation marks: `{entry}`" in told(tmp_path, **{kind: text})


def test_a_key_that_holds_nothing_on_a_line_of_its_own_is_no_such_text(tmp_path: Path) -> None:
    assert "comma" not in told(tmp_path, findings="findings:\n  wet:\n    says: It is wet.\n    cold:\n")


def test_everything_that_a_rule_lacks_is_told_at_once(tmp_path: Path) -> None:
    said = told(tmp_path, days="- {id: a, when: {rain: yes}}\n")
    assert [key for key in ("then", "because", "basis", "strength") if f"lacks `{key}`" in said] == [
        "then",
        "because",
        "basis",
        "strength",
    ]
    assert "rule `a` cites nothing" in said


def test_what_a_key_is_for_keeps_the_capitals_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with pytest.raises(RulebookError, match="`paragraphs` is for: SHA-256 of each"):
        load_rulebook(write_rulebook(tmp_path, {**single.FILES, "seeds/P.yaml": "id: P\n"}))
