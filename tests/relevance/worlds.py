"""The two directories that orders are judged on: the demonstration place, and San Mateo county as its own directory of 2013 had it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue import Catalogue
from directory.exchange.intake.doubts import point_check
from directory.exchange.readers import read_source
from directory.imports import import_records
from directory.languages import language_label
from directory.models import Service
from directory.places import Found, Gazetteer, find_place, open_gazetteer, resolve_areas
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from matching import Index, Vocabulary
from matching.index import in_row_order
from matching.values import Inquiry, Listing
from tests.ground import KEY, MOMENT, make_demo, make_ground
from tests.listed import read_listings

REAL_DATA = "HOMEGROUND_TESTS_REAL_DATA"
IMPORTED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
"""When the county's directory came in: months before anybody asks, so that nothing of it counts as new."""


class World(Struct, frozen=True, kw_only=True):
    """A directory made ready, the moment at which people ask it, and what its services say in words of who can use them, by service id."""

    name: str
    listings: Mapping[str, Listing]
    index: Index
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    at: datetime
    eligibility: Mapping[str, str]

    def asked(self, inquiry: Inquiry) -> Inquiry:
        """The inquiry with the areas that its place lies in, as every door fills them in."""
        if inquiry.place is None:
            return inquiry
        found = find_place(self.gazetteer, f"{inquiry.place.latitude:.6f}, {inquiry.place.longitude:.6f}")
        return replace(inquiry, areas=found.areas) if isinstance(found, Found) else inquiry


@cache
def worlds() -> dict[str, World]:
    """The directories that can be had here, by name; San Mateo only where the environment names the folder of real directories."""
    found = {}
    with TemporaryDirectory() as folder:
        ground = make_ground(Path(folder) / "ground.sqlite3")
        demo = make_demo(Path(folder) / "demo.sqlite3", ground)
        found["alder_falls"] = _read("alder_falls", demo, "America/Chicago")
        if data := os.environ.get(REAL_DATA):
            found["san_mateo"] = _read("san_mateo", _county(Path(folder) / "county.sqlite3", ground, Path(data)), "America/Los_Angeles")
    return found


def _county(path: Path, ground: Path, data: Path) -> Path:
    shutil.copy(ground, path)
    storage = Storage(sqlite_url(path))
    source, records = read_source(data / "smc-ohana-2013" / "organizations.jsonl")
    with storage.reading() as session:
        check = point_check(session)
    import_records(storage, source, records, by="tests", at=IMPORTED, sealer=Sealer.of(KEY.encode()), check=check)
    storage.close()
    return path


def _read(name: str, path: Path, timezone: str) -> World:
    storage = Storage(sqlite_url(path))
    snapshot = Catalogue(storage, timezone=timezone).refresh()
    with storage.reading() as session:
        listings = read_listings(session, areas=lambda names, country, state: areas_of(session, names, country, state), timezone=timezone)
        eligibility = {str(key): words for key, words in session.execute(select(Service.id, Service.eligibility_description)).all() if words}
        gazetteer = open_gazetteer(session)
    storage.close()
    index = Index.build(listings, snapshot.vocabulary, on=MOMENT.date(), language=language_label)
    held = {one.id: one for one in in_row_order(listings)}
    return World(name=name, listings=held, index=index, vocabulary=snapshot.vocabulary, gazetteer=gazetteer, at=MOMENT, eligibility=eligibility)


def areas_of(session: Session, names: tuple[str, ...], country: str | None, state: str | None) -> tuple[frozenset[str], bool]:
    """Names of areas as the catalogue understands them."""
    return resolve_areas(session, names, country=country or "US", state=state) if names else (frozenset(), False)
