"""Leaving: what somebody ended, erased or takes along. Nothing of theirs stays, nothing of the other's goes with it, and nothing is told by it."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from directory.clients.copies import copies_of, to_json
from directory.clients.erasing import erase_client, scrub
from directory.models import Base, Client, Introduction, PeerProfile, PeerVouching
from directory.peers.leaving import change_state
from tests.directory.conftest import everything
from tests.peers import NAMES, SIDES, Circle


def test_whoever_erases_their_record_leaves_nothing_of_their_part(circle: Circle) -> None:
    found = circle.gather("rosa", "sol", "wen")
    circle.introduced("rosa", "sol")
    circle.answer("wen", "sol", "yes")
    with circle.storage.reading() as session:
        profile = circle.kept(session, "sol").row.id
    marks = [found["sol"].hex, str(found["sol"]), profile.hex, str(profile)]
    assert any(mark in _rows(circle) for mark in marks), "they are found before"
    with circle.storage.writing() as session:
        erase_client(session, session.get_one(Client, found["sol"]), at=circle.at, sealer=circle.sealer)
    assert scrub(circle.storage)
    assert not [mark for mark in marks if mark in _rows(circle)]
    assert not [mark for mark in _bytes_of(marks) if mark in _raw(circle)]
    with circle.storage.reading() as session:
        assert session.scalars(select(Introduction)).all() == []
        assert {row.client_id for row in session.scalars(select(PeerProfile))} == {found["rosa"], found["wen"]}
        assert session.scalars(select(PeerVouching)).all() == []
    assert (circle.heard("rosa"), circle.heard("wen")) == ({}, {})


def test_every_table_of_peer_support_goes_with_whoever_it_is_of(circle: Circle) -> None:
    of_people = {"client_id", "seeker_id", "supporter_id", "other_id", "reporter_id", "about_id"}
    columns = [column for table in Base.metadata.sorted_tables if table.name.startswith(("peer_", "introduction")) for column in table.columns]
    rules = {f"{column.table.name}.{column.name}": key.ondelete for column in columns if column.name in of_people for key in column.foreign_keys}
    assert {rule for name, rule in rules.items() if not name.startswith("peer_report.")} == {"CASCADE"}
    assert len(rules) >= 8


def test_a_copy_holds_all_that_one_said_and_nothing_of_the_other(circle: Circle) -> None:
    circle.gather("rosa", "sol", "wen")
    circle.join("rosa", not_people="Walter of the mill", strengths=("strengths/cooking",))
    circle.introduced("rosa", "sol")
    with circle.storage.reading() as session:
        copy = to_json(copies_of(session, circle.actor(session, "rosa"), at=circle.at, sealer=circle.sealer), at=circle.at).decode()
        profile = circle.kept(session, "sol").row
    said = msgspec.json.decode(copy)["records"][0]["peer_schemes"][0]
    assert (said["scheme"], said["side"], said["said"]["not_people"]) == ("Alder Circle", "seeker", "Walter of the mill")
    assert [answer for _, answer in said["answers"]] == ["yes"]
    for theirs in (NAMES["sol"], "Marigold", str(profile.id), str(profile.client_id), "Sesame"):
        assert theirs not in copy


def test_whoever_ends_it_is_gone_from_what_waits_and_the_other_reads_no_match(circle: Circle) -> None:
    circle.gather("rosa", "sol", "wen")
    circle.answer("rosa", "sol", "yes")
    circle.both("wen", "sol")
    with circle.storage.writing(counting=True) as session:
        change_state(session, circle.actor(session, "sol"), circle.scheme.id, SIDES["sol"], "ended", at=circle.at)
    circle.later(days=1)
    assert (circle.heard("rosa"), circle.heard("wen")) == ({"Marigold": "over"}, {"Marigold": "over"})
    assert circle.cards("rosa") == []


def _rows(circle: Circle) -> str:
    return repr(everything(circle.storage, without=("erased",)))


def _bytes_of(marks: list[str]) -> list[bytes]:
    return [mark.encode() for mark in marks] + [bytes.fromhex(mark.replace("-", "")) for mark in marks]


def _raw(circle: Circle) -> bytes:
    """Every byte of the files of a SQLite database; PostgreSQL keeps its own."""
    if not circle.storage.is_sqlite:
        return b""
    path = circle.storage.engine.url.database
    assert path
    return b"".join(_read(f"{path}{ending}") for ending in ("", "-wal"))


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""
