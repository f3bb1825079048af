"""`run.py serve`: a node with everything it needs, until a signal ends it."""

import argparse
import asyncio
import errno
import gc
import importlib
import os
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable, Coroutine
from functools import partial
from types import FrameType
from typing import NoReturn

from kit import logs, loops
from server import keys
from server.bootstrap import terminal
from server.bootstrap.terminal import Stop
from server.cli import servers, workers
from server.cli import settings as configuration
from server.cli.servers import Servers
from server.config import Settings
from server.embedded.stack import EmbeddedStack

_log = logs.get(__name__)

_REQUESTS_SECONDS = 1.0  # requests under way may still end
_ORDERLY_SECONDS = 1.5  # then sockets, sessions and pools
_HARD_SECONDS = 2.8  # and this long if something blocks the loop or a server hangs
_WATCH_SECONDS = 0.5


def main(arguments: argparse.Namespace) -> int:
    """`run.py serve`: start one server process, or several on one port."""
    settings = configuration.read(arguments)
    logs.configure(settings.log_level, settings.log_json)
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # sums of a text are small: helpers would wait more than work
    signal.signal(signal.SIGTERM, _interrupt)  # until the loop takes over
    with _listener(settings.host, settings.port, settings.reuse_port or settings.workers > 1) as listener:
        settings = settings.model_copy(update={"port": listener.getsockname()[1]})
        keys.secret_key(settings)  # before anything that takes long is started
        browser = not arguments.no_browser and terminal.can_show_pages()
        meanwhile = _import if settings.workers == 1 else _nothing
        with servers.opened(settings, terminal.say, while_waiting=meanwhile) as started:
            if settings.workers > 1:
                return workers.supervise(settings, started, lambda: _announce(settings, browser))
            _run(_serve(settings, listener, started, browser))
    _leave()


def _import() -> None:
    """Load the application, which is most of a start."""
    gc.disable()  # hardly anything becomes garbage before we serve, and collecting costs a tenth of the time
    importlib.import_module("server.app")


def _nothing() -> None:
    """For a process that only supervises others and needs no application."""


async def _serve(settings: Settings, listener: socket.socket, started: Servers, browser: bool) -> None:
    _import()
    from server import resources
    from server.app import create_app, drain, serving

    stopping, draining = _stop_on_signals(started.stack, settings.drain_seconds)
    await servers.prepare(started.endpoints, terminal.say)
    urls = started.endpoints
    try:
        async with asyncio.timeout(None) as limit:
            async with (
                resources.opened(settings, database_url=urls.database_url, redis_url=urls.redis_url) as opened,
                serving(app := create_app(opened), listener, _REQUESTS_SECONDS) as site,
            ):
                _announce(settings, browser)
                gc.freeze()  # what exists now stays: the collector need not scan it while sessions run
                gc.enable()
                if started.stack is not None:
                    revive = partial(_revive, started.stack)
                    opened.tasks.keep(revive, name="keep the embedded servers up", pause=_WATCH_SECONDS)
                emptied = partial(drain, app, site, settings.drain_seconds)
                opened.tasks.spawn(_drain(draining, emptied), name="drain")
                await stopping.wait()
                limit.reschedule(asyncio.get_running_loop().time() + _ORDERLY_SECONDS)
    except TimeoutError:
        _log.warning("stopped_before_everything_was_closed")
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise _cannot_listen(settings.host, settings.port, error) from error


async def _drain(draining: asyncio.Event, emptied: Callable[[], Coroutine[None, None, None]]) -> None:
    await draining.wait()
    await emptied()
    os.kill(os.getpid(), signal.SIGINT)


async def _revive(stack: EmbeddedStack) -> None:
    # On the main thread on purpose: the servers are tied to the thread that starts them.
    for name in stack.revive():
        _log.error("embedded_server_restarted", server=name)
    stack.trim_logs()


def _announce(settings: Settings, browser: bool) -> None:
    url = _url(settings.host, settings.port)
    print(f"Parley is ready: {url}", flush=True)
    if browser:
        threading.Thread(target=webbrowser.open, args=[url], daemon=True).start()


def _url(host: str, port: int) -> str:
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]", "": "127.0.0.1"}
    shown = anywhere.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{shown}:{port}"


def _listener(host: str, port: int, shared: bool) -> socket.socket:
    """The bound socket. Bound first, so that a port in use is reported before anything is started."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise _cannot_listen(host, port, error) from error
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if shared:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise _cannot_listen(host, port, error) from error
    return listener


def _cannot_listen(host: str, port: int, error: OSError) -> Stop:
    if error.errno == errno.EADDRINUSE:
        return Stop(f"Port {port} is in use: stop what listens there, or choose another with --port.")
    if error.errno == errno.EACCES:
        return Stop(f"Port {port} needs more rights than yours: choose one above 1023 with --port.")
    return Stop(f"Parley cannot listen on {host}:{port}: {error.strerror or error}.")


def _stop_on_signals(stack: EmbeddedStack | None, drain_seconds: float) -> tuple[asyncio.Event, asyncio.Event]:
    """(stop now, drain first). SIGTERM drains if configured; a second signal ends everything at once."""
    stopping, draining = asyncio.Event(), asyncio.Event()

    def give_up() -> None:
        if stack is not None:
            stack.kill()
        os._exit(1)

    def stop() -> None:
        if stopping.is_set():  # asked twice
            give_up()
        stopping.set()
        guard = threading.Timer(_HARD_SECONDS, give_up)
        guard.daemon = True
        guard.start()

    def drain() -> None:
        if draining.is_set() or drain_seconds == 0:
            stop()
        else:
            draining.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stop)
    loop.add_signal_handler(signal.SIGTERM, drain)
    return stopping, draining


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _run(coroutine: Coroutine[None, None, None]) -> None:
    """As `asyncio.run`, but after success it does not wait for threads, which only import libraries."""
    runner = asyncio.Runner(loop_factory=loops.factory())
    try:
        runner.run(coroutine)
    except BaseException:
        runner.close()
        raise


def _leave() -> NoReturn:
    """Exit at once: everything is closed, and the interpreter would wait for remaining threads."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
