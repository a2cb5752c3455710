"""Every route of the application, and an address that reaches each; a route that nobody put here fails the house tests."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from web.assets import asset

PUBLIC = {
    "GET /": "home.show",
    "GET /search": "search.start",
    "POST /search": "search.find",
    "GET /search/around": "search.start",
    "GET /search/week": "search.week.from_history",
    "POST /search/week": "search.week",
    "POST /search/around": "search.around",
    "GET /listings/{listing_id:str}": "listings.show",
    "GET /browse": "browse.index",
    "GET /browse/{code:str}": "browse.topic",
    "GET /urgent": "pages.urgent",
    "GET /about": "pages.about",
    "GET /privacy": "pages.privacy",
    "GET /help/leave": "pages.leave",
    "GET /sources": "pages.sources",
    "GET /help/referral": "pages.referral",
    "GET /peers": "peers.index",
    "GET /peers/{scheme_id:uuid}": "peers.scheme",
    "GET /strengths": "talk.start",
    "POST /strengths": "talk.go",
    "GET /strengths/brings": "talk.from_history",
    "POST /strengths/brings": "talk.brings",
    "GET /papers": "papers.start",
    "POST /papers": "papers.show",
    "GET /papers/keep": "papers.keep.from_history",
    "POST /papers/keep": "papers.keep",
    "GET /papers/file": "papers.from_history",
    "POST /papers/file": "papers.file",
    "GET /papers/open": "papers.from_history",
    "POST /papers/open": "papers.open",
    "GET /papers/dates": "papers.from_history",
    "POST /papers/dates": "papers.dates",
    "GET /papers/sheet": "papers.from_history",
    "POST /papers/sheet": "papers.sheet",
    "GET /papers/raise": "papers.raise",
    "GET /papers/code": "papers.code.from_history",
    "POST /papers/code": "papers.code",
    "GET /papers/scan": "papers.scan",
    "POST /papers/scan": "papers.scanned",
    "GET /leave": "leave",
    "GET /healthz": "healthz",
    "GET /readyz": "readyz",
    "GET /robots.txt": "robots",
    "GET /favicon.ico": "favicon",
    "GET /static/{digest:str}/{name:path}": "static",
    "GET /feeds/groups.ics": "feeds.groups_calendar",
    "GET /feeds/groups/{name:str}": "feeds.group_calendar",
    "GET /api": "api.index",
    "GET /api/openapi.json": "api.openapi",
    "POST /api/match": "api.match",
    "POST /api/strengths": "api.strengths",
    "GET /api/vocabularies": "api.vocabularies",
    "GET /api/vocabularies/{taxonomy:str}": "api.vocabulary",
    "GET /api/hsds": "hsds.base",
    "GET /api/hsds/profile": "hsds.profile",
    "GET /api/hsds/services": "hsds.services",
    "POST /api/hsds/services": "hsds.find_services",
    "GET /api/hsds/services/{record_id:uuid}": "hsds.service",
    "GET /api/hsds/organizations/{record_id:uuid}": "hsds.organization",
    "GET /api/hsds/service_at_locations/{record_id:uuid}": "hsds.service_at_location",
    "GET /api/hsds/taxonomies/{record_id:uuid}": "hsds.taxonomy",
    "GET /api/hsds/taxonomy_terms/{record_id:uuid}": "hsds.taxonomy_term",
    "GET /feeds": "feeds.index",
    "GET /feeds/meeting-guide.json": "feeds.meeting_guide",
    "GET /feeds/places.geojson": "feeds.geojson",
    "GET /feeds/places.kml": "feeds.kml",
    "GET /feeds/groups.csv": "feeds.csv",
    "GET /feeds/bmlt/client_interface/json": "feeds.bmlt.json",
    "GET /feeds/bmlt/client_interface/jsonp": "feeds.bmlt.jsonp",
}
"""Routes that anyone may use, without an account, by the name they have in the code."""

OPEN = {
    "GET /account/sign-in": "account.sign_in",
    "POST /account/sign-in": "account.sign_in.do",
    "GET /offer": "offers.ask",
    "POST /offer": "offers.count",
    "GET /confirm/thanks": "confirm.thanks",
    "GET /confirm/{token:str}": "confirm.ask",
    "POST /confirm/{token:str}": "confirm.answer",
    "POST /account/sign-in/passkey": "account.sign_in.passkey",
    "GET /account/address/{token:str}": "account.address.link",
    "POST /account/address/{token:str}": "account.address.link.do",
    "GET /account/join": "account.join.ask",
    "GET /account/link": "account.link.ask",
    "POST /account/link": "account.link.send",
    "GET /account/join/{token:str}": "account.join",
    "POST /account/join/{token:str}": "account.join.do",
    "GET /account/enter/{token:str}": "account.enter",
    "POST /account/enter/{token:str}": "account.enter.do",
    "GET /account/password/{token:str}": "account.password.link",
    "POST /account/password/{token:str}": "account.password.link.do",
    "GET /desk/invitations/{token:str}": "desk.invitation",
    "POST /my/bring": "my.bring",
    "GET /dates/{name:str}": "my.dates.calendar",
    "GET /referral/thanks": "referral.thanks",
    "GET /referral/{token:str}": "referral.link",
    "POST /referral/{token:str}": "referral.link.do",
    "GET /listings/{listing_id:str}/report": "report.ask",
    "POST /listings/{listing_id:str}/report": "report.send",
    "GET /listings/{listing_id:str}/report/thanks": "report.thanks",
}
"""Routes that anyone may use and that may write, or that come before signing in: their forms must come from our own pages."""

REDIRECTS = ("/leave", "/search", "/search/around", "/search/week", "/papers/keep", "/papers/dates", "/papers/file", "/papers/open", "/papers/sheet",
             "/papers/code")   # fmt: skip
"""Addresses that lead elsewhere when they are read."""


def private() -> dict[str, list[str]]:
    """Every route behind the second door, with those of the cast who may use it (``permissions.toml``)."""
    table = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text())["routes"]
    return {route: said["who"] for route, said in table.items()}


def routes(app: Litestar) -> dict[str, str]:
    """Every route as "METHOD /path", with its name."""
    found: dict[str, str] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            pairs = ((method, handler) for handler in route.route_handlers for method in handler.http_methods)
            found |= {f"{method} {route.path}": handler.name or "" for method, handler in pairs if method != "OPTIONS"}
    return found


def addresses(client: TestClient[Litestar]) -> dict[str, str]:
    """For each route with a parameter an address that is there."""
    match = client.post("/api/match", json={"limit": 1}).json()["results"][0]
    page = client.get("/api/hsds/services", params={"per_page": 50, "full": "true"}).json()["contents"]
    whole = next(item for item in page if item.get("service_at_locations") and item.get("attributes"))
    term = client.get(f"/api/hsds/services/{whole['id']}").json()["attributes"][0]["taxonomy_term"]
    group = client.get("/feeds/groups.ics").text.partition("\r\nUID:")[2][:36]
    return {
        "/feeds/groups/{name:str}": f"/feeds/groups/{group}.ics",
        "/listings/{listing_id:str}": f"/listings/{match['id']}",
        "/peers/{scheme_id:uuid}": re.findall(r"/peers/[0-9a-f-]{36}", client.get("/peers").text)[0],
        "/browse/{code:str}": "/browse/" + next(term["code"] for term in client.get("/api/vocabularies/supports").json()["terms"] if not term["group"]),
        "/static/{digest:str}/{name:path}": asset("htmx.min.js"),
        "/api/vocabularies/{taxonomy:str}": "/api/vocabularies/strengths",
        "/api/hsds/services/{record_id:uuid}": f"/api/hsds/services/{whole['id']}",
        "/api/hsds/organizations/{record_id:uuid}": f"/api/hsds/organizations/{whole['organization']['id']}",
        "/api/hsds/service_at_locations/{record_id:uuid}": f"/api/hsds/service_at_locations/{whole['service_at_locations'][0]['id']}",
        "/api/hsds/taxonomies/{record_id:uuid}": f"/api/hsds/taxonomies/{term['taxonomy_detail']['id']}",
        "/api/hsds/taxonomy_terms/{record_id:uuid}": f"/api/hsds/taxonomy_terms/{term['id']}",
    }
