"""The messages for users of Spark who lack something that it needs."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pytest

from plenipo.batch.spark.session import session
from plenipo.errors import UsageError
from tests.cli.conftest import Run


@pytest.fixture
def cases(tmp_path: Path) -> str:
    (tmp_path / "cases.csv").write_text("id,wind\n1,calm\n")
    return "cases.csv"


def test_pyspark_is_missing(run: Run, cases: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    ran = run("batch", cases, "--key", "id", "--engine", "spark")
    assert (ran.code, ran.out) == (2, "")
    assert "pyspark is not installed" in ran.err
    assert "pip install 'plenipo[spark]'" in ran.err


@pytest.mark.parametrize(
    ("home", "where"), [("", "on this machine"), ("/nowhere", "in JAVA_HOME, `/nowhere`")], ids=["path", "home"]
)
def test_java_is_missing(run: Run, cases: str, monkeypatch: pytest.MonkeyPatch, home: str, where: str) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("JAVA_HOME", home)
    ran = run("batch", cases, "--key", "id", "--engine", "spark")
    assert (ran.code, ran.out) == (2, "")
    assert f"there is none {where}" in " ".join(ran.err.split())
    assert "openjdk-17-jre-headless" in ran.err


def test_a_master_is_nothing_to_polars(run: Run, cases: str) -> None:
    ran = run("batch", cases, "--master", "spark://127.0.0.1:7077")
    assert (ran.code, ran.out) == (2, "")
    assert "--engine spark" in ran.err


def test_spark_connect_is_not_spoken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", ModuleType("pyspark"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    (tmp_path / "java").write_text("#!/bin/sh\n")
    (tmp_path / "java").chmod(0o755)
    with pytest.raises(UsageError, match="Spark Connect"), session("sc://127.0.0.1"):
        pass
