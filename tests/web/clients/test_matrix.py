"""Every role x every state of consent x every part of a record, asked over HTTP on both databases, against a model that is written from the rules.

And what one agency answers, with and without a client of another: byte for byte the same (rule P2).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from msgspec import Struct

from directory.accounts.people import get_account, grant, make_account
from directory.clients.consents import PEER_PARTS, give_consent
from directory.clients.keys import make_locker
from directory.clients.parts import OWN, PARTS, SHARED
from directory.clients.records import open_caseload, take_on
from directory.models import Client, ClientPart, Consent
from directory.storage import Session
from tests.clients import ALDER, NORTH
from tests.conftest import ENGINES
from tests.postgresql import Server
from tests.web.clients.people import make_whole_rosa, seen, texts, with_alder
from tests.web.second_door import SecondDoor

FEW = ("label", "goals")


class State(Struct, frozen=True, kw_only=True):
    """One consent, in days from now: whom it is given to, for what, which parts, from when, until when, taken back when."""

    to: UUID = ALDER
    purpose: str = "together"
    parts: tuple[str, ...] = SHARED
    starts: int = -1
    ends: int = 30
    taken_back: int | None = None


STATES: dict[str, State | None] = {
    "none": None, "live": State(), "live for a few parts": State(parts=FEW), "ended": State(starts=-31, ends=-1), "ends now": State(starts=-30, ends=0),
    "taken back": State(starts=-2, taken_back=-1), "taken back now": State(taken_back=0), "to another agency": State(to=NORTH),
    "for a referral": State(purpose="referral"), "for peers": State(purpose="peers"), "for supervision": State(purpose="supervision"),
    "begins tomorrow": State(starts=1), "begins now": State(starts=0),
}  # fmt: skip
HOLDS = {"live", "live for a few parts", "begins now"}
ROLES = (
    "holder", "cover", "colleague", "colleague with a reason", "lead", "other agency", "other agency at its own", "owner", "curator", "administrator", "nobody",
)  # fmt: skip


def open_to(role: str, state: str) -> set[str]:
    """The parts that are open: the rules of the house in three sentences, written without looking at the code."""
    parts = set(FEW) if state == "live for a few parts" else set(PARTS) - {"scales", "gratitude"}
    if role in ("holder", "cover", "colleague with a reason") and state in HOLDS:
        return parts
    return parts if role == "lead" and state == "for supervision" else set()


def status_of(role: str) -> set[int]:
    """What the page answers: whoever works there or leads may know of the record, a colleague is asked why, nobody else learns that it is there."""
    return {"holder": {200}, "cover": {200}, "colleague with a reason": {200}, "lead": {200}, "colleague": {403}, "nobody": {303}}.get(role, {403, 404})


@pytest.fixture(scope="module", params=ENGINES)
def house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Iterator[tuple[SecondDoor, dict[str, UUID]]]:
    """A house with a record for each state: all are in Nia's caseload, and Omar stands in for her at those that are named so."""
    folder = tmp_path_factory.mktemp("matrix") / "house"
    if request.param == "sqlite":
        door = SecondDoor(folder, migrated_file)
    else:
        server: Server = request.getfixturevalue("postgresql_server")
        name = "m" + secrets.token_hex(6)
        door = SecondDoor(folder, None, url=server.new_database(name, like=request.getfixturevalue("migrated_database")))
    with door.storage.writing() as session:
        grant(session, get_account(session, door.town.accounts["ana"]), "owner", by="tests", at=door.at, organization_id=ALDER)
        records = {f"{state}{cover}": make(session, door, given, cover) for state, given in STATES.items() for cover in ("", "/cover")}
    yield door, records
    door.close()


def make(session: Session, door: SecondDoor, given: State | None, cover: str) -> UUID:
    """Somebody with an account whose record holds a word in every part."""
    account = make_account(session, name="Somebody", email=f"{uuid4().hex}@people.example", password=None, at=door.at, sealer=door.sealer)
    client = Client(id=uuid4(), account_id=account.id, made_at=door.at, touched_at=door.at, views=0)
    session.add(client)
    session.flush()
    locker = make_locker(session, client.id, sealer=door.sealer)
    for part, text in texts().items():
        sealed = locker.seal(text, "client_part", "sealed", part)
        session.add(ClientPart(client_id=client.id, part=part, sealed=sealed, version=1, saved_at=door.at, saved_by="x"))
    take_on(session, client, ALDER, account_id=door.town.accounts["lena" if cover else "nia"], at=door.at)
    row = open_caseload(session, client.id, ALDER)
    assert row
    if cover:
        row.cover_id, row.cover_until = door.town.accounts["nia"], door.at + timedelta(days=1)
    if given is not None:
        consent(session, door, client, given)
    return client.id


def consent(session: Session, door: SecondDoor, client: Client, given: State) -> None:
    at = door.at + timedelta(days=given.starts)
    ends = max(door.at + timedelta(days=given.ends), at + timedelta(seconds=1))
    parts = PEER_PARTS if given.purpose == "peers" else given.parts   # what peer support reads is nothing of the record
    made = give_consent(session, client, given.to, purpose=given.purpose, parts=parts, language="en", how="self", by="x", at=at, ends_at=ends)
    row = session.get_one(Consent, made.id)
    row.withdrawn_at = None if given.taken_back is None else door.at + timedelta(days=given.taken_back)
    session.flush()


