"""What a directory says is shown as text: nothing that comes in by an import runs, opens another kind of address, or adds to one."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from uuid import uuid4

import pytest
from litestar import Litestar
from sqlalchemy import select

from directory.models import Service, ServiceAtLocation
from tests.trust.asking import Ask, ask_all, get, post_form
from tests.trust.payloads import PAYLOADS
from web import verbs
from web.app import create_app
from web.settings import read_settings
from web.wording import mail_link, web_address

MAPPING = """
key = ["Name"]
[source]
code = "hostile"
name = "<script>alert(1)</script>"
credit = "<img src=x onerror=alert(1)>"
url = "javascript:alert(1)"
[columns]
"organization.name" = "Name"
"service.name" = "Name"
"service.description" = "Words"
"service.url" = "Words"
"service.email" = "Words"
"service.phone" = "Words"
"service.hours" = "Words"
"service.languages" = "Words"
"service.fees_description" = "Words"
"location.name" = "Words"
"location.address_1" = "Words"
"location.city" = "Words"
"""
OPENS = re.compile(r"(https?://[^\s\"'<>@\\]+(/.*)?|tel:[+0-9-]+(;ext=\d+)?|sms:[+0-9-]+|geo:-?[\d.]+,-?[\d.]+|/([^/].*)?|#[\w-]+)")
MAILS = re.compile(r"mailto:[^?&#\s]+@[\w.-]+")
NEVER = {"iframe", "object", "embed", "base", "math", "style", "applet", "frame", "marquee"}


class Look(HTMLParser):
    """A page read as a browser reads it: what it would run or open."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bad: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        if tag in NEVER or (tag == "script" and not named.get("src", "").startswith("/static/")) or "http-equiv" in named:
            self.bad.append(f"<{tag} {named}>")
        for name, value in named.items():
            if name.startswith("on") or name in ("srcdoc", "style") or (name == "formaction" and value not in OURS):
                self.bad.append(f"{name}={value}")
            if name in ("href", "src", "action", "hx-get", "hx-post") and not (OPENS.fullmatch(value) or MAILS.fullmatch(unquote(value))):
                self.bad.append(f"{name}={value}")


OURS = ("/search/around", "/search/week", "/papers", "/papers/keep")
"""The only other places that a button of ours may send a form to."""


