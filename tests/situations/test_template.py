"""The template: a fact file with every question in it and nothing known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import plenipo
from plenipo.rulebook.model import Rulebook
from plenipo.situations.read import read_situation
from plenipo.situations.template import template

Book = Callable[..., Rulebook]


@pytest.mark.parametrize("full", [False, True])
def test_it_loads_back_as_a_situation_in_which_nothing_is_known(full: bool) -> None:
    book = plenipo.load_rulebook()
    read = read_situation(book, template(book, full=full))
    assert (read.facts, read.considering, read.notes, read.expect) == ({}, (), {}, {})


@pytest.mark.parametrize("full", [False, True])
def test_every_fact_stands_under_its_question_and_its_values(full: bool) -> None:
    book = plenipo.load_rulebook()
    words = " ".join(template(book, full=full).replace("#", " ").split())
    assert book.facts
    for fact in book.facts.values():
        assert " ".join(fact.ask.split()) in words
        assert f"{fact.id}: unknown" in words
        assert all(" ".join(label.split()) in words for label in fact.values.values())
        assert (" ".join(fact.help.split()) in words) is full or not fact.help


def test_each_value_that_it_names_can_be_filled_in() -> None:
    book = plenipo.load_rulebook()
    assert book.facts
    for fact in book.facts.values():
        for value in fact.values:
            filled = template(book).replace(f"  {fact.id}: unknown", f"  {fact.id}: {value}")
            assert read_situation(book, filled).facts == {fact.id: value}
            if fact.boolean:
                filled = template(book).replace(f"  {fact.id}: unknown", f"  {fact.id}: {fact.values[value]}")
                assert read_situation(book, filled).facts == {fact.id: value}


def test_no_text_of_a_rulebook_can_leave_its_comment(book: Book) -> None:
    ask = r"What?\nfacts: {evil: yes}\u2028sky: dark"
    facts = f'facts: {{weather: {{sky: {{ask: "{ask}", values: {{dark: "dark\\nmoon: yes"}}}}}}}}'
    options = "options: {sea: {sail: {title: Sail}}}"
    rules = "- {id: go, when: {sky: dark}, then: {recommend: sail}}"
    rulebook = book(rules, facts=facts, options=options, findings="findings: {}")
    for full in (False, True):
        assert read_situation(rulebook, template(rulebook, full=full)).facts == {}
