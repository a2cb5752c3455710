"""Addresses of records that were merged into others: whoever asks for the old one is led to the new one, for good."""

from __future__ import annotations

from uuid import UUID

from litestar.response import Redirect

from directory.errors import NotFound
from directory.merging import lead_on
from web.house import House


def moved(house: House, record_id: UUID, address: str) -> Redirect:
    """The way on to where a record is now, ``address`` with its id; ``NotFound`` when it was never merged."""
    with house.storage.reading() as session:
        now = lead_on(session, record_id)
    if now is None:
        raise NotFound("There is no such record here, or it is no longer public.")
    return Redirect(address.format(now), status_code=301)
