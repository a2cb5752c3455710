"""The atlases in memory: read once in a process, at once or when somebody first asks, and again only when the table holds other content."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from weakref import WeakKeyDictionary, WeakValueDictionary

from msgspec import Struct
from sqlalchemy import Connection, Engine, select
from sqlalchemy.orm import Session

from directory.models import GazetteerFile
from directory.places.atlas import Atlas
from directory.places.load import country_rows
from directory.places.rows import package_content, package_rows
from directory.storage import told_plainly
from matching.making import making_much

PACKAGED = "us"
"""The country that ships with Homeground; a loaded file takes its place."""

_lock = threading.Lock()
_atlases: WeakKeyDictionary[object, dict[str, tuple[str, Atlas]]] = WeakKeyDictionary()   # by the pool of the database
_packaged: dict[str, tuple[str, Atlas]] = {}
_alive: WeakValueDictionary[tuple[str, str, bool], Atlas] = WeakValueDictionary()   # by country, content and whether it came from a table


class Gazetteer(Struct, frozen=True):
    """The atlases to look in, by country; every function of this package takes it in the place of a session, for many questions in a row."""

    atlases: Mapping[str, Atlas]


class WhenAsked(Mapping[str, Atlas]):
    """Atlases by country, each read when somebody first asks for it: a second or two for a large country, which most searches need not wait for."""

    def __init__(self, bind: Engine | Connection, countries: list[str]) -> None:
        self._bind, self._countries, self._read = bind, countries, dict[str, Atlas]()

    def __getitem__(self, country: str) -> Atlas:
        if country not in self._countries:
            raise KeyError(country)
        if country not in self._read:
            with told_plainly(), Session(self._bind) as session:
                self._read[country] = open_gazetteer(session, country=country).atlases[country]
        return self._read[country]

    def __contains__(self, country: object) -> bool:
        return country in self._countries

    def __iter__(self) -> Iterator[str]:
        return iter(self._countries)

    def __len__(self) -> int:
        return len(self._countries)


def open_gazetteer(session: Session, *, country: str | None = None) -> Gazetteer:
    """The gazetteer of one country (two letters), or of every country that is loaded and the one that ships with Homeground.

    Costs one small select; the first call of a process, and the first after a load, read the rows as well.
    """
    files = _files(session)
    wanted = sorted({*files, PACKAGED} if country is None else {country.lower()} & {*files, PACKAGED})
    return Gazetteer({code: _atlas(session, code, files.get(code)) for code in wanted})


def gazetteer_when_asked(session: Session) -> Gazetteer:
    """The gazetteer of every country, for longer than the session lasts: an atlas is read when somebody first asks for it."""
    return Gazetteer(WhenAsked(session.get_bind(), sorted({*_files(session), PACKAGED})))


def _files(session: Session) -> dict[str, str]:
    """The digest of each country's file that was loaded."""
    return {row.country_code: row.sha256 for row in session.execute(select(GazetteerFile.country_code, GazetteerFile.sha256))}


def as_gazetteer(source: Session | Gazetteer, country: str | None) -> Gazetteer:
    """The gazetteer of a country out of a session or out of a gazetteer that is already open."""
    if isinstance(source, Session):
        return open_gazetteer(source, country=country)
    if country is None:
        return source
    return Gazetteer({code: atlas for code, atlas in source.atlases.items() if code == country.lower()})


def _atlas(session: Session, country: str, content: str | None) -> Atlas:
    key = content or package_content()
    with _lock:   # the second thread waits for the atlas that the first one makes
        held = _packaged if content is None else _atlases.setdefault(session.get_bind().engine.pool, {})
        if country not in held or held[country][0] != key:
            held[country] = (key, _alive.get((country, key, content is not None)) or _read(session, country, key, is_packaged=content is None))
        return held[country][1]


def _read(session: Session, country: str, key: str, *, is_packaged: bool) -> Atlas:
    """A new atlas; another database of this process with the same content finds it while anybody holds it."""
    with making_much():
        atlas = Atlas(country, package_rows() if is_packaged else country_rows(session, country))
    _alive[country, key, not is_packaged] = atlas
    return atlas