def ask(door: SecondDoor, records: dict[str, UUID], role: str, state: str) -> tuple[int, set[str], set[str]]:
    """What the page of a record answers somebody: its status, the parts that stand in it, and those that it calls open."""
    client = records[f"{state}/cover" if role == "cover" else state]
    name = {
        "holder": "nia", "cover": "nia", "colleague": "omar", "colleague with a reason": "omar", "lead": "lena", "other agency": "teo",
        "other agency at its own": "teo", "owner": "ana", "curator": "cora", "administrator": "dov", "nobody": "anyone",
    }[role]  # fmt: skip
    path = f"/desk/agencies/{NORTH if role == 'other agency at its own' else ALDER}/clients/{client}"
    answer = door.as_(name).post(f"{path}/look", {"reason": "She is ill"}) if role == "colleague with a reason" else door.as_(name).get(path)
    assert "7 of 10" not in answer.text
    assert "How sure I am" not in answer.text
    return answer.status_code, seen(answer.text), seen(str(answer.headers))


@pytest.mark.parametrize("state", STATES)
def test_every_role_sees_what_the_rules_say_of_every_part(house: tuple[SecondDoor, dict[str, UUID]], state: str) -> None:
    door, records = house
    wrong = []
    for role in ROLES:
        status, parts, told = ask(door, records, role, state)
        if status not in status_of(role) or parts != open_to(role, state) or told:
            wrong.append((role, status, parts ^ open_to(role, state), told))
    assert wrong == []


def test_the_table_has_every_part_of_a_record() -> None:
    assert set(texts()) == set(PARTS)
    assert {"scales", "gratitude"} == OWN
    assert len(STATES) * len(ROLES) * len(PARTS) == 13 * 11 * 15


def test_her_own_pages_show_her_everything_and_others_nothing(door: SecondDoor) -> None:
    make_whole_rosa(door)
    assert seen(door.as_("rosa").get("/my/copy/file.json").text) == set(PARTS)
    for name in ("nia", "omar", "lena", "teo", "ana", "cora", "dov", "stella"):
        for page in ("copy/file.json", "copy/file.html", "notes", "looked", "sharing"):
            assert seen(door.as_(name).get(f"/my/{page}").text) == set(), (name, page)


PAGES = (
    "/desk", f"/desk/agencies/{NORTH}", f"/desk/agencies/{NORTH}/clients/new", f"/desk/agencies/{NORTH}/supervision", f"/desk/agencies/{NORTH}/looks",
    f"/desk/agencies/{NORTH}/team", f"/desk/agencies/{ALDER}", f"/desk/agencies/{ALDER}/supervision", f"/desk/agencies/{ALDER}/looks", "/my/sharing",
    "/my/notes", "/my/looked", "/my/sharing/agencies", f"/desk/agencies/{ALDER}/clients/new", "/desk/guide", f"/my/sharing/agencies/{ALDER}",
    f"/my/sharing/agencies/{NORTH}",
)  # fmt: skip


def test_another_agency_answers_byte_for_byte_the_same_with_and_without_a_client_of_ours(door: SecondDoor) -> None:
    client = make_whole_rosa(door)
    ways = [f"/desk/agencies/{agency}/clients/{client}{end}" for agency in (NORTH, ALDER) for end in ("", "/work", "/consent")]
    forms = ("look", "take", "notes", "work", "plain", "link", "consent")
    posts = [f"/desk/agencies/{agency}/clients/{client}/{end}" for agency in (NORTH, ALDER) for end in forms]

    def answers() -> dict[tuple[str, str, str], tuple[int, bytes]]:
        asked = [(name, "GET", path) for name in ("teo", "ana", "cora", "stella") for path in (*PAGES, *ways)]
        asked += [("teo", "POST", path) for path in posts]
        said = {"reason": "Let me see", "kind": "note", "words": "x", "do": "end", "label": "x", "parts": ["goals"], "days": "90", "how": "spoken"}
        return {
            (name, verb, path): (answer.status_code, answer.content)
            for name, verb, path in asked
            for answer in [door.as_(name).get(path) if verb == "GET" else door.as_(name).post(path, said)]
        }

    before = answers()
    with_alder(door, client)
    agreed = {"parts": list(SHARED), "purpose": "together", "days": "90", "language": "en"}
    for purpose in ("together", "supervision"):
        assert door.as_("rosa").post(f"/my/sharing/agencies/{ALDER}", {**agreed, "purpose": purpose}).status_code == 303
    path = f"/desk/agencies/{ALDER}/clients/{client}"
    assert door.as_("nia").post(f"{path}/notes", {"kind": "note", "words": "We met"}).status_code == 303
    assert door.as_("omar").post(f"{path}/look", {"reason": "She is ill"}).status_code == 200
    assert [asked for asked, answer in answers().items() if before[asked] != answer] == []
