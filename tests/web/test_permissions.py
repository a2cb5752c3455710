"""The walk: every private route with everybody, compared with the table that is checked in; and the walk itself, with each guard taken away in turn."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from httpx import Response
from sqlalchemy import Update, update

from directory import permissions
from directory.accounts.actors import RECENTLY
from directory.models import SignIn
from tests.web.routes import private
from tests.web.second_door import SecondDoor
from tests.web.things import things

TABLE = tomllib.loads((Path(__file__).parent / "permissions.toml").read_text())
EVERYBODY = ["anyone", *TABLE["sets"]["signed_in"]]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, ground_file: Path) -> Iterator[Walk]:
    walk = Walk(SecondDoor(tmp_path_factory.mktemp("walk") / "house", ground_file))
    yield walk
    walk.door.close()


class Walk:
    """A house whose database is put back after every step."""

    def __init__(self, door: SecondDoor) -> None:
        self.door = door
        self.places: Mapping[str, str] = things(door)
        self._path = door.settings.data_dir / "homeground.sqlite3"
        self._put_away()

    def _put_away(self) -> None:
        with self.door.storage.engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        self.door.storage.close()
        shutil.copy(self._path, self._path.with_suffix(".before"))

    def step(self, route: str, name: str, *, first: Update | None = None) -> Response:
        """One request of one person, on the database as it was at the beginning (and with ``first`` done to it)."""
        if self._was_written():
            self._put_back()
        if first is not None:
            with self.door.storage.writing() as session:
                session.execute(first)
        method, _, template = route.partition(" ")
        path = self.places.get(template, template)
        assert "{" not in path, f"tests/web/things.py names nothing for {template}"
        browser = self.door.as_(name)
        browser.token = self.door.town.cookies.get(name, "")   # a step before may have signed it out, or given it a new id
        return browser.get(path) if method == "GET" else browser.post(path)

    def _was_written(self) -> bool:
        log = Path(f"{self._path}-wal")   # every commit goes there first, and it goes away with the last connection
        return log.exists() and log.stat().st_size > 0

    def _put_back(self) -> None:
        self.door.storage.close()
        for ending in ("-wal", "-shm"):
            Path(f"{self._path}{ending}").unlink(missing_ok=True)
        shutil.copy(self._path.with_suffix(".before"), self._path)


def is_let_in(answer: Response) -> bool:
    """Whether the guard let somebody through: whatever the page then says of the form."""
    sent_away = answer.status_code == 303 and answer.headers["location"].startswith("/account/sign-in?next=")
    assert answer.status_code < 500, answer.text[:2000]
    return answer.status_code not in (403, 404) and not sent_away


def allowed(names: list[str]) -> list[str]:
    return [one for name in names for one in TABLE["sets"].get(name, [name])]


def differences(walk: Walk, routes: Mapping[str, list[str]]) -> list[str]:
    return [f"{route} as {name}" for route, names in routes.items() for name in EVERYBODY if is_let_in(walk.step(route, name)) != (name in allowed(names))]


@pytest.mark.parametrize("route", list(private()))
def test_only_those_named_are_let_in(town: Walk, route: str) -> None:
    assert differences(town, {route: private()[route]}) == []


def test_every_rule_guards_a_route_that_is_named() -> None:
    named = {act for said in TABLE["routes"].values() for act in said.get("acts", [])}
    assert {act.name for act in permissions.Act} - named == {"CLAIM"}, "a rule for whoever has signed in cannot be told from the guard"


WEIGHTY = [route for route, said in TABLE["routes"].items() if {act.name for act in permissions.STEP_UP} & set(said.get("acts", []))]


@pytest.mark.parametrize("route", WEIGHTY)
def test_an_act_of_weight_asks_for_a_factor_again(town: Walk, route: str) -> None:
    name = private()[route][0]
    longer_ago = update(SignIn).values(confirmed_at=town.door.at - RECENTLY - timedelta(seconds=1))
    answer = town.step(route, name, first=longer_ago)
    where, _, after = answer.headers["location"].partition("?next=")
    assert (answer.status_code, where) == (303, "/account/confirm")
    assert after != "/desk", "it leads back to the page where it was asked"


@pytest.mark.parametrize("act", sorted({act for said in TABLE["routes"].values() for act in said.get("acts", [])}))
def test_the_walk_notices_when_a_rule_is_gone(town: Walk, act: str) -> None:
    routes = {route: names for route, names in private().items() if act in TABLE["routes"][route].get("acts", [])}
    with patch.dict(permissions.MAY, {permissions.Act[act]: (lambda _actor, _thing: True,)}):   # type: ignore[arg-type]
        assert differences(town, routes)


@pytest.mark.parametrize("route", [route for route in private() if not route.startswith("GET ")])
def test_no_form_is_taken_without_its_stamp(town: Walk, route: str) -> None:
    template = route.partition(" ")[2]
    path = town.places.get(template, template)
    for name in TABLE["sets"]["signed_in"]:
        browser = town.door.as_(name)
        for said in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": town.door.as_("emil" if name == "ana" else "ana").stamp()}):
            assert browser.post(path, said, stamped=False).status_code in (303, 403), (route, name)
        assert browser.post(path, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert browser.post(path, headers={"origin": "https://evil.example"}).status_code == 403
