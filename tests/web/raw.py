"""Asks an application with any bytes at all, as a server would hand them on; a proper HTTP client refuses to send the worst of them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote

from litestar import Litestar
from msgspec import Struct


class Answer(Struct, frozen=True):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def ask(app: Litestar, method: str, address: str, *, body: Iterable[bytes] = (b"",), headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """One request; ``address`` is sent as it is, percent signs and all."""
    path, _, query = address.partition("?")
    named = {"host": "home.example", **{name.lower(): value for name, value in headers}}
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http", "server": ("home.example", 80),
        "client": ("127.0.0.1", 1), "path": unquote(path), "raw_path": path.encode("latin-1", "replace"), "root_path": "",
        "query_string": query.encode("utf-8", "surrogatepass"),
        "headers": [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in named.items()],
    }   # fmt: skip
    return asyncio.run(_ask(app, scope, list(body)))


async def _ask(app: Any, scope: dict[str, Any], chunks: list[bytes]) -> Answer:
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        chunk = chunks.pop(0) if chunks else b""
        return {"type": "http.request", "body": chunk, "more_body": bool(chunks)}

    async def send(message: dict[str, Any]) -> None:
        sent.append(dict(message))

    await app(scope, receive, send)
    start, *rest = sent
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in start["headers"]}
    return Answer(start["status"], headers, b"".join(message["body"] for message in rest))
