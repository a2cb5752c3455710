"""The atlases in memory: read once in a process, and again only when the table holds other content."""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary, WeakValueDictionary

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import GazetteerFile
from directory.places.atlas import Atlas
from directory.places.load import country_rows
from directory.places.rows import package_content, package_rows
from matching.making import making_much

PACKAGED = "us"
"""The country that ships with Homeground; a loaded file takes its place."""

_lock = threading.Lock()
_atlases: WeakKeyDictionary[object, dict[str, tuple[str, Atlas]]] = WeakKeyDictionary()   # by the pool of the database
_packaged: dict[str, tuple[str, Atlas]] = {}
_alive: WeakValueDictionary[tuple[str, str, bool], Atlas] = WeakValueDictionary()   # by country, content and whether it came from a table


class Gazetteer(Struct, frozen=True):
    """The atlases to look in, by country; every function of this package takes it in the place of a session, for many questions in a row."""

    atlases: dict[str, Atlas]


def open_gazetteer(session: Session, *, country: str | None = None) -> Gazetteer:
    """The gazetteer of one country (two letters), or of every country that is loaded and the one that ships with Homeground.

    Costs one small select; the first call of a process, and the first after a load, read the rows as well.
    """
    files = {row.country_code: row.sha256 for row in session.execute(select(GazetteerFile.country_code, GazetteerFile.sha256))}
    wanted = sorted({*files, PACKAGED} if country is None else {country.lower()} & {*files, PACKAGED})
    return Gazetteer({code: _atlas(session, code, files.get(code)) for code in wanted})


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
