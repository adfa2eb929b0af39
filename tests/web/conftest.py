"""The page of the bundled rulebook, behind its gate."""

from __future__ import annotations

import pytest

import plenipo
from plenipo.rulebook.model import Rulebook
from plenipo.web.gate import Gate, Key, hosts
from plenipo.web.server import app


@pytest.fixture(scope="session")
def bundled() -> Rulebook:
    return plenipo.load_rulebook()


@pytest.fixture
def gate(bundled: Rulebook) -> Gate:
    return app(bundled, hosts("127.0.0.1", 8765), Key())
