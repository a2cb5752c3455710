"""Space left, said in two taps: one capacity of a service, counted in places, applied at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.editing.applying import apply
from directory.editing.sheet import copied, sheet_of
from directory.errors import Invalid
from directory.exchange.records import Attribute, ServiceCapacity, Unit, made_id
from directory.facts import NO
from directory.sealing import Sealer

LEFT: Final[Mapping[str, float]] = {"space": 10.0, "few": 2.0, "waiting_list": 0.0, "full": 0.0}
"""What each answer counts as; the words beside it say that it is an answer and no count."""
WORDS: Final[Mapping[str, str]] = {"space": "space now", "few": "a few places left", "waiting_list": "a waiting list", "full": "full"}


def say_space(session: Session, service_id: UUID, answer: str, *, by: str, at: datetime, sealer: Sealer) -> None:
    """Note how much space there is now. ``Invalid`` for an answer that is none of ``LEFT``."""
    if answer not in LEFT:
        raise Invalid(space="Choose one of the four.")
    base = sheet_of(session, service_id, sealer=sealer, actor=None)
    sheet = copied(base)
    key = made_id("homeground", "space", str(service_id))
    mine = next((one for one in sheet.service.capacities if one.id == key), None)
    if mine is None:
        unit = Unit(id=made_id("homeground", "unit", "places"), name="places")
        mine = ServiceCapacity(id=key, unit=unit, available=0.0, updated=at)
        sheet.service.capacities.append(mine)
    mine.available, mine.description, mine.updated = LEFT[answer], WORDS[answer], at
    has_list = any(one.code == "waiting_list" and one.value != NO for one in sheet.terms("entry", "entry"))
    if answer == "waiting_list" and not has_list:
        sheet.service.attributes.append(Attribute(id=uuid4(), link_type="entry", taxonomy="entry", code="waiting_list"))
    elif answer == "full" and has_list:
        sheet.service.attributes = [one for one in sheet.service.attributes if (one.taxonomy, one.code) != ("entry", "waiting_list")]
    apply(session, service_id, base, sheet, by=by, at=at, act=uuid4(), sealer=sealer, why="space left")


def space_now(session: Session, service_id: UUID, *, sealer: Sealer) -> tuple[str, datetime | None]:
    """The answer that holds, in words, and since when; empty when nobody has said."""
    capacities = sheet_of(session, service_id, sealer=sealer, actor=None).service.capacities
    newest = max(capacities, key=lambda one: one.updated, default=None)
    if newest is None:
        return "", None
    return newest.description or (f"{newest.available:g} {newest.unit.name} left"), newest.updated
