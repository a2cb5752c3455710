"""What a browser did while a test ran: whom it asked, what it was told, what it complained about, what it kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

SECRETS = ("zebra", "54911", "bikes", "hmong", "step_free")
"""Answers that the tests give; none may ever be part of an address."""


class Witness:
    """Watches every page of one context."""

    def __init__(self, base: str, page: Page, *, errors_allowed: bool) -> None:
        self.base = base
        self.urls: list[str] = []
        self.complaints: list[str] = []
        self.bytes = 0
        self._errors_allowed = errors_allowed
        page.context.on("request", self._asked)
        page.context.on("response", self._answered)
        page.context.on("console", self._said)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    @property
    def hosts(self) -> set[str]:
        """Every host that was asked for anything."""
        return {urlsplit(url).netloc for url in self.urls}

    def judge(self, cookies: Sequence[Any]) -> None:
        """Nobody else was asked, nothing was complained about, nothing was kept, and no address tells of the person."""
        home = urlsplit(self.base)
        assert self.hosts <= {home.netloc, f"localhost:{home.port}"}
        assert self.complaints == []
        assert cookies == []
        assert [url for url in self.urls if any(secret in url.lower() for secret in SECRETS)] == []

    def _asked(self, request: Request) -> None:
        if not request.url.startswith("data:"):
            self.urls.append(request.url)

    def _answered(self, response: Response) -> None:
        self.bytes += int(response.headers.get("content-length", 0))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not (self._errors_allowed and re.search(r"status of 4|Status Error Code 4", message.text)):
            self.complaints.append(message.text)
