"""The listings of a database, read as the catalogue reads them, for tests that want to look at them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from directory.candidates import AreaResolver, listings_on
from directory.shelf import Shelf
from directory.states import BLOCK
from directory.stretch import stretches
from matching.values import Listing
from tests.make import NOON


def read_listings(session: Session, *, areas: AreaResolver, timezone: str) -> list[Listing]:
    """Every listing, in order of id. ``timezone`` is for sources that name none."""
    shelves = [Shelf(session, stretch) for stretch in stretches(session, BLOCK)]
    found = [listing for shelf in shelves for listing, _, _ in listings_on(shelf, areas=areas, timezone=timezone, on=NOON.date())]
    return sorted(found, key=lambda listing: listing.id)
