"""A record is opened only as far as the rules reach, and nobody else looks without an entry in its log; on both engines."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from directory.clients.consents import give_consent, withdraw
from directory.clients.keys import locker_of
from directory.clients.opening import open_own, open_record, write_part
from directory.clients.parts import PARTS
from directory.clients.records import begin_own, begin_with
from directory.clients.watching import broken_at, list_views
from directory.errors import Invalid, NotFound, NotPermitted, Stale
from directory.models import Client, ClientPart, ClientView
from directory.sealing import BrokenSeal, Sealer
from directory.storage import Storage
from tests.cast import Town, make_town
from tests.clients import ALDER, NORTH, SEEN, actor, make_rosa, opened_of, with_nia, words

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)
LATER = AT + timedelta(hours=1)


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=AT, sealer=sealer)


@pytest.fixture
def rosa(storage: Storage, town: Town, sealer: Sealer) -> Client:
    with storage.writing() as session:
        client = make_rosa(session, town, at=AT, sealer=sealer)
        with_nia(session, town, client, at=AT)
        return client


def look(
    storage: Storage, town: Town, client: Client, name: str, sealer: Sealer, *, agency: object = ALDER, at: datetime = LATER, reason: str = "",
) -> dict[str, str]:  # fmt: skip
    with storage.writing(counting=True) as session:
        return open_record(
            session, client.id, actor(session, town, name, at=at), organization_id=agency, reason=reason, at=at, sealer=sealer,   # type: ignore[arg-type]
        ).texts


def test_the_person_sees_all_of_it_and_leaves_no_entry(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    assert look(storage, town, rosa, "rosa", sealer, agency=None) == {part: words(part) for part in PARTS}
    with storage.reading() as session:
        assert list_views(session, locker_of(session, rosa.id, sealer=sealer)) == []


def test_her_caseworker_sees_what_she_agreed_to_and_she_sees_that(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    assert look(storage, town, rosa, "nia", sealer) == {part: words(part) for part in SEEN}
    with storage.reading() as session:
        (entry,) = list_views(session, locker_of(session, rosa.id, sealer=sealer))
    assert (entry.name, entry.organization, entry.role, set(entry.parts), entry.is_outside) == ("Nia", "Alder House", "caseworker", set(SEEN), False)


STRANGERS = [("teo", NORTH), ("teo", ALDER), ("nia", NORTH), ("stella", None), ("ana", ALDER), ("nia", None), ("cora", ALDER), ("dov", ALDER)]


@pytest.mark.parametrize(("name", "agency"), STRANGERS)
def test_nobody_else_learns_that_there_is_a_record(storage: Storage, town: Town, rosa: Client, sealer: Sealer, name: str, agency: object) -> None:
    with pytest.raises(NotFound) as refused:
        look(storage, town, rosa, name, sealer, agency=agency)
    with storage.writing() as session, pytest.raises(NotFound) as none:
        open_record(session, town.accounts["ana"], actor(session, town, "nia", at=AT), organization_id=ALDER, at=AT, sealer=sealer)
    assert str(refused.value) == str(none.value)


def test_a_colleague_has_to_say_why_and_the_person_reads_it(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    with pytest.raises(NotPermitted):
        look(storage, town, rosa, "omar", sealer)
    assert look(storage, town, rosa, "omar", sealer, reason="Nia is ill today") == {part: words(part) for part in SEEN}
    with storage.reading() as session:
        (entry,) = list_views(session, locker_of(session, rosa.id, sealer=sealer))
        assert "Nia is ill" not in str(session.execute(select(ClientView)).all())
    assert (entry.why, entry.is_outside) == ("Nia is ill today", True)


def test_a_lead_sees_no_content_without_a_consent_for_supervision(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    assert look(storage, town, rosa, "lena", sealer) == {}
    with storage.writing() as session:
        client = session.get_one(Client, rosa.id)
        give_consent(session, client, ALDER, purpose="supervision", parts=("goals",), language="en", how="self", by="x", at=AT)
    assert look(storage, town, rosa, "lena", sealer) == {"goals": words("goals")}


def test_a_consent_taken_back_holds_no_more_at_once(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    with storage.writing() as session:
        consent = with_nia(session, town, session.get_one(Client, rosa.id), at=AT)
    with storage.writing() as session:
        for one in opened_of(session, town, rosa.id, at=LATER, sealer=sealer).consents:
            withdraw(session, session.get_one(Client, rosa.id), one.id, at=LATER)
    assert look(storage, town, rosa, "nia", sealer) == {}
    with storage.writing() as session:
        assert withdraw(session, session.get_one(Client, rosa.id), consent.id, at=LATER + timedelta(days=1)).withdrawn_at == LATER


def test_a_consent_ends_by_itself(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    assert look(storage, town, rosa, "nia", sealer, at=AT + timedelta(days=89)) != {}
    assert look(storage, town, rosa, "nia", sealer, at=AT + timedelta(days=90)) == {}


NONE = [((), 1), (("scales",), 1), (("goals", "gratitude"), 1), (("nothing",), 1), (("goals",), 366), (("goals",), 0), (("goals",), -1)]


@pytest.mark.parametrize(("parts", "days"), NONE)
def test_a_consent_without_a_part_or_an_end_is_none(storage: Storage, rosa: Client, parts: tuple[str, ...], days: int) -> None:
    said = {"purpose": "together", "parts": parts, "language": "en", "how": "self", "by": "x", "at": AT, "ends_at": AT + timedelta(days=days)}
    with storage.writing() as session:
        client = session.get_one(Client, rosa.id)
        with pytest.raises(Invalid):
            give_consent(session, client, ALDER, **said)   # type: ignore[arg-type]


def test_only_the_person_writes_and_two_windows_do_not_overwrite_each_other(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    with storage.writing(counting=True) as session:
        seen = open_record(session, rosa.id, actor(session, town, "nia", at=AT), organization_id=ALDER, at=AT, sealer=sealer)
        with pytest.raises(NotPermitted):
            write_part(session, seen, "goals", "[]", version=1, by="x", at=AT)
    with storage.writing() as session:
        opened = opened_of(session, town, rosa.id, at=AT, sealer=sealer)
        assert write_part(session, opened, "goals", "[1]", version=1, by="x", at=AT) == 2
    for version in (0, 1, 3):
        with pytest.raises(Stale), storage.writing() as session:
            write_part(session, opened_of(session, town, rosa.id, at=AT, sealer=sealer), "goals", "[2]", version=version, by="x", at=AT)
    with storage.writing() as session:
        assert opened_of(session, town, rosa.id, at=AT, sealer=sealer).texts["goals"] == "[1]"


def test_a_caseworker_writes_down_what_somebody_without_an_account_agreed_to(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing(counting=True) as session:
        nia = actor(session, town, "nia", at=AT)
        client, _ = begin_with(session, nia, ALDER, at=AT, sealer=sealer)
        with pytest.raises(NotPermitted):
            write_part(session, open_record(session, client.id, nia, organization_id=ALDER, at=AT, sealer=sealer), "goals", "[]", version=0, by=nia.by, at=AT)
        give_consent(session, client, ALDER, purpose="together", parts=("goals",), language="es", how="spoken", by=nia.by, at=AT)
        write_part(session, open_record(session, client.id, nia, organization_id=ALDER, at=AT, sealer=sealer), "goals", "[]", version=0, by=nia.by, at=AT)
        with pytest.raises(NotFound):
            begin_with(session, nia, NORTH, at=AT, sealer=sealer)


def test_there_is_one_own_record_however_often_it_is_begun(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    with storage.writing() as session:
        assert begin_own(session, actor(session, town, "rosa", at=AT), at=AT, sealer=sealer).id == rosa.id


def test_what_is_sealed_for_one_part_opens_nowhere_else(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    with storage.writing() as session:
        goals = session.get_one(ClientPart, (rosa.id, "goals")).sealed
        session.execute(update(ClientPart).where(ClientPart.part == "label").values(sealed=goals))
    with storage.reading() as session, pytest.raises(BrokenSeal):
        opened_of(session, town, rosa.id, at=AT, sealer=sealer)


def test_nothing_of_it_stands_open_in_a_table(storage: Storage, rosa: Client) -> None:
    with storage.reading() as session:
        assert "zebra" not in "".join(session.scalars(select(ClientPart.sealed)))


def test_looking_at_once_leaves_an_entry_each_in_one_chain(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    together = threading.Barrier(6)

    def run() -> None:
        together.wait(10)
        look(storage, town, rosa, "nia", sealer)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with storage.reading() as session:
        locker = locker_of(session, rosa.id, sealer=sealer)
        assert [entry.seq for entry in list_views(session, locker)] == [6, 5, 4, 3, 2, 1]
        assert broken_at(session, locker) is None


@pytest.mark.parametrize("seq", [1, 2, 3, 4])
@pytest.mark.parametrize("how", ["changed", "removed", "moved"])
def test_an_entry_that_was_tampered_with_is_noticed(storage: Storage, town: Town, rosa: Client, sealer: Sealer, seq: int, how: str) -> None:
    for _ in range(4):
        look(storage, town, rosa, "nia", sealer)
    with storage.writing() as session:
        entry = session.get_one(ClientView, (rosa.id, seq))
        if how == "changed":
            entry.account_id = town.accounts["omar"]
        elif how == "moved":
            entry.at += timedelta(seconds=1)
        else:
            session.delete(entry)
    with storage.reading() as session:
        broken = broken_at(session, locker_of(session, rosa.id, sealer=sealer))
        # The oldest may be gone by the rule of retention; then what follows still hangs together.
        assert broken == (None if (seq, how) == (1, "removed") else seq)


def test_no_entry_no_look(storage: Storage, town: Town, rosa: Client, sealer: Sealer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_given: object, **_named: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("directory.clients.opening.note_view", fails)
    with pytest.raises(OSError, match="no room"):
        look(storage, town, rosa, "nia", sealer)


def test_her_record_is_hers_though_she_opens_it_while_others_do(storage: Storage, town: Town, rosa: Client, sealer: Sealer) -> None:
    with storage.reading() as session:
        client = session.get_one(Client, rosa.id)
        with pytest.raises(NotFound):
            open_own(session, client, actor(session, town, "stella", at=AT), at=AT, sealer=sealer)
