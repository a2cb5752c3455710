"""Worlds that are alike but for what is sealed: the demonstration place, loaded with other secrets of the places that nobody may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from uuid import UUID

import msgspec
from litestar import Litestar
from msgspec import Struct
from sqlalchemy import delete, select

from directory.catalogue import Catalogue
from directory.exchange.records import Location, SourceRecord
from directory.exchange.shapes import walk
from directory.imports import import_records
from directory.models import LocationPrivate
from directory.placing import open_place
from directory.storage import Storage, sqlite_module
from seeds import load
from seeds.demonstration import demonstration
from tests.ground import KEY, MOMENT, put_into
from web.app import create_app
from web.settings import Settings, read_settings


class Secret(Struct, frozen=True, kw_only=True):
    """What one world seals of a place: where it is, in numbers and in every text that may tell."""

    latitude: float
    longitude: float
    street: str
    town: str
    postcode: str
    words: str

    @property
    def canaries(self) -> tuple[str, ...]:
        """Texts that stand nowhere else, so that finding one is a leak."""
        return self.street, self.words, *(f"{number:.5f}".rstrip("0")[:8] for number in (self.latitude, self.longitude))


class World(Struct, kw_only=True):
    """One Homeground: its settings, database, catalogue and application."""

    settings: Settings
    storage: Storage
    catalogue: Catalogue
    app: Litestar

    def places(self) -> dict[UUID, tuple[float, float]]:
        """The hidden points, opened with the key, for tests that leak them on purpose."""
        with self.storage.reading() as session:
            ids = session.scalars(select(LocationPrivate.location_id)).all()
            opened = {key: open_place(session, key, sealer=self.settings.sealer()) for key in ids}
        return {key: (secret["latitude"], secret["longitude"]) for key, secret in opened.items()}


def make_world(folder: Path, ground: Path, secrets: Iterable[Secret] | None = None) -> World:
    """The demonstration place with these secrets in its hidden places, one each in the order of their ids; or with its own."""
    settings = settings_in(folder)
    put_into(folder, ground)
    storage = Storage(settings.database_url)
    records = demonstration(on=MOMENT.date())
    hidden = sorted({place.id for record in records for place in walk(record.content) if isinstance(place, Location) and place.visibility != "public"})
    told = dict(zip(hidden, secrets, strict=True)) if secrets is not None else {}
    report = import_records(storage, load.DEMO, [_with_secrets(record, told) for record in records], by="tests", at=MOMENT, sealer=settings.sealer())
    assert (report.refused, report.held_places) == (0, len(hidden)), report.to_text()
    return open_world(settings, storage)


def open_world(settings: Settings, storage: Storage) -> World:
    """An application over a database, with an index built anew and kept beside it."""
    catalogue = Catalogue(storage, folder=settings.index_dir)
    catalogue.refresh()
    return World(settings=settings, storage=storage, catalogue=catalogue, app=create_app(settings, storage, catalogue, lambda: MOMENT))


def without_secrets(world: World, folder: Path) -> World:
    """A copy of a world in which ``location_private`` is empty."""
    settings = settings_in(folder)
    with closing(sqlite_module().connect(world.settings.data_dir / "homeground.sqlite3")) as connection:
        connection.execute("VACUUM INTO ?", [str(folder / "homeground.sqlite3")])
    storage = Storage(settings.database_url)
    with storage.writing() as session:
        session.execute(delete(LocationPrivate))
    return open_world(settings, storage)


def settings_in(folder: Path) -> Settings:
    """The settings of a world whose data are in this folder."""
    folder.mkdir(parents=True, exist_ok=True)
    return read_settings({"HOMEGROUND_DATA_DIR": str(folder), "HOMEGROUND_BASE_URL": "https://home.example", "HOMEGROUND_SECRET_KEY": KEY})


def _with_secrets(record: SourceRecord, told: Mapping[UUID, Secret]) -> SourceRecord:
    content = msgspec.convert(msgspec.to_builtins(record.content), type(record.content), strict=False)
    for place in walk(content):
        if isinstance(place, Location) and place.id in told:
            _tell(place, told[place.id])
    return msgspec.structs.replace(record, content=content)


def _tell(place: Location, secret: Secret) -> None:
    place.latitude, place.longitude = secret.latitude, secret.longitude
    place.alternate_name = place.description = place.transportation = secret.words
    place.url = f"https://example.org/{secret.words.replace(' ', '-')}"
    place.external_identifier, place.external_identifier_type = secret.words, "other"
    for address in place.addresses:
        address.address_1, address.city, address.postal_code = secret.street, secret.town, secret.postcode
        address.address_2 = address.attention = secret.words
