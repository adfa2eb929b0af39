"""Names as people type them: each printed form is read as what it names, or as one of several, and never as another."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator, Sequence

import pytest

import plenipo
from plenipo.errors import SituationError, UsageError
from plenipo.rulebook.loose_names import LooselyRead, ValueNames, exact_names, loose_key, meant
from plenipo.rulebook.model import UNKNOWN, Constraint, Fact, Finding, Option, Party, Rule, Rulebook, Source, Subject
from tests.made_up import alike

KINDS = (Fact, Option, Finding, Party, Subject, Rule, Constraint, Source)
Book = Callable[..., Rulebook]


@pytest.fixture
def look_alikes(book: Book) -> Rulebook:
    return book(alike.RULES, facts=alike.FACTS, options=alike.OPTIONS, findings=alike.FINDINGS)


def typed(form: str, chance: random.Random, times: int = 8) -> Iterator[str]:
    """Yield a form in the ways in which people type it: other cases, spaces, hyphens, quotes and widths."""
    yield form
    yield f" '{form}' "
    yield f"\u201c{form}\u201d"
    yield form.replace("_", "-").upper()
    for _ in range(times):
        yield "".join(
            chance.choice((" ", "-", "_", "\u00a0", "", "\u2013")) if each in " _-" else chance.choice(_widths(each))
            for each in form
        )


def _widths(letter: str) -> Sequence[str]:
    return (letter, letter.upper(), letter.lower(), chr(ord(letter) + 0xFEE0) if "!" < letter <= "~" else letter)


def printed(thing: object) -> list[str]:
    """Return in which forms a thing is printed."""
    parts = (getattr(thing, name, "") for name in ("id", "title", "says", "called"))
    return [part for part in parts if isinstance(part, str) and part]


@pytest.mark.parametrize("which", ["bundled", "look_alikes"])
def test_every_printed_name_is_read_as_itself_or_as_one_of_several(
    which: str, look_alikes: Rulebook, held: list[object]
) -> None:
    rulebook = look_alikes if which == "look_alikes" else plenipo.load_rulebook()
    chance = random.Random(1)
    tables = {
        Fact: rulebook.facts,
        Option: rulebook.options,
        Finding: rulebook.findings,
        Party: rulebook.parties,
        Subject: rulebook.subjects,
        Rule: rulebook.rules,
        Source: rulebook.sources,
    }
    for kind, table in tables.items():
        others = {form: id for id, thing in table.items() for form in printed(thing)}
        for id, thing in table.items():
            for form in printed(thing):
                for word in typed(form, chance):
                    found = meant(rulebook, word, kind)
                    exactly = others.get(" ".join(word.split()))
                    if loose_key(form) or word.strip() == form:
                        assert id in found or exactly not in {None, id} or word in rulebook.things, (word, found)
                    held.append(found)


@pytest.mark.parametrize("which", ["bundled", "look_alikes"])
def test_every_printed_value_is_read_as_itself_or_as_one_of_several(
    which: str, look_alikes: Rulebook, held: list[object]
) -> None:
    rulebook = look_alikes if which == "look_alikes" else plenipo.load_rulebook()
    chance = random.Random(2)
    for fact in rulebook.facts.values():
        names = ValueNames(fact)
        for (value, label), spelled in zip(fact.values.items(), fact.spelled, strict=True):
            for form in (value, label, spelled):
                for word in typed(form, chance):
                    found = names.meant(word)
                    assert value in found or word.strip() in fact.values or found == (UNKNOWN,), (fact.id, word, found)
                    held.append(found)
        assert names.meant(UNKNOWN) == names.meant("") == (UNKNOWN,)


@pytest.mark.parametrize(
    "word", ["us_china_frictoin", "US China fiction", "friction", "", "-", "''", "us china friction?"]
)
def test_spelling_is_never_guessed(word: str) -> None:
    assert meant(plenipo.load_rulebook(), word, Fact) == ()


def test_what_is_written_in_full_counts_before_what_is_alike(look_alikes: Rulebook) -> None:
    assert meant(look_alikes, "port-fee", Fact) == ("port-fee",)
    assert meant(look_alikes, "port-fees", Option) == ("port-fees",)
    assert meant(look_alikes, "Ask the harbour master", Option) == ("twin",)
    assert meant(look_alikes, "Ask the Harbour-Master", Option) == ("twin2",)
    assert meant(look_alikes, "ask the harbour master", Option) == ("twin", "twin2")
    assert meant(look_alikes, "the harbour master", Option) == ("twin", "twin2", "third")
    assert meant(look_alikes, "--", Fact) == ("sure",)
    assert meant(look_alikes, "PORT_FEE", Fact) == ("port-fee",)
    assert meant(look_alikes, "port_fee", Fact) == (), "it is the id of an option"
    dues = ValueNames(look_alikes.facts["dues"])
    assert dues.meant("low") == ("low",)
    assert dues.meant("Low") == ("low", "very_low")
    assert dues.meant("very-low") == ("low", "very_low")
    assert ValueNames(look_alikes.facts["port-fee"]).meant("Unknown") == (UNKNOWN, "unclear")


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({"none": "none", "some": "some"}, ("none",)),
        ({"none": "none", "noted": "noted, but it goes on"}, ("none",)),
        ({"none": "none", "not_yet": "later"}, ()),
        ({"none": "none", "other": "no answer"}, ()),
        ({"some": "some", "all": "all"}, ()),
        ({"refused": "No", "none": "nothing"}, ("refused",)),
    ],
)
def test_no_means_none_where_it_can_mean_nothing_else(values: dict[str, str], found: tuple[str, ...]) -> None:
    assert ValueNames(Fact("talks", "group", "Talks?", values)).meant("no") == found


def test_the_library_reads_names_so_and_warns_of_each() -> None:
    with pytest.warns(LooselyRead) as told:
        advice = plenipo.advise({"US-China friction": "High", "Working Level": "no"})
    assert advice.situation.facts == {"us_china_friction": "high", "working_level": "none"}
    assert [str(each.message) for each in told] == [
        "read `US-China friction` as us_china_friction",
        "read `High` as high in us_china_friction",
        "read `Working Level` as working_level",
        "read `no` as none in working_level",
    ]
    assert [each.taken for each in advice.situation.read_as] == ["us_china_friction", "high", "working_level", "none"]
    with pytest.warns(LooselyRead):
        assert plenipo.explain(advice, "Four-party talks with China").option.id == "four_party_talks"
    with pytest.warns(LooselyRead):
        assert plenipo.change(advice, "four-party talks with china", "Consider").ways


def test_names_are_exact_where_that_is_asked_for() -> None:
    with exact_names():
        with pytest.raises(SituationError, match="no fact is called `US-China friction`"):
            plenipo.advise({"US-China friction": "high"})
        with pytest.raises(UsageError, match="no option is called `four-party-talks`"):
            plenipo.explain({}, "four-party-talks")
        with pytest.raises(UsageError, match="nothing in the rulebook is called `b39`"):
            plenipo.show("b39")
        with pytest.raises(SituationError, match="`High` is not a value of the fact `us_china_friction`"):
            plenipo.advise({"us_china_friction": "High"})


def test_exact_names_are_no_matter_of_warnings() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        advice = plenipo.advise({"us_china_friction": " high ", "dprk_willing_to_talk": "yes", "working_level": None})
        plenipo.explain(advice, "four_party_talks")
        plenipo.show("B39")
    assert advice.situation.read_as == ()


@pytest.mark.parametrize(("word", "value"), [("YES", "true"), ("False", "false"), ("On", "true"), ("UNKNOWN", UNKNOWN)])
def test_yes_no_and_unknown_are_written_in_any_case(word: str, value: str) -> None:
    names = ValueNames(Fact("sure", "group", "Sure?", {"true": "yes", "false": "no"}))
    assert names.meant(word) == (value,)
    assert names.reading(word, value) is None
    with exact_names():
        assert names.meant(word) == (value,)
