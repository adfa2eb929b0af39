"""The page of the bundled rulebook, behind its gate."""

from __future__ import annotations

from dataclasses import replace

import pytest

import plenipo
from plenipo.rulebook.model import Rulebook
from plenipo.web.gate import Gate, Key, hosts
from plenipo.web.server import app
from tests.made_up.short import rule, rulebook


@pytest.fixture(scope="session")
def bundled() -> Rulebook:
    return plenipo.load_rulebook()


@pytest.fixture
def gate(bundled: Rulebook) -> Gate:
    return app(bundled, hosts("127.0.0.1", 8765), Key())


@pytest.fixture
def gate_of_alike() -> Gate:
    """The page of a rulebook with two options whose names differ in what makes no difference."""
    small = rulebook(rule("a", "recommend sail-", when={"wind": "none"}), rule("b", "avoid sail_"))
    options = {id: replace(option, title=id) for id, option in small.options.items()}
    return app(replace(small, options=options), hosts("127.0.0.1", 8765), Key())
