"""What `plenipo batch` writes agrees with the oracle, and with the production engine in a part of the rows."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

import plenipo
from plenipo.advice.conclude import conclude
from plenipo.engines.production import ProductionEngine
from plenipo.rulebook.model import Rulebook, Situation
from tests.made_up.short import rule, rulebook
from tests.tables import KEY, answers, check, drawn, in_parts_of, save, typed, written

SITUATIONS = 10_000
#: The situations are shared out among tests, so that several processes can work them.
SHARES = 8


@pytest.fixture(scope="module")
def real() -> Rulebook:
    return plenipo.load_rulebook()


@pytest.mark.parametrize("share", range(SHARES))
def test_ten_thousand_situations_of_the_real_rulebook(real: Rulebook, tmp_path: Path, share: int) -> None:
    some = drawn(real, SITUATIONS // SHARES, seed=share)
    table = typed(real, some) if share % 4 == 3 else written(real, some, seed=share)
    given, out = save(table, tmp_path / "cases.parquet"), tmp_path / "out.parquet"
    found = plenipo.batch(given, out, key=KEY, rulebook=real)
    assert (found.situations, found.rejected) == (len(some), 0)
    told = answers(real, out)
    check(real, some, told)
    engine = ProductionEngine(real)
    # the oracle was asked about all of them, and takes a tenth of the time
    for facts, answer in list(zip(some, told, strict=True))[share :: 4 * SHARES]:
        fired = engine.fires(facts)
        assert answer.fired == fired
        advice = conclude(real, Situation(facts), fired)
        assert answer.verdicts == {id: option.verdict for id, option in advice.options.items()}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("cases.csv", "out.jsonl"),
        ("cases.jsonl", "out.csv"),
        ("cases.tsv", "out.arrow"),
        ("cases.arrow", "out.tsv"),
        ("cases.parquet", "out.parquet"),
    ],
)
def test_every_kind_of_table_in_parts_smaller_than_the_file_told_as_ids_or_bits(
    real: Rulebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, wanted: str
) -> None:
    in_parts_of(70, monkeypatch)
    some = drawn(real, 250, seed=SHARES)
    table, out = save(written(real, some), tmp_path / given), tmp_path / wanted
    done: list[int] = []
    found = plenipo.batch(table, out, key=KEY, rulebook=real, facts=False, progress=lambda rows, _: done.append(rows))
    assert done == [70, 140, 210, 250]
    oracles = check(real, some, answers(real, out))
    assert found.fired == {rule: sum(rule in oracle.fired for oracle in oracles) for rule in real.rules}
    assert found.verdicts is not None
    for option, counted in found.verdicts.items():
        assert Counter(counted) == Counter(oracle.verdicts[option] for oracle in oracles)


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("cases.csv", "out.jsonl"),
        ("cases.jsonl", "out.csv"),
        ("cases.tsv", "out.arrow"),
        ("cases.parquet", "out.parquet"),
    ],
)
def test_ids_that_mean_something_to_a_batch_or_to_python(tmp_path: Path, given: str, wanted: str) -> None:
    book = rulebook(
        rule("not", "recommend fired_0", when={"case": "a"}),
        rule("class", "find fired_1", when={"key": "lambda"}),
        rule("count", "avoid self", when={"fired_1": "true", "fired": "b"}),
        rule("a-b", "consider a_b", unless={"index": ("import", "unknown")}),
    )
    some = drawn(book, 60, seed=1)
    table, out = save(written(book, some), tmp_path / given), tmp_path / wanted
    plenipo.batch(table, out, key=KEY, rulebook=book)
    check(book, some, answers(book, out))
