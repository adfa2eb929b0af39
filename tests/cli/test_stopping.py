"""A signal ends a command at once, wherever it is: the exit code says which one it was, and one line tells the user."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made_up.pigeons import pigeons

#: Runs a command line that says when it is where the test wants it, and stays there.
PROGRAM = """
import os, sys

def here():
    os.write(1, b"here")

def spin(*_, **__):
    here()
    while True:
        pass

moment = sys.argv.pop(1)
if moment == "imports":
    class Finder:
        def find_spec(self, name, path=None, target=None):
            if name == "plenipo.cli.app":
                spin()
    sys.meta_path.insert(0, Finder())
if moment == "loading":
    from plenipo.rulebook import load
    load.load_rulebook = spin
if moment == "deaf":
    import clingo
    from plenipo.rulebook import load
    def ground(*_):
        control = clingo.Control()
        control.add("base", [], "p(1..9000). q(X,Y) :- p(X), p(Y).")
        here()
        control.ground([("base", [])])
    load.load_rulebook = ground
if moment == "search":
    from plenipo.engines.answers import program
    models = program._models
    def told(answers):
        here()
        return models(answers)
    program._models = told
if moment == "reading":
    import threading
    threading.Timer(0.2, here).start()
if moment == "writing":
    from plenipo.batch.output import write
    write_text = write._write_text
    def slow(frames, schema, target, kind, *more):
        write_text(frames, schema, target, kind, *more)
        spin()
    write._write_text = slow
from plenipo.cli.main import main
sys.exit(main())
"""
SITUATION = "late-summer-2020"
HARD = ["--rulebook", "hard"]
#: Longer than any of these runs takes to end, and shorter than what it does would take.
DEADLINE = 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a rulebook that takes a search for ever, a fact file for it, and a table."""
    folder = tmp_path_factory.mktemp("stopping")
    pigeons(folder / "hard")
    (folder / "none.yaml").write_text("facts: {}\n")
    (folder / "cases.csv").write_text("case,us_china_friction\na,high\n")
    return folder


def stopped(folder: Path, moment: str, command: list[str], number: int = signal.SIGINT, **more: str) -> tuple[int, str]:
    """Send a signal to a command once it is there; return its exit code and what it says."""
    environment = {**os.environ, **more}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, moment, *command],
        cwd=folder,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as ran:
        assert ran.stdout is not None
        assert ran.stderr is not None
        assert ran.stdout.read(4) == b"here", ran.stderr.read()
        ran.send_signal(number)
        return ran.wait(DEADLINE), ran.stderr.read().decode()


@pytest.mark.parametrize(
    ("moment", "command"),
    [
        ("imports", ["advise", SITUATION]),
        ("imports", ["ask"]),
        ("loading", ["explain", SITUATION, "four_party_talks"]),
        ("loading", ["robust", SITUATION]),
        ("loading", ["template"]),
        ("loading", ["batch", "cases.csv"]),
        ("deaf", ["roadmap", SITUATION]),
        ("deaf", ["show"]),
        ("search", ["advise", "none.yaml", "--full", *HARD]),
        ("search", ["outlook", "none.yaml", *HARD]),
        ("search", ["change", "none.yaml", "go", "recommend", *HARD]),
        ("search", ["check", *HARD]),
        ("search", ["diff", "hard", "hard"]),
        ("reading", ["batch", "-", "--from", "csv"]),
        ("reading", ["advise", "-"]),
    ],
)
def test_ctrl_c_is_heard_at_once(folder: Path, moment: str, command: list[str]) -> None:
    assert stopped(folder, moment, command) == (130, "interrupted\n")


@pytest.mark.parametrize(
    ("number", "code", "words"),
    [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated"), (signal.SIGHUP, 129, "closed")],
)
def test_a_batch_that_is_stopped_leaves_nothing(folder: Path, number: int, code: int, words: str) -> None:
    temporary = folder / f"temporary-{number}"
    temporary.mkdir()
    before = sorted(folder.iterdir())
    ended, said = stopped(
        folder, "writing", ["batch", "cases.csv", "-o", "out.csv", "--key", "case"], number, TMPDIR=str(temporary)
    )
    assert ended == code
    assert words in said
    assert said.count("\n") == 1
    assert sorted(folder.iterdir()) == before
    assert list(temporary.iterdir()) == []


def test_what_a_killed_batch_leaves_is_removed_by_the_next_and_nothing_else(folder: Path) -> None:
    temporary = folder / "temporary-killed"
    temporary.mkdir()
    order = ["batch", "cases.csv", "-o", "killed.csv", "--key", "case"]
    assert stopped(folder, "writing", order, signal.SIGKILL, TMPDIR=str(temporary))[0] == -signal.SIGKILL
    left = [path.name for path in folder.iterdir() if path.name.startswith(".killed.csv.")]
    assert left
    assert len(list(temporary.iterdir())) == 1
    own = [".killed.csv.mine.tmp", ".killed.csv.tmp", ".killed.csv"]
    for name in own:
        (folder / name).write_text("mine")
    (temporary / "plenipo-of-mine").mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    subprocess.run([sys.executable, "-m", "plenipo", *order], cwd=folder, env=environment, check=True)
    assert sorted(path.name for path in folder.iterdir() if path.name.startswith(".killed.csv")) == sorted(own)
    assert [path.name for path in temporary.iterdir()] == ["plenipo-of-mine"]


def test_a_run_that_can_be_resumed_says_what_is_kept(folder: Path) -> None:
    order = ["batch", "cases.csv", "-o", "resumed.csv", "--key", "case", "--resume"]
    code, said = stopped(folder, "writing", order)
    assert code == 130
    assert said == (
        "what is finished is kept in `resumed.csv.parts`; the same command goes on from there\ninterrupted\n"
    )
    assert (folder / "resumed.csv.parts").stat().st_mode & 0o777 == 0o700


def test_a_signal_that_whoever_started_it_ignores_is_ignored(folder: Path) -> None:
    script = f"trap '' HUP; exec {sys.executable} -c \"$1\" loading template"
    with subprocess.Popen(
        ["bash", "-c", script, "bash", PROGRAM], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as ran:
        assert ran.stdout is not None
        assert ran.stdout.read(4) == b"here"
        ran.send_signal(signal.SIGHUP)
        ran.send_signal(signal.SIGTERM)
        assert ran.wait(DEADLINE) == 143


def test_where_errors_are_json_an_interruption_is(folder: Path) -> None:
    code, said = stopped(folder, "deaf", ["show", "--errors", "json"])
    assert code == 130
    told = json.loads(said)
    assert (told["check"], told["message"], told["exit_code"]) == ("interrupted", "interrupted", 130)
