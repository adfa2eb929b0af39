"""What every test gets: a cache folder of the run's own, and rulebooks from a few lines of YAML."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from hypothesis import Phase, settings

from plenipo.rulebook.cache import VARIABLE
from plenipo.rulebook.load import load_rulebook
from plenipo.rulebook.model import Rulebook

FACTS = """\
facts:
  weather:
    sky: {ask: What is the sky like?, values: {clear: clear, cloudy: cloudy, dark: dark}}
    wind: {ask: How strong is the wind?, values: {calm: none, breeze: some, storm: much}}
    tide: {ask: Is the tide in?, values: boolean}
    moon: {ask: Is the moon full?, values: boolean, movable: no, calendar: yes}
"""
OPTIONS = """\
options:
  sea:
    sail: {title: Set sail}
    fish: {title: Go fishing, part_of: sail}
    wait: {title: Wait in port}
  land:
    mend: {title: Mend the nets, after: [wait], with: {wait: {cite: [A02], basis: stated, because: there is time}}}
    paint: {title: Paint the boat}
"""
FINDINGS = """\
findings:
  safe: {says: The sea is safe., cite: [A01]}
  busy: {says: There is work to do.}
  tempting: {says: The sea is tempting.}
"""
RULES = """\
- {id: calm-is-safe, when: {wind: [calm, breeze]}, then: {find: safe}}
- {id: sail-when-safe, when: {safe: true}, then: {recommend: sail}, cite: [A01, B01]}
- {id: no-sailing-in-the-dark, when: {sky: dark}, then: {avoid: sail}, overrides: sail-when-safe, cite: [B02]}
"""
#: What a rule in a test need not say.
PLAIN = {"because": "So it is.", "cite": ["A01"], "basis": "stated", "strength": "plain"}

settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=30)
# a mutant is killed by the first example that fails, however large it is
settings.register_profile("mutants", settings.get_profile("fixed"), phases=(Phase.explicit, Phase.generate))
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "fixed"))


@pytest.fixture
def held() -> Iterator[list[object]]:
    """A list to which a test adds what it has looked at in a loop; a loop that never ran fails the test."""
    looked_at: list[object] = []
    yield looked_at
    assert looked_at


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep rulebooks in a folder of this run, whatever the user's cache holds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(tmp_path_factory.mktemp("cache")))
        # what is started hundreds of times is not to be compiled each time
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _signals_as_usual() -> None:
    """Let what the tests start end at a signal, even where they run behind a shell that has it ignore some."""
    for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)


def seed(id: str, *, paragraphs: int = 3, propositions: int = 9) -> str:
    """Return a source with so many propositions, in YAML."""
    said = "\n".join(
        f"  {id}{number:02}: {{paragraph: {1 + number % paragraphs}, kind: premise, strength: plain, says: It is so.}}"
        for number in range(1, propositions + 1)
    )
    prints = "\n".join(f"  - {number:064x}" for number in range(paragraphs))
    return f"id: {id}\nauthor: Somebody\nfile: {id}.txt\nparagraphs:\n{prints}\npropositions:\n{said}\n"


def write_rulebook(folder: Path, files: dict[str, str | bytes]) -> Path:
    """Write the files (path within the folder -> content) of a rulebook."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def completed(rules: str) -> str:
    """Return rules, in JSON, with what a rule in a test need not say."""
    read = yaml.load(rules, yaml.BaseLoader) or []
    return json.dumps([{**PLAIN, **rule} for rule in read])


@pytest.fixture
def book(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Rulebook]:
    """
    Return a function that makes a rulebook from YAML: `book(rules=..., facts=..., options=..., findings=...)`.

    What is left out is a small one about boats, and what a rule leaves out (`because`, `cite`, `basis`, `strength`) is
    filled in. There are two sources, A and B, with propositions A01 to A09 and B01 to B09.
    """

    def make(
        rules: str = RULES,
        *,
        facts: str = FACTS,
        options: str = OPTIONS,
        findings: str = FINDINGS,
        constraints: str = "constraints: {}",
        parties: str = "parties: {}",
        subjects: str = "subjects: {}",
    ) -> Rulebook:
        files: dict[str, str | bytes] = {
            "rules/facts.yaml": facts,
            "rules/options.yaml": options,
            "rules/findings.yaml": findings,
            "rules/constraints.yaml": constraints,
            "rules/parties.yaml": parties,
            "rules/subjects.yaml": subjects,
            "rules/boats.yaml": completed(rules),
            "seeds/A.yaml": seed("A"),
            "seeds/B.yaml": seed("B"),
        }
        return load_rulebook(write_rulebook(tmp_path_factory.mktemp("book"), files))

    return make
