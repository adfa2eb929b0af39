"""`plenipo serve` as a program: over a real socket, to its end."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

import pytest
from benchmarks.page import served

from plenipo.web import gate as gate_module
from plenipo.web.gate import COOKIE, Gate
from tests.web.requests import HOST


@dataclass(frozen=True)
class Running:
    """A server that runs: its process, port, link, and the word for programs."""

    process: subprocess.Popen[str]
    port: int
    link: str
    word: str

    @property
    def cookie(self) -> str:
        """The name of its cookie, which is not that of a page on another port."""
        return f"{COOKIE}-{self.port}"

    def send(self, text: str) -> socket.socket:
        """Return a connection on which this was sent."""
        found = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        found.sendall(text.replace("\n", "\r\n").replace("HOST", f"127.0.0.1:{self.port}").encode())
        return found

    def ask(self, text: str) -> str:
        """Return all that is answered to a request after which the connection closes."""
        with self.send(text.replace("\n\n", "\nConnection: close\n\n", 1)) as connection:
            return b"".join(iter(lambda: connection.recv(65_536), b"")).decode()


def started(*arguments: str) -> Running:
    command = [sys.executable, "-m", "plenipo", "serve", "--port", "0", *arguments]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout is not None
    link, word, _ = (process.stdout.readline().split()[-1] for _ in range(3))
    return Running(process, int(link.rpartition(":")[2].partition("/")[0]), link, word)


def ended(running: Running, by: int = signal.SIGINT) -> tuple[int, str]:
    running.process.send_signal(by)
    _, told = running.process.communicate(timeout=60)
    return running.process.returncode, told


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    found = started()
    yield found
    assert ended(found) == (130, "interrupted\n")


def test_the_link_gives_the_cookie_and_the_word_lets_a_program_in(running: Running) -> None:
    path = running.link.partition(str(running.port))[2]
    answered = running.ask(f"GET {path} HTTP/1.1\nHost: HOST\n\n")
    assert answered.startswith("HTTP/1.1 303")
    cookie = answered.partition(f"{running.cookie}=")[2].partition(";")[0]
    # that of a page on another port comes along
    page = running.ask(f"GET / HTTP/1.1\nHost: HOST\nCookie: {COOKIE}-1=other; {running.cookie}={cookie}\n\n")
    assert page.startswith("HTTP/1.1 200")
    assert cookie not in page
    api = f"GET /api/v1/rulebook HTTP/1.1\nHost: HOST\nAuthorization: Bearer {running.word}\n\n"
    assert running.ask(api).startswith("HTTP/1.1 200")
    assert "server:" not in page.partition("\r\n\r\n")[0].lower()


def test_how_the_words_of_others_are_read_is_not_told_where_it_runs(running: Running) -> None:
    # that nothing is told there is held when the server ends
    answered = running.ask(
        f"GET /api/v1/show/US-China%20friction HTTP/1.1\nHost: HOST\nAuthorization: Bearer {running.word}\n\n"
    )
    assert '"read_as":[{"given":"US-China friction"' in answered
    cookie = f"Cookie: {running.cookie}={running.word}"
    page = running.ask(f"GET /option/four-party-talks HTTP/1.1\nHost: HOST\n{cookie}\n\n")
    assert "was read as <code>four_party_talks</code>" in page
    text = "_text=facts%3A+%7BUS-China+friction%3A+high%7D"
    page = running.ask(f"POST /open HTTP/1.1\nHost: HOST\n{cookie}\nContent-Length: {len(text)}\n\n{text}")
    assert "was read as <code>us_china_friction</code>" in page


def test_those_who_send_slowly_keep_nobody_waiting_and_the_end_comes_at_once() -> None:
    running = started()
    slow = [
        running.send("GET / HTTP/1.1\nHost: HO"),
        running.send(
            f"POST /open HTTP/1.1\nHost: HOST\nCookie: {running.cookie}={running.word}\nContent-Length: 100\n\n_te"
        ),
        running.send(""),
    ]
    assert running.ask("GET / HTTP/1.1\nHost: HOST\n\n").startswith("HTTP/1.1 401")
    assert ended(running) == (130, "interrupted\n")
    for connection in slow:
        connection.close()


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ("GET http://evil.example/ HTTP/1.1\nHost: HOST\n\n", "4"),
        ("GET / HTTP/1.1\nHost: HOST\nHost: evil.example\n\n", "400"),
        ("GET / HTTP/1.1\n\n", "400"),
        ("GET / HTTP/1.0\n\n", "421"),
        ("GET / HTTP/1.1\nHost: evil.example\n\n", "421"),
        ("GET /\x01 HTTP/1.1\nHost: HOST\n\n", "400"),
        ("GET /" + "x" * 70_000 + " HTTP/1.1\nHost: HOST\n\n", "4"),
        ("NONSENSE\n\n", "400"),
        ("GET / HTTP/1.1\nHost: HOST\nUpgrade: websocket\nConnection: Upgrade\n\n", "401"),
        ("POST /open HTTP/1.1\nHost: HOST\nContent-Length: 1\nTransfer-Encoding: chunked\n\n0\n\n", "4"),
    ],
)
def test_requests_that_no_browser_makes_are_refused(running: Running, request_: str, status: str) -> None:
    answered = running.ask(request_)
    assert answered.startswith(f"HTTP/1.1 {status}")
    assert "Traceback" not in answered


def test_it_ends_in_the_same_way_when_told_to() -> None:
    assert ended(started(), signal.SIGTERM) == (143, "terminated\n")


def test_a_body_that_does_not_come_is_given_up(gate: Gate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "BODY_SECONDS", 0.01)
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        return {}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    headers = [(b"host", HOST.encode()), (b"cookie", f"{COOKIE}={gate.key.secret}".encode())]
    scope = {"type": "http", "method": "POST", "path": "/open", "raw_path": b"/open", "query_string": b""}
    asyncio.run(gate({**scope, "headers": headers}, receive, send))
    assert sent[0]["status"] == 408


def said(*arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "plenipo", "serve", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    return done.returncode, done.stderr


def test_a_port_that_is_taken_is_told() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, told = said("--port", str(taken.getsockname()[1]))
    assert code == 2
    assert "cannot be served at 127.0.0.1" in told
    assert "--port 0" in told


@pytest.mark.parametrize("host", ["", "no such host", "192.0.2.1"])
def test_a_host_that_is_not_here_is_told(host: str) -> None:
    code, told = said("--host", host, "--port", "0")
    assert code == 2
    assert "Traceback" not in told
    assert "only this machine" in told


@pytest.mark.parametrize("name", ["http://desk.example", "desk.example:9000", "desk.example/", "", "a b"])
def test_a_name_that_no_host_has_is_told(name: str) -> None:
    code, told = said("--host", "0.0.0.0", "--name", name, "--port", "0")
    assert code == 2
    assert f"`{name}` is no name by which a page can be reached" in told
    assert "--name desk.example" in told


def test_others_are_let_in_by_name_alone_and_warned_of() -> None:
    running = started("--host", "0.0.0.0", "--name", "desk.example", "--name", "192.0.2.7")
    try:
        assert running.link.startswith(f"http://desk.example:{running.port}/start/")
        for name in ("desk.example", "192.0.2.7", "localhost"):
            asked = f"GET / HTTP/1.1\nHost: {name}:{running.port}\n\n"
            assert running.ask(asked).startswith("HTTP/1.1 401")
        assert running.ask(f"GET / HTTP/1.1\nHost: other.example:{running.port}\n\n").startswith("HTTP/1.1 421")
    finally:
        code, told = ended(running)
    assert code == 130
    assert told.startswith("warning: anyone who reaches 0.0.0.0")


def test_what_is_not_installed_is_told() -> None:
    program = "import sys; sys.modules['uvicorn'] = None; from plenipo.cli.main import main; sys.exit(main())"
    done = subprocess.run([sys.executable, "-c", program, "serve"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "uvicorn, which is not installed" in done.stderr
    assert "pip install 'plenipo[web]'" in done.stderr


def test_the_benchmark_of_the_page_gets_briefs() -> None:
    with served() as visitor:
        person = visitor()
        assert person.answer() > 0
        assert "=" in person.address
