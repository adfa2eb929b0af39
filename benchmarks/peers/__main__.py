"""Compare with other rule engines and print one table: `make bench-peers`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import polars as pl

import plenipo
from benchmarks.batch import cases
from benchmarks.figures import Figure, publish
from benchmarks.peers import clips_rules, node_rules, prolog_program, zen_graph
from benchmarks.peers.rulebook import Plain
from plenipo.engines.production import ProductionEngine
from plenipo.engines.production.experta_matcher import experta
from plenipo.engines.production.experta_network import Network
from plenipo.engines.production.productions import Production, flatten
from plenipo.rulebook.model import UNKNOWN

HERE = Path(__file__).parent
#: Where the peers are installed, and where their encodings are put.
BUILD = HERE.parent.parent / "build" / "peers"
PYTHON = BUILD / "venv" / "bin" / "python"
ROWS = 1_000_000
TURNS = 3
#: Situations for each engine: as many as keep it busy for a second or two.
MANY = 10_000
CASES = 2_000
FEW = 200
#: How many times as fast a batch is to be.
TARGETS = {
    "experta, its own matcher": 2500,
    "ZEN, evaluate_batch": 300,
    "SWI-Prolog, clauses": 60,
}

Case = Mapping[str, str]
#: The numbers of the rules that fired, and the verdicts in the order of the options.
Answer = tuple[list[int], list[str]]


@dataclass(frozen=True)
class Peer:
    """A command that prints the answers to situations, and how long each way of asking took."""

    name: str
    program: str
    command: Sequence[str]
    encoding: str
    ending: str
    options: Sequence[str] = ()
    cases: int = CASES


class _Stock(Network):
    """The same productions in experta's own hands: its rules, its matcher, its order."""

    __matcher__ = experta.matchers.rete.ReteMatcher
    __strategy__ = experta.strategies.DepthStrategy

    def _rule(self, production: Production, salience: int) -> Any:
        ours = super()._rule(production, salience)

        def fire(network: Network, **_: object) -> None:
            ours(network)

        return experta.Rule(*ours, salience=salience)(fire)


def measure() -> Iterator[Figure]:
    """
    Yield a rate for every engine and how many times as fast a batch is: medians of turns in which all are asked.

    Before the first turn all are asked once, and whoever answers anything wrong ends it.
    """
    plain = Plain(plenipo.load_rulebook())
    BUILD.mkdir(parents=True, exist_ok=True)
    given = BUILD / "cases.parquet"
    cases(plain.book, ROWS, given)
    some = _situations(given)
    dict(_turn(plain, given, some))
    rates: dict[str, list[float]] = {}
    for _ in range(TURNS):
        for name, rate in _turn(plain, given, some):
            rates.setdefault(name, []).append(rate)
    batch, *others = [(name, median(each)) for name, each in rates.items()]
    yield Figure(*batch, "/s")
    for name, rate in others:
        yield Figure(name, rate, "/s")
        target = TARGETS.get(name)
        yield Figure(f"  plenipo batch / {name}", batch[1] / rate, "x", target, least=target is not None)


def _turn(plain: Plain, given: Path, some: Sequence[Case]) -> Iterator[tuple[str, float]]:
    """Yield how many situations each engine answers in a second, a batch first; no wrong answer is let pass."""
    rate, right = _batch(plain, given)
    yield f"plenipo batch, {ROWS:,} rows, Parquet to Parquet", rate
    yield from _experta(plain, some[:FEW], right)
    yield from _peers(plain, some, right)


def _situations(given: Path) -> list[Case]:
    rows = pl.read_parquet(given, n_rows=MANY).drop("id").to_dicts()
    return [{fact: value or UNKNOWN for fact, value in row.items()} for row in rows]


def _batch(plain: Plain, given: Path) -> tuple[float, list[Answer]]:
    out = BUILD / "out.parquet"

    start = perf_counter()
    plenipo.batch(given, out, rulebook=plain.book, key="id", facts=False, summary=False, force=True)
    rate = ROWS / (perf_counter() - start)
    masks = sorted(plain.book.rules)
    right = []
    for row in pl.read_parquet(out, n_rows=MANY).iter_rows(named=True):
        fired = {id for number, id in enumerate(masks) if row[f"fired_{number // 32}"] >> number % 32 & 1}
        right.append(
            ([number for number, id in enumerate(plain.ids) if id in fired], [row[id] for id in plain.book.options])
        )
    return rate, right


