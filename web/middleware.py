"""What wraps every answer, whatever made it: safe headers, HEAD and 304, and one line of log without anything personal."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Send

access_log = logging.getLogger("homeground.access")

Headers = list[tuple[bytes, bytes]]

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'; manifest-src 'self'; worker-src 'self'"
)
PERMISSIONS = "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(self), gyroscope=(), microphone=(), payment=(), usb=()"
ALWAYS: Headers = [
    (b"content-security-policy", CONTENT_SECURITY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", PERMISSIONS.encode()),
    (b"strict-transport-security", b"max-age=31536000"),   # browsers heed it over https only
]
OPEN_API: Headers = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Last-Modified, Retry-After, Allow"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
PREFLIGHT: Headers = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"Content-Type, If-None-Match, If-Modified-Since"),
    (b"access-control-max-age", b"86400"),
]
NOT_IN_304 = {b"content-length", b"content-type", b"content-encoding"}


def is_api(path: str) -> bool:
    """Whether an address belongs to the open interface or to a feed, which answer errors as JSON and may be read from any site."""
    return path == "/api" or path.startswith(("/api/", "/feeds/"))


class SafeHeaders:
    """Gives every answer the security headers; what says nothing of caching is not to be stored.

    ``methods`` are those of each route template: the framework's own answer to OPTIONS names those of one handler only.
    """

    def __init__(self, app: ASGIApp, methods: Mapping[str, set[str]]) -> None:
        self.app, self.methods = app, methods

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path, method = scope["path"], scope["method"]

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = list(message["headers"])
                if method == "OPTIONS" and (allowed := self.methods.get(scope.get("path_template", ""))):
                    headers = [(name, value) for name, value in headers if name.lower() != b"allow"] + [(b"allow", ", ".join(allowed).encode())]
                message["headers"] = _dress(headers, path=path, method=method)
            await send(message)

        await self.app(scope, receive, dressed)


def _dress(headers: Headers, *, path: str, method: str) -> Headers:
    extra = [*ALWAYS, (b"cache-control", b"no-store")]
    extra += OPEN_API if is_api(path) else [(b"cross-origin-resource-policy", b"same-origin")]
    extra += PREFLIGHT if is_api(path) and method == "OPTIONS" else []
    there = {name.lower() for name, _ in headers}
    headers += [(name, value) for name, value in extra if name not in there]
    if _get(headers, b"content-type").startswith(b"text/html"):
        headers = _vary(headers, b"HX-Request")   # page and fragment share an address; without this, Back shows a bare fragment
    return [(name, _with_head(value) if name.lower() == b"allow" else value) for name, value in headers]


def _with_head(allow: bytes) -> bytes:
    methods = sorted({method.strip() for method in allow.split(b",")} | ({b"HEAD"} if b"GET" in allow else set()))
    return b", ".join(methods)


def _vary(headers: Headers, name: bytes) -> Headers:
    now = _get(headers, b"vary")
    if name.lower() in now.lower():
        return headers
    kept = [(key, value) for key, value in headers if key.lower() != b"vary"]
    return [*kept, (b"vary", b", ".join(filter(None, (now, name))))]


class HeadAndConditional:
    """Answers HEAD as GET without a body, and 304 where the browser already has what it asks for."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        asked: dict[bytes, bytes] = dict(scope["headers"])
        silent = scope["method"] == "HEAD"
        scope["method"] = "GET"   # the layers outside have noted the real one

        async def wrapped(message: Message) -> None:
            nonlocal silent
            if message["type"] == "http.response.start":
                if message["status"] == 200 and _has_it(asked, list(message["headers"])):
                    silent = True
                    message["status"] = 304
                    message["headers"] = [(name, value) for name, value in message["headers"] if name.lower() not in NOT_IN_304]
                await send(message)
            elif message["type"] == "http.response.body" and silent:
                if not message.get("more_body"):
                    await send({"type": "http.response.body", "body": b"", "more_body": False})
            else:
                await send(message)

        await self.app(scope, receive, wrapped)


def _has_it(asked: dict[bytes, bytes], headers: Headers) -> bool:
    """RFC 9110, 13.1: If-None-Match compares weakly and goes before If-Modified-Since, which is compared as text."""
    tag, given = _get(headers, b"etag"), asked.get(b"if-none-match")
    if given is not None:
        tags = {part.strip().removeprefix(b"W/") for part in given.split(b",")}
        return bool(tag) and (given.strip() == b"*" or tag.removeprefix(b"W/") in tags)
    changed = _get(headers, b"last-modified")
    return bool(changed) and asked.get(b"if-modified-since") == changed


class AccessLine:
    """Writes one line an answer: method, route template, status and milliseconds. Never an address, a query, a header or a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Handle one connection."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0
        method = scope["method"] if scope["method"] in KNOWN_METHODS else "OTHER"

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.app(scope, receive, noted)
        finally:
            route = scope.get("path_template") or "(no such page)"
            access_log.info("%s %s %d %.0f ms", method, route, status, (time.perf_counter() - began) * 1000)


KNOWN_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


def _get(headers: Headers, name: bytes) -> bytes:
    return next((value for key, value in headers if key.lower() == name), b"")
