"""Tests of the running server: the check of the demonstration, and what no proper client would send."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from litestar import Litestar, Router, get
from litestar.params import FromPath

from directory.catalogue import Catalogue
from directory.errors import DirectoryError
from directory.storage import Storage
from tests.ground import KEY, put_into
from tests.web.conftest import MOMENT
from web import app as app_module
from web import serving
from web.crawl import Crawl
from web.crawl_cast import WANTED, CastCrawl
from web.settings import Settings, read_settings


@pytest.fixture(scope="module")
def settings(web_settings: Settings) -> Settings:
    return web_settings.at("127.0.0.1", serving.free_port())


@pytest.fixture(scope="module")
def server(web_app: Litestar, settings: Settings) -> Iterator[Settings]:
    """The whole application, listening."""
    with serving.running(web_app, settings):
        yield settings


def said(settings: Settings, request: bytes) -> bytes:
    """Everything that comes back for some bytes."""
    with socket.create_connection((settings.host, settings.port), timeout=10) as connection:
        found = b""
        with suppress(ConnectionError):   # who is sent too much hangs up while we still write
            connection.sendall(request)
        with suppress(ConnectionError):
            while part := connection.recv(65_536):
                found += part
    return found


HOST = b"Host: home.example\r\n"
MALFORMED = {
    "no HTTP": b"hello\r\n\r\n",
    "bad length": b"POST /api/match HTTP/1.1\r\n" + HOST + b"Content-Length: abc\r\n\r\n",
    "negative length": b"POST /api/match HTTP/1.1\r\n" + HOST + b"Content-Length: -1\r\n\r\n",
    "two lengths": b"POST /api/match HTTP/1.1\r\n" + HOST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
    "length and chunks": b"POST /api/match HTTP/1.1\r\n" + HOST + b"Content-Length: 2\r\nTransfer-Encoding: gzip, chunked\r\n\r\n{}",
    "bad chunk": b"POST /api/match HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: chunked\r\n\r\nxyz\r\n",
    "huge header": b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 40_000,
    "header with NUL": b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n",
    "header without name": b"GET / HTTP/1.1\r\n" + HOST + b": a\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\n" + HOST + HOST + b"\r\n",
    "space in the address": b"GET /a b HTTP/1.1\r\n" + HOST + b"\r\n",
    "letters beyond ASCII": "GET /é HTTP/1.1\r\n".encode() + HOST + b"\r\n",
    "no version": b"GET /\r\n" + HOST + b"\r\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_http_is_refused_below_500(server: Settings, name: str) -> None:
    answer = said(server, MALFORMED[name])
    assert answer.startswith(b"HTTP/1.1 4"), answer[:100]


@pytest.mark.parametrize(
    "address", [b"/%", b"/%zz", b"/%00", b"/%ff%fe", b"/?%ff", b"//example.org//", b"/..%2f..%2fetc/passwd", b"/api/%ed%a0%80", b"*", b"http://other.example/x"]
)
def test_odd_addresses_are_answered_below_500(server: Settings, address: bytes) -> None:
    answer = said(server, b"GET " + address + b" HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n")
    assert answer.split(b" ")[1][:1] in (b"2", b"4"), answer[:100]


def test_head_sends_no_body_and_no_server_name(server: Settings) -> None:
    head, _, body = said(server, b"HEAD / HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"uvicorn" not in head.lower()
    assert body == b""


def test_the_crawl_reaches_every_route_and_all_is_well(web_app: Litestar, server: Settings) -> None:
    crawl = Crawl(web_app, server.host, server.port)
    crawl.run()
    assert crawl.failures == []
    assert crawl.routes >= len(crawl.wanted) > 60


@get("/broken", sync_to_thread=False)
def broken() -> str:
    raise RuntimeError


@get("/hidden/{key:int}", sync_to_thread=False)
def hidden(key: FromPath[int]) -> str:
    return str(key)


def test_the_crawl_tells_of_a_page_that_fails_and_of_one_nobody_can_reach(
    monkeypatch: pytest.MonkeyPatch, web_settings: Settings, web_storage: Storage, web_catalogue: Catalogue
) -> None:
    routers = [*app_module.routers(), Router("/x", route_handlers=[broken, hidden])]
    monkeypatch.setattr(app_module, "routers", lambda: routers)
    app = app_module.create_app(web_settings, web_storage, web_catalogue, lambda: MOMENT)
    settings = web_settings.at("127.0.0.1", serving.free_port())
    with serving.running(app, settings):
        crawl = Crawl(app, settings.host, settings.port)
        crawl.run()
    assert crawl.failures == ["GET /x/broken answered 500", "GET /x/hidden/{key:int} was never reached"]


def test_a_port_in_use_is_told_plainly(web_app: Litestar, server: Settings) -> None:
    with pytest.raises(DirectoryError, match="Is something else listening"), serving.running(web_app, server):
        pass


def test_the_demonstration_checks_itself_in_one_line(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert serving.check(settings.at("127.0.0.1", serving.free_port())) == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "answered well" in out


def test_the_walk_of_the_cast_reaches_each_page_of_peer_support_and_says_what_is_not_there(tmp_path: Path, ground_file: Path) -> None:
    """A demonstration that is made now, as a newcomer makes one: what is due there is due by the clock of this machine."""
    put_into(tmp_path / "data", ground_file)
    made = read_settings({"HOMEGROUND_DATA_DIR": str(tmp_path / "data"), "HOMEGROUND_BASE_URL": "http://127.0.0.1", "HOMEGROUND_SECRET_KEY": KEY})
    settings = made.at("127.0.0.1", serving.free_port())
    with serving.running(serving._demo(settings), settings):
        walk = CastCrawl(settings.host, settings.port)
        walk.run()
    assert walk.failures == []
    assert walk.asked > 60


def test_a_walk_without_a_cast_says_that_there_is_nothing_to_try(web_app: Litestar, server: Settings) -> None:
    walk = CastCrawl(server.host, server.port)
    walk.run()
    assert len(walk.failures) == len(WANTED)


def test_a_check_that_finds_something_exits_with_1(
    monkeypatch: pytest.MonkeyPatch, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    routers = [*app_module.routers(), Router("/x", route_handlers=[broken])]
    monkeypatch.setattr(app_module, "routers", lambda: routers)
    assert serving.check(settings.at("127.0.0.1", serving.free_port())) == 1
    assert "GET /x/broken answered 500" in capsys.readouterr().out
