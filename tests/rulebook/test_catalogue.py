"""The catalogue: every name is found, with everything that touches it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import plenipo
from plenipo.errors import UsageError
from plenipo.rulebook.catalogue import Entry, catalogue_names, look_up, overview
from plenipo.rulebook.model import Rulebook

Book = Callable[..., Rulebook]


def mentioned(entry: Entry, heading: str) -> list[str]:
    return [mention.id for mention in entry.touched_by.get(heading, ())]


def test_every_name_of_the_bundled_rulebook_has_an_entry() -> None:
    book = plenipo.load_rulebook()
    assert catalogue_names(book)
    for name in catalogue_names(book):
        entry = look_up(book, name)
        assert (entry.id, bool(entry.says)) == (name, True)


def test_a_fact_names_the_rules_that_read_it(book: Book) -> None:
    entry = look_up(book(), "wind")
    assert entry.kind == "fact"
    assert entry.particulars["values"] == ("calm: none", "breeze: some", "storm: much")
    assert mentioned(entry, "read by") == ["calm-is-safe"]
    assert entry.touched_by["read by"][0].note == "wind is calm or breeze"


def test_a_fact_names_the_rules_that_it_keeps_back(book: Book) -> None:
    entry = look_up(book("- {id: go, when: {wind: calm}, unless: {tide: yes}, then: {consider: sail}}"), "tide")
    assert [(mention.id, mention.note) for mention in entry.touched_by["kept back by"]] == [
        ("go", "unless tide is true")
    ]


def test_what_nobody_can_change_is_said_to_be_so(book: Book) -> None:
    assert "who can change it" in look_up(book(), "moon").particulars
    assert "who can change it" not in look_up(book(), "tide").particulars


def test_an_option_names_its_rules_verb_by_verb_and_its_place_in_the_order(book: Book) -> None:
    rulebook = book()
    sail = look_up(rulebook, "sail")
    assert mentioned(sail, "rules that say recommend") == ["sail-when-safe"]
    assert mentioned(sail, "rules that say avoid") == ["no-sailing-in-the-dark"]
    assert mentioned(sail, "parts") == ["fish"]
    assert mentioned(look_up(rulebook, "fish"), "part of") == ["sail"]
    assert mentioned(look_up(rulebook, "mend"), "comes after") == ["wait"]
    wait = look_up(rulebook, "wait")
    assert mentioned(wait, "comes before") == ["mend"]
    assert [(mention.id, mention.note) for mention in wait.touched_by["goes with"]] == [("mend", "there is time")]


def test_a_finding_names_what_finds_it_and_what_reads_it(book: Book) -> None:
    safe = look_up(book(), "safe")
    assert mentioned(safe, "found by") == ["calm-is-safe"]
    assert mentioned(safe, "read by") == ["sail-when-safe"]
    assert mentioned(safe, "cites") == ["A01"]


def test_a_rule_names_what_it_reads_draws_overrides_and_cites(book: Book) -> None:
    rulebook = book()
    dark = look_up(rulebook, "no-sailing-in-the-dark")
    assert dark.particulars["when"] == ("sky is dark",)
    assert (mentioned(dark, "reads"), mentioned(dark, "draws on")) == (["sky"], ["sail"])
    assert (mentioned(dark, "overrides"), mentioned(dark, "cites")) == (["sail-when-safe"], ["B02"])
    assert mentioned(look_up(rulebook, "sail-when-safe"), "overridden by") == ["no-sailing-in-the-dark"]


def test_alternatives_are_told_as_alternatives(book: Book) -> None:
    rules = "- {id: go, when: {wind: calm, any: [{sky: clear}, {tide: true}]}, then: {consider: sail}}"
    assert look_up(book(rules), "go").particulars["when"] == (
        "wind is calm, and either (sky is clear) or (tide is true)",
    )


def test_a_proposition_names_everything_that_rests_on_it(book: Book) -> None:
    rulebook = book()
    assert mentioned(look_up(rulebook, "A01"), "cited by") == ["calm-is-safe", "sail-when-safe", "safe"]
    assert mentioned(look_up(rulebook, "A02"), "an order rests on it") == ["mend"]


def test_facts_and_constraints_cite_too(book: Book) -> None:
    facts = "facts: {g: {asked: {ask: Is it?, values: boolean, cite: A02}}}"
    rulebook = book("[]", facts=facts, constraints="constraints: {c: {never: {asked: no}, because: So., cite: A02}}")
    assert mentioned(look_up(rulebook, "A02"), "cited by") == ["asked", "c"]
    assert mentioned(look_up(rulebook, "asked"), "cites") == ["A02"]


def test_a_constraint_is_told_with_the_facts_it_holds_apart(book: Book) -> None:
    rulebook = book(constraints="constraints: {no-tide: {never: {tide: no, moon: yes}, because: Full moon pulls.}}")
    entry = look_up(rulebook, "no-tide")
    assert (entry.kind, entry.says) == ("constraint", "Full moon pulls.")
    assert entry.particulars["never"] == ("tide is false, and moon is true",)
    assert mentioned(entry, "reads") == ["tide", "moon"]
    assert mentioned(look_up(rulebook, "moon"), "held apart by") == ["no-tide"]
    assert overview(rulebook).counts["constraints"] == 1


def test_what_keeps_a_rule_back_is_told_with_what_it_asks_for(book: Book) -> None:
    rules = """\
