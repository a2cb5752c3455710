"""What every handler may ask for, in one object: the settings, the database, the catalogue and the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

from directory.accounts.actors import Actor
from directory.duplicates.asking import Asking
from directory.editing.missing import Missing
from directory.editing.sheet import Sheet
from directory.exchange.meetings.held import HeldFeeds
from directory.listings import ListingPage
from directory.places import Landmark, PlaceAnswer, online_geocoder
from directory.sealing import Sealer
from directory.search import SearchPage
from directory.states import Snapshot
from directory.storage import Session, Storage
from matching.values import Inquiry, Term
from web.calendars import Calendars
from web.settings import Settings
from web.tally import Tally

Clock = Callable[[], datetime]
"""Gives the present moment, aware. The only clock of the web door; tests bring their own."""


class Suggested(Protocol):
    """A term that somebody's words may mean."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> str: ...


class Vocabulary(Protocol):
    """The part of ``matching.vocabulary`` that the web door uses."""

    @property
    def taxonomies(self) -> Sequence[str]: ...
    def term(self, taxonomy: str, code: str) -> Term | None: ...
    def terms(self, taxonomy: str) -> Sequence[Term]: ...
    def label(self, taxonomy: str, code: str) -> str: ...
    def suggest(self, taxonomy: str, text: str, limit: int = 3, floor: float = 0.4) -> Sequence[Suggested]: ...
    def recognise(self, text: str) -> tuple[tuple[str, float], ...]: ...
    def find(self, taxonomy: str, text: str, limit: int = 10) -> Sequence[Suggested]: ...
    def knows(self, word: str) -> bool: ...
    def urgent(self, text: str) -> Sequence[str]: ...
    def urgent_by_phrase(self, text: str) -> Sequence[str]: ...
    def crisis(self, text: str) -> Sequence[str]: ...
    def __hash__(self) -> int: ...


class Catalogue(Protocol):
    """The part of ``directory.catalogue`` that the web door uses."""

    @property
    def vocabulary(self) -> Vocabulary: ...
    @property
    def example_town(self) -> str: ...
    def search(self, inquiry: Inquiry, *, at: datetime, around: bool = True, enough: int | None = None) -> SearchPage: ...
    def find_place(self, text: str, *, country: str | None = None, geocoder: object | None = None) -> PlaceAnswer: ...
    def landmarks(self, latitude: float, longitude: float) -> list[Landmark]: ...
    def listing_page(self, listing_id: UUID, *, at: datetime) -> ListingPage: ...
    def page_in(self, session: Session, listing_id: UUID, *, at: datetime, is_preview: bool = False) -> ListingPage: ...
    def group_pages(self, session: Session, *, at: datetime) -> list[ListingPage]: ...
    def listing_pages(self, ids: Iterable[str], *, at: datetime) -> dict[str, ListingPage]: ...
    def missing_answers(self, session: Session, base: Sheet, sheet: Sheet, *, actor: Actor, at: datetime, sealer: Sealer) -> list[Missing]: ...
    def names(self, ids: tuple[str, ...]) -> dict[str, str]: ...
    def prepare(self) -> None: ...
    def state(self) -> Snapshot: ...
    def refresh(self) -> object: ...


class House:
    """One running Homeground. Handlers take it as ``house: NamedDependency[House]``."""

    __slots__ = ("asking", "calendars", "catalogue", "clock", "feeds", "geocoder", "sealer", "settings", "storage", "tally")

    def __init__(self, *, settings: Settings, storage: Storage, catalogue: Catalogue, clock: Clock) -> None:
        self.settings, self.storage, self.catalogue, self.clock = settings, storage, catalogue, clock
        self.sealer = settings.sealer()
        self.geocoder = None if settings.geocoder == "none" else online_geocoder(settings.geocoder)
        """Asked about places that the gazetteer does not know, only when the operator names one; pages then say so."""
        self.asking = Asking(storage)
        """Whether a new listing is here already; made ready when somebody first writes one."""
        self.feeds = HeldFeeds(storage, timezone=settings.timezone, country=settings.region, base_url=settings.base_url)
        """What open feeds tell of the groups, made once for each state of the directory."""
        self.tally = Tally()
        """Searches that found nothing, counted in memory."""
        self.calendars = Calendars()
        """The calendar of all groups as it was last made."""

    def now(self) -> datetime:
        """The present moment, aware."""
        return self.clock()

    def today(self) -> date:
        """The day where this directory is."""
        return self.now().astimezone(ZoneInfo(self.settings.timezone)).date()
