"""Asks the application in this process, byte for byte as a network would hand it over, and keeps the whole answer."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from litestar.types import ASGIApp
from msgspec import Struct

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"


class Ask(Struct, frozen=True):
    """One request: method, path (with its query), body and headers."""

    method: str
    path: str
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def written(self) -> str:
        """All that the request says, for looking whether it said something itself."""
        return f"{self.path}\n{self.body.decode(errors='replace')}"


class Answer(Struct, frozen=True):
    """One answer, whole: status, headers in their order, and the body."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, or nothing."""
        return next((value.decode("latin-1") for key, value in self.headers if key.decode().lower() == name.lower()), "")

    @property
    def text(self) -> str:
        """The body as text, unpacked."""
        packed = self.header("content-encoding") == "gzip" and self.body
        return (gzip.decompress(self.body) if packed else self.body).decode(errors="replace")


def get(path: str, **headers: str) -> Ask:
    """A request for an address."""
    return Ask("GET", path, b"", _headers(headers))


def post_json(path: str, content: Any, **headers: str) -> Ask:
    """A JSON body to an address."""
    return Ask("POST", path, json.dumps(content).encode(), (("content-type", JSON), *_headers(headers)))


def post_form(path: str, fields: Mapping[str, Any] | Iterable[tuple[str, str]], **headers: str) -> Ask:
    """A form to an address; a list is a field given several times."""
    body = urlencode(list(fields.items()) if isinstance(fields, Mapping) else list(fields), doseq=True).encode()
    return Ask("POST", path, body, (("content-type", FORM), *_headers(headers)))


def ask_all(app: ASGIApp, asks: Iterable[Ask]) -> list[Answer]:
    """Every answer, one request after the other."""

    async def each() -> list[Answer]:
        return [await _ask(app, ask) for ask in asks]

    return asyncio.run(each())


def ask(app: ASGIApp, one: Ask) -> Answer:
    """One answer."""
    return ask_all(app, [one])[0]


def _headers(named: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((name.replace("_", "-"), value) for name, value in named.items())


async def _ask(app: ASGIApp, ask: Ask) -> Answer:
    path, _, query = ask.path.partition("?")
    headers = (("host", "home.example"), *ask.headers, *((("content-length", str(len(ask.body))),) if ask.body else ()))
    scope: Any = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": ask.method, "scheme": "http", "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "state": {},
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers], "client": ("192.0.2.7", 50_000), "server": ("home.example", 80),
    }
    waiting: list[Any] = [{"type": "http.request", "body": ask.body, "more_body": False}]
    sent: list[Any] = []
    done = asyncio.Event()

    async def receive() -> Any:
        if waiting:
            return waiting.pop(0)
        await done.wait()   # who asked hangs up once the whole answer is there
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if message["type"] == "http.response.body" and not message.get("more_body"):
            done.set()

    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    body = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answer(start["status"], tuple((bytes(key), bytes(value)) for key, value in start["headers"]), body)
