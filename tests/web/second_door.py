"""A house with the cast in it, for tests of the second door: a database of its own that may be changed, a clock that can be moved, and a browser a person."""

from __future__ import annotations

import os
import re
import shutil
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace

from directory.accounts.people import get_account
from directory.accounts.sign_ins import sign_in
from directory.accounts.tokens import stamp, token_hash
from directory.catalogue import Catalogue
from directory.models import SignIn
from directory.outbox import Letter, list_letters
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from tests.cast import LEVELS, Town, address_of, make_town
from tests.ground import KEY, MOMENT, put_into
from web.app import create_app
from web.house import House
from web.settings import Settings, read_settings
from web.visits import COOKIE, STAMPED

BASE = "https://home.example"


class SecondDoor:
    """One running house. ``door.as_("ana")`` is Ana's browser; ``door.later(days=1)`` moves the clock.

    It moves into an application that stands empty; with ``own_app`` one is made for it and not used again, for whoever changes the routes. ``url``:
    another database, with every table, than a copy of a file.
    """

    def __init__(self, folder: Path, database: Path | None, *, own_app: bool = False, url: str = "") -> None:
        self._own_app = own_app
        said = {"HOMEGROUND_DATA_DIR": str(folder), "HOMEGROUND_BASE_URL": BASE, "HOMEGROUND_SECRET_KEY": KEY, "HOMEGROUND_DATABASE_URL": url}
        self.settings: Settings = read_settings(said)
        self.at: datetime = MOMENT
        self.town: Town = self._town(folder, database)
        self.storage = self.town.storage
        self.sealer = self.settings.sealer()
        self.catalogue = Catalogue(self.storage)
        self.app = self._move_in()
        self._client = TestClient(self.app, base_url=BASE, raise_server_exceptions=False)
        self._client.__enter__()
        self._client.follow_redirects = False
        self._browsers: dict[str, Browser] = {}

    def _town(self, folder: Path, database: Path | None) -> Town:
        if database is None:
            folder.mkdir(parents=True, exist_ok=True)
            return make_town(Storage(self.settings.database_url), at=self.at, sealer=self.settings.sealer())
        with_cast, town = _with_cast(database)
        put_into(folder, with_cast)
        return replace(town, storage=Storage(self.settings.database_url))

    def _move_in(self) -> Litestar:
        house = House(settings=self.settings, storage=self.storage, catalogue=self.catalogue, clock=lambda: self.at)
        app = _empty.pop() if _empty and not self._own_app else create_app(self.settings, self.storage, self.catalogue, house.clock)
        app.state.house = house
        return app

    def as_(self, name: str) -> Browser:
        """The browser of one of the cast; ``anyone`` has not signed in."""
        if name not in self._browsers:
            self._browsers[name] = Browser(self, self._client, self.town.cookies.get(name, ""))
        return self._browsers[name]

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.at += timedelta(**span)

    def sign_in(self, name: str) -> None:
        """Sign one of the cast in anew, now, with as many factors as before."""
        with self.storage.writing() as session:
            account = get_account(session, self.town.accounts[name])
            self.as_(name).token = sign_in(session, account, level=LEVELS.get(name, 1), at=self.at, label="a browser")

    def letters(self, name: str = "") -> list[Letter]:
        """What lies in the outbox, the newest first: all of it, or what goes to one of the cast or to an address."""
        to = address_of(name) if name and "@" not in name else name
        with self.storage.reading() as session:
            return [letter for _, letter in list_letters(session, sealer=self.sealer) if not to or letter.to == to]

    def link(self, name: str) -> str:
        """The path of the first link in the newest letter to somebody."""
        found = re.search(re.escape(self.settings.base_url) + r"(/\S+)", self.letters(name)[0].text)
        assert found
        return found.group(1)

    def close(self) -> None:
        """Let go of everything."""
        self._client.__exit__(None, None, None)
        self.storage.close()
        if not self._own_app:
            _empty.append(self.app)


_empty: list[Litestar] = []
"""Applications whose house is gone. Making one costs more than most tests ask of it; all that a test can change is in its house."""


@cache
def _with_cast(database: Path) -> tuple[Path, Town]:
    """A copy of a database with the cast in it, made once a process, and who they are."""
    path = database.with_name(f"{os.getpid()} {database.name}")
    shutil.copy(database, path)
    storage = Storage(sqlite_url(path))
    town = make_town(storage, at=MOMENT, sealer=Sealer.of(KEY.encode()))
    storage.close()
    return path, town


class Browser:
    """One person's browser: follows no redirect, and stamps each form as our pages do."""

    def __init__(self, door: SecondDoor, client: TestClient[Litestar], token: str) -> None:
        self.door, self._client, self.token = door, client, token

    def get(self, path: str, **given: Any) -> Response:
        """Ask for a page."""
        return self._ask("GET", path, **given)

    def post(self, path: str, data: dict[str, Any] | None = None, *, stamped: bool = True, **given: Any) -> Response:
        """Send a form, stamped as the page that held it would be."""
        return self._ask("POST", path, data={**({"csrf": self.stamp()} if stamped else {}), **(data or {})}, **given)

    def _ask(self, method: str, path: str, *, headers: dict[str, str] | None = None, **given: Any) -> Response:
        self._client.cookies.clear()   # one client serves the whole cast
        cookie = {"cookie": f"{COOKIE}={self.token}"} if self.token else {}
        answer = self._client.request(method, path, headers={**cookie, **(headers or {})}, **given)
        if COOKIE in answer.cookies or f"{COOKIE}=" in answer.headers.get("set-cookie", ""):
            self.token = answer.cookies.get(COOKIE) or ""
        return answer

    def stamp(self) -> str:
        """The stamp of this browser's forms, empty when it is not signed in."""
        with self.door.storage.reading() as session:
            row = session.get(SignIn, token_hash(self.token)) if self.token else None
        return stamp(row.csrf_key, STAMPED) if row else ""


def text_of(answer: Response) -> str:
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())
