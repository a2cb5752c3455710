"""Running the web door: the server, the demonstration, and the check that asks every address once."""

from __future__ import annotations

import logging
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import click
import uvicorn
from litestar import Litestar
from msgspec.structs import replace

from directory.errors import DirectoryError
from web import verbs
from web.app import create_app
from web.crawl import Crawl
from web.crawl_cast import CastCrawl
from web.house import House
from web.jobs import jobs
from web.settings import Settings
from web.ticker import do_due, holder_name, ticking

MOST_HEADER_BYTES = 32_768
START_SECONDS = 60.0


def serve(settings: Settings) -> None:
    """Serve until stopped; ``UnsafeSetting`` when people would not be safe."""
    settings.refuse_open_door()
    house = verbs.open_house(settings)
    app = create_app(settings, house.storage, house.catalogue, house.clock)
    _run(app, settings, f"Homeground is at {settings.base_url} (stop it with Ctrl+C)")


def serve_demo(settings: Settings) -> None:
    """Make the demonstration place if it is not there, and serve it until stopped."""
    where = f"The demonstration of Homeground is at {settings.base_url} (stop it with Ctrl+C)"
    desks = f"The desks of organizations and curators, and the mail that would be sent: {settings.base_url}/demo"
    _run(_demo(settings), settings, where, desks, f"Its data are in {settings.data_dir}; delete that folder to start afresh.")


def work(house: House) -> None:
    """Do what is due, again and again, until stopped."""
    _log_to_terminal()
    click.echo("Homeground does what is due (stop it with Ctrl+C)")
    with suppress(KeyboardInterrupt), ticking(house):
        threading.Event().wait()


def work_once(house: House) -> dict[str, str]:
    """Do what is due now; gives what came of each job."""
    return do_due(house, jobs(), holder_name())


def check(settings: Settings) -> int:
    """Start the demonstration, ask every address once over HTTP, say how it went in one line; gives the exit code, 0 or 1."""
    began = time.perf_counter()
    app = _demo(settings)
    with running(app, settings):
        crawl = Crawl(app, settings.host, settings.port)
        crawl.run()
        cast = CastCrawl(settings.host, settings.port)
        if replace(settings, is_demo=True).is_open_demo:   # else nobody is signed in by a button
            cast.run()
    asked, failures = crawl.asked + cast.asked, crawl.failures + cast.failures
    seconds = time.perf_counter() - began
    if failures:
        click.echo(f"homeground demo: {len(failures)} of {asked} requests failed: {'; '.join(failures[:5])}")
        return 1
    click.echo(f"homeground demo: {asked} requests over {crawl.routes} routes answered well in {seconds:.1f} s")
    return 0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(app: Litestar, settings: Settings) -> Iterator[None]:
    """The server in a thread of its own while the block runs."""
    listener = _listener(settings)
    server = _server(app, settings)
    thread = threading.Thread(target=server.run, args=([listener],), name="homeground-server", daemon=True)
    thread.start()
    try:
        _wait_for(server, thread)
        yield
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listener.close()


def _listener(settings: Settings) -> socket.socket:
    """The socket to listen on; ``DirectoryError`` when it cannot be had."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family, backlog=2048)
    except OSError as error:
        why = f"Homeground cannot listen on {settings.host} port {settings.port} ({error.strerror}). Is something else listening there?"
        raise DirectoryError(f"{why} Choose another port with --port.") from error


def _wait_for(server: uvicorn.Server, thread: threading.Thread) -> None:
    until = time.monotonic() + START_SECONDS
    while not server.started:
        if not thread.is_alive() or time.monotonic() > until:
            raise DirectoryError("The server did not start; the log above says why.")
        time.sleep(0.02)


def _run(app: Litestar, settings: Settings, *words: str) -> None:
    """Serve until stopped; the words are said once the port is ours."""
    with _listener(settings) as listener:
        words_ready = threading.Thread(target=app.state.house.catalogue.prepare, name="homeground-words", daemon=True)
        words_ready.start()   # beside the first requests, so that nobody's first words wait for it
        with ticking(app.state.house, after=words_ready):
            _log_to_terminal()
            for line in words:
                click.echo(line)
            _server(app, settings).run([listener])


def _demo(settings: Settings) -> Litestar:
    settings = replace(settings, is_demo=True)
    storage = verbs.open_storage(settings)
    verbs.load_seeds("demo", storage, settings)
    house = verbs.open_house(settings, storage)
    return create_app(settings, storage, house.catalogue, house.clock)


def _server(app: Litestar, settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        app, host=settings.host, port=settings.port,
        access_log=False,        # it writes whole addresses with their queries; web/middleware.py writes its own line
        log_config=None,
        server_header=False,
        proxy_headers=False,     # no address of a visitor is used, so none need be believed
        http="h11",              # refuses the malformed requests that faster parsers let through
        ws="none",
        h11_max_incomplete_event_size=MOST_HEADER_BYTES,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=10,
    )
    return uvicorn.Server(config)


def _log_to_terminal() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(name)s %(message)s"))
    ours = logging.getLogger("homeground")
    ours.setLevel(logging.INFO)
    ours.addHandler(handler)
    ours.propagate = False
    logging.getLogger("uvicorn.error").addHandler(handler)
