"""The directory held ready for searching: an index built from the database, swapped for a newer one when the change log has moved."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import places
from directory.candidates import AreaResolver, listings_on
from directory.cardbox import CardBox, encode
from directory.cards import CardMaker, Namer, find_listing, listing_is_public
from directory.changes import latest_seq
from directory.errors import NotFound, Unavailable
from directory.languages import language_label, language_terms
from directory.listings import Card, ListingPage
from directory.models import Service, ServiceAtLocation
from directory.places import Gazetteer, PlaceAnswer
from directory.places.own import own_towns
from directory.search import Finder, SearchPage, search
from directory.shelf import Shelf
from directory.storage import Storage
from directory.urgent import read_phrases
from directory.vocabularies import read_vocabulary
from matching import Index, Vocabulary
from matching.values import Inquiry, Listing

log = logging.getLogger("homeground.catalogue")

LOOK_EVERY_SECONDS = 0.5   # a saved edit is in the results within a second
BLOCK = 2_000
"""Services whose rows are in memory at once while a state is read."""


class Snapshot(Struct, frozen=True, kw_only=True):
    """One state of the directory: the index, the cards beside it, the words, and the last change it holds."""

    index: Index
    cards: CardBox
    vocabulary: Vocabulary
    gazetteer: Gazetteer
    seq: int
    example_town: str = ""


class Catalogue:
    """Searches and pages over one storage. A request never waits for a rebuild: it is answered from the state at hand."""

    def __init__(self, storage: Storage, *, timezone: str = "UTC", country: str = "US", clock: Callable[[], float] = time.monotonic) -> None:
        self._storage, self._timezone, self._country, self._clock = storage, timezone, country, clock
        self._snapshot: Snapshot | None = None
        self._looked_at = float("-inf")
        self._seen_seq = 0
        self._building = threading.Lock()

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the state at hand."""
        return self._current().vocabulary

    @property
    def example_town(self) -> str:
        """A town that this directory knows much of, to show people what to write; empty when it has none."""
        return self._current().example_town

    def search(self, inquiry: Inquiry, *, at: datetime, around: bool = True) -> SearchPage:
        """Rank for an inquiry at a moment (aware) and find what to show of each match: the one verb that every door calls.

        Cards come from memory while the log has not moved on, else from the rows as they are now: what was hidden or taken down a moment ago is
        not shown from memory, however long a new index takes. ``around`` is that of ``matching.rank``.
        """
        snapshot = self._current()
        cards = self._kept(snapshot) if snapshot.seq >= self._seen_seq else self._anew
        return search(snapshot.index, inquiry, at=at, cards=cards, around=around)

    def find_place(self, text: str, *, country: str | None = None, geocoder: object | None = None) -> PlaceAnswer:
        """The place that a text means, as ``places.find_place`` says; what the gazetteer knows costs no query."""
        answer = places.find_place(self._current().gazetteer, text, country=country)
        if not isinstance(answer, places.Unknown):
            return answer
        with self._storage.reading() as session:   # a town that only this directory names, and a geocoder where there is one
            return places.find_place(session, text, country=country, geocoder=geocoder)

    def listing_page(self, listing_id: UUID, *, at: datetime) -> ListingPage:
        """Everything known of a listing, or ``NotFound``."""
        with self._storage.reading() as session:
            link = session.get(ServiceAtLocation, listing_id)
            shelf = Shelf(session, {link.service_id if link else listing_id})
            found = find_listing(shelf, listing_id)
            if found is None or not listing_is_public(shelf, *found):
                raise NotFound("There is no such listing here, or it is no longer public.")
            return self._maker(shelf, self.label).page(*found, at=at)

    def names(self, ids: tuple[str, ...]) -> dict[str, str]:
        """The names of listings by id, for lists of what is not shown."""
        index = self._current().index
        return {key: row.name for key in ids if (row := index.find(key))}

    def refresh(self) -> Snapshot:
        """Read the directory and swap the new state in."""
        with self._building, self._storage.reading() as session:
            seq = latest_seq(session)
            vocabulary = Vocabulary([*read_vocabulary(session), *language_terms()], read_phrases(session))
            cards: dict[str, bytes] = {}
            index = Index.build(self._read(session, vocabulary, cards), vocabulary, on=datetime.now(UTC).date(), language=language_label)
            town = next((town.name for town in own_towns(session)), "")
            gazetteer = places.open_gazetteer(session)
            self._snapshot = Snapshot(
                index=index, cards=CardBox(cards), vocabulary=vocabulary, gazetteer=gazetteer, seq=seq, example_town=town
            )
            return self._snapshot

    def _read(self, session: Session, vocabulary: Vocabulary, cards: dict[str, bytes]) -> Iterator[Listing]:
        """Every listing, block by block, and its card into ``cards``."""
        areas = _resolver(session, self._country)
        ids = session.scalars(select(Service.id).order_by(Service.id)).all()
        for start in range(0, len(ids), BLOCK):
            shelf = Shelf(session, ids[start : start + BLOCK])
            maker = self._maker(shelf, _namer(vocabulary))
            for listing, service, link in listings_on(shelf, areas=areas, timezone=self._timezone):
                cards[listing.id] = encode(maker.card(service, link))
                yield listing

    def _kept(self, snapshot: Snapshot) -> Finder:
        find, country = snapshot.cards.at, self._country
        return lambda ids, at: {key: card for key in ids if (card := find(key, at, country=country))}

    def _anew(self, ids: Iterable[str], at: datetime) -> dict[str, Card]:
        """Cards made of the rows as they are now, without those that are no longer public."""
        wanted = {key: UUID(key) for key in ids}
        with self._storage.reading() as session:
            links = select(ServiceAtLocation.service_id).where(ServiceAtLocation.id.in_(wanted.values()))
            shelf = Shelf(session, {*wanted.values(), *session.scalars(links)})
            maker = self._maker(shelf, self.label)
            found = {key: find_listing(shelf, listing_id) for key, listing_id in wanted.items()}
            public = {key: rows for key, rows in found.items() if rows and listing_is_public(shelf, *rows)}
            return {key: maker.card(*rows).at(at, country=self._country) for key, rows in public.items()}

    def _current(self) -> Snapshot:
        snapshot = self._snapshot or self.refresh()
        if self._clock() - self._looked_at > LOOK_EVERY_SECONDS:
            before, self._looked_at = self._looked_at, self._clock()
            try:
                self._follow(snapshot)
            except Unavailable:   # what was not seen has to be looked for again before anything is shown
                self._looked_at = before
                raise
        return self._snapshot or snapshot

    def _follow(self, snapshot: Snapshot) -> None:
        """Start a rebuild beside the searches when the log has moved and none is under way."""
        with self._storage.reading() as session:
            self._seen_seq = latest_seq(session)
        if self._seen_seq != snapshot.seq and not self._building.locked():
            threading.Thread(target=self._refresh_beside, name="index", daemon=True).start()

    def _refresh_beside(self) -> None:
        try:
            self.refresh()
        except Unavailable:   # searches go on with the state at hand, and the next look tries again
            log.warning("the index could not be renewed: the database does not answer")

    def _maker(self, shelf: Shelf, label: Namer) -> CardMaker:
        return CardMaker(shelf, timezone=self._timezone, country=self._country, label=label)

    def label(self, taxonomy: str, code: str) -> str:
        """A term or a language in plain words."""
        return _namer(self._current().vocabulary)(taxonomy, code)


def _namer(vocabulary: Vocabulary) -> Namer:
    return lambda taxonomy, code: language_label(code) if taxonomy == "languages" else vocabulary.label(taxonomy, code)


def _resolver(session: Session, default_country: str) -> AreaResolver:
    """Area names to canonical areas, each set of names once."""
    seen: dict[tuple[tuple[str, ...], str, str | None], tuple[frozenset[str], bool]] = {}

    def resolve(names: tuple[str, ...], country: str | None, state: str | None) -> tuple[frozenset[str], bool]:
        key = (names, country or default_country, state)
        if key not in seen:
            seen[key] = places.resolve_areas(session, names, country=key[1], state=state) if names else (frozenset(), False)
        return seen[key]

    return resolve
