"""Somebody without an account asks their caseworker for a copy, or to be erased: with a reason, on record, and for nobody else to do (P8 to P11)."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import func, select

from directory.clients.erasing import mark_of
from directory.clients.keys import locker_of
from directory.clients.notes import write_note
from directory.clients.opening import open_record
from directory.clients.watching import list_views
from directory.models import Base, Client, Erased
from tests.clients import ALDER, actor
from tests.web.second_door import SecondDoor, text_of

NEW = f"/desk/agencies/{ALDER}/clients/new"
SAID = {"label": "Teodoro", "parts": ["label", "goals"], "days": "90", "how": "spoken", "purpose": "together", "language": "en"}


@pytest.fixture
def path(door: SecondDoor) -> str:
    where = str(door.as_("nia").post(NEW, SAID).headers["location"].partition("?")[0])
    with door.storage.writing(counting=True) as session:
        nia = actor(session, door.town, "nia", at=door.at)
        opened = open_record(session, key_of(where), nia, organization_id=ALDER, at=door.at, sealer=door.sealer)
        write_note(session, opened, nia, "professional", "Quillon note", at=door.at)
    return where


def key_of(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])


def test_the_copy_holds_everything_and_the_log_says_so(door: SecondDoor, path: str) -> None:
    assert door.as_("nia").get(f"{path}/rights").status_code == 200
    page = door.as_("nia").post(f"{path}/copy", {"reason": "They asked today"})
    assert (page.status_code, page.headers["content-disposition"]) == (200, 'attachment; filename="papers.html"')
    assert ("Teodoro" in page.text, "Quillon note" in page.text) == (True, True)
    told = door.as_("nia").post(f"{path}/copy", {"reason": "They asked today", "as": "json"}).json()
    assert (told["records"][0]["parts"]["label"], told["records"][0]["notes"][0]["words"]) == ({"words": "Teodoro"}, "Quillon note")
    with door.storage.reading() as session:
        last = list_views(session, locker_of(session, key_of(path), sealer=door.sealer))[0]
    assert (last.name, last.purpose, last.why, "scales" in last.parts, "notes" in last.parts) == ("Nia", "copy", "They asked today", True, True)


def test_erasing_leaves_one_line_that_the_lead_reads(door: SecondDoor, path: str) -> None:
    answer = door.as_("nia").post(f"{path}/erase", {"why": "asked", "sure": "yes"})
    assert answer.headers["location"].startswith(f"/desk/agencies/{ALDER}?said=erased")
    with door.storage.reading() as session:
        row = session.scalars(select(Erased)).one()
        assert (row.mark, row.organization_id, row.by, row.why) == (mark_of(key_of(path)), ALDER, f"account:{door.town.accounts['nia']}", "asked")
        tables = [table for table in Base.metadata.sorted_tables if "client_id" in table.columns or table.name == "client"]
        assert [session.scalar(select(func.count()).select_from(table)) for table in tables] == [0] * len(tables)
    page = text_of(door.as_("lena").get(f"/desk/agencies/{ALDER}/looks"))
    assert "24 November 2026 , by Nia : they asked for it" in page
    assert door.as_("nia").get(path).status_code == 404


@pytest.mark.parametrize("said", [{"why": "asked"}, {"sure": "yes"}, {"why": "because", "sure": "yes"}])
def test_nothing_is_erased_without_a_reason_and_a_yes(door: SecondDoor, path: str, said: dict[str, str]) -> None:
    assert door.as_("nia").post(f"{path}/erase", said).status_code == 422
    assert door.as_("nia").post(f"{path}/copy", {"reason": " "}).status_code == 422
    with door.storage.reading() as session:
        assert session.get(Client, key_of(path)) is not None


def test_it_asks_for_a_factor_that_was_shown_lately(door: SecondDoor, path: str) -> None:
    for _ in range(2):
        door.later(minutes=20)
        door.as_("nia").get(path)
    for answer in (door.as_("nia").get(f"{path}/rights"), door.as_("nia").post(f"{path}/copy", {"reason": "x"}), door.as_("nia").post(f"{path}/erase")):
        assert answer.headers["location"].startswith("/account/confirm?next=")


@pytest.mark.parametrize("name", ["omar", "lena", "teo", "dov", "rosa"])
def test_it_is_for_whoever_works_with_them(door: SecondDoor, path: str, name: str) -> None:
    tried = (door.as_(name).post(f"{path}/copy", {"reason": "x"}), door.as_(name).post(f"{path}/erase", {"why": "asked", "sure": "yes"}))
    assert {answer.status_code for answer in tried} <= {403, 404}
    with door.storage.reading() as session:
        assert session.get(Client, key_of(path)) is not None


def test_the_lead_says_how_long_and_people_read_it_before_they_agree(door: SecondDoor) -> None:
    keeping = f"/desk/agencies/{ALDER}/keeping"
    assert door.as_("lena").post(keeping, {"keep_days": "120"}).headers["location"] == f"/desk/agencies/{ALDER}/supervision?said=saved"
    assert "deletes what it wrote about me after 120 days" in text_of(door.as_("rosa").get(f"/my/sharing/agencies/{ALDER}"))
    assert "a los 120 días" in text_of(door.as_("nia").get(f"{NEW}?in=es"))
    for wrong in ("29", "9999", "many", ""):
        assert door.as_("lena").post(keeping, {"keep_days": wrong}).status_code == 422
    assert {door.as_(name).post(keeping, {"keep_days": "90"}).status_code for name in ("nia", "teo", "rosa")} <= {403, 404}
