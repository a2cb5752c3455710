"""Random public requests of every kind: pages, searches, the JSON interface and HSDS, among them many that look hard at the hidden places."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from typing import Any, get_args
from urllib.parse import urlencode

from msgspec import Struct
from sqlalchemy import select

from directory.exchange.bmlt.answers import SWITCHERS
from directory.models import Address, Location, LocationPrivate, Organization, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm
from matching.values import Mode
from tests.trust.asking import Ask, get, post_form, post_json
from tests.trust.worlds import Secret, World
from web.forms.choices import GROUP_WISHES
from web.forms.fields import IMPORTANCES, MINUTES, SHARED, SHOWN, WEIGHED

CODES = ("54911", "54913", "54914", "54915", "54130", "54136", "54140", "54942", "54944", "54106", "54165", "54170", "94063", "00000")
PLACES = (*CODES, "Appleton, WI", "Springfield", "Outagamie County", "nowhere at all", "Milwaukee")
WORDS = (
    "a safe place to stay", "refuge", "leaving a home that is not safe", "breathing group", "panic", "food", "somebody to talk to", "legal help",
    "confidential", "choir", "work", "a bed for tonight", "people who stammer", "women", "children", "tamarack", "",
)
HSDS_KINDS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms", "locations", "programs")
PAGES = (
    "/", "/browse", "/urgent", "/about", "/privacy", "/help/leave", "/sources", "/leave", "/healthz", "/readyz", "/robots.txt", "/api", "/api/openapi.json",
    "/api/hsds", "/api/hsds/profile", "/favicon.ico", "/sitemap.xml", "/none", "/api/none", "/metrics",
    "/feeds", "/feeds/meeting-guide.json", "/feeds/places.geojson", "/feeds/places.kml", "/feeds/groups.csv",
)


class Known(Struct, frozen=True):
    """What a curious stranger may name: the ids of everything there is, the hidden places too, and every code."""

    ids: tuple[str, ...]
    hidden: tuple[str, ...]
    codes: dict[str, tuple[str, ...]]
    secrets: tuple[Secret, ...]


def know(world: World, secrets: Sequence[Secret]) -> Known:
    """Everything that can be named in a world; ids do not depend on what is sealed."""
    with world.storage.reading() as session:
        tables = (Service, ServiceAtLocation, Location, Organization, Taxonomy, Address, TaxonomyTerm)
        ids = [str(key) for table in tables for key in session.scalars(select(table.id).order_by(table.id).limit(600))]
        hidden = list(session.scalars(select(LocationPrivate.location_id).order_by(LocationPrivate.location_id)))
        links = select(ServiceAtLocation).where(ServiceAtLocation.location_id.in_(hidden)).order_by(ServiceAtLocation.id)
        around = [str(key) for link in session.scalars(links) for key in (link.id, link.service_id)]
        owners = select(Service.organization_id).where(Service.id.in_(select(ServiceAtLocation.service_id).where(ServiceAtLocation.location_id.in_(hidden))))
        around += [str(key) for key in session.scalars(owners.order_by(Service.id))]
    vocabulary = world.catalogue.vocabulary
    names = ("supports", "strengths", "interests", "communities", "access", "formats", "audiences", "kinds", "entry", "faiths")
    codes = {name: tuple(term.code for term in vocabulary.terms(name) if not term.group) for name in names}
    return Known(tuple(ids), tuple([str(key) for key in hidden] + around), codes, tuple(secrets))


class Stranger:
    """Asks at random, always the same for the same seed."""

    def __init__(self, known: Known, seed: int) -> None:
        self.known, self.dice = known, random.Random(seed)

    def asks(self, count: int) -> list[Ask]:
        """So many requests."""
        kinds: list[tuple[Callable[[], Ask], int]] = [
            (self.search, 10), (self.match, 22), (self.listing, 20), (self.item, 16), (self.services, 16), (self.strengths, 6), (self.browse, 4),
            (self.page, 5), (self.broken, 6), (self.feed, 10),
        ]
        makers, weights = zip(*kinds, strict=True)
        return [self._with_headers(make()) for make in self.dice.choices(makers, weights, k=count)]

    def search(self) -> Ask:
        """The form of the home page."""
        some, pick = self._some, self.dice.choice
        fields: list[tuple[str, str]] = [("text", self._text()), ("place", self._place())]
        for name in ("supports", "strengths", "interests", "communities", "access", "formats", "kinds"):
            fields += [(name, code) for code in some(self.known.codes[name])]
        fields += [("about", code) for code in some(self.known.codes["audiences"])] + [("languages", code) for code in some(("en", "es", "hmn", "so"))]
        fields += [(name, code) for name in ("group", "group_needs") for code in some(GROUP_WISHES)] + [("focus", part) for part in some(SHARED)]
        fields += [("times", code) for code in some(("1e", "2m", "5a"))] + [("show", pick(("", *SHOWN))), ("size", pick(("", "small", "large")))]
        fields += [(name, "1") for name in some(("with_way", "only_times", "company_must", "culture_must", "focus_must"))]
        fields += [("minutes", pick(("", *MINUTES)))] + [("modes", mode) for mode in some(get_args(Mode))]
        fields += [("weight_" + name, pick(IMPORTANCES)) for name in some(WEIGHED)] + [(name, "1") for name in some(("free", "give", "open_door", "no_faith"))]
        fields += [("offset", pick(("", "20", "100")))] if self._chance(0.2) else []
        return post_form(self.dice.choice(("/search", "/search", "/search/around", "/search/week")), fields)

    def match(self) -> Ask:
        """The JSON interface, mostly with a point near a hidden one and a radius of any size."""
        body: dict[str, Any] = {"text": self._text(), "limit": self.dice.choice((1, 5, 10))}
        if self._chance(0.7):
            body["latitude"], body["longitude"] = self._point()
        elif self._chance(0.8):
            body["place"] = self._place()
        if self._chance(0.5):
            body["max_km"] = round(10 ** self.dice.uniform(-2, 2), 3)
        if self._chance(0.4):
            body["travel"] = {"modes": self._some(get_args(Mode)), "minutes": self.dice.choice((5, 15, 30, 60, 120))}
        if self._chance(0.3):
            body["supports"] = self._some(self.known.codes["supports"]) or ["refuge"]
        if self._chance(0.3):
            body["must_haves"] = {"access": self._some(self.known.codes["access"]), "free": self._chance(0.5), "languages": self._some(("en", "es"))}
        if self._chance(0.4):
            names = ("communities", "access", "interests", "formats")
            body["profile"] = {name: self._some(self.known.codes[name]) for name in names} | {"importance": {"reach": self.dice.choice((0, 1, 4))}}
        if self._chance(0.1):
            body["offset"] = self.dice.choice((5, 50, 500))
        return post_json("/api/match", body)

    def strengths(self) -> Ask:
        """Own words, among them those of a hidden address."""
        return post_json("/api/strengths", {"text": self._text() or "I cook", "limit": self.dice.randint(1, 3)})

    def listing(self) -> Ask:
        """The page of anything that has an id."""
        return get(f"/listings/{self._id()}")

    def item(self) -> Ask:
        """An HSDS object by id."""
        return get(f"/api/hsds/{self.dice.choice(HSDS_KINDS)}/{self._id()}")

    def services(self) -> Ask:
        """The HSDS list with any of its filters, in the address or in the body."""
        pick = self.dice.choice
        asked: dict[str, Any] = {"page": pick((1, 1, 2, 7)), "per_page": pick((1, 10, 50))}
        if self._chance(0.5):
            asked["search"] = pick([word for secret in self.known.secrets for word in (*secret.canaries, secret.town, secret.postcode)] + list(WORDS))
        if self._chance(0.3):
            asked["modified_after"] = pick(("2026-11-24T16:59:59Z", "2026-11-24T17:00:00Z", "2026-11-24T17:00:00.000001Z", "2020-01-01"))
        if self._chance(0.2):
            asked[pick(("organization_id", "taxonomy_term_id", "taxonomy_id"))] = self._id()
        if self._chance(0.2):
            asked[pick(("minimal", "full"))] = "true"
        if self._chance(0.03):
            asked["format"] = "ndjson"
        if self._chance(0.3):
            return post_json("/api/hsds/services", {name: True if value == "true" else value for name, value in asked.items()})
        return get("/api/hsds/services?" + "&".join(f"{name}={str(value).replace(' ', '+')}" for name, value in asked.items()))

    def browse(self) -> Ask:
        """A topic, or the terms of a vocabulary."""
        if self._chance(0.3):
            return get(f"/api/vocabularies/{self.dice.choice((*self.known.codes, 'none'))}")
        code = self.dice.choice((*self.known.codes["supports"], "refuge", "refuge", "none"))
        return get(f"/browse/{code}" + self.dice.choice(("", "?page=2")))

    def page(self) -> Ask:
        """Any page that is there, and some that are not."""
        return get(self.dice.choice(PAGES))

    def feed(self) -> Ask:
        """The BMLT interface: circles of any size, the nearest so many, words of secrets, every order."""
        pick = self.dice.choice
        latitude, longitude = self._point()
        asked: dict[str, Any] = {"switcher": pick(("GetSearchResults", "GetSearchResults", *SWITCHERS))}
        if self._chance(0.6):
            asked |= {"lat_val": latitude, "long_val": longitude, pick(("geo_width", "geo_width_km")): pick((-1, -5, 0.01, 0.2, 3, 40))}
            asked["sort_results_by_distance"] = pick((0, 1))
        if self._chance(0.3):
            asked["SearchString"] = pick([word for secret in self.known.secrets for word in (*secret.canaries, secret.town)])
            asked["StringSearchIsAnAddress"] = pick((0, 1))
        if self._chance(0.3):
            asked["meeting_key"] = pick(("location_street", "latitude", "location_municipality", "comments"))
            asked["meeting_key_value"] = pick(("", "4", "Alder Falls"))
        return get("/feeds/bmlt/client_interface/json/?" + urlencode(asked))

    def broken(self) -> Ask:
        """A request that is refused."""
        kind, path = self.dice.randrange(6), self.dice.choice(("/search", "/api/match", "/api/strengths", "/api/hsds/services"))
        if kind == 0:
            return Ask("POST", path, b'{"text": "' + b"\xff\xfe", (("content-type", "application/json"),))
        if kind == 1:
            return Ask("POST", path, b"[" * 5000, (("content-type", "application/json"),))
        if kind == 2:
            return Ask(self.dice.choice(("PUT", "DELETE", "PATCH", "GET", "OPTIONS")), path)
        if kind == 3:
            return post_json("/api/match", {"latitude": self.dice.choice((1e308, 91, "x", None)), "longitude": 2})
        if kind == 4:
            return get(f"/api/hsds/services?page={self.dice.choice(('0', '-1', 'x', '99999999999999999999'))}")
        return Ask("POST", "/api/match", json.dumps({"text": "x" * 500}).encode(), (("content-type", self.dice.choice(("text/plain", "application/json"))),))

    def _text(self) -> str:
        if self._chance(0.15):
            secret = self.dice.choice(self.known.secrets)
            return self.dice.choice((secret.street, secret.words, secret.town, f"near {secret.street}"))
        return self.dice.choice(WORDS)

    def _place(self) -> str:
        if self._chance(0.3):
            return "{:.5f}, {:.5f}".format(*self._point())
        if self._chance(0.1):
            secret = self.dice.choice(self.known.secrets)
            return f"{secret.street}, {secret.town} {secret.postcode}"
        return self.dice.choice(PLACES)

    def _point(self) -> tuple[float, float]:
        """A point from a metre to some kilometres from a hidden one of either world."""
        secret, spread = self.dice.choice(self.known.secrets), 10 ** self.dice.uniform(-5, -0.5)
        return secret.latitude + self.dice.gauss(0, spread), secret.longitude + self.dice.gauss(0, spread)

    def _id(self) -> str:
        return self.dice.choice(self.known.hidden if self._chance(0.35) else self.known.ids)

    def _some(self, codes: Sequence[str]) -> list[str]:
        return self.dice.sample(list(codes), self.dice.choice((0, 0, 1, 2))) if len(codes) > 1 else []

    def _chance(self, share: float) -> bool:
        return self.dice.random() < share

    def _with_headers(self, ask: Ask) -> Ask:
        extra: tuple[tuple[str, str], ...] = ()
        if self._chance(0.1):
            extra += (("accept-encoding", "gzip"),)
        if self._chance(0.1):
            extra += (("hx-request", "true"),)
        if self._chance(0.05):
            extra += (("if-none-match", "*"),)
        method = "HEAD" if ask.method == "GET" and self._chance(0.05) else ask.method
        return Ask(method, ask.path, ask.body, ask.headers + extra)
