"""A copy of everything, and erasing it: not one row, and not one byte in any file (rules P9 and P10)."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from directory.models import Base, Caseload, Client, Consent, Erased
from tests.clients import ALDER
from tests.web.clients.people import MARK, make_whole_rosa, seen
from tests.web.clients.test_record import rosa_with_nia
from tests.web.second_door import SecondDoor


def canaries(door: SecondDoor, client: object) -> dict[str, bytes]:
    """Everything that could give a record away in a file, also what is not sealed: ids and references, in each way that they are written."""
    with door.storage.reading() as session:
        row = session.get_one(Client, client)
        found = {"client": row.id, **{f"consent {at}": one for at, one in enumerate(session.scalars(select(Consent.id).where(Consent.client_id == row.id)))},
                 **{f"caseload {at}": one for at, one in enumerate(session.scalars(select(Caseload.id).where(Caseload.client_id == row.id)))}}
        reference = session.scalars(select(Caseload.reference).where(Caseload.client_id == row.id)).one()
    ids = {f"{name} {way}": text for name, key in found.items() for way, text in (("hex", key.hex.encode()), ("dashed", str(key).encode()), ("raw", key.bytes))}
    return {**ids, "reference": reference.encode()}


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def hits(door: SecondDoor, looked_for: dict[str, bytes]) -> set[str]:
    return {f"{canary} in {name}" for name, body in files(door.settings.data_dir).items() for canary, text in looked_for.items() if text in body}


def test_erasing_leaves_not_one_byte(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    client = re.sub(r".*/", "", path)
    for kind in ("note", "professional", "noticed", "goal"):
        door.as_("nia").post(f"{path}/notes", {"kind": kind, "words": f"{MARK} {kind}"})
    door.as_("omar").post(f"{path}/look", {"reason": f"{MARK} said so"})
    looked_for = canaries(door, client_id := UUID(client))
    assert len({hit.partition(" in ")[0] for hit in hits(door, looked_for)}) >= 4, "the search finds them before"
    assert door.as_("rosa").post("/my/erase").status_code == 422
    assert door.as_("rosa").post("/my/erase", {"sure": "yes"}).headers["location"] == "/my/sharing?said=erased"
    assert hits(door, {**looked_for, "words": MARK.encode()}) == set()
    with door.storage.reading() as session:
        for table in Base.metadata.sorted_tables:
            if "client_id" in table.columns:
                assert not [row for row in session.execute(select(table)) if row.client_id == client_id], table.name
        assert len(session.scalars(select(Erased)).all()) == 1
    assert "one line that says that something was erased" in door.as_("rosa").get("/my/sharing?said=erased").text
    assert {door.as_(name).get(path).status_code for name in ("nia", "omar", "lena")} == {404}


def test_the_account_goes_too_when_asked(door: SecondDoor) -> None:
    make_whole_rosa(door)
    answer = door.as_("rosa").post("/my/erase", {"sure": "yes", "account": "yes"})
    assert answer.headers["location"].startswith("/account/sign-in")
    assert str(door.town.accounts["rosa"]).replace("-", "").encode() not in b"".join(files(door.settings.data_dir).values())
    assert door.as_("nia").post("/my/erase", {"sure": "yes", "account": "yes"}).status_code == 422, "others count on an account with a role"


def test_the_copy_holds_all_of_hers_and_nothing_of_others(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    door.as_("nia").post(f"{path}/notes", {"kind": "note", "words": "We met"})
    make_whole_rosa(door, name="stella")
    for name in ("file.json", "file.html"):
        answer = door.as_("rosa").get(f"/my/copy/{name}")
        assert re.search(r'filename="papers\.(json|html)"', answer.headers["content-disposition"])
        assert seen(answer.text) == {
            "label", "contact", "about", "own_words", "circle", "domains", "hopes", "scales", "reframes", "goals", "achievements", "came_through", "gratitude",
            "resilience", "shortlist",
        }
        assert "Alder House" in answer.text
        assert "We met" in answer.text
        assert "Nia" not in answer.text, "names of other people are left out"
        assert str(door.town.accounts["nia"]) not in answer.text
    record = door.as_("rosa").get("/my/copy/file.json").json()["records"]
    assert len(record) == 1
    assert record[0]["looked"][-1]["role"] == "caseworker"
    assert record[0]["consents"][0]["words"].startswith("I let Alder House see")
    assert str(ALDER) not in str(record)


def test_copy_and_erasure_ask_for_a_factor_that_was_shown_lately(door: SecondDoor) -> None:
    make_whole_rosa(door)
    door.later(minutes=20)
    door.as_("rosa").get("/my/looked")
    door.later(minutes=11)
    for path in ("/my/copy", "/my/copy/file.json", "/my/copy/file.html", "/my/erase"):
        assert door.as_("rosa").get(path).headers["location"].startswith("/account/confirm")
    assert door.as_("rosa").post("/my/erase", {"sure": "yes"}).headers["location"].startswith("/account/confirm")
    with door.storage.reading() as session:
        assert session.scalars(select(Erased)).all() == []