- {id: bare, then: {consider: sail, find: safe}, unless: {tide: no}}
- {id: both, when: {wind: calm}, then: {recommend: sail, find: safe}, unless: {tide: no}}
- {id: ever, then: {caution: sail, find: safe}}
"""
    rulebook = book(rules)
    told = {each.id: each.note for found in look_up(rulebook, "sail").touched_by.values() for each in found}
    expected = {"bare": "unless tide is false", "both": "wind is calm, unless tide is false", "ever": "always"}
    assert {id: told[id] for id in expected} == expected
    assert {each.id: each.note for each in look_up(rulebook, "safe").touched_by["found by"]} == expected
    assert "when" not in look_up(rulebook, "bare").particulars


def test_a_source_lists_its_propositions(book: Book) -> None:
    assert len(mentioned(look_up(book(), "B"), "propositions")) == 9


def test_a_miss_suggests_the_nearest_name(book: Book) -> None:
    with pytest.raises(UsageError) as refused:
        look_up(book(), "no-sailing-in-dark")
    assert refused.value.help == ("did you mean `no-sailing-in-the-dark`?",)


@pytest.mark.parametrize("cited", ["B ¶39", "B¶39", "B ¶ 39 ¶39"])
def test_a_citation_as_answers_print_it_shows_what_is_taken_from_that_paragraph(cited: str) -> None:
    book = plenipo.load_rulebook()
    entry = look_up(book, cited)
    taken = [id for id, said in book.propositions.items() if (said.source, said.paragraph) == ("B", 39)]
    assert (entry.kind, entry.id, entry.says) == ("list", "B ¶39", f"{len(taken)} propositions")
    assert mentioned(entry, "paragraph 39") == taken
    assert "B39" not in taken


def test_several_paragraphs_are_shown_one_after_another() -> None:
    book = plenipo.load_rulebook()
    entry = look_up(book, "A ¶3 ¶1")
    assert list(entry.touched_by) == ["paragraph 3", "paragraph 1"]
    for number in (1, 3):
        for id in mentioned(entry, f"paragraph {number}"):
            assert (book.propositions[id].source, book.propositions[id].paragraph) == ("A", number)


@pytest.mark.parametrize(
    ("cited", "said", "help"),
    [
        ("B ¶999", "no proposition is taken from paragraph 999 of B", "`plenipo show B` lists them all"),
        ("C ¶1", "no source is called `C`", "the sources are `A` and `B`"),
    ],
)
def test_a_citation_of_what_is_not_there_is_never_taken_for_a_proposition(cited: str, said: str, help: str) -> None:
    with pytest.raises(UsageError, match=said) as refused:
        look_up(plenipo.load_rulebook(), cited)
    assert refused.value.help == (help,)


def test_the_overview_counts(book: Book) -> None:
    glance = overview(book())
    assert glance.counts == {"facts": 4, "options": 5, "findings": 3, "rules": 3, "constraints": 0, "propositions": 18}
    assert glance.tracks == {"boats": 3}
    assert [source.id for source in glance.sources] == ["A", "B"]


COUNSEL = {
    "facts": """
