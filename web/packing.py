"""Packs answers with gzip on their way out, also those that come in pieces; what is packed already passes through."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Send

from web.deflate import GZIP, SMALL, Packer, packer
from web.still import Page

SMALLEST_BYTES = 500
PACKED_KINDS = (
    b"text/", b"application/json", b"application/problem+json", b"application/x-ndjson", b"application/geo+json", b"application/javascript",
    b"application/vnd.google-earth.kml+xml", b"image/svg+xml",
)  # fmt: skip


class Packed:
    """Sends text packed to those who take it. Sits inside HeadAndConditional, so that lengths and tags are those of what is sent."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        takes = _takes_gzip(dict(scope["headers"]).get(b"accept-encoding", b""))
        start: Any = None
        ours: Packer | None = None

        async def packing(message: Message) -> None:
            nonlocal start, ours
            if message["type"] == "http.response.start":
                start = message
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body, more = message.get("body", b""), message.get("more_body", False)
            opening, start = start, None
            packs = bool(opening) and takes and _worth_it(opening["headers"], body, more=more)
            if packs and isinstance(body, Page):
                sent = body.gzip()
            else:
                ours = packer(SMALL, GZIP) if packs else ours
                sent = body if ours is None else ours.compress(body) + (b"" if more else ours.flush())
            if opening:
                opening["headers"] = _headers(list(opening["headers"]), packed=packs, length=None if more else len(sent))
                await send(opening)
            await send({"type": "http.response.body", "body": sent, "more_body": more})

        await self.app(scope, receive, packing)


def _takes_gzip(accept: bytes) -> bool:
    for part in accept.decode("latin-1").lower().split(","):
        name, _, weight = part.strip().partition(";")
        if name.strip() == "gzip":
            return weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return False


def _worth_it(headers: Iterable[tuple[bytes, bytes]], body: bytes, *, more: bool) -> bool:
    return _may_be_packed(headers) and (more or len(body) >= SMALLEST_BYTES)


def _may_be_packed(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    named = {name.lower(): value for name, value in headers}
    return b"content-encoding" not in named and named.get(b"content-type", b"").lower().startswith(PACKED_KINDS)


def _headers(headers: list[tuple[bytes, bytes]], *, packed: bool, length: int | None) -> list[tuple[bytes, bytes]]:
    if not _may_be_packed(headers):
        return headers
    vary = b", ".join(value for name, value in headers if name.lower() == b"vary")
    if b"accept-encoding" not in vary.lower():
        kept = [(name, value) for name, value in headers if name.lower() != b"vary"]
        headers = [*kept, (b"vary", b", ".join(filter(None, (vary, b"Accept-Encoding"))))]
    if not packed:
        return headers
    headers = [(name, _weak(value) if name.lower() == b"etag" else value) for name, value in headers if name.lower() != b"content-length"]
    return [*headers, (b"content-encoding", b"gzip"), *([] if length is None else [(b"content-length", str(length).encode())])]


def _weak(tag: bytes) -> bytes:
    # packed and plain are the same page, but not the same bytes
    return tag if tag.startswith(b"W/") else b"W/" + tag
