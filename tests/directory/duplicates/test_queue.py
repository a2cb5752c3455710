"""Tests of the queue on both engines: what the nightly comparison of changes finds is what a comparison of everything finds."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from directory.duplicates import find
from directory.duplicates.queue import look_for_pairs
from directory.models import Pair, Phone, Service
from directory.storage import Session, Storage
from tests.make import NOON, make_address, make_place, make_service

WORDS = [first + second for first in ("River", "Hill", "Lantern", "Bright", "Oak", "Mill") for second in ("side", "view", "field", "water", "brook", "wood")]


def write(session: Session, number: int) -> None:
    """A listing; each fourth is the one before it, told once more."""
    dice = Random(number if number % 4 else number - 1)
    service = make_service(session, f"{dice.choice(WORDS)} {dice.choice(WORDS)}{' ' * number}")
    session.add(Phone(service_id=service.id, number=f"312 555 0{dice.randrange(100, 200)}"))
    make_address(session, make_place(session, service, f"Hall {number}"), f"{dice.randrange(1, 50)} Mill Road", "Chicago", "IL", "60601")


def edit(session: Session, dice: Random) -> None:
    """One listing is called otherwise, one gets another phone, and one is no more."""
    renamed, called, gone = dice.sample(session.query(Service).order_by(Service.id).all(), 3)
    renamed.name = f"{dice.choice(WORDS)} {dice.choice(WORDS)}"
    session.query(Phone).filter_by(service_id=called.id).update({"number": f"312 555 0{dice.randrange(100, 200)}"})
    gone.status = "defunct"


def kept(storage: Storage) -> list[tuple[object, ...]]:
    with storage.reading() as session:
        return sorted((row.first, row.second, row.entity, row.score, row.reason) for row in session.query(Pair))


def test_a_night_of_changes_finds_what_a_comparison_of_everything_finds(storage: Storage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    dice, compared = Random(3), []
    real = find._compared
    monkeypatch.setattr(find, "_compared", lambda *given: compared.append(len(given[-1])) or real(*given))
    with storage.writing() as session:
        for number in range(40):
            write(session, number)
    look_for_pairs(storage, tmp_path, at=NOON)
    for night in range(1, 4):
        with storage.writing() as session:
            edit(session, dice)
            write(session, 40 + night)
        compared.clear()
        waiting = look_for_pairs(storage, tmp_path, at=NOON + timedelta(days=night))
        some, found = sum(compared), kept(storage)
        compared.clear()
        assert look_for_pairs(storage, tmp_path, at=NOON + timedelta(days=night), anew=True) == waiting == len(found) > 0
        assert kept(storage) == found
        assert some < sum(compared)
