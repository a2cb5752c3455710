"""Packs answers with gzip on their way out, also those that come in pieces; what is packed already passes through."""

from __future__ import annotations

import zlib
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Send

SMALLEST_BYTES = 500
LEVEL = 5
PACKED_KINDS = (b"text/", b"application/json", b"application/problem+json", b"application/x-ndjson", b"application/geo+json", b"image/svg+xml")
GZIP = 31   # the window bits of zlib that mean "with a gzip header"


class Packed:
    """Sends text packed to those who take it. Sits inside HeadAndConditional, so that lengths and tags are those of what is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or not _takes_gzip(dict(scope["headers"]).get(b"accept-encoding", b"")):
            await self.app(scope, receive, send)
            return
        start: Any = None
        packer: Any = None

        async def packing(message: Message) -> None:
            nonlocal start, packer
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            if start is not None:
                packer = zlib.compressobj(LEVEL, wbits=GZIP) if _worth_it(start, body, more=more) else None
                whole = _finish(packer, body, more=more)
                start["headers"] = _headers(list(start["headers"]), packed=packer is not None, length=None if more else len(whole))
                await send(start)
                start = None
            else:
                whole = _finish(packer, body, more=more)
            await send({"type": "http.response.body", "body": whole, "more_body": more})

        await self.app(scope, receive, packing)


def _takes_gzip(accept: bytes) -> bool:
    for part in accept.decode("latin-1").lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _worth_it(start: Any, body: bytes, *, more: bool) -> bool:
    headers = {name.lower(): value for name, value in start["headers"]}
    kind = headers.get(b"content-type", b"").lower()
    return b"content-encoding" not in headers and kind.startswith(PACKED_KINDS) and (more or len(body) >= SMALLEST_BYTES)


def _finish(packer: Any, body: bytes, *, more: bool) -> bytes:
    if packer is None:
        return body
    packed: bytes = packer.compress(body)
    return packed + (b"" if more else packer.flush())


def _headers(headers: list[tuple[bytes, bytes]], *, packed: bool, length: int | None) -> list[tuple[bytes, bytes]]:
    if not packed:
        return headers
    kept = [(name, _weak(value) if name.lower() == b"etag" else value) for name, value in headers if name.lower() != b"content-length"]
    vary = next((value for name, value in kept if name.lower() == b"vary"), b"")
    kept = [(name, value) for name, value in kept if name.lower() != b"vary"]
    kept += [(b"content-encoding", b"gzip"), (b"vary", b", ".join(filter(None, (vary, b"Accept-Encoding"))))]
    return kept if length is None else [*kept, (b"content-length", str(length).encode())]


def _weak(tag: bytes) -> bytes:
    # packed and plain are the same page, but not the same bytes
    return tag if tag.startswith(b"W/") else b"W/" + tag
