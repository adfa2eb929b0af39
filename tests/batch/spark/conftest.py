"""A standalone cluster on loopback, a master and two workers, for as long as the tests run."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest

HOME = Path(pyspark.__file__).parent
HOST = "127.0.0.1"
WORKERS = 2
#: Seconds that a part of the cluster may take to start: a busy machine of two processors took most of one minute.
PATIENCE = 240


@pytest.fixture(scope="session")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the URL of a master that has its workers."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment().items():
            patch.setenv(name, value)
        with cluster(tmp_path_factory.mktemp("cluster")) as url:
            yield url


@contextlib.contextmanager
def cluster(folder: Path, memory: str = "1g") -> Iterator[str]:
    """Give the URL of a master that has its workers; all of them are stopped at the end, come what may."""
    port = free_port()
    url = f"spark://{HOST}:{port}"
    with contextlib.ExitStack() as running:
        log = folder / "master.log"
        common = ["--host", HOST, "--webui-port", "0"]
        running.enter_context(daemon("master.Master", log, *common, "--port", str(port)))
        wait_for(log, "I have been elected leader")
        for number in range(WORKERS):
            work = folder / f"worker-{number}"
            arguments = [*common, "--cores", "1", "--memory", memory, "--work-dir", str(work), url]
            running.enter_context(daemon("worker.Worker", folder / f"worker-{number}.log", *arguments))
        wait_for(log, "Registering worker", WORKERS)
        yield url


def environment() -> dict[str, str]:
    """Return what keeps Spark on loopback, and without a web page of its own for the driver."""
    options = {"spark.log.level": "ERROR", "spark.ui.enabled": "false", "spark.driver.host": HOST}
    submitted = " ".join(f"--conf {name}={value}" for name, value in options.items())
    return {
        "SPARK_HOME": str(HOME),
        "SPARK_LOCAL_IP": HOST,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_SUBMIT_ARGS": f"{submitted} pyspark-shell",
    }


@contextlib.contextmanager
def daemon(name: str, log: Path, *arguments: str) -> Iterator[None]:
    """Run a part of the cluster in a process group of its own."""
    command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{name}", *arguments]
    with log.open("w") as written:
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            yield
        finally:
            stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End a process group that was started here."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(15)
            return


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


def wait_for(log: Path, words: str, times: int = 1) -> None:
    """Wait until a log has said something so many times."""
    end = time.monotonic() + PATIENCE
    while log.read_text().count(words) < times:
        assert time.monotonic() < end, f"the cluster did not start:\n{log.read_text()}"
        time.sleep(0.2)
