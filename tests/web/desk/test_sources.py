"""Sources: curators see and fetch them, an administrator says where they come from; a file outside the folder for feeds is never read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.feeds import fetch_due, list_feeds
from directory.models import Change, Service, Source
from tests.web.imported import an_import
from tests.web.second_door import SecondDoor, text_of

PATH = "/desk/curator/sources"
NEW = {"code": "hsds-canal", "name": "Canal side", "kind": "hsds", "fetch_from": "canal.json", "fetch_every_hours": "24"}
FEED = '[{"id": "6f0c1a52-0e1d-5c0a-9d55-3f6d5f1f0a01", "name": "Canal choir", "status": "active"}]'


@pytest.fixture
def imported(door: SecondDoor) -> Mapping[str, UUID]:
    return an_import(door)


@pytest.fixture
def feed(door: SecondDoor) -> Path:
    folder = door.settings.feeds_dir
    folder.mkdir()
    (folder / "canal.json").write_text(FEED)
    return folder


def the_source(door: SecondDoor) -> Source:
    with door.storage.reading() as session:
        return session.scalars(select(Source).where(Source.code == "hsds-canal")).one()


def test_an_administrator_adds_a_source_and_it_is_fetched_when_it_is_due(door: SecondDoor, feed: Path) -> None:
    assert door.as_("dov").post(PATH, NEW).status_code == 303
    done = fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at)
    assert done == ["hsds-canal"]
    page = text_of(door.as_("cora").get(PATH))
    assert "hsds-canal , 1 records. Fetched from canal.json every 24 hours." in page
    assert "1 added, 0 changed" in page
    assert fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at) == []
    door.later(hours=24)
    assert fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at) == ["hsds-canal"]


def test_a_source_that_fails_says_why_and_holds_no_other_up(door: SecondDoor, feed: Path) -> None:
    door.as_("dov").post(PATH, {**NEW})
    (feed / "broken.json").write_text('[{"secret words')
    door.as_("dov").post(PATH, {**NEW, "code": "hsds-a-broken", "name": "Broken", "fetch_from": "broken.json"})
    assert fetch_due(door.storage, fetching=door.settings.fetching(), sealer=door.sealer, at=door.at) == ["hsds-canal"]
    with door.storage.reading() as session:
        broken = next(one for one in list_feeds(session, at=door.at) if one.code == "hsds-a-broken")
    assert broken.result
    assert "secret words" not in broken.result


def test_a_curator_fetches_a_source_now_and_reads_what_went_wrong(door: SecondDoor, feed: Path) -> None:
    door.as_("dov").post(PATH, NEW)
    path = f"{PATH}/{the_source(door).id}/fetch"
    assert door.as_("cora").post(path).status_code == 303
    with door.storage.reading() as session:
        assert session.scalars(select(Service).where(Service.name == "Canal choir")).one().status == "active"
    (feed / "canal.json").unlink()
    answer = door.as_("cora").post(path)
    assert (answer.status_code, "no such file" in answer.text) == (422, True)


@pytest.mark.parametrize("where", ["/etc/hostname", "../homeground.sqlite3", "..", ".", "canal.json/../../secret.key", "link.json", "file:///etc/hostname"])
def test_nothing_outside_the_folder_for_feeds_is_taken(door: SecondDoor, feed: Path, where: str) -> None:
    (feed / "link.json").symlink_to("/etc/hostname")
    answer = door.as_("dov").post(PATH, {**NEW, "fetch_from": where})
    assert answer.status_code == 422
    with door.storage.reading() as session:
        assert session.scalars(select(Source).where(Source.code == "hsds-canal")).all() == []


def test_the_web_is_off_until_the_operator_says_otherwise(door: SecondDoor) -> None:
    answer = door.as_("dov").post(PATH, {**NEW, "fetch_from": "https://data.example.org/feed.json"})
    assert (answer.status_code, "HOMEGROUND_FETCH" in answer.text) == (422, True)
    assert 'value="https://data.example.org/feed.json"' in answer.text


@pytest.mark.parametrize(("name", "value"), [
    ("code", "Not a code"), ("code", ""), ("code", "elm"), ("name", " "), ("kind", "odd"), ("fetch_from", "gone.json"), ("fetch_every_hours", "0"),
    ("fetch_every_hours", "often"), ("fetch_every_hours", "9999999"),
])
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(
    door: SecondDoor, feed: Path, imported: Mapping[str, UUID], name: str, value: str
) -> None:
    answer = door.as_("dov").post(PATH, {**NEW, name: value})
    assert (answer.status_code, f'id="{name}-error"' in answer.text, "canal" in answer.text.lower()) == (422, True, True)


def test_where_a_source_comes_from_is_changed_and_stands_in_the_log(door: SecondDoor, feed: Path, imported: Mapping[str, UUID]) -> None:
    path = f"{PATH}/{imported['source']}"
    assert "Where Elm Row directory comes from" in text_of(door.as_("dov").get(path))
    assert door.as_("dov").post(path, {"fetch_from": "canal.json", "fetch_every_hours": ""}).status_code == 303
    with door.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.entity == "source")).all()
    assert [(line.field, line.after) for line in lines] == [("fetch_from", "canal.json")]


def test_a_file_of_another_source_is_not_taken_for_this_one(door: SecondDoor, feed: Path, imported: Mapping[str, UUID]) -> None:
    path = f"{PATH}/{imported['source']}"
    door.as_("dov").post(path, {"fetch_from": "canal.json", "fetch_every_hours": "1"})
    answer = door.as_("cora").post(f"{path}/fetch")
    assert answer.status_code == 422
    with door.storage.reading() as session:
        assert session.scalars(select(Service).where(Service.name == "Canal choir")).all() == []


def test_a_form_opened_long_ago_asks_for_a_factor_again(door: SecondDoor) -> None:
    door.later(hours=1)
    assert door.as_("dov").get(f"{PATH}/new").status_code != 200
    assert door.as_("dov").post(PATH, NEW).status_code != 303 or "sign" in door.as_("dov").post(PATH, NEW).headers.get("location", "")


def test_curators_do_not_change_sources_and_others_do_not_see_them(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    assert door.as_("cora").get(f"{PATH}/new").status_code == 403
    assert door.as_("cora").post(PATH, NEW).status_code == 403
    for name in ("ana", "kofi", "stella"):
        assert door.as_(name).get(PATH).status_code == 403
        assert door.as_(name).post(f"{PATH}/{imported['source']}/fetch").status_code == 403


def test_another_verb_and_an_unknown_source_are_refused(door: SecondDoor) -> None:
    assert door.as_("cora").post(f"{PATH}/{uuid4()}/fetch").status_code == 404
    assert door.as_("dov").get(f"{PATH}/{uuid4()}").status_code == 404
    assert door.as_("dov").get(f"{PATH}/{uuid4()}/fetch").status_code == 405
