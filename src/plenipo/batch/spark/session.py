"""A session of a Spark cluster, or of Spark on this machine alone, and what may be missing for it."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plenipo.errors import UsageError, printable, quoted

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_NEED_PYSPARK = "pip install 'plenipo[spark]' installs pyspark, the extra that --engine spark needs"
_NEED_JAVA = "on Debian and Ubuntu, `apt install openjdk-17-jre-headless` installs one; JAVA_HOME says where one is"
#: Spark compiles the rulebook to methods that are too long for Java to compile further by default.
_LONG_METHODS = "-XX:-DontCompileHugeMethods"
#: Seconds in which a master has to answer.
_PATIENCE = 10


@contextmanager
def session(master: str | None) -> Iterator[SparkSession]:
    """
    Give a session of the cluster `master`, or of the one that Spark's own configuration names, and stop it afterwards.

    A session that is already running is used as it is, and goes on.

    Raises:
        UsageError: pyspark or Java is missing, or the cluster does not answer.
    """
    _check(master)
    from pyspark.sql import SparkSession

    running = SparkSession.getActiveSession()
    if running is not None:
        yield running
        return
    started = _started(master)
    try:
        yield started
    finally:
        started.stop()


def _check(master: str | None) -> None:
    try:
        import pyspark  # noqa: F401 - only to know whether it is there
    except ImportError:
        raise UsageError("pyspark is not installed", help=(_NEED_PYSPARK,)) from None
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")):
        where = f"in JAVA_HOME, {quoted(home)}" if home else "on this machine"
        raise UsageError(f"Spark needs a Java runtime, 17 or later, and there is none {where}", help=(_NEED_JAVA,))
    if master and master.startswith("sc://"):
        raise UsageError(
            "plenipo does not speak Spark Connect", help=("name the master itself, as in spark://HOST:7077",)
        )
    if master and master.startswith("spark://"):
        _call(master)


def _call(master: str) -> None:
    """Check that a standalone master is there; Spark itself would take a minute to say that it is not."""
    for each in master.removeprefix("spark://").split(","):
        host, _, port = each.rpartition(":")
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE):
                return
        except (OSError, ValueError, OverflowError):
            continue
    raise UsageError(f"no Spark master answers at {quoted(master)}", help=("the form is spark://HOST:7077",))


def _started(master: str | None) -> SparkSession:
    from pyspark import SparkConf
    from pyspark.sql import SparkSession

    # the driver's Java starts before any configuration is made, and learns of nothing later
    early = f"--conf spark.log.level=ERROR --driver-java-options {_LONG_METHODS} pyspark-shell"
    os.environ.setdefault("PYSPARK_SUBMIT_ARGS", early)
    try:
        settings = SparkConf()
        for name, value in _settings(master).items():
            if name == "spark.master" or not settings.contains(name):
                settings.set(name, value)
        return SparkSession.builder.config(conf=settings).getOrCreate()
    except Exception as error:
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        where = f" with the master {quoted(master)}" if master else ""
        raise UsageError(f"Spark cannot be started{where}: {printable(first, 300)}") from error


def _settings(master: str | None) -> dict[str, str]:
    """Return the settings, for where Spark's own configuration (spark-defaults.conf) does not say otherwise."""
    settings = {
        "spark.app.name": "plenipo batch",
        "spark.executor.extraJavaOptions": _LONG_METHODS,
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
        # Spark makes methods of whole stages only up to 100 columns, and a rulebook has more
        "spark.sql.codegen.wholeStage": "false",
        # that a row of CSV is too long or too short shows only when all of it is read
        "spark.sql.csv.parser.columnPruning.enabled": "false",
    }
    if master:
        settings["spark.master"] = master
    if master is None or master.startswith("local"):
        settings["spark.ui.enabled"] = "false"
    return settings
