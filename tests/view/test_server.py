"""Claims about the server: this machine only, no page from elsewhere, and no process left over."""

import asyncio
import importlib.util
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest

from sim.errors import ServandaError
from sim.view.server import server
from tests.machine.test_workers import gone, until

ROOT = Path(__file__).resolve().parents[2]
MISSING = [name for name in server.NEEDED if importlib.util.find_spec(name) is None]
needs_extra = pytest.mark.skipif(bool(MISSING), reason="the extra 'view' is not installed")


def asked(guard, headers, kind="http", method="GET", path="/"):
    """What a guard answers: the status, or what the application behind it says."""
    sent = []

    async def send(message):
        sent.append(message)

    async def receive():
        return {"type": f"{kind}.connect"}

    encoded = [(k.encode(), v.encode()) for k, v in headers.items()]
    scope = {"type": kind, "method": method, "path": path, "headers": encoded}
    asyncio.run(guard(scope, receive, send))
    return sent[0].get("status", sent[0]["type"])


def behind(*, ready=True):
    """A guard on port 8765 whose application accepts everything."""

    async def app(scope, receive, send):
        start = {"type": "http.response.start", "status": 200}
        await send(start if scope["type"] == "http" else {"type": "websocket.accept"})

    return server.OwnPagesOnly(app, 8765, lambda: ready)


OWN = {"host": "127.0.0.1:8765", "origin": "http://127.0.0.1:8765"}


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example:8765"},
        {"host": "evil.example:8765", "origin": "http://evil.example:8765"},
        OWN | {"host": "127.0.0.1:9999"},
        {},
    ],
)
def test_a_server_answers_only_under_its_own_name(headers):
    assert asked(behind(), headers) == 403
    assert asked(behind(), headers, "websocket") == "websocket.close"


@pytest.mark.parametrize(("site", "mode"), [("cross-site", "no-cors"), ("same-site", "cors")])
def test_a_page_from_elsewhere_makes_the_server_do_nothing(site, mode):
    headers = {"host": "localhost:8765", "sec-fetch-site": site}
    assert asked(behind(), headers | {"sec-fetch-mode": mode}) == 403
    assert asked(behind(), headers | {"sec-fetch-mode": "navigate"}) == 200  # a link was followed
    own = {"host": "localhost:8765", "sec-fetch-site": "same-origin", "sec-fetch-mode": mode}
    assert asked(behind(), own) == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://127.0.0.1:8765", "http://127.0.0.1:9", "null", None]
)
def test_a_page_from_elsewhere_opens_no_websocket_and_sends_nothing(origin):
    headers = {"host": "localhost:8765"} | ({"origin": origin} if origin else {})
    assert asked(behind(), headers, "websocket") == "websocket.close"
    assert asked(behind(), headers, method="POST") == 403
    assert asked(behind(), headers) == 200


def test_a_page_of_the_server_itself_may():
    assert asked(behind(), OWN, "websocket") == "websocket.accept"
    assert asked(behind(), OWN, method="POST") == 200


def test_it_is_ready_when_worlds_can_be_run():
    assert asked(behind(ready=False), OWN, path="/readyz") == 503
    assert asked(behind(ready=True), OWN, path="/readyz") == 200
    assert asked(behind(ready=False), OWN) == 200


def test_a_taken_port_is_replaced_unless_it_was_asked_for(monkeypatch):
    with socket.socket() as taken:
        taken.bind((server.HOST, 0))
        taken.listen()
        number = taken.getsockname()[1]
        monkeypatch.setattr(server, "PORT", number)
        with server.bound(None) as door:
            host, free = door.getsockname()
            assert host == "127.0.0.1"
            assert free not in (0, number)
        with pytest.raises(ServandaError, match=f"--port: {number}: address already in use"):
            server.bound(number)


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (RuntimeError("Event loop is closed"), False),  # the window has gone
        (ServandaError("seed", "is not a whole number", "give 1"), False),  # the page says it
        (RuntimeError("no such thing"), True),
        (ValueError("Event loop is closed"), True),
    ],
)
def test_the_terminal_tells_faults_of_tasks_and_nothing_else(error, told):
    given = ("solara.task", 40, "tasks.py", 1, "error setting result", None)
    record = logging.LogRecord(*given, (type(error), error, None))
    assert server.is_fault(record) is told
    assert server.is_fault(logging.LogRecord(*given, None))


def test_a_missing_extra_is_named_with_its_cure(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(ServandaError, match=r"not installed: solara.*servanda\[view\]"):
        server.serve()


# ---------------------------------------------------------------- a server of its own


class Running:
    """A server in a process of its own, on a free port."""

    def __init__(self, *arguments, **environment):
        command = [sys.executable, "-m", "sim", "view", "--json", "--no-browser", "--port", "0"]
        # a test run in the background ignores Ctrl-C, and its children would, too
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | environment,
        )
        signal.signal(signal.SIGINT, before)
        about = "".join(iter(self.process.stdout.readline, "}\n")) + "}"
        self.url = json.loads(about)["url"]
        assert until(self.ready, 300)
        self.workers = [one.pid for one in psutil.Process(self.process.pid).children()]

    def ready(self):
        """Whether worlds can be run."""
        try:
            return urllib.request.urlopen(f"{self.url}readyz").status == 200
        except urllib.error.HTTPError:
            return False

    def upgrade(self, origin):
        """First line of the answer to a WebSocket from a page of this origin."""
        host = self.url.split("/")[2]
        lines = [
            "GET /jupyter/api/kernels/k/channels?session_id=s HTTP/1.1",
            f"Host: {host}",
            f"Origin: {origin}",
            "Connection: Upgrade",
            "Upgrade: websocket",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        ]
        with socket.create_connection(host.split(":"), timeout=30) as line:
            line.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
            return line.recv(200).decode().split("\r\n")[0]

    def ended(self, number):
        """Send a signal and wait for the end; the exit code."""
        self.process.send_signal(number)
        code = self.process.wait(30)
        self.process.stdout.close()
        self.process.stderr.close()
        return code


@needs_extra
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)]
)
def test_no_worker_outlives_its_server(number, code):
    running = Running()
    assert running.workers
    own = running.url.rstrip("/")
    assert running.upgrade(own).startswith("HTTP/1.1 101")
    assert running.upgrade("http://evil.example").startswith("HTTP/1.1 403")
    assert running.ended(number) == code
    assert until(lambda: all(map(gone, running.workers)))


@needs_extra
def test_a_scenario_that_does_not_exist_is_refused(spawn_view):
    done = spawn_view("no_such_world")
    assert done.returncode == 2
    assert "there is no scenario 'no_such_world'" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.fixture
def spawn_view():
    """Call ``servanda view`` in a process of its own and wait for its end."""

    def called(*arguments):
        command = [sys.executable, "-m", "sim", "view", "--no-browser", "--port", "0", *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    return called
