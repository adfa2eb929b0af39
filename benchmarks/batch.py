"""
How fast many situations are answered, from Parquet to Parquet, against doing the same with no rules at all.

Everything that is compared is measured in one run, in turns, so that whatever else the machine does hits all of it.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

import narwhals as nw
import polars as pl

import plenipo
from benchmarks import synthetic
from benchmarks.figures import Figure, publish
from plenipo.batch.metadata import read_metadata
from plenipo.batch.output.write import write_frames
from plenipo.batch.sources.json_lines import JsonLines
from plenipo.batch.sources.source import PART_SIZE
from plenipo.engines.columns import ColumnEngine
from plenipo.engines.production import ProductionEngine
from plenipo.rulebook.model import Rulebook
from plenipo.situations.file_kinds import Kind

ROWS = 1_000_000
MANY = 10_000_000
SIZES = (100, 300, 1000)
TURNS = 3
PLENIPO = str(Path(sys.executable).parent / "plenipo")


def measure(rows: int = ROWS, many: int = MANY) -> Iterator[Figure]:
    """Yield rates, ratios, memory and whole processes."""
    book = plenipo.load_rulebook()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cases(book, rows, folder / "cases.parquet")
        rate, limit = _rates(book, rows, folder)
        yield Figure(f"batch, {len(book.rules)} rules, {rows:,} rows, Parquet to Parquet", rate / 1000, "k/s")
        yield Figure("the same columns read and written with no rules", limit / 1000, "k/s")
        yield Figure("batch / no rules", rate / limit, "x", target=0.4, least=True)
        experta = _production(book)
        yield Figure("production engine, one situation after another", experta, "/s")
        yield Figure("batch / production engine", rate / experta, "x")
        yield from _texts(book, rows // 5, folder)
        yield from _processes(book, folder)
        yield from _many(rows, many, folder)
        yield from _growth(rows // 5, folder)


def cases(book: Rulebook, rows: int, path: Path, seed: int = 1) -> None:
    """Write situations drawn at random, a tenth of the facts unknown, none of them impossible."""
    random = Random(seed)
    columns: dict[str, pl.Series] = {"id": pl.Series(range(rows)).cast(pl.String)}
    for id, fact in book.facts.items():
        values = [*fact.values] * 9
        columns[id] = pl.Series(random.choices([*values, *[None] * len(fact.values)], k=rows), dtype=pl.String)
    _possible(book, pl.DataFrame(columns)).write_parquet(path, compression="snappy")


def _possible(book: Rulebook, frame: pl.DataFrame) -> pl.DataFrame:
    """Return situations in which a fact of every constraint that was broken is no longer known."""
    impossible = ColumnEngine(book).impossible()
    for constraint in book.constraints:
        name = min(atom.name for atom in constraint.never.every_atom())
        broken = nw.from_native(frame).select(broken=impossible[constraint.id]).to_native()["broken"]
        frame = frame.with_columns(pl.when(broken).then(None).otherwise(pl.col(name)).alias(name))
    return frame


def _rates(book: Rulebook, rows: int, folder: Path) -> tuple[float, float]:
    """Return rows a second, with rules and without."""
    given, out = folder / "cases.parquet", folder / "out.parquet"
    worked, copied = [], []
    for _ in range(TURNS):
        start = perf_counter()
        assert plenipo.batch(given, out, rulebook=book, key="id", summary=False, force=True).situations == rows
        worked.append(perf_counter() - start)
        answers = pl.read_parquet(out)
        start = perf_counter()
        pl.read_parquet(given)
        write_frames(
            answers.iter_slices(PART_SIZE),
            answers.schema,
            folder / "copy.parquet",
            Kind.PARQUET,
            read_metadata(out, parquet=True),
        )
        copied.append(perf_counter() - start)
        del answers
    return rows / median(worked), rows / median(copied)


def _texts(book: Rulebook, rows: int, folder: Path) -> Iterator[Figure]:
    """Yield how fast text is read and written, with reasons as ids, against Polars and the same text."""
    given = folder / "text.parquet"
    cases(book, rows, given)
    lines = folder / "text.jsonl"
    pl.read_parquet(given).write_ndjson(lines)
    ours, polars = _in_turns(lambda: _read(book, lines), lambda: pl.read_ndjson(lines))
    yield Figure(f"JSON Lines read, {rows:,} rows", rows / ours / 1000, "k/s")
    yield Figure("JSON Lines read / Polars", polars / ours, "x", target=0.33, least=True)
    for kind in (Kind.CSV, Kind.JSONL):
        out = folder / f"text-out.{kind}"
        _answer(book, given, out)
        answers = pl.read_csv(out, infer_schema=False) if kind is Kind.CSV else pl.read_ndjson(out)
        ours, polars = _in_turns(
            partial(_answer, book, given, out), partial(_copy, given, answers, folder / "copy", kind)
        )
        yield Figure(f"batch, Parquet to {kind.upper()} with ids, {rows:,} rows", rows / ours / 1000, "k/s")
        yield Figure(f"batch to {kind.upper()} / Polars, the same text", polars / ours, "x", target=0.5, least=True)


def _in_turns(*actions: Callable[[], object]) -> list[float]:
    """Return the median of the seconds that each action takes."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(TURNS):
        for action, seconds in zip(actions, taken, strict=True):
            start = perf_counter()
            action()
            seconds.append(perf_counter() - start)
    return [median(seconds) for seconds in taken]


