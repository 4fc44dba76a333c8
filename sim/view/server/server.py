"""Serves the page to browsers on this machine, and to nobody else.

In: the scenario or folder to show, and a port. Out: a server on 127.0.0.1, and the worker process
that runs worlds; both end together.

Solara, which serves the page, would send statistics, look for new versions and load missing files
from a public server; its environment is set here so that it does none of these. A page from
elsewhere cannot talk to the server: the names under which it answers, and the pages that may open
its WebSocket, are those of the server itself.
"""

import errno
import importlib.util
import logging
import os
import secrets
import socket
import threading
import time
import warnings
import webbrowser
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from importlib import import_module
from typing import Any

from sim.errors import ServandaError
from sim.view.server import worker
from sim.view.server.lesson_files import lesson_answer
from sim.view.server.worker import Desk

log = logging.getLogger("servanda.view")

PORT = 8765
"""The port used unless another is asked for."""
HOST = "127.0.0.1"
NEEDED = ("solara", "ipyvuetify", "ipyvue", "uvicorn", "starlette")
"""Packages of the extra ``view``."""

ENVIRONMENT = {
    "SOLARA_APP": "sim.view.page",
    "SOLARA_MODE": "production",
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False",
    "SOLARA_THEME_SHOW_BANNER": "False",
    "SOLARA_THEME_TITLE": "Servanda",
    "SOLARA_THEME_VARIANT": "light",
    "SOLARA_KERNEL_CULL_TIMEOUT": "5m",
    "SOLARA_KERNEL_MAX_COUNT": "200",
    "SOLARA_ASSETS_CDN": "",  # a missing file stays missing
    "SOLARA_ASSETS_FONTAWESOME_ENABLED": "False",
    "HOST": HOST,
}
"""Settings of Solara; the secret key of its cookies is drawn at each start."""

POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'self'"
)
"""What the browser lets the page load (Content-Security-Policy): nothing from elsewhere.

Vue compiles the templates in the browser, which is what ``unsafe-eval`` allows.
"""

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
"""Headers of every answer."""

type Scope = MutableMapping[str, Any]
type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type App = Callable[[Scope, Receive, Send], Awaitable[None]]


class OwnPagesOnly:
    """Refuses what other pages send, and answers ``/readyz`` (ASGI middleware).

    A request must name this server as its host, or a page elsewhere could reach it under a name of
    its own. A WebSocket, and a request that is not GET or HEAD, must come from a page of this
    server.

    Args:
        app: The application behind it.
        port: The server's port.
        ready: Whether worlds can be run; ``/readyz`` answers 503 until then.
    """

    def __init__(self, app: App, port: int, ready: Callable[[], bool]) -> None:
        """Note the names of the server."""
        self.app, self.ready = app, ready
        self.hosts = {f"{name}:{port}" for name in (HOST, "localhost")}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = {
            name.decode("latin-1"): text.decode("latin-1") for name, text in scope["headers"]
        }
        asks_only = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        known = headers.get("host") in self.hosts
        site, mode = headers.get("sec-fetch-site", ""), headers.get("sec-fetch-mode", "")
        # a link from elsewhere may be followed; a page from elsewhere may not make the server work
        embedded = site in ("cross-site", "same-site") and mode != "navigate"
        if not known or embedded or not (asks_only or headers.get("origin") in self.origins):
            await _refuse(scope, receive, send, 403, b"only for pages of this server")
        elif scope["path"] == "/readyz" and not self.ready():
            await _refuse(scope, receive, send, 503, b"preparing")
        else:
            await self.app(scope, receive, _guarded(send))


def _guarded(send: Send) -> Send:
    """Add the headers that keep the page to itself to a response."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            added = [(name.encode(), text.encode()) for name, text in HEADERS.items()]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await send(message)

    return sent


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int, why: bytes) -> None:
    """Answer with a status; a WebSocket is closed before it is open, which browsers see as 403."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(why)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why})


def require_extra() -> None:
    """Refuse to go on without the packages of the extra ``view``.

    Raises:
        ServandaError: With the command that installs them.
    """
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        what = f"the page needs packages that are not installed: {', '.join(missing)}"
        raise ServandaError("view", what, 'pip install "servanda[view]"')


def bound(port: int | None) -> socket.socket:
    """A socket on this machine's own address.

    Args:
        port: The port; None for the default one, or a free one if it is taken.

    Raises:
        ServandaError: If the port that was asked for is taken or not allowed.
    """
    made = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if os.name == "posix":  # a port that was in use a minute ago can be used again
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((HOST, PORT if port is None else port))
    except OSError as error:
        if port is None and error.errno == errno.EADDRINUSE:
            made.bind((HOST, 0))
            return made
        made.close()
        reason = (error.strerror or str(error)).lower()
        hint = "name another one, or none to get a free one"
        raise ServandaError("--port", f"{port}: {reason}", hint) from None
    return made