def _experta(plain: Plain, some: Sequence[Case], right: Sequence[Answer]) -> Iterator[tuple[str, float]]:
    productions = flatten(plain.book)
    stock = _Stock(productions)
    engine = ProductionEngine(plain.book)
    loops: dict[str, Callable[[Case], frozenset[str]]] = {
        "experta, its own matcher": lambda case: stock.answer(case, steps=len(productions)),
        "experta, our matcher (the production engine)": engine.fires,
    }
    for name, fires in loops.items():
        fires(some[0])
        start = perf_counter()
        answers = [_concluded(plain, fires(case)) for case in some]
        taken = perf_counter() - start
        _compare(name, answers, right[: len(some)])
        yield name, len(some) / taken


def _concluded(plain: Plain, fired: frozenset[str]) -> Answer:
    """Return the verdicts that rules draw, with no word on why."""
    acting: dict[str, bool] = {}
    for id in plain.ids:
        acting[id] = id in fired and not any(acting[by] for by in plain.book.overriders.get(id, ()))
    verdicts = [
        next((verdict for verdict, rules in drawers if any(acting[id] for id in rules)), "silent")
        for drawers in plain.ranked
    ]
    return [number for number, id in enumerate(plain.ids) if id in fired], verdicts


def _peers(plain: Plain, some: Sequence[Case], right: Sequence[Answer]) -> Iterator[tuple[str, float]]:
    situations = BUILD / "situations.json"
    situations.write_text(json.dumps(some[:CASES]), encoding="utf-8")
    clauses = BUILD / "situations.pl"
    clauses.write_text(prolog_program.situations(plain, some[:MANY]), encoding="utf-8")
    for peer in _known(plain):
        if shutil.which(peer.program) is None:
            print(f"{peer.name}: left out, {peer.program} is not there", file=sys.stderr)
            continue
        encoding = BUILD / f"{peer.name}{peer.ending}"
        encoding.write_text(peer.encoding, encoding="utf-8")
        asked = clauses if peer.ending == ".pl" else situations
        command = [peer.program, *peer.command, str(encoding), str(asked), *peer.options]
        ran = subprocess.run(command, capture_output=True, text=True, check=False, cwd=BUILD)
        if ran.returncode:
            raise SystemExit(f"{peer.name} gave up:\n{ran.stderr}")
        told: dict[str, Any] = json.loads(ran.stdout)
        _compare(peer.name, [(fired, verdicts) for fired, verdicts in told["answers"]], right[: peer.cases])
        if not told["same"]:
            raise SystemExit(f"{peer.name} does not answer alike in every way of asking")
        for way, seconds in told["seconds"].items():
            yield f"{peer.name}, {way}", peer.cases / seconds


def _known(plain: Plain) -> Iterator[Peer]:
    count = str(len(plain.book.options))
    python = str(PYTHON)
    yield Peer("ZEN", python, [str(HERE / "zen_run.py")], zen_graph.encode(plain), ".zen.json")
    constructs = json.dumps(clips_rules.encode(plain))
    yield Peer("CLIPS", python, [str(HERE / "clips_run.py")], constructs, ".clips.json", [count])
    script = [str(HERE / "prolog_run.pl"), "--"]
    yield Peer("SWI-Prolog", "swipl", script, prolog_program.encode(plain), ".pl", cases=MANY)
    rules = [str(HERE / "node_run.cjs")]
    yield Peer("json-rules-engine", "node", rules, node_rules.encode(plain), ".rules.json")


def _compare(name: str, answers: Sequence[Answer], right: Sequence[Answer]) -> None:
    """Stop everything where answers are not the expected ones: a wrong answer has no speed."""
    wrong = [
        number for number, (each, other) in enumerate(zip(answers, right, strict=True)) if list(each) != list(other)
    ]
    if wrong:
        number = wrong[0]
        raise SystemExit(
            f"{name}: {len(wrong)} of {len(right)} answers differ, first number {number}:\n"
            f"  {answers[number]}\n  {right[number]}"
        )


def _versions() -> Iterator[str]:
    """Yield the versions of the peers that are there, and of what runs them."""
    each = "; ".join(f"print('{name}', version('{name}'))" for name in ("clipspy", "zen-engine"))
    told = f"from importlib.metadata import version; {each}"
    for command in ([str(PYTHON), "-c", told], ["swipl", "--version"], ["node", "--version"]):
        if shutil.which(command[0]):
            said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
            yield from (line if line[0] != "v" else f"node {line[1:]}" for line in said.splitlines())
    package = BUILD / "node_modules" / "json-rules-engine" / "package.json"
    if package.exists():
        yield f"json-rules-engine {json.loads(package.read_text(encoding='utf-8'))['version']}"


if __name__ == "__main__":
    print(*_versions(), sep=", ")
    print("the encodings for other engines are ours, made from our rulebook; all answers were compared first\n")
    publish(measure())
