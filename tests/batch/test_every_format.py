"""The same rows are answered alike, whichever kind of table they come in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import plenipo
from plenipo.rulebook.model import Rulebook
from tests.cli.conftest import boats
from tests.tables import save
from tests.workbooks import book, ods, xlsb

__all__ = ["boats"]

SKY = ["clear", "dark", " Dark ", "CLEAR", "N/A", "-", "?", "none", "unknown", "dakr", "", None]
WIND = ["calm", "breeze", "storm", "Storm", "nan", "5", "", None]
TIDE = ["yes", "no", "Y", "0", "1.0", "TRUE", "maybe", None]
#: How each kind of table is written, beside those of Polars.
BOOKS: Mapping[str, Callable[..., Path]] = {"xlsx": book, "ods": ods, "xlsb": xlsb}
KINDS = ["csv", "tsv", "jsonl", "parquet", "arrow", *BOOKS]
ROW = st.fixed_dictionaries({"sky": st.sampled_from(SKY), "wind": st.sampled_from(WIND), "tide": st.sampled_from(TIDE)})
#: How the columns may be called.
NAMES = st.fixed_dictionaries(
    {"sky": st.sampled_from(["sky", "SKY", "s k y"]), "tide": st.sampled_from(["tide", "Tide"])}
)


@pytest.fixture(scope="module")
def rulebook(boats: Path) -> Rulebook:
    """Return the rulebook about boats."""
    return plenipo.load_rulebook(boats)


@pytest.mark.filterwarnings("ignore::plenipo.rulebook.loose_names.LooselyRead")
@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROW, min_size=1, max_size=12), names=NAMES)
def test_the_same_rows_are_answered_alike(
    rulebook: Rulebook,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[dict[str, str | None]],
    names: Mapping[str, str],
) -> None:
    folder = tmp_path_factory.mktemp("tables")
    frame = pl.DataFrame([{"id": f"case {number}", **row} for number, row in enumerate(rows)], infer_schema_length=None)
    frame = frame.cast(pl.String).rename(names)
    answers = {}
    for kind in KINDS:
        path = folder / f"cases.{kind}"
        if kind in BOOKS:
            BOOKS[kind](path, [frame.columns, *frame.rows()])
        else:
            save(frame, path)
        found = plenipo.batch(path, folder / f"{kind}.out.csv", key="id", rulebook=rulebook)
        rejected = [(each.case, each.column, each.value, each.reason, each.nearest, each.check) for each in found.first]
        text = (folder / f"{kind}.out.csv").read_text()
        answers[kind] = (text, found.situations, found.rejected, rejected, dict(found.unknown))
    first, *others = answers.values()
    assert len(others) == len(KINDS) - 1
    assert all(other == first for other in others)
