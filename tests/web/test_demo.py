"""The pages of the demonstration exist in the demonstration only, and only for this machine under its own name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from msgspec.structs import replace

from directory.accounts.people import ROLE_WORDS
from directory.accounts.registry import granted_by
from directory.catalogue import Catalogue
from directory.outbox import Letter, post
from directory.storage import Storage
from tests.ground import KEY, MOMENT, put_into
from tests.web.second_door import SecondDoor, text_of
from web.app import create_app
from web.settings import Settings, read_settings
from web.visits import COOKIE

PAGES = ("/demo", "/outbox")
HERE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, demo_file: Path) -> Settings:
    folder: Path = tmp_path_factory.mktemp("demo")
    put_into(folder, demo_file)
    return replace(read_settings({"HOMEGROUND_DATA_DIR": str(folder), "HOMEGROUND_SECRET_KEY": KEY}), is_demo=True)


@pytest.fixture(scope="module")
def storage_of_it(settings: Settings) -> Iterator[Storage]:
    storage = Storage(settings.database_url)
    yield storage
    storage.close()


@pytest.fixture
def client(settings: Settings, storage_of_it: Storage) -> Iterator[TestClient]:   # type: ignore[type-arg]
    app = create_app(settings, storage_of_it, Catalogue(storage_of_it), lambda: MOMENT)
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as made:
        made.follow_redirects = False
        yield made


def test_they_say_what_they_are_and_set_no_cookie(client: TestClient) -> None:   # type: ignore[type-arg]
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200
        assert "only in the demonstration" in text_of(answer)
        assert "set-cookie" not in answer.headers


def test_one_button_signs_in_as_each_of_the_cast_with_their_roles_awake(client: TestClient, settings: Settings, storage_of_it: Storage) -> None:   # type: ignore[type-arg]
    with storage_of_it.reading() as session:
        people = granted_by(session, "seeds", sealer=settings.sealer())
    assert {role for one in people for role, _ in one.roles} == {*ROLE_WORDS}
    for one in people:
        answer = client.post("/demo/sign-in", data={"who": str(one.account_id)})
        assert answer.status_code == 303
        desk = client.get("/desk", headers={"cookie": f"{COOKIE}={answer.cookies[COOKIE]}"})
        assert f"Welcome, {one.name}" in text_of(desk)
        assert "wakes up" not in text_of(desk)


@pytest.mark.parametrize("who", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_nobody_else_is_signed_in_by_a_button(client: TestClient, who: str) -> None:   # type: ignore[type-arg]
    assert client.post("/demo/sign-in", data={"who": who}).status_code == 404


def test_another_site_or_a_foreign_name_for_this_machine_is_refused(client: TestClient, settings: Settings, storage_of_it: Storage) -> None:   # type: ignore[type-arg]
    with storage_of_it.reading() as session:
        who = str(granted_by(session, "seeds", sealer=settings.sealer())[0].account_id)
    assert client.post("/demo/sign-in", data={"who": who}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    for path in PAGES:
        assert client.get(path, headers={"host": "evil.example:8000"}).status_code == 404
    assert client.post("/demo/sign-in", data={"who": who}, headers={"host": "evil.example:8000"}).status_code == 404


@pytest.mark.parametrize("change", [{"is_demo": False}, {"host": "0.0.0.0"}, {"base_url": "https://home.example"}])   # noqa: S104  (a value to read)
def test_elsewhere_they_do_not_exist(settings: Settings, storage_of_it: Storage, change: dict[str, object]) -> None:
    app = create_app(replace(settings, **change), storage_of_it, Catalogue(storage_of_it), lambda: MOMENT)   # type: ignore[arg-type]
    assert not [route.path for route in app.routes if route.path.startswith(PAGES)]
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as asked:
        assert [asked.get(path).status_code for path in PAGES] == [404, 404]
        assert asked.post("/demo/sign-in", data={}).status_code == 404


def test_a_house_that_is_no_demonstration_has_none_of_them(door: SecondDoor) -> None:
    assert [door.as_("dov").get(path).status_code for path in PAGES] == [404, 404]
    assert not read_settings({"HOMEGROUND_DATA_DIR": "/srv/home"}).is_demo


def test_the_outbox_shows_letters_as_text_with_links_to_this_site_only(client: TestClient, settings: Settings, storage_of_it: Storage) -> None:   # type: ignore[type-arg]
    text = f"Open {HERE}/account/enter/abc now.\n<b>bold</b> https://evil.example/x {HERE}.evil.example/y"
    with storage_of_it.writing() as session:
        post(session, Letter(to="ana@people.example", subject="<i>s</i>", text=text), at=MOMENT, sealer=settings.sealer())
    page = client.get("/outbox").text
    assert '<a href="/account/enter/abc">' in page
    assert "&lt;b&gt;bold" in page
    assert 'href="https://evil' not in page
    assert ".evil.example/y\"" not in page
