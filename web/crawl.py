"""Asks a running Homeground for every page and every address of the API once, and says which did not answer well."""

from __future__ import annotations

import http.client
import json
import re
from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from litestar import Litestar
from litestar.routes import HTTPRoute
from msgspec.structs import replace

from directory.papers import BLANK, code
from directory.papers.parts import About

MOST_OF_A_ROUTE = 12
"""Addresses asked of one route: enough to see that it works; a directory of a million has a million pages."""
NOT_FOLLOWED = ("/leave",)
JSON_BODIES: dict[str, dict[str, Any]] = {
    "/api/match": {"text": "somewhere to eat with other people", "limit": 5},
    "/api/strengths": {"text": "I cook for my whole street"},
}
REFUSALS = (403, 404, 422, 429)
"""What a form behind the second door may say to somebody who has not signed in and fills in nothing."""
FORM = {"text": "somewhere to eat with other people"}
FORMS = {"/papers/scan": {"code": code.write(replace(BLANK, about=About(text="choir"))).text}}
"""Forms that ask for something else."""
FILES = {"/papers/open": ("file", "papers.json", '{"version": 1}')}
"""Forms that ask for a file: the name of the field, of the file, and what is in it."""
EDGE = "between-the-parts"
KNOWN_PATHS = ("/api/vocabularies/strengths",)
_LISTING_UID = re.compile(r"\r\nUID:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
"""The id of a listing in a calendar. A discreet date names none: its id is a digest, which leads nowhere."""


class Crawl:
    """One walk: from every address without a parameter, along the links of pages and the ids of the API."""

    def __init__(self, app: Litestar, host: str, port: int) -> None:
        guarded = _guarded(app)
        self.templates = _templates(app)
        # A guarded route about one thing is asked only when a page that anybody sees links to it; all others have to be reached.
        self.wanted = {route for route in self.templates if route not in guarded or "{" not in route[1]}
        self._guarded_forms = {route for route in guarded if route[0] == "POST"}
        self.host, self.port = host, port
        self.failures: list[str] = []
        self.asked = 0
        self._seen: dict[tuple[str, str], int] = {route: 0 for route in self.templates if route in self.wanted}

    @property
    def routes(self) -> int:
        """How many routes were asked."""
        return sum(1 for count in self._seen.values() if count)

    def run(self) -> None:
        """Ask everything; ``failures`` says what did not answer well and which routes could not be reached at all."""
        waiting = deque(path for method, path in self.templates if method == "GET" and "{" not in path)
        waiting.extend(KNOWN_PATHS)
        for method, path in self.templates:
            if method == "POST" and (method, path) in self.wanted:
                waiting.extend(self._post(path))
        known = set(waiting)
        while waiting:
            for path in self._get(waiting.popleft()):
                if path not in known:
                    known.add(path)
                    waiting.append(path)
        self.failures += [f"{method} {path} was never reached" for (method, path), count in self._seen.items() if not count]

    def _get(self, path: str) -> list[str]:
        route = self._route("GET", path)
        if route is None or self._seen.get(route, 0) >= MOST_OF_A_ROUTE:
            return [] if route else self._failed(f"{path} is linked and is no page")
        return self._ask(route, path, {}, None)

    def _post(self, path: str) -> list[str]:
        if path.startswith("/api/"):
            headers, body = {"Content-Type": "application/json"}, json.dumps(JSON_BODIES.get(path, {})).encode()
        elif path in FILES:
            headers, body = {"Content-Type": f"multipart/form-data; boundary={EDGE}"}, _with_file(*FILES[path])
        else:
            headers, body = {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(FORMS.get(path, FORM)).encode()
        return self._ask(("POST", path), path, headers, body)

    def _ask(self, route: tuple[str, str], path: str, headers: dict[str, str], body: bytes | None) -> list[str]:
        self._seen[route] = self._seen.get(route, 0) + 1
        self.asked += 1
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.request(route[0], path, body=body, headers=headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, http.client.HTTPException) as error:
            return self._failed(f"{route[0]} {path}: {type(error).__name__}")
        finally:
            connection.close()
        if response.status not in (200, 303) and not (route in self._guarded_forms and response.status in REFUSALS):
            return self._failed(f"{route[0]} {path} answered {response.status}")
        return found_in(path, response.getheader("Content-Type", ""), content)

    def _failed(self, text: str) -> list[str]:
        self.failures.append(text)
        return []

    def _route(self, method: str, path: str) -> tuple[str, str] | None:
        plain = urlsplit(path).path
        exact = self.templates.get((method, plain.rstrip("/") or "/"))
        if exact:
            return method, plain.rstrip("/") or "/"
        return next((key for key, pattern in self.templates.items() if key[0] == method and pattern.fullmatch(plain)), None)


def _with_file(field: str, name: str, content: str) -> bytes:
    said = f'--{EDGE}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\nContent-Type: application/json\r\n\r\n{content}\r\n--{EDGE}--\r\n'
    return said.encode()


def _templates(app: Litestar) -> dict[tuple[str, str], re.Pattern[str]]:
    found: dict[tuple[str, str], re.Pattern[str]] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            kinds = {"path": ".+"}
            parts = re.split(r"\{\w+:(\w+)\}", route.path)
            pattern = "".join(re.escape(part) if number % 2 == 0 else kinds.get(part, "[^/]+") for number, part in enumerate(parts))
            found |= {(method, route.path): re.compile(pattern) for method in sorted(route.methods) if method in ("GET", "POST")}
    return found


def _guarded(app: Litestar) -> set[tuple[str, str]]:
    """Routes with a guard. Those with a parameter are about a thing that a stranger cannot know, unless a page links to it."""
    handlers = [(route.path, handler) for route in app.routes if isinstance(route, HTTPRoute) for handler in route.route_handlers]
    return {(method, path) for path, handler in handlers if handler.resolve_guards() for method in handler.http_methods}


def found_in(path: str, kind: str, content: bytes) -> list[str]:
    """The addresses of ours that an answer of this kind names."""
    if kind.startswith("text/html"):
        links = _Links()
        links.feed(content.decode())
        joined = [urlsplit(urljoin(path, link)) for link in links.found]
        ours = [part for part in joined if not part.scheme and not part.netloc]
        return [part.path + (f"?{part.query}" if part.query else "") for part in ours if part.path and not part.path.startswith(NOT_FOLLOWED)]
    if kind.startswith("text/calendar"):
        return [f"/feeds/groups/{found}.ics" for found in _LISTING_UID.findall(content.decode())[:2]]
    if kind.startswith("application/json"):
        return _from_api(path, json.loads(content))
    return []


def _from_api(path: str, content: Any) -> list[str]:
    if path == "/api/match":
        return [urlsplit(result["url"]).path for result in content["results"]]
    if path.startswith("/api/hsds/services/"):
        return [f"/api/hsds/{plural}/{key}" for plural, key in _nested_ids(content)]
    if isinstance(content, dict) and isinstance(content.get("contents"), list):
        return [f"{urlsplit(path).path.rstrip('/')}/{item['id']}" for item in content["contents"][:2]]
    return []


def _nested_ids(service: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The records that a service names and that have an address of their own."""
    if "organization" in service:
        yield "organizations", service["organization"]["id"]
    yield from (("service_at_locations", item["id"]) for item in service.get("service_at_locations", ()))
    for term in (item["taxonomy_term"] for item in service.get("attributes", ()) if "taxonomy_term" in item):
        yield "taxonomy_terms", term["id"]
        if "taxonomy_detail" in term:
            yield "taxonomies", term["taxonomy_detail"]["id"]


class _Links(HTMLParser):
    """The addresses that a page names and a browser may ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the address of a link, a script, a sheet or a picture."""
        name = {"a": "href", "link": "href", "script": "src", "img": "src"}.get(tag)
        self.found += [value for key, value in attrs if key == name and value and not value.startswith("#")]
