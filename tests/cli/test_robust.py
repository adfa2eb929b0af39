"""`plenipo robust`: answers, faults and exit codes."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

LIKELY = """\
title: A doubtful evening
facts: {wind: calm}
likely: {sky: {clear: 0.5, cloudy: 0.3, dark: 0.2}, tide: {yes: 3/4, no: 1/4}, moon: equal}
"""


def run_evening(run: Run, *arguments: str) -> str:
    Path("evening.yaml").write_text(LIKELY)
    ran = run("robust", "evening.yaml", *arguments)
    assert (ran.code, ran.err) == (0, "")
    return ran.out


def test_json_has_everything(run: Run) -> None:
    document = json.loads(run_evening(run, "--format", "json"))
    assert (document["schema_version"], document["kind"], document["exact"]) == (2, "robustness", True)
    sail = document["options"]["sail"]
    assert sail["shares"] == {"avoid": 0.2, "recommend": 0.8}
    assert sail["movers"][0]["fact"] == "sky"
    assert sail["regions"] == [
        {
            "verdict": "avoid",
            "share": 0.2,
            "coverage": 1.0,
            "bounds": {"sky": ["dark"]},
            "rules": ["no-sailing-in-the-dark"],
            "gone": [],
        }
    ]
    assert (sail["uncovered"], sail["movers"][0]["error"]) == (0.0, 0.0)
    assert document["survival"]["B"]["errors"] == dict.fromkeys(("every", "spoken", "silenced", "turned"), 0.0)
    assert document["rules"]["no-sailing-in-the-dark"]["cite"] == ["B02"]
    assert document["propositions"]["B02"]["paragraph"] == 3
    assert document["situation"]["likely"]["moon"] == {"true": 0.5, "false": 0.5}


def test_text_opens_with_one_line_and_bars(run: Run) -> None:
    lines = run_evening(run).replace("\xa0", " ").splitlines()
    assert lines[1] == "4 of 5 verdicts hold in every likely situation; the least firm is Set sail: recommend 80 %."
    at = next(number for number, line in enumerate(lines) if line.startswith(" ● Set sail"))
    assert lines[at + 1].startswith("   ################.... recommend 80 %, else avoid 20 %")
    full = run_evening(run, "--full")
    assert "avoid (20 %, all of it) where sky: dark" in " ".join(full.replace("\xa0", " ").split())


def test_csv_has_a_row_for_each_option(run: Run) -> None:
    rows = {row["option"]: row for row in csv.DictReader(run_evening(run, "--format", "csv").splitlines())}
    assert len(rows) == 5
    assert (rows["sail"]["held"], rows["sail"]["avoid"], rows["sail"]["moved_by"]) == ("recommend", "0.2", "sky")
    assert rows["sail"]["stays_without_B"] == "0.8"


def test_samples_say_how_far_off_they_may_be(run: Run) -> None:
    text = run_evening(run, "--samples", "1000", "--seed", "3").replace("\xa0", " ")
    assert text == run_evening(run, "--samples", "1000", "--seed", "3").replace("\xa0", " ")
    assert "1,000 sampled with seed 3" in " ".join(text.split())
    assert "± 1." in text
    assert "estimates" in text
    assert "The same in every situation sampled" in text


def test_the_error_of_a_swing_is_in_every_form(run: Run) -> None:
    drawn = ("--samples", "1000", "--about", "sail", "--equal", "wind")
    text = " ".join(run_evening(run, *drawn, "--full").replace("\xa0", " ").split())
    (row,) = csv.DictReader(run_evening(run, *drawn, "--format", "csv").splitlines())
    mover = json.loads(run_evening(run, *drawn, "--format", "json"))["options"]["sail"]["movers"][0]
    assert (row["moved_by"], float(row["swing"]), float(row["swing_error"])) == (
        mover["fact"],
        mover["swing"],
        mover["error"],
    )
    assert mover["swing"] == pytest.approx(0.8, abs=4 * mover["error"])
    shares = [mover["shares"][mover[end]].get("recommend", 0) for end in ("most", "least")]
    assert mover["error"] == pytest.approx(sum(share * (1 - share) / 333 for share in shares) ** 0.5, rel=0.1)
    assert f"{100 * mover['swing']:.1f}".removesuffix(".0") + f" ± {100 * mover['error']:.1f} points apart" in text


def test_about_and_set_and_source_narrow_it_down(run: Run) -> None:
    document = json.loads(run_evening(run, "--about", "sail", "--set", "sky=dark", "--source", "B", "--format", "json"))
    assert list(document["options"]) == ["sail"]
    assert document["options"]["sail"]["shares"] == {"avoid": 1.0}
    assert document["survival"] == {}


def test_equal_weights_on_request(run: Run) -> None:
    document = json.loads(run_evening(run, "--equal", "sky,wind", "--format", "json"))
    assert document["likely"]["sky"] == dict.fromkeys(("clear", "cloudy", "dark"), pytest.approx(1 / 3))
    assert set(document["likely"]) == {"sky", "wind", "tide", "moon"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("good.yaml",),
            "the situation does not say how likely the values of any fact are\n  help: `--equal unknown` takes",
        ),
        (("good.yaml", "--equal", "skye"), "no fact is called `skye`\n  help: did you mean `sky`?"),
        (
            ("good.yaml", "--equal", "sky", "--about", "sial"),
            "no option is called `sial`\n  help: did you mean `sail`?",
        ),
        (
            ("good.yaml", "--equal", "sky", "--exact", "--samples", "9"),
            "either samples are drawn or every situation counts",
        ),
        (
            ("good.yaml", "--set", "tide=no", "--set", "moon=no"),
            "every fact is known\n  help: take `sky` out of `facts` and say in the file what is likely",
        ),
    ],
)
def test_what_cannot_be_is_refused_with_help(run: Run, good: str, arguments: tuple[str, ...], said: str) -> None:
    ran = run("robust", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


@pytest.mark.parametrize("facts", ["sky: clear, wind: calm", "sky: clear, wind: calm, tide: no, moon: no", "tide: no"])
def test_what_the_help_says_to_write_is_accepted(run: Run, tmp_path: Path, facts: str) -> None:
    (tmp_path / "given.yaml").write_text(f"facts: {{{facts}}}\n")
    told = run("robust", "given.yaml").err
    written = re.search(r"`(likely: \{(\w+): equal\})`", told)
    assert written
    rest = re.sub(rf"\b{written[2]}: \w+(, )?", "", facts) if "out of `facts`" in told else facts
    (tmp_path / "given.yaml").write_text(f"facts: {{{rest}}}\n{written[1]}\n")
    assert run("robust", "given.yaml").code == 0