def _read(book: Rulebook, lines: Path) -> int:
    return sum(part.frame.height for part in JsonLines(lines, lines.name, book.facts).parts())


def _answer(book: Rulebook, given: Path, out: Path) -> None:
    plenipo.batch(given, out, rulebook=book, key="id", reasons="ids", summary=False, force=True)


def _copy(given: Path, answers: pl.DataFrame, out: Path, kind: Kind) -> None:
    """Read the same situations, and write the same text, with no rules."""
    pl.read_parquet(given)
    (answers.write_csv if kind is Kind.CSV else answers.write_ndjson)(out)


def _production(book: Rulebook, runs: int = 200) -> float:
    engine = ProductionEngine(book)
    situations = [synthetic.situation(book, seed) for seed in range(runs)]
    engine.fires(situations[0])
    start = perf_counter()
    for facts in situations:
        engine.fires(facts)
    return runs / (perf_counter() - start)


def _processes(book: Rulebook, folder: Path) -> Iterator[Figure]:
    cases(book, 100_000, folder / "some.parquet")
    taken = [
        _process(["some.parquet", "-o", "some-out.parquet", "--key", "id", "--force"], folder)[0] for _ in range(TURNS)
    ]
    yield Figure("process: plenipo batch, 100,000 rows", median(taken), "s", target=2)
    texts = [
        path.read_text(encoding="utf-8") for path in sorted((Path(__file__).parent.parent / "facts").glob("*.yaml"))
    ]
    files = folder / "files"
    files.mkdir()
    for number in range(2000):
        (files / f"{number:04}.yaml").write_text(texts[number % len(texts)], encoding="utf-8")
    yield Figure(
        "process: plenipo batch, 2,000 fact files", _process(["files", "-o", "files.parquet"], folder)[0], "s", target=6
    )


def _many(rows: int, many: int, folder: Path) -> Iterator[Figure]:
    """Yield rate and memory of the same rows over and over."""
    source = pl.concat([pl.scan_parquet(folder / "cases.parquet")] * (many // rows))
    source.sink_parquet(folder / "many.parquet", compression="snappy", row_group_size=rows // 5)
    one, _ = _process(["cases.parquet", "-o", "x.parquet", "--key", "id", "--force"], folder)
    all, memory = _process(["many.parquet", "-o", "y.parquet", "--key", "id"], folder)
    yield Figure(f"process: {many:,} rows, rate / that of {rows:,}", (many / all) / (rows / one), "x", 0.9, least=True)
    yield Figure(f"process: {many:,} rows, most memory", memory, "MB", target=1200)


def _growth(rows: int, folder: Path) -> Iterator[Figure]:
    for size in SIZES:
        book = synthetic.rulebook(size)
        cases(book, rows, folder / "made-up.parquet")
        taken = []
        for _ in range(TURNS):
            start = perf_counter()
            plenipo.batch(
                folder / "made-up.parquet", folder / "z.parquet", rulebook=book, key="id", summary=False, force=True
            )
            taken.append(perf_counter() - start)
        yield Figure(f"batch, {size} made-up rules, {rows:,} rows", rows / median(taken) / 1000, "k/s")


def _process(arguments: Sequence[str], folder: Path) -> tuple[float, float]:
    """Return the seconds and the megabytes that a whole process takes."""
    program = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL); "
    program += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    start = perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", program, PLENIPO, "batch", *arguments], cwd=folder, check=True, capture_output=True
    )
    unit = 1 if sys.platform == "darwin" else 1024
    return perf_counter() - start, int(ran.stdout) * unit / 1e6


if __name__ == "__main__":
    publish(measure(*map(int, sys.argv[1:])))
