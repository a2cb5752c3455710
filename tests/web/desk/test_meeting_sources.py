"""Feeds of meetings among the sources: what must be told of one, and what comes of a fetch that brings a page in place of a feed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from directory.feeds import fetch_due
from directory.models import Change, Service, Source
from tests.directory.exchange.meetings.make import bmlt, guide
from tests.web.second_door import SecondDoor, text_of

PATH = "/desk/curator/sources"
NEW = {
    "code": "elm-groups", "name": "Groups of Elm Row", "kind": "meeting-guide", "fetch_from": "elm.json", "fetch_every_hours": "24", "programme": "aa",
    "timezone": "America/New_York", "country": "us",
}  # fmt: skip


@pytest.fixture
def feed(door: SecondDoor) -> Path:
    folder = door.settings.feeds_dir
    folder.mkdir()
    (folder / "elm.json").write_text(json.dumps([guide(timezone=None)]))
    return folder


def the_source(door: SecondDoor) -> Source:
    with door.storage.reading() as session:
        return session.scalars(select(Source).where(Source.code == "elm-groups")).one()


def groups(door: SecondDoor) -> list[str]:
    with door.storage.reading() as session:
        return list(session.scalars(select(Service.name).where(Service.name.contains("Lantern"), Service.status == "active")))


def test_a_feed_of_meetings_is_fetched_with_its_programme_and_zone_and_keeps_its_name(door: SecondDoor, feed: Path) -> None:
    assert door.as_("dov").post(PATH, NEW).status_code == 303
    assert fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at) == ["elm-groups"]
    source = the_source(door)
    assert (source.name, source.programme, source.timezone, source.country) == ("Groups of Elm Row", "aa", "America/New_York", "US")
    assert groups(door) == ["Lantern Circle"]
    assert "1 added" in (source.fetch_result or "")


@pytest.mark.parametrize("page", ["<!DOCTYPE html><title>Checking your browser</title>", "<html>moved</html>"])
def test_a_page_in_place_of_the_feed_is_told_and_nothing_goes(door: SecondDoor, feed: Path, page: str) -> None:
    door.as_("dov").post(PATH, NEW)
    fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at)
    (feed / "elm.json").write_text(page)
    door.later(hours=25)
    assert fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at) == []
    assert groups(door) == ["Lantern Circle"]
    assert "a web page came in place of a feed" in (the_source(door).fetch_result or "")


def test_an_answer_of_a_bmlt_server_in_one_file_is_fetched(door: SecondDoor, feed: Path) -> None:
    (feed / "elm.json").write_text(json.dumps({"meetings": [bmlt(time_zone=None)], "formats": []}))
    assert door.as_("dov").post(PATH, {**NEW, "kind": "bmlt", "programme": "na"}).status_code == 303
    assert fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at) == ["elm-groups"]
    assert groups(door) == ["Lantern Circle"]


@pytest.mark.parametrize(("name", "value"), [
    ("programme", ""), ("programme", "bmlt"), ("programme", "general"), ("programme", "../nyc"), ("timezone", ""), ("timezone", "Mars/Base"),
    ("country", "USA"), ("country", "zz"),
])  # fmt: skip
def test_what_does_not_fit_is_said_beside_its_field(door: SecondDoor, feed: Path, name: str, value: str) -> None:
    answer = door.as_("dov").post(PATH, {**NEW, name: value})
    assert (answer.status_code, f'id="{name}-error"' in answer.text) == (422, True)
    with door.storage.reading() as session:
        assert session.scalars(select(Source).where(Source.code == "elm-groups")).all() == []


def test_a_source_of_another_kind_is_not_asked_for_them(door: SecondDoor, feed: Path) -> None:
    said = {**NEW, "kind": "hsds", "code": "hsds-elm", "programme": "", "timezone": "", "country": ""}
    assert door.as_("dov").post(PATH, said).status_code == 303
    with door.storage.reading() as session:
        source = session.scalars(select(Source).where(Source.code == "hsds-elm")).one()
    assert source.programme is None
    assert "Whose type codes" not in text_of(door.as_("dov").get(f"{PATH}/{source.id}"))


def test_another_programme_is_a_line_of_the_log(door: SecondDoor, feed: Path) -> None:
    door.as_("dov").post(PATH, NEW)
    path = f"{PATH}/{the_source(door).id}"
    assert 'selected>aa<' in door.as_("dov").get(path).text.replace(" ", "")
    door.as_("dov").post(path, {**NEW, "programme": "al-anon"})
    with door.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.entity == "source", Change.field == "programme")).all()
    assert [line.after for line in lines] == ["aa", "al-anon"]


def test_only_administrators_say_it(door: SecondDoor, feed: Path) -> None:
    for name in ("cora", "ana", "kofi"):
        assert door.as_(name).post(PATH, NEW).status_code == 403
