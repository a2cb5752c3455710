"""The directory held ready for searching: a state built from the database or read from the disk, which follows the change log."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import places
from directory.accounts.actors import Actor
from directory.cards import find_listing, listing_is_public
from directory.editing.missing import Missing, missing_answers
from directory.editing.sheet import Sheet
from directory.editing.trying import as_if_applied
from directory.errors import NotFound, Unavailable
from directory.following import Follower
from directory.keeping import Keep
from directory.listings import Card, ListingPage
from directory.meetings.groups import group_ids, pages_on
from directory.models import ServiceAtLocation
from directory.places import PlaceAnswer
from directory.sealing import Sealer
from directory.search import Finder, SearchPage, search
from directory.shelf import Shelf
from directory.states import Reader, Snapshot, namer
from directory.storage import Storage
from matching import Vocabulary
from matching.values import Inquiry, Listing

LOOK_EVERY_SECONDS = 0.5   # a saved edit is in the results within a second


class Catalogue:
    """Searches and pages over one storage. A request never waits for a rebuild: it is answered from the state at hand."""

    def __init__(
        self, storage: Storage, *, timezone: str = "UTC", country: str = "US", folder: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """``folder`` is where the index is kept on disk, for this database only; without one each start builds it anew."""
        self._storage, self._country, self._clock = storage, country, clock
        self._reader = Reader(timezone=timezone, country=country, folder=folder)
        self.following = Follower(storage, self._reader, Keep(folder) if folder else None, clock)
        self._looked_at = float("-inf")

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the state at hand."""
        return self._current().vocabulary

    @property
    def example_town(self) -> str:
        """A town that this directory knows much of, to show people what to write; empty when it has none."""
        return self._current().example_town

    def search(self, inquiry: Inquiry, *, at: datetime, around: bool = True, enough: int | None = None) -> SearchPage:
        """Rank for an inquiry at a moment (aware) and find what to show of each match: the one verb that every door calls.

        Cards come from memory while the log has not moved on, else from the rows as they are now: what was hidden or taken down a moment ago is
        not shown from memory, however long a new index takes. ``around`` and ``enough`` are those of ``matching.rank``.
        """
        snapshot = self._current()
        cards = self._kept(snapshot) if snapshot.seq >= self.following.seen_seq else self._anew
        return search(snapshot.index, inquiry, at=at, cards=cards, around=around, enough=enough)

    def find_place(self, text: str, *, country: str | None = None, geocoder: object | None = None) -> PlaceAnswer:
        """The place that a text means, as ``places.find_place`` says; what the gazetteer knows costs no query."""
        answer = places.find_place(self._current().gazetteer, text, country=country)
        if not isinstance(answer, places.Unknown):
            return answer
        with self._storage.reading() as session:   # a town that only this directory names, and a geocoder where there is one
            return places.find_place(session, text, country=country, geocoder=geocoder)

    def landmarks(self, latitude: float, longitude: float) -> list[places.Landmark]:
        """Towns and postcodes around a point, nearest first, out of memory."""
        return places.landmarks_near(self._current().gazetteer, latitude, longitude)

    def listing_page(self, listing_id: UUID, *, at: datetime) -> ListingPage:
        """Everything known of a listing, or ``NotFound``."""
        with self._storage.reading() as session:
            return self.page_in(session, listing_id, at=at)

    def page_in(self, session: Session, listing_id: UUID, *, at: datetime, is_preview: bool = False) -> ListingPage:
        """The same as a session sees the rows; ``is_preview`` shows what people would not see yet, or not any more."""
        link = session.get(ServiceAtLocation, listing_id)
        shelf = Shelf(session, {link.service_id if link else listing_id})
        found = find_listing(shelf, listing_id)
        if found is None or not (is_preview or listing_is_public(shelf, *found)):
            raise NotFound("There is no such listing here, or it is no longer public.")
        return self._reader.maker(shelf, self.label).page(*found, at=at)

    def group_pages(self, session: Session, *, at: datetime) -> list[ListingPage]:
        """The page of every group of peers, at each of its public places, by name."""
        shelf = Shelf(session, group_ids(session))
        return sorted(pages_on(shelf, self._reader.maker(shelf, self.label), at=at), key=lambda page: (page.card.name, page.card.id))

    def listing_pages(self, ids: Iterable[str], *, at: datetime) -> dict[str, ListingPage]:
        """The pages of several listings by id, without those that are not public any more: as many queries for forty as for one."""
        wanted = {key: UUID(key) for key in ids}
        with self._storage.reading() as session:
            links = select(ServiceAtLocation.service_id).where(ServiceAtLocation.id.in_(wanted.values()))
            shelf = Shelf(session, {*wanted.values(), *session.scalars(links)})
            maker = self._reader.maker(shelf, self.label)
            found = {key: find_listing(shelf, listing_id) for key, listing_id in wanted.items()}
            return {key: maker.page(*rows, at=at) for key, rows in found.items() if rows and listing_is_public(shelf, *rows)}

    def missing_answers(self, session: Session, base: Sheet, sheet: Sheet, *, actor: Actor, at: datetime, sealer: Sealer) -> list[Missing]:
        """Which missing answers decide whether searches find a listing, as a sheet of it says. Takes a session that writes, and keeps nothing."""
        words = self.vocabulary

        def look(key: UUID) -> list[Listing]:
            return self._reader.some(session, words, [key])[0][str(key)]

        seen = as_if_applied(session, sheet.service.id, base, sheet, look, actor=actor, at=at, sealer=sealer)
        return missing_answers(seen[0], words, at=at) if seen else []

    def names(self, ids: tuple[str, ...]) -> dict[str, str]:
        """The names of listings by id, for lists of what is not shown."""
        index = self._current().index
        return {key: row.name for key in ids if (row := index.find(key))}

    def open(self) -> Snapshot:
        """Make the first state, from the disk where the one there may be trusted; without this call the first search does it."""
        return self.following.open()

    def prepare(self) -> None:
        """Have at once what the first words and the first place that are typed would wait for: some seconds. Nothing hangs on it."""
        state = self._current()
        state.vocabulary.prepare()
        list(state.gazetteer.atlases.values())

    def state(self) -> Snapshot:
        """The state at hand, for whoever looks at the whole directory at once."""
        return self._current()

    def refresh(self) -> Snapshot:
        """Read the whole directory anew and swap the new state in."""
        return self.following.rebuild()

    def _kept(self, snapshot: Snapshot) -> Finder:
        find, country = snapshot.cards.at, self._country
        return lambda ids, at: {key: card for key in ids if (card := find(key, at, country=country))}

    def _anew(self, ids: Iterable[str], at: datetime) -> dict[str, Card]:
        """Cards made of the rows as they are now, without those that are no longer public."""
        wanted = {key: UUID(key) for key in ids}
        with self._storage.reading() as session:
            links = select(ServiceAtLocation.service_id).where(ServiceAtLocation.id.in_(wanted.values()))
            shelf = Shelf(session, {*wanted.values(), *session.scalars(links)})
            maker = self._reader.maker(shelf, self.label)
            found = {key: find_listing(shelf, listing_id) for key, listing_id in wanted.items()}
            public = {key: rows for key, rows in found.items() if rows and listing_is_public(shelf, *rows)}
            return {key: maker.card(*rows).at(at, country=self._country) for key, rows in public.items()}

    def _current(self) -> Snapshot:
        snapshot = self.following.state or self.open()
        if self._clock() - self._looked_at > LOOK_EVERY_SECONDS:
            before, self._looked_at = self._looked_at, self._clock()
            try:
                self.following.look()
            except Unavailable:   # what was not seen has to be looked for again before anything is shown
                self._looked_at = before
                raise
        return self.following.state or snapshot

    def label(self, taxonomy: str, code: str) -> str:
        """A term or a language in plain words."""
        return namer(self._current().vocabulary)(taxonomy, code)