def hostile(said: str) -> dict[str, Any]:
    """A service that says the same thing in every text it has."""
    def one(*names: str, **more: Any) -> dict[str, Any]:
        return {"id": str(uuid4()), **dict.fromkeys(names, said), **more}

    place = one(
        "name", "alternate_name", "description", "transportation", "url", location_type="physical", latitude=44.26, longitude=-88.41,
        addresses=[one("address_1", "address_2", "city", "region", "state_province", "postal_code", "country", address_type="physical")],
        accessibility=[one("description", "details", "url")], phones=[one("number")], languages=[one("name")],
    )
    term = one("code", "name", "description", "term_uri", taxonomy_detail=one("name", "description", "uri", "version"))
    return one(
        "alternate_name", "url", "email", "interpretation_services", "application_process", "fees_description", "eligibility_description", "alert",
        "accreditations", "assurer_email", name=f"Food {said}", description=f"Food and company. {said}", status="active",
        organization=one("name", "description", "email", "website", "logo", "uri"), program=one("name", "description"),
        phones=[one("number", "description", "type"), one("extension", "description", number="+1 415 555 0123"), one("extension", number="988", type="sms")],
        contacts=[one("name", "title", "department", "email", phones=[one("number")])], languages=[one("name", "code", "note")],
        schedules=[one("description", "notes", "schedule_link", freq="WEEKLY", byday="MO", opens_at="09:00", closes_at="10:00"), one("description")],
        cost_options=[one("option", "currency", "amount_description")], required_documents=[one("document", "uri")],
        service_areas=[one("name", "description", "extent", "uri")], funding=[one("source")], additional_urls=[one("label", "url")],
        attributes=[one("link_type", "value", "label", taxonomy_term=term)],
        service_at_locations=[one("description", location=place)],
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Litestar, list[Ask]]]:
    """A directory of nothing but hostile listings, from JSON and from a table, and a request for every page that shows them."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    settings = read_settings({"HOMEGROUND_DATA_DIR": str(folder / "data"), "HOMEGROUND_REGION": "GB"})
    storage = verbs.open_storage(settings)
    (folder / "hostile.json").write_text(json.dumps([hostile(said) for said in PAYLOADS]), "utf-8")
    with (folder / "hostile.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("Name", "Words"), *((f"{number} {said}", said) for number, said in enumerate(PAYLOADS))])
    (folder / "map.toml").write_text(MAPPING, "utf-8")
    for name, mapping in (("hostile.json", None), ("hostile.csv", folder / "map.toml")):
        told = verbs.import_file(settings, storage, folder / name, kind=None, mapping=mapping, progress=lambda *_: None, dry_run=False)[0]
        assert told.added == len(PAYLOADS), told.refusals
    house = verbs.open_house(settings, storage)
    with storage.reading() as session:
        pages = [get(f"/listings/{key}") for table in (ServiceAtLocation, Service) for key in session.scalars(select(table.id))]
    yield create_app(settings, storage, house.catalogue, house.clock), [*pages, *others()]
    storage.close()


def others() -> Iterator[Ask]:
    """Lists of the listings, plain and as parts, and every page with the hostile words as a visitor's own."""
    yield from (get(path) for path in ("/", "/browse", "/sources", "/urgent", "/browse/food_help"))
    names = ("text", "place", "own_strengths", "age", "languages", "modes", "set", "supports", "times", "communities")
    for offset in range(0, 2 * len(PAYLOADS), 10):
        for part in ("true", "false"):
            yield post_form("/search", {"text": "food company", "place": "44.26, -88.41", "offset": str(offset)}, hx_request=part)
    for said in PAYLOADS:
        yield post_form("/search", dict.fromkeys(names, said))
        yield get(f"/browse/{quote(said, safe='')}")


def test_no_page_runs_or_opens_what_a_listing_says(app: tuple[Litestar, list[Ask]]) -> None:
    made, asks = app
    shown = 0
    for asked, answer in zip(asks, ask_all(made, asks), strict=True):
        assert answer.status < 500, asked.written
        assert Look(answer.text).bad == [], asked.written
        assert b"\r\n" not in b"".join(value for _, value in answer.headers)
        shown += "alert(1)" in answer.text
    assert shown > len(PAYLOADS)   # the words are there, as words


def test_this_proof_finds_what_runs() -> None:
    for text in ("<script>x</script>", "<p onclick=x>", "<a href=javascript:x>", "<a href='mailto:a@b.example?cc=c'>", "<iframe>", "<a href=//x.example>"):
        assert Look(text).bad, text
    assert Look('<a href="https://a.example/b?c=d">a</a><a href="mailto:a@b.example">b</a><script src="/static/a.js"></script>').bad == []


@pytest.mark.parametrize("said", PAYLOADS)
def test_a_link_goes_where_it_says_or_is_none(said: str) -> None:
    address = web_address(said)
    assert not address or (urlsplit(address).scheme in ("http", "https") and urlsplit(address).username is None)
    assert not mail_link(said)


@pytest.mark.parametrize("said", ["a@b.example", "first.last+tag@sub.b.example", "o'brien@b.example", "für@b.example"])
def test_an_ordinary_address_can_be_written_to(said: str) -> None:
    assert unquote(mail_link(said)) == f"mailto:{said}"


@pytest.mark.parametrize("said", [
    "http://[::1", "https://[", "https://good.example@evil.example/", "https://good.example\\@evil.example", "HTTP:", "https://a b/",
])
def test_an_address_that_cannot_be_read_gets_no_link(said: str) -> None:
    assert web_address(said) == ""