facts:
  weather:
    sky: {ask: What is the sky like?, values: {clear: clear, dark: dark}, orienting: yes, known_to: [owner, crew]}
    tide: {ask: Is the tide in?, values: boolean}
""",
    "options": """
options:
  sea:
    sail:
      title: Set sail
      arises_when: {safe: yes, sky: clear}
      headline: [A, B]
      by: owner
      brings: {sky: dark, tide: no}
      cited_for: {headline: [A01, B01], brings: A02}
    wait:
      title: Wait in port
      by: [owner, crew]
      brings:
        - {outcome: the tide comes, facts: {tide: yes}}
        - {outcome: the crew goes home, by: crew, facts: {tide: no}}
""",
    "findings": "findings: {safe: {says: The sea is safe., opens_answer: yes}, busy: {says: There is work to do.}}",
    "parties": "parties: {owner: {title: the owner, own: yes}, crew: {title: the crew}}",
    "subjects": "subjects: {sea: {title: At sea}, weather: {title: Wind and weather}}",
}


def test_what_an_option_declares_is_shown_with_what_it_rests_on(book: Book) -> None:
    rulebook = book("[]", **COUNSEL)
    sail, wait = look_up(rulebook, "sail").particulars, look_up(rulebook, "wait").particulars
    assert sail == {
        "group": ("At sea",),
        "arises when": ("safe holds, and sky is clear (our reading)",),
        "headline": ("of A and B (A01, B01)",),
        "who acts": ("the owner (our reading)",),
        "brings": ("sky is dark, and tide is false (A02)",),
    }
    assert wait["who acts"] == ("the owner, the crew (our reading)",)
    assert wait["brings"] == (
        "the tide comes: tide is true (our reading)",
        "the crew goes home, if the crew so chooses: tide is false (our reading)",
    )


def test_what_facts_and_findings_declare_is_shown(book: Book) -> None:
    rulebook = book("[]", **COUNSEL)
    sky, tide = look_up(rulebook, "sky"), look_up(rulebook, "tide")
    assert sky.particulars["when it is asked"] == ("first: it places a situation (our reading)",)
    assert sky.particulars["who knows it"] == ("the owner, the crew (our reading)",)
    assert {"when it is asked", "who knows it"}.isdisjoint(tide.particulars)
    assert (mentioned(sky, "brings up"), mentioned(sky, "brought about by")) == (["sail"], ["sail"])
    bringing = [(mention.id, mention.note) for mention in tide.touched_by["brought about by"]]
    assert bringing == [("sail", "false"), ("wait", "true or false")]
    safe, busy = look_up(rulebook, "safe"), look_up(rulebook, "busy")
    assert ("in an answer" in safe.particulars, "in an answer" in busy.particulars) == (True, False)
    assert mentioned(safe, "brings up") == ["sail"]


def test_a_party_and_a_subject_have_entries(book: Book) -> None:
    rulebook = book("[]", **COUNSEL)
    crew, owner = look_up(rulebook, "crew"), look_up(rulebook, "owner")
    assert (crew.kind, crew.says, crew.particulars) == ("party", "the crew", {"side": ("another",)})
    assert owner.particulars == {"side": ("one's own",)}
    assert [mentioned(crew, each) for each in ("knows", "acts in", "chooses the outcome of")] == [
        ["sky"],
        ["wait"],
        ["wait"],
    ]
    sea, weather = look_up(rulebook, "sea"), look_up(rulebook, "weather")
    assert (sea.says, mentioned(sea, "options"), mentioned(weather, "facts")) == (
        "At sea",
        ["sail", "wait"],
        ["sky", "tide"],
    )
    assert list(look_up(rulebook, "options").touched_by) == ["At sea"]
    assert mentioned(look_up(rulebook, "parties"), "parties") == ["owner", "crew"]


def test_a_headline_and_a_citation_for_one_key_are_found_from_their_source(book: Book) -> None:
    rulebook = book("[]", **COUNSEL)
    assert mentioned(look_up(rulebook, "B"), "headlines") == ["sail"]
    cited = [(mention.id, mention.note) for mention in look_up(rulebook, "A02").touched_by["cited by"]]
    assert cited == [("sail", "for what it brings")]
