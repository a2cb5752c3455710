"""Looking changes nothing: no route, asked in any way, sends the database a statement that could write."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace
from sqlalchemy import text

from directory.papers import BLANK, code
from directory.papers.parts import About
from directory.storage import Storage
from tests.reading import Wrote, is_reading, only_reads
from tests.web.routes import PUBLIC, addresses
from web.settings import Settings

BODIES = {
    "/api/match": {"text": "food", "place": "54911", "profile": {"languages": ["es"]}}, "/api/strengths": {"text": "I cook"},
    "/api/hsds/services": {"search": "food"},
}
SCANNED = {"code": code.write(replace(BLANK, about=About(text="food"))).text}
FORM = {"text": "food", "place": "54911", "own_strengths": "cooking", "minutes": "30", "free": "1"}


@pytest.fixture(scope="module")
def known(client: TestClient[Litestar]) -> dict[str, str]:
    return addresses(client)


@pytest.fixture
def guarded(web_storage: Storage) -> Iterator[list[str]]:
    with only_reads(web_storage) as refused:
        yield refused


@pytest.mark.parametrize("route", list(PUBLIC))
def test_no_route_writes(client: TestClient[Litestar], known: dict[str, str], guarded: list[str], route: str) -> None:
    method, _, path = route.partition(" ")
    where = known.get(path, path)
    said = {} if method == "GET" else {"json": BODIES[path]} if path in BODIES else {"data": FORM | SCANNED}
    asked = client.request(method, where, **said)
    assert asked.status_code == 422 if route == "POST /papers/open" else asked.status_code in (200, 303), asked.text[:300]
    for verb in ("HEAD", "OPTIONS", "DELETE", "PUT"):
        assert client.request(verb, where).status_code < 500
    assert guarded == []


def test_no_question_that_is_refused_writes(client: TestClient[Litestar], guarded: list[str]) -> None:
    for path in ("/none", "/listings/none", "/api/none", "/api/hsds/services?page=0", "/api/hsds/services/00000000-0000-0000-0000-000000000000"):
        assert client.get(path).status_code in (400, 404)
    assert client.post("/api/match", json={"place": "nowhere at all"}).status_code == 422
    assert client.post("/api/match", content=b"[" * 9999, headers={"content-type": "application/json"}).status_code == 400
    assert guarded == []


def test_searching_leaves_the_files_as_they_were(client: TestClient[Litestar], web_settings: Settings) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in web_settings.data_dir.rglob("*") if path.is_file() and not path.name.endswith("-shm")}

    before = files()
    assert client.post("/search", data=FORM).status_code == 200
    assert client.post("/api/match", json=BODIES["/api/match"]).status_code == 200
    assert files() == before


def test_the_guard_bites(web_storage: Storage) -> None:
    with only_reads(web_storage) as refused:
        with web_storage.reading() as session, pytest.raises(Wrote):
            session.execute(text("update location set name = 'x'"))
        with pytest.raises(Wrote), web_storage.writing() as session:
            session.execute(text("select 1"))
    assert [statement.split()[0] for statement in refused] == ["update", "BEGIN"]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO a VALUES (1)", "delete from a", "CREATE TABLE a (b)", "DROP TABLE a", "BEGIN IMMEDIATE", "PRAGMA user_version = 3", "VACUUM",
        "PRAGMA journal_mode(DELETE)", "WITH a AS (SELECT 1) INSERT INTO b SELECT * FROM a",
        "SELECT * FROM a FOR UPDATE", "SELECT pg_advisory_xact_lock(1)", "ATTACH 'x' AS y",
        "REPLACE INTO a VALUES (1)", "SELECT nextval('s')", "lock table change in share row exclusive mode",
    ],
)
def test_what_could_write_is_known(statement: str) -> None:
    assert not is_reading(statement)


@pytest.mark.parametrize("statement", ["SELECT 1", " select a from b", "BEGIN", "PRAGMA main.table_info('a')", "WITH a AS (SELECT 1) SELECT * FROM a"])
def test_reading_is_known(statement: str) -> None:
    assert is_reading(statement)