def serve(
    given: str | None = None,
    *,
    port: int | None = None,
    browser: bool = True,
    lang: str = "en",
    allow_code: bool = False,
    tell: Callable[[str], None] = print,
    started: Callable[[str], None] | None = None,
) -> None:
    """Serve the page until a signal ends it.

    Args:
        given: Name or file of a scenario, or a folder of scenarios; None for the shipped ones.
        port: Port; None for the default one.
        browser: Whether to open a browser.
        lang: Language in which the browser opens the page.
        allow_code: Whether the Python files that scenarios name may run.
        tell: Called with sentences on how far the start is.
        started: Called with the address once the page can be opened.

    Raises:
        ServandaError: If a package is missing, the port cannot be used, or the scenario is invalid.
    """
    require_extra()
    door = bound(port)
    number = door.getsockname()[1]
    desk = worker.share(Desk(given=given, allow_code=allow_code))
    try:
        _wait_for_worlds(desk)
        server = _server(desk, number)
        address = f"http://{HOST}:{number}/" + ("" if lang == "en" else f"?lang={lang}")
        threading.Thread(
            target=_announce, args=(server, desk, address, browser, tell, started), daemon=True
        ).start()
        server.run(sockets=[door])
    finally:
        desk.close()
        door.close()


def _wait_for_worlds(desk: Desk) -> None:
    """Wait until the worker has read the scenarios; its rules may still be compiled after that.

    Raises:
        ServandaError: If the scenario or folder cannot be used.
    """
    while desk.progress.phase == "starting":
        time.sleep(0.05)
    if desk.progress.phase == "failed":
        raise ServandaError("", desk.progress.error)


def is_fault(record: logging.LogRecord) -> bool:
    """Whether what Solara logs of a task is worth a line in the terminal (filter of its logger).

    What cannot be run is said on the page. And a window that was closed takes no answer: the loop
    of its connection is closed too, and Solara logs this of tasks that were still running.
    """
    error = record.exc_info[1] if record.exc_info else None
    gone = isinstance(error, RuntimeError) and str(error) == "Event loop is closed"
    return not gone and not isinstance(error, ServandaError)


def _server(desk: Desk, port: int) -> Any:
    """The HTTP server with Solara behind the guard; Solara reads its environment when imported."""
    os.environ |= ENVIRONMENT
    os.environ["SOLARA_SESSION_SECRET_KEY"] = secrets.token_urlsafe(32)
    # It warns at each first visit that its cookie is not sent to other sites, which is as wanted.
    warnings.filterwarnings("ignore", "Cookies with samesite=none", UserWarning)
    logging.getLogger("solara.task").addFilter(is_fault)
    app, uvicorn = import_module("solara.server.starlette").app, import_module("uvicorn")
    routing, responses = (import_module(f"starlette.{part}") for part in ("routing", "responses"))

    async def lesson(request: Any) -> Any:
        file, home = request.path_params["file"], f"http://{HOST}:{port}"
        status, text = await lesson_answer(desk, file, home, request.query_params)
        if status != 200:
            return responses.PlainTextResponse(text, status_code=status)
        return responses.HTMLResponse(text)

    async def report(request: Any) -> Any:
        lang = "zh" if request.query_params.get("lang") == "zh" else "en"
        try:
            return responses.HTMLResponse(await desk.answer("report", lang=lang))
        except ServandaError as error:
            return responses.PlainTextResponse(str(error), status_code=404)

    app.router.routes.insert(0, routing.Route("/lessons/{file:str}", lesson))
    app.router.routes.insert(0, routing.Route("/report", report))
    guard = OwnPagesOnly(app, port, lambda: desk.progress.phase == "ready")
    settings = uvicorn.Config(
        guard, log_level="error", access_log=False, timeout_graceful_shutdown=1, loop="asyncio"
    )
    return uvicorn.Server(settings)


def _announce(
    server: Any,
    desk: Desk,
    address: str,
    browser: bool,
    tell: Callable[[str], None],
    started: Callable[[str], None] | None,
) -> None:
    """Tell the address once the page can be opened, then how far the compilation is."""
    while not server.started:
        if server.should_exit:
            return
        time.sleep(0.05)
    tell(f"Servanda is at {address} (Ctrl-C ends it)")
    if started is not None:
        started(address)
    if browser:
        with suppress(webbrowser.Error):
            webbrowser.open(address)
    said = 0.0
    announced = False
    while desk.progress.phase == "compiling" and not server.should_exit:
        time.sleep(0.2)
        phase, done, total, _ = desk.progress
        if phase == "compiling" and time.monotonic() - said > 5.0:
            if announced or said:  # loading what was compiled before takes less than this
                tell(f"compiling the model's rules, some minutes, once: {done} of {total}")
                announced = True
            said = time.monotonic()
    if announced and desk.progress.phase == "ready":
        tell("ready")
