"""Completion as people meet it: installed into a shell on a terminal, where a word is typed and Tab is pressed."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pexpect
import pytest

from tests.cli.conftest import RULES
from tests.conftest import FACTS, FINDINGS, OPTIONS, seed, write_rulebook

PROMPT = "ready> "
#: Each shell with the words that start it without the user's own files, and what it reads after an installation.
SHELLS = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], ". ~/.bashrc"),
    "zsh": (["zsh", "-f", "-i"], ". ~/.zshrc"),
}
#: What is typed, and what stands there after Tab.
COMPLETED = [
    ("plenipo adv", "plenipo advise"),
    ("plenipo show late-s", "plenipo show late-summer-2020"),
    ("plenipo show us_china_f", "plenipo show us_china_friction"),
    ("plenipo advise late-s", "plenipo advise late-summer-2020"),
    ("plenipo advise late-summer-2020 --set us_china_friction=h", "us_china_friction=high"),
    ("plenipo advise late-summer-2020 --set us_china_fr", "us_china_friction="),
    ("plenipo advise late-summer-2020 --set=us_china_friction=l", "--set=us_china_friction=low"),
    ("plenipo advise late-summer-2020 --set dprk_willing_to_talk=y", "dprk_willing_to_talk=yes"),
    ("plenipo roadmap late-summer-2020 --suppose us_china_friction=mod", "us_china_friction=moderate"),
    ("plenipo sweep late-summer-2020 --over us_china_friction,dprk_wa", "us_china_friction,dprk_wants_china"),
    ("plenipo robust late-summer-2020 --about four_party_talks,cwc_i", "four_party_talks,cwc_invitation"),
    ("plenipo change late-summer-2020 four_party_talks cons", "four_party_talks consider"),
    ("plenipo trace late-summer-2020 --rule rivalry-def", "--rule rivalry-defers-four-party"),
    ("plenipo advise mi", "plenipo advise mine.yaml"),
    ("plenipo advise sub", "plenipo advise sub/inner.yml"),
    ("plenipo batch ca", "plenipo batch cases.csv"),
    ("plenipo show --rulebook boats sk", "plenipo show --rulebook boats sky"),
    ("plenipo show --rulebook boats quiet", "plenipo show --rulebook boats quiet-morning"),
    ("plenipo advise x --rulebook boats --set wind=st", "--set wind=storm"),
]


class Shell:
    """A shell on a terminal, with completion installed."""

    def __init__(self, name: str, home: Path) -> None:
        words, reread = SHELLS[name]
        bin = home / "bin"
        bin.mkdir()
        (bin / "plenipo").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plenipo "$@"\n')
        (bin / "plenipo").chmod(0o755)
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("PLENIPO_RULE")},
            "HOME": str(home),
            "PATH": f"{bin}:{os.environ['PATH']}",
            "PS1": PROMPT,
            "TERM": "dumb",
            "LC_ALL": "C.UTF-8",
        }
        self.child = pexpect.spawn(
            words[0], words[1:], env=environment, cwd=str(home), dimensions=(50, 250), encoding="utf-8", timeout=20
        )
        self.run(f"PS1='{PROMPT}'; unset zle_bracketed_paste; export PROMPT_EOL_MARK=")
        assert "installed" in self.run("plenipo --install-completion")
        self.run(reread)
        self.run(f"PS1='{PROMPT}'; echo again")

    def run(self, line: str) -> str:
        """Run a line and return what it prints."""
        self.child.sendline(f"{line}; echo do''ne")
        self.child.expect("done\r?\n")
        return str(self.child.before)

    def completed(self, typed: str) -> str:
        """Return what stands in the line after Tab, by having it printed."""
        self.child.send(f"{typed}\t")
        # Ctrl-A goes to the start of the line once Tab has been answered
        self.child.send("\x01echo 'line[' \x05 ']' end\n")
        self.child.expect(r"\nline\[ (.*?) ?\] end\r?\n")
        return str(self.child.match[1])


@pytest.fixture(scope="module", params=SHELLS)
def shell(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shell]:
    home = tmp_path_factory.mktemp(request.param)
    (home / "mine.yaml").write_text("facts: {}\n")
    (home / "cases.csv").write_text("us_china_friction\nlow\n")
    (home / "sub").mkdir()
    (home / "sub/inner.yml").write_text("facts: {}\n")
    files: dict[str, str | bytes] = {
        "rules/facts.yaml": FACTS,
        "rules/options.yaml": OPTIONS,
        "rules/findings.yaml": FINDINGS,
        "rules/boats.yaml": RULES,
        "seeds/A.yaml": seed("A"),
        "seeds/B.yaml": seed("B"),
        "facts/quiet-morning.yaml": "title: A quiet morning\nfacts: {sky: clear}\n",
    }
    write_rulebook(home / "boats", files)
    opened = Shell(request.param, home)
    yield opened
    opened.child.close(force=True)


@pytest.mark.parametrize(("typed", "whole"), COMPLETED)
def test_tab_completes_a_word(shell: Shell, typed: str, whole: str) -> None:
    assert whole in shell.completed(typed)
