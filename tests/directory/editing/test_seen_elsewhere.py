"""An edit is seen by another process at once, and the index is not built anew for it."""

from __future__ import annotations

import time
from uuid import uuid4

from directory.catalogue import Catalogue
from directory.editing.applying import apply
from directory.editing.sheet import Sheet
from directory.exchange.records import Phone
from matching.values import Inquiry
from tests.cast import LISTINGS
from tests.directory.editing.conftest import Desk
from tests.make import NOON, make_id

LUNCH = LISTINGS["lunch"]


def put(desk: Desk, base: Sheet, sheet: Sheet) -> None:
    with desk.storage.writing() as session:
        apply(session, LUNCH, base, sheet, by="account:a", at=NOON, act=uuid4(), sealer=desk.sealer)


def phones(catalogue: Catalogue) -> list[str]:
    cards = catalogue.search(Inquiry(text="lunch"), at=NOON).cards
    return [phone.number for card in cards if card.service_id == str(LUNCH) for phone in card.phones]


def test_a_phone_that_was_taken_away_is_gone_elsewhere_within_a_second_without_a_new_index(desk: Desk) -> None:
    other = Catalogue(desk.storage)
    built = other.open().made.seq
    with desk.storage.reading() as session:
        base, sheet = desk.sheet(session)
    assert "920-555-0142" in phones(other)
    sheet.service.phones = [Phone(id=make_id("a new number"), number="920-555-0777")]
    put(desk, base, sheet)
    began = time.monotonic()
    while phones(other) != ["920-555-0777"]:
        assert time.monotonic() - began < 10
        time.sleep(0.02)
    assert time.monotonic() - began < 5   # about half a second on a machine that is not shared
    assert other.following.state is not None
    assert other.following.state.made.seq == built
